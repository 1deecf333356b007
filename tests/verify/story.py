"""A small register with everything in it that an export speaks of: from a handover to a decision, by actions."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.cast import Cast, do
from tests.verify.genes import child, somebody, typed

DAY = "2026-03-01"


@dataclass(frozen=True)
class Story:
    """What happened: three containers came, three remains were found in two of them and typed, one got a name.

    remains: the first is the missing son, the others are strangers; findings: of the three with him, in this order.
    """

    handover: str
    containers: tuple[str, ...]
    remains: tuple[str, ...]
    person: str
    family: str
    father: str
    mother: str
    profiles: tuple[str, ...]  # father, mother, then the remains
    findings: tuple[str, ...]
    proposal: str
    decision: str


def small_story(cast: Cast) -> Story:
    """Tell it."""
    handover, containers = _handover(cast)
    remains = _open(cast, containers)
    person, family, father, mother = family_of_three(cast)
    genes = couple_and_son()
    of_couple = [sampled_relative(cast, who, typed(genes[i])) for i, who in enumerate((father, mother))]
    found = [genes[2], somebody(11), somebody(12)]
    of_remains = [sampled_remains(cast, unit, typed(found[i])) for i, unit in enumerate(remains)]
    do(cast["geneticist"], "compare", family=family)
    findings = findings_of(family, remains)
    proposal = do(
        cast["geneticist"], "propose", remains=remains[0], missing_person=person, findings=findings[0],
        reasons="The parents' profiles.",
    ).record  # fmt: skip
    do(cast["signatory"], "sign", proposal=proposal)
    decision = do(cast["second_signatory"], "sign", proposal=proposal).record
    return Story(
        handover, containers, remains, person, family, father, mother, (*of_couple, *of_remains), findings, proposal,
        decision,
    )  # fmt: skip


def couple_and_son() -> tuple[dict[str, tuple[str, str]], ...]:
    """Genes of father, mother and their son."""
    father, mother = somebody(1), somebody(2)
    return father, mother, child(father, mother, 3)


def family_of_three(cast: Cast, surname: str = "Surname-1") -> tuple[str, str, str, str]:
    """A missing man, his family, his father and his mother, who both allowed kinship."""
    registrar = cast["registrar"]
    person = do(registrar, "register_missing_person", surname=surname, sex="male").record
    family = do(registrar, "register_family", missing=person).record
    both = [
        do(registrar, "add_relative", family=family, surname=surname, sex=sex, scope="kinship", given_on=DAY).record
        for sex in ("male", "female")
    ]
    father, mother = both
    members = f"{person} {father} {mother} male\n{father} - - male\n{mother} - - female"
    do(registrar, "declare_pedigree", family=family, members=members)
    return person, family, father, mother


def sampled_relative(cast: Cast, relative: str, calls: str) -> str:
    """A relative's sample, typed; its profile."""
    sample = do(cast["registrar"], "take_reference_sample", relative=relative, material="blood", taken_on=DAY).record
    return _profile(cast, cast["liaison"], sample, calls)


def sampled_remains(cast: Cast, remains: str, calls: str) -> str:
    """A sample of remains, typed; its profile."""
    sample = do(cast["examiner"], "take_sample", remains=remains, material="bone", taken_on=DAY).record
    return _profile(cast, cast["examiner"], sample, calls)


def findings_of(family: str, remains: tuple[str, ...]) -> tuple[str, ...]:
    """The last finding of this family about each of these remains."""
    from antigone.register.models import Finding

    rows = Finding.objects.filter(family=family).order_by("pk")
    found = {row.remains_id: str(row.pk) for row in rows}
    return tuple(found[unit] for unit in remains)


def exported(cast: Cast, who: str | Any, path: Path, **typed_options: str) -> Path:
    """An export of the open register by this person."""
    from antigone.register.exporting import export_register

    actor = cast[who] if isinstance(who, str) else who
    done = do(actor, "export", **typed_options)
    return export_register(path, actor, done.record).path


def examiner_of_everything(cast: Cast) -> Any:
    """A geneticist who is auditor as well: an export of theirs can be computed again in full."""
    from antigone.register.actor import actor_named

    administrator = cast["administrator"]
    if actor_named("a.recomputes") is None:
        do(
            administrator, "add_user", institution=administrator.institution, username="a.recomputes",
            name="A Recomputes", roles="geneticist,auditor",
        )  # fmt: skip
    return actor_named("a.recomputes")


def _handover(cast: Cast) -> tuple[str, tuple[str, ...]]:
    from antigone.register.models import Container

    coordinator = cast["coordinator"]
    handover = do(
        coordinator, "register_handover", from_party=cast["b.registrar"].party, to_party=coordinator.party,
        announced_containers="3", containers="T-1; 101\nT-2; 102\nT-3; 103",
    ).record  # fmt: skip
    do(
        coordinator, "receive_handover", handover=handover, took_place_on=DAY,
        containers="T-1; received; intact\nT-2; received; intact\nT-3; missing; none",
    )  # fmt: skip
    rows = Container.objects.filter(handover=handover).order_by("tag")
    return handover, tuple(str(row.pk) for row in rows)


def _open(cast: Cast, containers: tuple[str, ...]) -> tuple[str, ...]:
    from antigone.register.models import Remains

    do(cast["examiner"], "open_container", container=containers[0], units="1")
    do(cast["examiner"], "open_container", container=containers[1], units="2")
    return tuple(str(row.pk) for row in Remains.objects.order_by("pk"))


def _profile(cast: Cast, holder: Any, sample: str, calls: str) -> str:
    laboratory = cast["laboratory"]
    do(holder, "move_sample", sample=sample, to="sent", laboratory=laboratory.institution)
    do(laboratory, "move_sample", sample=sample, to="received")
    return do(laboratory, "enter_profile", sample=sample, quality="full", kit="Identifiler", autosomal=calls).record
