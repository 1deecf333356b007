"""What the offices of one side do day by day, as steps: a family is entered, remains come, samples are typed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from antigone.actions.example_genes import Genotype, calls
from antigone.register.models import Container, Finding, Remains

KIT = "GlobalFiler"


class Work(Protocol):
    """Somebody of one side does something: their part in the work, the verb, its fields as typed."""

    def __call__(self, who: str, verb: str, /, **typed: str) -> str:
        """The identifier of the record it was about."""


@dataclass(frozen=True, slots=True)
class Member:
    """One person of a family: missing, a relative with what they allow, or nobody whom the register knows.

    `word`, `father`, `mother`: names within the family, one word each; "" where a parent is not known. `scope`: of a
    relative's consent; "" for a missing person. `known`: False for somebody who only stands in the pedigree.
    """

    word: str
    sex: str
    father: str = ""
    mother: str = ""
    scope: str = ""
    known: bool = True


def household(work: Work, surname: str, members: Sequence[Member], day: str, first_names: str = "") -> dict[str, str]:
    """Enter a family with everybody in it; word -> identifier, with "family"."""
    missing = [one for one in members if one.known and not one.scope]
    named = {
        one.word: work(
            "registrar", "register_missing_person", surname=surname, first_names=first_names or one.word.title(),
            sex=one.sex, last_seen=day,
        )
        for one in missing
    }  # fmt: skip
    family = work("registrar", "register_family", missing=", ".join(named.values()))
    for one in members:
        if one.scope:
            named[one.word] = work(
                "liaison", "add_relative", family=family, surname=surname, first_names=one.word.title(), sex=one.sex,
                relation=one.word, scope=one.scope, given_on=day, given_to="Family liaison",
            )  # fmt: skip
    lines = [
        " ".join((named.get(one.word, one.word), *(named.get(p, p) or "-" for p in (one.father, one.mother)), one.sex))
        for one in members
    ]
    work("liaison", "declare_pedigree", family=family, members="\n".join(lines))
    return {**named, "family": family}


def reference(work: Work, donor: str, laboratory: str, genotype: Genotype, day: str) -> str:
    """The profile of a new sample of a relative."""
    sample = work("liaison", "take_reference_sample", relative=donor, material="buccal_swab", taken_on=day)
    return typed(work, "liaison", sample, laboratory, genotype)


def handover(work: Work, giver: str, receiver: str, tags: Sequence[str], day: str) -> str:
    """A handover with the list that announces it; each tag's seal is S- and the tag."""
    listed = "\n".join(f"{tag}; S-{tag}" for tag in tags)
    return work(
        "coordinator", "register_handover", from_party=giver, to_party=receiver, took_place_on=day,
        announced_containers=str(len(tags)), containers=listed,
    )  # fmt: skip


def received(work: Work, identifier: str, found: Mapping[str, str]) -> dict[str, str]:
    """Tag -> container, when a handover was received. `found`: tag -> state and seal, as `received; intact`."""
    rows = "\n".join(f"{tag}; {state}" for tag, state in found.items())
    work("coordinator", "receive_handover", handover=identifier, containers=rows)
    return dict(Container.objects.filter(handover=identifier).values_list("tag", "pk"))


def opened_container(work: Work, container: str, units: int) -> list[str]:
    """The remains that were found in a container."""
    work("examiner", "open_container", container=container, units=str(units), held_at="Cold store 1")
    return list(Remains.objects.filter(container=container).order_by("pk").values_list("pk", flat=True))


def sampled(work: Work, remains: str, laboratory: str, genotype: Genotype, day: str) -> str:
    """The profile of a new sample of remains."""
    sample = work("examiner", "take_sample", remains=remains, material="bone", taken_on=day)
    return typed(work, "examiner", sample, laboratory, genotype)


def at_laboratory(work: Work, sender: str, sample: str, laboratory: str) -> None:
    """A sample that was only taken so far is sent, and comes."""
    work(sender, "move_sample", sample=sample, to="sent", laboratory=laboratory)
    work("laboratory", "move_sample", sample=sample, to="received")


def typed(work: Work, sender: str, sample: str, laboratory: str, genotype: Genotype) -> str:
    """The profile of a sample that was only taken so far."""
    at_laboratory(work, sender, sample, laboratory)
    return work("laboratory", "enter_profile", sample=sample, quality="full", kit=KIT, autosomal=calls(genotype))


def compared(work: Work, family: str, remains: str, person: str) -> str:
    """The finding about these remains and this missing person of the family."""
    work("geneticist", "compare", family=family, remains=remains)
    return str(Finding.objects.get(remains=remains, missing_person=person).pk)


def proposed(work: Work, remains: str, person: str, finding: str, other_evidence: str = "") -> str:
    """A proposal that rests on one finding."""
    return work(
        "geneticist", "propose", remains=remains, missing_person=person, findings=finding,
        reasons="The profiles fit, and nothing speaks against it", other_evidence=other_evidence,
    )  # fmt: skip


def decided(work: Work, proposal: str) -> str:
    """The decision, by two signatures."""
    work("signatory", "sign", proposal=proposal)
    return work("second_signatory", "sign", proposal=proposal)


def released(work: Work, decision: str, day: str) -> str:
    """What was decided on is given to the family; the first release."""
    return work("coordinator", "release", decision=decision, released_on=day, received_by="The family")


def buried(work: Work, release: str, day: str) -> str:
    """What was released lies in a grave; the first grave."""
    return work(
        "burial_officer", "bury", release=release, buried_on=day, cemetery="Cemetery-1", plot="12",
        coordinates="48.46470, 35.04620",
    )  # fmt: skip
