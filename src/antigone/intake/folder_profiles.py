"""profiles.csv -> the profile of each person and remains."""

from __future__ import annotations

import re

import polars as pl

from antigone.domain import (
    KITS,
    Call,
    Chromosome,
    FrequencyTable,
    Policy,
    Profile,
    canonical_locus,
    chromosome_of,
)
from antigone.intake.collector import Collector, did_you_mean
from antigone.intake.folder_columns import ROW
from antigone.intake.folder_persons import Key, Persons
from antigone.intake.frequency_tables import read_table, shipped_tables

_REPEATS = re.compile(r"\d{1,3}(\.\d)?")
_ALLELES = ("allele1", "allele2", "allele3", "allele4")
_OF_SAMPLE = ("sample", "kit", "dropout", "dropin")
_KITS = {re.sub(r"\W", "", kit).lower(): kit for kit in KITS}


def profiles_of(
    frame: pl.DataFrame, persons: Persons, tables: tuple[FrequencyTable, ...], policy: Policy,
    collector: Collector,
) -> dict[Key, Profile]:  # fmt: skip
    """Profiles by (family, person); problems go to the collector."""
    written = frame["locus"].drop_nulls().unique().to_list()
    frame = frame.with_columns(pl.col("locus").replace({name: canonical_locus(name) for name in written}))
    _check_loci(frame, tables, policy, collector)
    _check_alleles(frame, tables, collector)
    _check_twice(frame, collector)
    _check_samples(frame, collector)
    profiles: dict[Key, Profile] = {}
    for (family, person), rows in frame.group_by("family", "person", maintain_order=True):
        key = (str(family or ""), str(person))
        if person is None:
            continue  # reported cell by cell
        if not persons.has(key):
            where = f"family {family}" if family else "the remains"
            collector.add("profile-of-unknown-person", row=rows[ROW][0], column="person", item=key[1],
                          found=f"{person} of {where}", needed="a person of persons.csv")  # fmt: skip
            continue
        profiles[key] = _profile(key, rows, collector)
    return profiles


def _check_loci(frame: pl.DataFrame, tables: tuple[FrequencyTable, ...], policy: Policy, collector: Collector) -> None:
    """Each locus once: unknown by name, or known and in no table of the case."""
    in_tables = {locus for table in tables for locus in table.loci}
    known = in_tables.union(*KITS.values(), *(read_table(name).loci for name in shipped_tables()))
    first = frame.drop_nulls("locus").group_by("locus", maintain_order=True).agg(pl.len(), pl.col(ROW).first())
    for locus, times, row in first.iter_rows():
        if locus in in_tables or locus in policy.loci_left_out:
            continue
        if chromosome_of(locus) in (Chromosome.SEX, Chromosome.Y):
            continue
        rows = f"{locus}, in {times} row{'s' if times > 1 else ''}"
        if locus in known or canonical_locus(locus.lower()) in known:
            collector.add("locus-not-in-table", row=row, column="locus", found=rows,
                          needed="a table that has it, or its name under loci_left_out")  # fmt: skip
        else:
            collector.add("unknown-locus", row=row, column="locus", found=rows,
                          needed=did_you_mean(locus, sorted(known)))  # fmt: skip


def _check_alleles(frame: pl.DataFrame, tables: tuple[FrequencyTable, ...], collector: Collector) -> None:
    """A repeat number, an allele of a table, or X and Y of amelogenin."""
    for column in _ALLELES:
        cells = frame.drop_nulls(["locus", column]).group_by("locus", column, maintain_order=True)
        for locus, allele, row in cells.agg(pl.col(ROW).first()).select("locus", column, ROW).iter_rows():
            if _REPEATS.fullmatch(allele) and locus != "AMEL":
                continue
            if locus == "AMEL" and allele in ("X", "Y"):
                continue
            if any(allele in table.loci[locus].alleles for table in tables if locus in table.loci):
                continue
            if not re.fullmatch(r"[^\s,;/|]{1,20}", allele):
                continue  # reported cell by cell
            needed = "X or Y" if locus == "AMEL" else "one repeat number such as 12 or 9.3"
            collector.add("allele", row=row, column=column, item=locus, found=allele, needed=needed)


def _check_twice(frame: pl.DataFrame, collector: Collector) -> None:
    keys = ["family", "person", "locus"]
    twice = frame.drop_nulls(["person", "locus"]).filter(pl.struct(keys).is_duplicated())
    for (_, person, locus), rows in twice.group_by(keys, maintain_order=True):
        first, *others = rows[ROW].to_list()
        for row in others:
            collector.add("locus-typed-twice", row=row, column="locus", item=str(person),
                          found=f"{locus}, also in row {first}",
                          needed="each locus of a sample once")  # fmt: skip


def _check_samples(frame: pl.DataFrame, collector: Collector) -> None:
    """A sample that is named belongs to one person."""
    named = frame.drop_nulls(["sample", "person"]).unique(["sample", "family", "person"], maintain_order=True)
    for (sample,), rows in named.group_by("sample", maintain_order=True):
        first, *others = rows.select("family", "person", ROW).rows()
        for family, person, row in others:
            collector.add("sample-of-two", row=row, column="sample", item=str(sample),
                          found=f"sample of {_whose(family, person)} and, in row {first[2]}, of {_whose(*first[:2])}",
                          needed="each sample of one person")  # fmt: skip


def _whose(family: str | None, person: str) -> str:
    return f"{person} of family {family}" if family else person


def _profile(key: Key, rows: pl.DataFrame, collector: Collector) -> Profile:
    said = {column: _of_sample(rows, column, key[1], collector) for column in _OF_SAMPLE}
    kit = said["kit"] and _KITS.get(re.sub(r"\W", "", said["kit"]).lower())
    if said["kit"] and kit is None:
        collector.add("unknown-kit", row=rows[ROW][0], column="kit", item=key[1], found=said["kit"],
                      needed=did_you_mean(said["kit"], list(KITS)))  # fmt: skip
    dropin = _number(said["dropin"]) or 0.0
    calls = {
        str(row["locus"]): _call(row, key[1], dropin, collector)
        for row in rows.iter_rows(named=True) if row["locus"]
    }  # fmt: skip
    return Profile(said["sample"] or key[1], calls, _number(said["dropout"]), dropin, kit or None)


def _of_sample(rows: pl.DataFrame, column: str, person: str, collector: Collector) -> str | None:
    """A value that belongs to the sample as a whole: the same in all rows that have it."""
    values = rows[column].drop_nulls().unique(maintain_order=True).to_list()
    if len(values) > 1:
        code = "two-samples" if column == "sample" else "value-differs"
        needed = "one sample for each person" if column == "sample" else "one value for the sample"
        second = rows.filter(pl.col(column) == values[1])[ROW][0]
        collector.add(code, row=second, column=column, item=person, found=" and ".join(values[:3]),
                      needed=needed)  # fmt: skip
    return values[0] if values else None


def _call(row: dict[str, str], person: str, dropin: float, collector: Collector) -> Call:
    cells: list[str | None] = [row[column] for column in _ALLELES]
    alleles = tuple(cell for cell in cells if cell is not None)
    item = f"{row['locus']} of {person}"
    if cells[: len(alleles)] != list(alleles):
        column = _ALLELES[cells.index(None)]
        collector.add("allele-gap", row=int(row[ROW]), column=column, item=item, found="an empty cell",
                      needed="alleles from the first column on")  # fmt: skip
    if len(alleles) > 2 and dropin == 0.0:
        collector.add("too-many-alleles", row=int(row[ROW]), column="allele3", item=item,
                      found=", ".join(alleles), needed="two alleles, or a dropin above 0")  # fmt: skip
    homozygous = row["homozygous"] == "yes"
    if homozygous and len(set(alleles)) != 1:
        shown = ", ".join(alleles) or "no allele"
        collector.add("homozygous", row=int(row[ROW]), column="homozygous", item=item,
                      found=f"yes, with {shown}", needed="one allele")  # fmt: skip
    return Call(alleles, homozygous)


def _number(text: str | None) -> float | None:
    """A cell that was checked before; None where it was found wrong."""
    try:
        return None if text is None else float(text)
    except ValueError:
        return None
