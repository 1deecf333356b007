"""A case as columns, for cases of any size, and the same case as values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import polars as pl

from antigone.domain import Call, Case, Family, FrequencyTable, Policy, Profile, Remains, Scope, Sex
from antigone.intake.collector import ROW
from antigone.intake.family_rows import FamilyRows, families_of
from antigone.intake.folder_loci import ALLELES


@dataclass(frozen=True, slots=True, eq=False)
class CaseColumns:
    """A case folder as columns.

    persons: one row per person of a family, remains and staff, in the order of the file. All declared columns:
    texts as String, empty ones null; sex and role as Enum; inbreeding as Float64, 0 where it is empty. And as
    Int64: family_id, 0, 1, ... in the order of first appearance, -1 for remains and staff; father_row and
    mother_row, the row of the parent in `persons`, -1 for none.

    profiles: one row per sample and locus, in the order of the file. person_row: Int64, row in `persons`. sample:
    Enum, the person's identifier where none is given. locus: Enum of the canonical names that occur. allele1 to
    allele4: Enum with the same categories, null for none. homozygous: Boolean. kit: Enum, null for none. dropout:
    Float64, null where it follows from the class of the sample. dropin: Float64. scope: Enum. From sample to
    scope, all rows of a sample say the same.
    """

    name: str
    persons: pl.DataFrame
    profiles: pl.DataFrame
    tables: tuple[FrequencyTable, ...]
    policy: Policy
    digests: Mapping[str, str]  # file name -> sha256 of its bytes


def case_of(columns: CaseColumns) -> Case:
    """The same case as values. Remains and staff without a row in profiles were examined and gave nothing."""
    persons = columns.persons.with_row_index(ROW)
    profiles = _profiles(columns.profiles)
    remains, staff = (_apart(persons.filter(pl.col("role") == role), profiles) for role in ("remains", "staff"))
    return Case(
        columns.name,
        tuple(_family(rows, profiles) for rows in families_of(persons)),
        tuple(Remains(name, profile) for name, profile in remains.items()),
        columns.tables,
        columns.policy,
        columns.digests,
        staff,
    )


def _profiles(frame: pl.DataFrame) -> dict[int, Profile]:
    """Profiles by row of the person."""
    said: dict[int, dict[str, Any]] = {}
    calls: dict[int, dict[str, Call]] = {}
    for row in frame.iter_rows(named=True):
        alleles = tuple(row[name] for name in ALLELES if row[name] is not None)
        said.setdefault(row["person_row"], row)
        calls.setdefault(row["person_row"], {})[row["locus"]] = Call(alleles, row["homozygous"])
    return {
        at: Profile(row["sample"], calls[at], row["dropout"], row["dropin"], row["kit"], scope=Scope(row["scope"]))
        for at, row in said.items()
    }


def _family(rows: FamilyRows, profiles: Mapping[int, Profile]) -> Family:
    typed = {person: profiles[at] for person, (at, *_) in rows.rows.items() if at in profiles}
    return Family(rows.name, rows.pedigree(), tuple(rows.missing), typed, rows.labels)


def _apart(persons: pl.DataFrame, profiles: Mapping[int, Profile]) -> dict[str, Profile]:
    """Profiles of people without a family, by identifier, with the sex that is recorded for them."""
    return {
        row["person"]: replace(profiles.get(row[ROW], Profile(row["person"], {})), recorded_sex=Sex(row["sex"]))
        for row in persons.iter_rows(named=True)
    }
