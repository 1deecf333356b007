"""What was entered and never compared: nothing of it is passed over in silence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from antigone.actions.casework import Method, Typed, of_families, of_remains, own_references, present_method
from antigone.actions.family_checks import since_when
from antigone.register import doors
from antigone.register.actor import Actor
from antigone.register.models import Finding, MissingPerson
from antigone.register.opening import opened

Key = frozenset[tuple[str, int]]
"""Profiles with their versions."""
FIRST = 20
"""Pairs that are named one by one."""


@dataclass(frozen=True, slots=True)
class Uncompared:
    """Pairs of remains and missing person that could be compared and were not, as profiles and policy are now.

    remains, missing_persons: how many could be compared at all. rows: the first pairs (remains, family, missing).
    """

    pairs: int
    remains: int
    missing_persons: int
    rows: tuple[tuple[str, str, str], ...]


def uncompared(actor: Actor) -> Uncompared:
    """For the actor's own party. Remains count by groups; a pair counts again once a profile of it has changed."""
    if not actor.may("compare"):
        return Uncompared(0, 0, 0, ())
    remains = of_remains(actor)
    persons = _persons(actor)
    current = {
        (group, person)
        for (group, person), profiles in compared(actor, present_method())
        if group in remains and person in persons and profiles == key_of([*remains[group], *persons[person][1]])
    }
    rows = []
    for group in remains:
        for person, (family, _) in persons.items():
            if (group, person) not in current:
                rows.append((group, family, person))
            if len(rows) == FIRST:
                break
        if len(rows) == FIRST:
            break
    return Uncompared(len(remains) * len(persons) - len(current), len(remains), len(persons), tuple(rows))


def compared(actor: Actor, method: Method) -> Iterator[tuple[tuple[str, str], Key]]:
    """(group, missing person), and the profiles compared, of every finding that would come out the same today."""
    rows = doors.findings.visible(actor).filter(state="computed").select_related("family")
    since: dict[str, tuple[str, int] | None] = {}
    for finding in rows.iterator(chunk_size=2_000):
        made = finding.made
        if made.get("policy") != method.policy_digest or made.get("tables") != dict(method.table_digests):
            continue
        if finding.family_id not in since:
            since[finding.family_id] = since_when(finding.family)
        if _with_this_pedigree(finding, since[finding.family_id]):
            profiles = ((one["profile"], one["version"]) for one in made["profiles"])
            yield (finding.remains_id, finding.missing_person_id), frozenset(profiles)


def key_of(typed: Iterable[Typed]) -> Key:
    """What tells one set of profiles from another."""
    return frozenset((one.profile, one.version) for one in typed)


def _with_this_pedigree(finding: Finding, since: tuple[str, int] | None) -> bool:
    used = opened(finding).get("pedigree")
    return bool(used and since and used["genetic_family"] == since[0] and used["version"] >= since[1])


def _persons(actor: Actor) -> Mapping[str, tuple[str, list[Typed]]]:
    """Missing person -> family, and the profiles that weigh for this person; those without any are left out."""
    families = of_families(actor)
    own = own_references(actor)
    missing = MissingPerson.objects.filter(party=actor.party, state="missing", family__isnull=False).order_by("pk")
    found = {}
    for person, family in missing.values_list("pk", "family"):
        typed = [*families.get(family, []), *own.get(person, [])]
        if typed:
            found[person] = family, typed
    return found
