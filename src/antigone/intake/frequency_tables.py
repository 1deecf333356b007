"""Allele frequency tables: those that are shipped, and a laboratory's own as CSV."""

from __future__ import annotations

import hashlib
import re
from functools import cache
from importlib import resources
from pathlib import Path

import polars as pl

from antigone.domain import (
    FREQUENCIES,
    FrequencyPolicy,
    FrequencyTable,
    LocusFrequencies,
    canonical_locus,
)
from antigone.intake.alleles import usual_alleles
from antigone.intake.collector import ROW, Collector, did_you_mean
from antigone.intake.folder_columns import read_columns
from antigone.intake.textfile import decode, read_bytes

FORMAT = "antigone-frequencies/1"
SILENT = "silent"
_COMMENT = re.compile(r"#\s*(\w+):\s*(.*)")


@cache
def shipped_tables() -> tuple[str, ...]:
    """Names of the tables that come with the program; examples, not for casework.

    >>> shipped_tables()
    ('Norway', 'Africa', 'East Asia', 'Norway 35')
    """
    return tuple(_shipped())


@cache
def _shipped() -> dict[str, Path]:
    folder = Path(str(resources.files("antigone.intake"))) / "tables"
    order = ("norway", "africa", "east-asia", "norway-35")
    return {_comments(path)["name"]: path for path in (folder / f"{stem}.csv" for stem in order)}


def _comments(path: Path) -> dict[str, str]:
    with path.open(encoding="utf-8-sig") as file:
        matches = [_COMMENT.match(line) for line in file if line.startswith("#")]
    return {m.group(1).lower(): m.group(2).strip() for m in matches if m}


def read_table(name_or_path: str | Path, folder: Path | None = None) -> FrequencyTable:
    """A shipped table by its name, or a CSV file by its path (relative to `folder`).

    InputRefused for an unknown name and for every wrong row of a file. Sums that are off, absent
    alleles and minima are left to the policy, except a sum above 1 by more than its tolerance.

    >>> read_table("norway").loci["TH01"].alleles["9.3"]
    0.339581
    """
    return read_table_and_digest(name_or_path, folder)[0]


def read_table_and_digest(name_or_path: str | Path, folder: Path | None = None) -> tuple[FrequencyTable, str]:
    """(the table, sha256 of its file)."""
    by_lower = {name.lower(): path for name, path in _shipped().items()}
    text = str(name_or_path)
    if text.lower() in by_lower:
        path = by_lower[text.lower()]
    elif text.lower().endswith((".csv", ".parquet")):
        path = (folder or Path()) / text
    else:
        known = shipped_tables()
        Collector("").refuse("unknown-table", item=text, found=text,
                             needed=f"{did_you_mean(text, known)}, or the path of a .csv file")  # fmt: skip
    collector = Collector(path.name)
    table, digest = _read(path, collector)
    collector.finish()
    return table, digest


def _read(path: Path, collector: Collector) -> tuple[FrequencyTable, str]:
    decode(read_bytes(path, collector), collector)
    said = _comments(path)
    if said.get("format", FORMAT) != FORMAT:
        collector.refuse("format", found=said["format"], needed=FORMAT)
    frame, digest = read_columns(path, FREQUENCIES, collector, comments=True)
    collector.finish()
    frame = frame.cast({column.name: pl.String for column in FREQUENCIES})
    loci: dict[str, LocusFrequencies] = {}
    written = {name: canonical_locus(name) for name in frame["locus"].unique()}
    frame = frame.with_columns(pl.col("locus").replace(written), usual_alleles(pl.col("allele")))
    for (locus,), rows in frame.group_by("locus", maintain_order=True):
        loci[str(locus)] = _locus(str(locus), rows, collector)
    name = said.get("name") or path.stem
    return FrequencyTable(name, said.get("source", ""), loci, said.get("note", "")), digest


def _locus(locus: str, rows: pl.DataFrame, collector: Collector) -> LocusFrequencies:
    alleles: dict[str, float] = {}
    for row, allele, frequency in rows.select(ROW, "allele", "frequency").iter_rows():
        if allele in alleles:
            collector.add("allele-twice", row=row, column="allele", item=locus, found=f"allele {allele}",
                          needed="each allele once")  # fmt: skip
        alleles[allele] = float(frequency)
    silent = alleles.pop(SILENT, 0.0)
    total = sum(alleles.values()) + silent
    if total > 1.0 + FrequencyPolicy().sum_tolerance:
        first = rows[ROW][0]
        collector.add("frequency-sum", row=first, item=locus, found=f"a sum of {total:.4g}", needed="1")
    size = _one_value(rows, "database_size", locus, collector)
    minimum = _one_value(rows, "minimum", locus, collector)
    return LocusFrequencies(alleles, silent, int(size) if size else None, minimum)


def _one_value(rows: pl.DataFrame, column: str, locus: str, collector: Collector) -> float | None:
    """The value of a column that belongs to the locus as a whole: the same in all rows that have it."""
    values = rows[column].drop_nulls().unique(maintain_order=True).to_list()
    if len(values) > 1:
        collector.add("value-differs", row=rows[ROW][0], column=column, item=locus,
                      found=" and ".join(values[:3]), needed="one value for the locus")  # fmt: skip
    return float(values[0]) if values else None


def table_text(table: FrequencyTable) -> str:
    """The CSV of a table, which reads back as the same table."""
    lines = [f"# format: {FORMAT}", f"# name: {table.name}"]
    lines += [f"# source: {table.source}"] if table.source else []
    lines += [f"# note: {table.note}"] if table.note else []
    lines.append("locus,allele,frequency,database_size,minimum")
    for locus, values in table.loci.items():
        tail = f"{values.database_size or ''},{'' if values.minimum is None else repr(values.minimum)}"
        rows = [*values.alleles.items()]
        rows += [(SILENT, values.silent)] if values.silent else []
        lines += [f"{_cell(locus)},{_cell(allele)},{frequency!r},{tail}" for allele, frequency in rows]
    return "\n".join(lines) + "\n"


def _cell(text: str) -> str:
    return '"' + text.replace('"', '""') + '"' if any(c in text for c in ',"\n') else text


def table_digest(table: FrequencyTable) -> str:
    """sha256 of the table's CSV: the same table has the same digest wherever it came from."""
    return hashlib.sha256(table_text(table).encode()).hexdigest()
