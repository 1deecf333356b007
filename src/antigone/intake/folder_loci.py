"""Loci and alleles of profiles.csv: one spelling each, and whether the case knows them."""

from __future__ import annotations

import re

import polars as pl

from antigone.domain import KITS, Chromosome, FrequencyTable, Policy, canonical_locus, chromosome_of
from antigone.intake.collector import ROW, Collector, did_you_mean
from antigone.intake.folder_cells import ALLELE, REPEAT, different, of_each
from antigone.intake.frequency_tables import read_table, shipped_tables

ALLELES = ("allele1", "allele2", "allele3", "allele4")
_REPEATS = re.compile(r"\d{1,3}(\.\d)?")


def canonical_loci(cells: pl.Series) -> pl.Series:
    """The loci in their canonical names; categories are those that occur, in the order of first appearance.

    >>> canonical_loci(pl.Series(["vwa", "THO1", "VWA"], dtype=pl.Enum(["FGA", "THO1", "vwa", "VWA"]))).dtype
    Enum(categories=['vWA', 'TH01'])
    """
    occurring = cells.drop_nulls().unique(maintain_order=True).cast(pl.String)
    names = {written: canonical_locus(written) for written in occurring}
    canonical = pl.Enum(list(dict.fromkeys(names.values())))
    values = pl.Series([names.get(written) for written in different(cells)], dtype=pl.String)
    return of_each(cells, values.cast(canonical))


def shared_alleles(frame: pl.DataFrame) -> pl.DataFrame:
    """The columns of alleles with the same categories."""
    texts = pl.concat([different(frame[column]) for column in ALLELES]).unique(maintain_order=True)
    return frame.with_columns(pl.col(ALLELES).cast(pl.Enum(texts)))


def check_loci(frame: pl.DataFrame, tables: tuple[FrequencyTable, ...], policy: Policy, collector: Collector) -> None:
    """Each locus once: unknown by name, or known and in no table of the case."""
    in_tables = {locus for table in tables for locus in table.loci}
    wrong = [
        locus
        for locus in different(frame["locus"])
        if locus not in in_tables and locus not in policy.loci_left_out
        and chromosome_of(locus) not in (Chromosome.SEX, Chromosome.Y)
    ]  # fmt: skip
    if not wrong:
        return
    known = in_tables.union(*KITS.values(), *(read_table(name).loci for name in shipped_tables()))
    rows = frame.filter(pl.col("locus").cast(pl.String).is_in(wrong)).group_by("locus", maintain_order=True)
    for locus, times, row in rows.agg(pl.len(), pl.col(ROW).first()).iter_rows():
        found = f"{locus}, in {times} row{'s' if times > 1 else ''}"
        if locus in known or canonical_locus(locus.lower()) in known:
            collector.add("locus-not-in-table", row=row, column="locus", found=found,
                          needed="a table that has it, or its name under loci_left_out")  # fmt: skip
        else:
            collector.add("unknown-locus", row=row, column="locus", found=found,
                          needed=did_you_mean(locus, sorted(known)))  # fmt: skip


def check_alleles(frame: pl.DataFrame, tables: tuple[FrequencyTable, ...], collector: Collector) -> None:
    """A repeat number, an allele of a table, or X and Y of amelogenin; each allele of a locus once."""
    loci, alleles = different(frame["locus"]).to_list(), different(frame[ALLELES[0]]).to_list()
    whole = different(frame[ALLELES[0]]).str.contains(ALLELE).to_list()
    for column in _filled(frame):
        pairs = frame["locus"].to_physical().cast(pl.Int64) * len(alleles) + frame[column].to_physical()
        wrong = [
            pair
            for pair in pairs.unique().drop_nulls()
            if whole[pair % len(alleles)]  # others are reported cell by cell
            and not _is_known(loci[pair // len(alleles)], alleles[pair % len(alleles)], tables)
        ]  # fmt: skip
        rows = frame.filter(pairs.is_in(wrong)) if wrong else frame.clear()
        for row, at, found in _once(rows, column).iter_rows():
            needed = "X or Y" if at == "AMEL" else REPEAT
            collector.add("allele", row=row, column=column, item=at, found=found, needed=needed)


def _filled(frame: pl.DataFrame) -> list[str]:
    return [column for column in ALLELES if frame[column].null_count() < len(frame)]


def _once(rows: pl.DataFrame, column: str) -> pl.DataFrame:
    """The first row of each locus and allele."""
    return rows.unique(["locus", column], keep="first", maintain_order=True).select(ROW, "locus", column)


def _is_known(locus: str, allele: str, tables: tuple[FrequencyTable, ...]) -> bool:
    if locus == "AMEL":
        return allele in ("X", "Y") or _in_tables(locus, allele, tables)
    return bool(_REPEATS.fullmatch(allele)) or _in_tables(locus, allele, tables)


def _in_tables(locus: str, allele: str, tables: tuple[FrequencyTable, ...]) -> bool:
    return any(allele in table.loci[locus].alleles for table in tables if locus in table.loci)
