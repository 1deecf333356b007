"""A case folder in: persons, profiles and settings -> Case."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from antigone.domain import PERSONS, PROFILES, Case, Family, InputRefused, Problem, Profile, Remains
from antigone.intake.collector import Collector
from antigone.intake.folder_columns import find_table, read_columns
from antigone.intake.folder_persons import Key, Persons, persons_of
from antigone.intake.folder_profiles import profiles_of
from antigone.intake.settings import SETTINGS, Settings, read_settings, row_of
from antigone.intake.settings_checks import prior_size_finding

T = TypeVar("T")


def read_folder(folder: Path) -> Case:
    """The case of a folder; InputRefused with everything wrong in all its files."""
    problems: list[Problem] = []
    settings = _attempt(lambda: read_settings(folder), problems)
    persons = _attempt(lambda: _persons(folder, problems), problems)
    profiles = _attempt(lambda: _profiles(folder, persons, settings, problems), problems)
    if persons and settings:
        problems += _prior_problems(persons[0], settings)
    if problems or not (persons and profiles and settings):
        raise InputRefused(problems)
    people, by_key = persons[0], profiles[0]
    return Case(
        settings.name,
        tuple(_family(people, name, by_key) for name in people.families),
        tuple(_remains(people, name, by_key) for name in people.remains),
        settings.tables,
        settings.policy,
        {**settings.digests, **persons[1], **profiles[1]},
    )


def _attempt(read: Callable[[], T], problems: list[Problem]) -> T | None:
    """What was read; None where a file is unusable, its problems noted so that the next is still read."""
    try:
        return read()
    except InputRefused as refused:
        problems += refused.problems
        return None


def _persons(folder: Path, problems: list[Problem]) -> tuple[Persons, dict[str, str]]:
    path = find_table(folder, "persons")
    collector = Collector(path.name)
    frame, digest = read_columns(path, PERSONS, collector)
    persons = persons_of(frame, collector)
    problems += collector.listed()
    return persons, {path.name: digest}


def _profiles(
    folder: Path, persons: tuple[Persons, dict[str, str]] | None, settings: Settings | None,
    problems: list[Problem],
) -> tuple[dict[Key, Profile], dict[str, str]]:  # fmt: skip
    """Cells are checked in any case; persons and loci only where the other files could be read."""
    path = find_table(folder, "profiles")
    collector = Collector(path.name)
    frame, digest = read_columns(path, PROFILES, collector)
    profiles: dict[Key, Profile] = {}
    if persons and settings:
        profiles = profiles_of(frame, persons[0], settings.tables, settings.policy, collector)
    problems += collector.listed()
    return profiles, {path.name: digest}


def _prior_problems(persons: Persons, settings: Settings) -> list[Problem]:
    collector = Collector(SETTINGS)
    missing = sum(len(family.missing) for family in persons.families.values())
    for code, key, found, needed in prior_size_finding(settings.policy, missing):
        collector.add(code, row=row_of(key, settings.rows), item=key, found=found, needed=needed)
    return collector.listed()


def _family(persons: Persons, name: str, profiles: dict[Key, Profile]) -> Family:
    rows = persons.families[name]
    own = {p.id: profiles[(name, p.id)] for p in rows.persons if (name, p.id) in profiles}
    return Family(name, rows.pedigree(), tuple(rows.missing), own, rows.labels)


def _remains(persons: Persons, name: str, profiles: dict[Key, Profile]) -> Remains:
    """Remains without a row in profiles were examined and gave nothing."""
    seen = profiles.get(("", name), Profile(name, {}))
    sex = persons.remains[name]
    return Remains(name, Profile(seen.sample, seen.calls, seen.dropout, seen.dropin, seen.kit, recorded_sex=sex))
