"""A case folder in: persons, profiles and settings -> columns; everything wrong is found in whole columns."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import polars as pl

from antigone.domain import PERSONS, PROFILES, InputRefused, Problem
from antigone.intake.case_columns import CaseColumns
from antigone.intake.collector import Collector
from antigone.intake.folder_columns import find_table, read_columns
from antigone.intake.folder_persons import person_columns
from antigone.intake.folder_profiles import profile_columns
from antigone.intake.settings import SETTINGS, Settings, read_settings, row_of
from antigone.intake.settings_checks import prior_size_finding

T = TypeVar("T")
Read = tuple[pl.DataFrame, dict[str, str]]
"""(a table, the digest of its file by name)."""


def read_folder(folder: Path) -> CaseColumns:
    """The case of a folder; InputRefused with everything wrong in all its files."""
    problems: list[Problem] = []
    settings = _attempt(lambda: read_settings(folder), problems)
    persons = _attempt(lambda: _persons(folder, problems), problems)
    profiles = _attempt(lambda: _profiles(folder, persons, settings, problems), problems)
    if persons and settings:
        problems += _prior_problems(persons[0], settings)
    if problems or not (persons and profiles and settings):
        raise InputRefused(problems)
    return CaseColumns(
        settings.name, persons[0], profiles[0], settings.tables, settings.policy,
        {**settings.digests, **persons[1], **profiles[1]},
    )  # fmt: skip


def _attempt(read: Callable[[], T], problems: list[Problem]) -> T | None:
    """What was read; None where a file is unusable, its problems noted so that the next is still read."""
    try:
        return read()
    except InputRefused as refused:
        problems += refused.problems
        return None


def _persons(folder: Path, problems: list[Problem]) -> Read:
    path = find_table(folder, "persons")
    collector = Collector(path.name)
    frame, digest = read_columns(path, PERSONS, collector)
    persons = person_columns(frame, collector)
    problems += collector.listed()
    return persons, {path.name: digest}


def _profiles(folder: Path, persons: Read | None, settings: Settings | None, problems: list[Problem]) -> Read:
    """Cells are checked in any case; persons and loci only where the other files could be read."""
    path = find_table(folder, "profiles")
    collector = Collector(path.name)
    frame, digest = read_columns(path, PROFILES, collector)
    if persons and settings:
        frame = profile_columns(frame, persons[0], settings.tables, settings.policy, collector)
    problems += collector.listed()
    return frame, {path.name: digest}


def _prior_problems(persons: pl.DataFrame, settings: Settings) -> list[Problem]:
    collector = Collector(SETTINGS)
    missing = persons.filter(pl.col("role") == "missing").select("family_id", "person").n_unique()
    for code, key, found, needed in prior_size_finding(settings.policy, missing):
        collector.add(code, row=row_of(key, settings.rows), item=key, found=found, needed=needed)
    return collector.listed()
