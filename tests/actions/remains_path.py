"""The way from a handover to a finding, by actions: what tests of remains, profiles and decisions begin with."""

from __future__ import annotations

from dataclasses import dataclass
from threading import Barrier, Thread
from typing import Any

from tests.actions.family_records import DAY, Household, enter, household, record
from tests.cast import Cast, do

CALLS = "TH01 6/9.3\nD3S1358 15/16\nFGA 21/24"
GRAVE = {"cemetery": "Cemetery-1", "plot": "12", "coordinates": "48.46470, 35.04620", "buried_on": "2025-05-02"}


@dataclass(frozen=True)
class Matched:
    """A household, remains, one typed sample of each, and the finding about them."""

    house: Household
    remains: str
    sample: str
    profile: str
    mothers_profile: str
    finding: str


def party(actor: Any) -> str:
    return str(actor.party)


def announced(cast: Cast, *lines: str, **more: str) -> str:
    """A handover from side B with this list of `tag; seal`."""
    parties = {"from_party": party(cast["b.coordinator"]), "to_party": party(cast["coordinator"])}
    return do(cast["coordinator"], "register_handover", containers="\n".join(lines), **parties, **more).record


def receive(cast: Cast, handover: str, *lines: str, **more: str) -> None:
    do(cast["coordinator"], "receive_handover", handover=handover, containers="\n".join(lines), **more)


def containers_of(handover: str) -> dict[str, Any]:
    """The containers of a handover by their tags."""
    from antigone.register.models import Container

    return {container.tag: container for container in Container.objects.filter(handover=handover)}


def units(cast: Cast, count: int) -> list[str]:
    """So many units of remains, from one container of a new handover."""
    from antigone.register.models import Remains

    handover = announced(cast, "T-1; S-1")
    receive(cast, handover, "T-1; received; intact")
    container = str(containers_of(handover)["T-1"].pk)
    do(cast["examiner"], "open_container", container=container, units=str(count))
    return list(Remains.objects.filter(container=container).order_by("pk").values_list("pk", flat=True))


def to_laboratory(cast: Cast, sample: str, sender: str = "examiner") -> None:
    laboratory = cast["laboratory"].institution
    do(cast[sender], "move_sample", sample=sample, to="sent", laboratory=laboratory)
    do(cast["laboratory"], "move_sample", sample=sample, to="received")


def typed(cast: Cast, sample: str, sender: str = "examiner", calls: str = CALLS) -> str:
    """The profile of a sample that was only taken so far."""
    to_laboratory(cast, sample, sender)
    done = do(cast["laboratory"], "enter_profile", sample=sample, quality="full", kit="GlobalFiler", autosomal=calls)
    return done.record


def sampled(cast: Cast, remains: str) -> str:
    return do(cast["examiner"], "take_sample", remains=remains, material="bone").record


def mothers_profile(cast: Cast, house: Household) -> str:
    sample = do(cast["registrar"], "take_reference_sample", relative=house.mother, material="blood", taken_on=DAY)
    return typed(cast, sample.record, sender="liaison")


def compared(cast: Cast, house: Household, remains: str, *profiles: str) -> str:
    """A finding about this pair, made with these profiles."""
    from antigone.register.models import Finding

    made = [{"profile": one, "version": record(one).version, "person": house.mother} for one in profiles]
    return enter(
        cast["geneticist"], "compare", Finding, None, {"by_locus": {"TH01": "2.5"}}, state="computed",
        remains=remains, missing_person=house.person, family=house.family, log10_lr="6.1",
        made={"software": "1", "policy": "", "tables": {}, "profiles": made, "seed": None},
    )  # fmt: skip


def matched(cast: Cast, remains: str | None = None, surname: str = "Surname-1") -> Matched:
    remains = remains or units(cast, 1)[0]
    house = household(cast, surname)
    sample = sampled(cast, remains)
    profile, mother = typed(cast, sample), mothers_profile(cast, house)
    finding = compared(cast, house, remains, profile, mother)
    return Matched(house, remains, sample, profile, mother, finding)


def proposed(cast: Cast, match: Matched, **more: str) -> str:
    typed = {"reasons": "Reasons-1", "other_evidence": "Evidence-1", **more}
    done = do(
        cast["geneticist"], "propose", remains=match.remains, missing_person=match.house.person,
        findings=match.finding, **typed,
    )  # fmt: skip
    return done.record


def decided(cast: Cast, match: Matched, **more: str) -> str:
    """The decision, by both signatures."""
    proposal = proposed(cast, match, **more)
    do(cast["signatory"], "sign", proposal=proposal)
    return do(cast["second_signatory"], "sign", proposal=proposal).record


def released(cast: Cast, decision: str) -> str:
    done = do(cast["coordinator"], "release", decision=decision, released_on="2025-05-01", received_by="Surname-1")
    return done.record


def at_once(*attempts: Any) -> list[Any]:
    """What each of these attempts came to, all begun together in threads of their own: a result or its exception."""
    from django.db import connections

    begin = Barrier(len(attempts))
    results: list[Any] = [None] * len(attempts)

    def run(number: int) -> None:
        begin.wait(timeout=30)
        try:
            results[number] = attempts[number]()
        except Exception as error:
            results[number] = error
        finally:
            connections["default"].close()

    threads = [Thread(target=run, args=(number,)) for number in range(len(attempts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return results
