"""Case -> a case folder that reads back as the same case."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path

from antigone.domain import (
    PERSONS,
    PROFILES,
    Case,
    Column,
    FrequencyTable,
    Profile,
    Scope,
    Sex,
)
from antigone.intake.columns_write import new_folder
from antigone.intake.frequency_tables import read_table, shipped_tables, table_text
from antigone.intake.settings import SETTINGS
from antigone.intake.settings_text import settings_text

Row = dict[str, object]


def write_folder(case: Case, path: str | Path) -> None:
    """Write persons.csv, profiles.csv, settings.toml and the tables that are not shipped.

    The folder must be new or empty: nothing is overwritten. Missing persons come back in the order
    of the pedigree.

    >>> import tempfile
    >>> from antigone import read_case
    >>> case = read_case("examples/eight-remains")
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     write_folder(case, folder)
    ...     read_case(folder).families == case.families
    True
    """
    folder = new_folder(path)
    tables = [_table(table, number, folder) for number, table in enumerate(case.tables, start=1)]
    (folder / SETTINGS).write_text(settings_text(case.policy, tuple(tables), case.name), "utf-8")
    (folder / "persons.csv").write_text(_csv(PERSONS, _persons(case)), "utf-8")
    (folder / "profiles.csv").write_text(_csv(PROFILES, _profiles(case)), "utf-8")


def _table(table: FrequencyTable, number: int, folder: Path) -> str:
    """The name under which settings.toml finds the table again."""
    if table.name in shipped_tables() and read_table(table.name) == table:
        return table.name
    name = f"frequencies-{number}.csv"
    (folder / name).write_text(table_text(table), "utf-8")
    return name


def _csv(columns: tuple[Column, ...], rows: Iterator[Row]) -> str:
    """Only the columns that are required or used."""
    written = list(rows)
    names = [c.name for c in columns if c.required or any(r.get(c.name) not in (None, "") for r in written)]
    text = io.StringIO()
    writer = csv.DictWriter(text, names, extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    writer.writerows(written)
    return text.getvalue()


def _persons(case: Case) -> Iterator[Row]:
    for family in case.families:
        twins = {m: f"twins {i}" for i, group in enumerate(family.pedigree.twins, 1) for m in group}
        for person in family.pedigree.persons:
            yield {
                "family": family.name, "person": person.id, "father": person.father,
                "mother": person.mother, "sex": _sex(person.sex),
                "role": "missing" if person.id in family.missing else "relative",
                "twin": twins.get(person.id), "label": family.labels.get(person.id),
                "inbreeding": family.pedigree.founder_inbreeding.get(person.id),
            }  # fmt: skip
    for remains in case.remains:
        sex = remains.profile.recorded_sex
        yield {"person": remains.id, "sex": _sex(sex), "role": "remains"}
    for name, profile in case.staff.items():
        yield {"person": name, "sex": _sex(profile.recorded_sex), "role": "staff"}


def _sex(sex: Sex) -> str | None:
    return None if sex is Sex.UNKNOWN else sex.value


def _profiles(case: Case) -> Iterator[Row]:
    for family in case.families:
        for person in family.pedigree.persons:
            if person.id in family.profiles:
                yield from _profile(family.name, person.id, family.profiles[person.id])
    for remains in case.remains:
        yield from _profile(None, remains.id, remains.profile)
    for name, profile in case.staff.items():
        yield from _profile(None, name, profile)


def _profile(family: str | None, person: str, profile: Profile) -> Iterator[Row]:
    common: Row = {
        "family": family, "person": person,
        "sample": None if profile.sample == person else profile.sample,
        "kit": profile.kit, "dropout": profile.dropout, "dropin": profile.dropin or None,
        "scope": None if profile.scope is Scope.KINSHIP else profile.scope.value,
    }  # fmt: skip
    for locus, call in profile.calls.items():
        alleles = {f"allele{i}": allele for i, allele in enumerate(call.alleles, start=1)}
        yield {**common, "locus": locus, **alleles, "homozygous": "yes" if call.homozygous else None}
