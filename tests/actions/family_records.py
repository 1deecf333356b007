"""Records that tests of families begin with: a family, a relative's sample, what was computed and decided with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pytest

from tests.cast import Cast, do

DAY = "2026-03-01"


@dataclass(frozen=True)
class Household:
    """Side A's registrar entered one missing person and their mother, who allowed kinship."""

    person: str
    family: str
    mother: str
    consent: str


@dataclass(frozen=True)
class Computed:
    """The mother's profile, and a finding, an open proposal and a standing decision that rest on it."""

    sample: str
    profile: str
    finding: str
    proposal: str
    decision: str


def household(cast: Cast, surname: str = "Surname-1") -> Household:
    """A family by actions."""
    registrar = cast["registrar"]
    person = do(registrar, "register_missing_person", surname=surname, sex="male").record
    family = do(registrar, "register_family", missing=person).record
    mother = do(
        registrar, "add_relative", family=family, surname=surname, sex="female", scope="kinship", given_on=DAY
    ).record
    members = f"{person} F {mother} male\nF - - male\n{mother} - - female"
    do(registrar, "declare_pedigree", family=family, members=members)
    return Household(person, family, mother, consent_of(mother))


def computed(cast: Cast, house: Household) -> Computed:
    """What later steps leave behind, written as they write it."""
    from antigone.register.models import Container, Decision, Finding, Handover, Profile, Proposal, Remains, Sample

    registrar = cast["registrar"]
    sample = do(registrar, "take_reference_sample", relative=house.mother, material="blood", taken_on=DAY).record
    enter(registrar, "move_sample", Sample, sample, state="profiled", laboratory=cast["laboratory"].institution)
    party = registrar.party
    laboratory, geneticist, signatory = cast["laboratory"], cast["geneticist"], cast["signatory"]
    profile = enter(
        laboratory,
        "enter_profile",
        Profile,
        None,
        {"autosomal": {"TH01": "6/9.3"}},
        state="current",
        sample=sample,
        run=1,
        quality="full",
    )
    handover = enter(cast["coordinator"], "register_handover", Handover, None, {}, from_party=party, to_party=party)
    container = enter(cast["coordinator"], "register_container", Container, None, {}, handover=handover, tag="T-1")
    remains = enter(
        cast["examiner"], "open_container", Remains, None, {}, state="identified", container=container, group=""
    )
    both: dict[str, Any] = {"remains": remains, "missing_person": house.person}
    finding = enter(
        geneticist,
        "compare",
        Finding,
        None,
        {"by_locus": {"TH01": "2.5"}},
        state="computed",
        **both,
        family=house.family,
        log10_lr="2.5",
        made={"profiles": [{"profile": profile, "version": 1, "person": house.mother}]},
    )
    rests: dict[str, Any] = {**both, "findings": [finding]}
    proposal = enter(geneticist, "propose", Proposal, None, {}, state="open", proposed_by=geneticist.user, **rests)
    decision = enter(signatory, "sign", Decision, None, {}, state="standing", proposal=proposal, **rests)
    return Computed(sample, profile, finding, proposal, decision)


def enter(
    actor: Any, verb: str, model: Any, record: str | None, personal: Mapping[str, Any] | None = None, **columns: Any
) -> str:
    """Write one record as the action of this name would, without its checks; a new one where `record` is None."""
    from django.db import transaction

    from antigone.actions.act import Act

    with transaction.atomic():
        act = Act(actor, verb)
        if record is None:
            written = act.create(model, personal, **columns)
        else:
            written = act.change(model.objects.get(pk=record), personal, **columns)
        act.close()
    return str(written.pk)


def settle(cast: Cast, made: Computed) -> None:
    """The board closes the proposal and reverses the decision."""
    from antigone.register.models import Decision, Proposal

    enter(cast["signatory"], "sign", Proposal, made.proposal, state="decided")
    enter(cast["signatory"], "reverse", Decision, made.decision, state="reversed")


def consent_of(relative: str) -> str:
    from antigone.register.models import Consent

    return str(Consent.objects.get(relative=relative, state="given").pk)


def contact(cast: Cast, relative: str) -> Any:
    """A family contact who is this relative."""
    from antigone.register.actor import actor_of
    from antigone.register.models import User

    administrator = cast["administrator"]
    done = do(
        administrator,
        "add_user",
        institution=administrator.institution,
        username=f"contact.{relative.lower()}",
        name="Contact",
        roles="family_contact",
        relative=relative,
    )
    return actor_of(User.objects.get(pk=done.record))


def record(identifier: str) -> Any:
    """The record as it stands."""
    from antigone.register.doors import door_of

    return door_of(identifier).model.objects.get(pk=identifier)


def sealed(identifier: str) -> dict[str, Any]:
    from antigone.register.opening import opened

    return opened(record(identifier))


def state(identifier: str) -> str:
    return str(record(identifier).state)


def told(code: str) -> set[tuple[str, str]]:
    """Log-in name and record of every notice of this code."""
    from antigone.register.models import Notice

    return set(Notice.objects.filter(code=code).values_list("addressee__username", "about"))


def refused(code: str, actor: Any, verb: str, **typed: str) -> dict[str, str]:
    """The facts of the NotNow with this code that the action ends with."""
    from antigone.register.refusals import NotNow

    with pytest.raises(NotNow) as found:
        do(actor, verb, **typed)
    assert found.value.code == code
    return found.value.facts


def problems(actor: Any, verb: str, **typed: str) -> list[tuple[str, str, str]]:
    """(code, column, found) of each problem of the input that the action refuses."""
    from antigone.domain import InputRefused

    with pytest.raises(InputRefused) as found:
        do(actor, verb, **typed)
    return [(problem.code, problem.place.column, problem.found) for problem in found.value.problems]


def not_here(actor: Any, verb: str, **typed: str) -> None:
    """The record is nowhere for this person."""
    from antigone.register.refusals import NotHere

    with pytest.raises(NotHere):
        do(actor, verb, **typed)


def agrees() -> bool:
    """The register and its ledger agree."""
    from antigone.register.agreement import disagreements

    return disagreements() == []
