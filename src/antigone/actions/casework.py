"""What may be compared: the usable profiles of remains and families, as the engine takes them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db.models import QuerySet

from antigone.actions.resting import STANDING
from antigone.actions.usable_findings import usable_profiles
from antigone.domain import FrequencyTable, Policy, Scope
from antigone.domain import Profile as Values
from antigone.identify import digest_of
from antigone.intake import profile_of, read_register_policy, write_used
from antigone.register import doors
from antigone.register.actor import Actor
from antigone.register.models import Profile
from antigone.register.opening import opened
from antigone.register.standing_consent import consenting


@dataclass(frozen=True, slots=True)
class Typed:
    """One profile that may be compared, and whose it is: a person of a pedigree, or a group of remains."""

    profile: str
    version: int
    person: str

    def named(self) -> dict[str, Any]:
        """As findings name it."""
        return {"profile": self.profile, "version": self.version, "person": self.person}


@dataclass(frozen=True, slots=True)
class Method:
    """What the register computes with, and the digests by which findings name it."""

    policy: Policy
    tables: tuple[FrequencyTable, ...] = field(repr=False)
    policy_digest: str
    table_digests: Mapping[str, str]


def present_method() -> Method:
    """The policy of the register as it stands. It and its tables are kept, for whoever recomputes what was made."""
    folder = settings.FOLDER.policy_folder
    files = sorted(path for path in folder.glob("*") if path.is_file())
    return _method(folder, tuple((path.name, path.stat().st_mtime_ns, path.stat().st_size) for path in files))


@lru_cache(maxsize=2)
def _method(folder: Path, _files: tuple[tuple[str, int, int], ...]) -> Method:
    """Read anew whenever a file in the folder is another one."""
    found = read_register_policy(folder)
    policy_digest = digest_of(found.policy)
    table_digests = {table.name: digest_of(table) for table in found.tables}
    by_digest = {table_digests[table.name]: table for table in found.tables}
    write_used(folder, {policy_digest: found.policy, **by_digest})
    return Method(found.policy, found.tables, policy_digest, table_digests)


def values_of(typed: Iterable[Typed], policy: Policy) -> dict[str, Values]:
    """Profile -> its values, opened. The profiles were found through their door."""
    rows = Profile.objects.in_bulk([one.profile for one in typed])
    return {identifier: profile_of(identifier, row.plain(), opened(row), policy) for identifier, row in rows.items()}


def of_remains(actor: Actor, groups: Iterable[str] | None = None) -> dict[str, list[Typed]]:
    """Group -> its profiles. `groups` None: every group of remains without a name that the actor may see."""
    rows = _kinship(actor).filter(sample__remains__isnull=False).exclude(sample__remains__state="split")
    if groups is None:
        rows = rows.filter(sample__remains__state__in=("examined", "buried_unnamed"))
    else:
        rows = rows.filter(sample__remains__group__in=list(groups))
    found: dict[str, list[Typed]] = {}
    for profile, version, group in rows.values_list("pk", "version", "sample__remains__group"):
        found.setdefault(group, []).append(Typed(profile, version, group))
    return found


def of_families(actor: Actor, families: Iterable[str] | None = None) -> dict[str, list[Typed]]:
    """Family -> the profiles that weigh for each of its missing persons.

    Those of relatives with a standing consent; those of remains that are identified as a member; a member's own
    earlier sample where it may be used for kinship.
    """
    wanted = None if families is None else list(families)
    found: dict[str, list[Typed]] = {}
    for family, typed in [*_of_relatives(actor, wanted), *_of_identified(actor, wanted), *_own(actor, wanted)]:
        found.setdefault(family, []).append(typed)
    return found


def own_references(actor: Actor, families: Iterable[str] | None = None) -> dict[str, list[Typed]]:
    """Missing person -> own earlier samples that may be used for direct comparison alone."""
    rows = _visible(actor).filter(sample__missing_person__isnull=False, sample__scope=Scope.DIRECT.value)
    if families is not None:
        rows = rows.filter(sample__missing_person__family__in=list(families))
    found: dict[str, list[Typed]] = {}
    for profile, version, person in rows.values_list("pk", "version", "sample__missing_person"):
        found.setdefault(person, []).append(Typed(profile, version, person))
    return found


def _visible(actor: Actor) -> QuerySet[Profile]:
    return usable_profiles().filter(pk__in=doors.profiles.visible(actor).values("pk")).order_by("pk")


def _kinship(actor: Actor) -> QuerySet[Profile]:
    return _visible(actor).filter(sample__scope=Scope.KINSHIP.value)


def _of_relatives(actor: Actor, families: list[str] | None) -> list[tuple[str, Typed]]:
    rows = _kinship(actor).filter(sample__relative__isnull=False)
    if families is not None:
        rows = rows.filter(sample__relative__family__in=families)
    columns = list(rows.values_list("pk", "version", "sample__relative", "sample__relative__family"))
    allowed = consenting({relative for _, _, relative, _ in columns})
    return [(family, Typed(pk, version, who)) for pk, version, who, family in columns if who in allowed]


def _of_identified(actor: Actor, families: list[str] | None) -> list[tuple[str, Typed]]:
    """Remains that bear a name speak for their family as a relative does."""
    decisions = doors.decisions.visible(actor).filter(state__in=STANDING, missing_person__family__isnull=False)
    if families is not None:
        decisions = decisions.filter(missing_person__family__in=families)
    columns = decisions.values_list("missing_person", "missing_person__family", "remains__group")
    persons = {group: (person, family) for person, family, group in columns}
    rows = of_remains(actor, persons)
    return [
        (family, Typed(typed.profile, typed.version, person))
        for group, (person, family) in persons.items()
        for typed in rows.get(group, [])
    ]


def _own(actor: Actor, families: list[str] | None) -> list[tuple[str, Typed]]:
    rows = _kinship(actor).filter(sample__missing_person__family__isnull=False)
    if families is not None:
        rows = rows.filter(sample__missing_person__family__in=families)
    columns = rows.values_list("pk", "version", "sample__missing_person", "sample__missing_person__family")
    return [(family, Typed(pk, version, person)) for pk, version, person, family in columns]
