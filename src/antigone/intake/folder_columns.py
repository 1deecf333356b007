"""A table of the case folder as columns of cells, checked against its declaration."""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Sequence
from pathlib import Path

import polars as pl

from antigone.domain import Column
from antigone.intake.collector import ROW, Collector, did_you_mean, nearest
from antigone.intake.folder_cells import check_cells, clean_cells
from antigone.intake.textfile import decode, read_bytes


def find_table(folder: Path, stem: str) -> Path:
    """STEM.parquet where there is one, otherwise STEM.csv; InputRefused where there are both."""
    csv, parquet = folder / f"{stem}.csv", folder / f"{stem}.parquet"
    if csv.exists() and parquet.exists():
        Collector(stem).refuse("two-files", found=f"{csv.name} and {parquet.name}", needed="one of them")
    return parquet if parquet.exists() else csv


def read_columns(
    path: Path, columns: Sequence[Column], collector: Collector, comments: bool = False
) -> tuple[pl.DataFrame, str]:
    """(the table, sha256 of the file): every declared column as cells, and ROW; rows without a cell left out.

    Unusable files raise InputRefused; wrong cells go to the collector.
    """
    content = read_bytes(path, collector)
    if path.suffix == ".parquet":
        read, skipped = _parquet(content, collector), 0
    else:
        read, skipped = _csv(content, collector, comments)
    _check_header(read.columns, columns, collector)
    cells = [_cells(read, column, collector) for column in columns]
    frame = pl.DataFrame(cells).with_row_index(ROW, offset=2 + skipped)
    frame = frame.filter(pl.any_horizontal(pl.col(c.name).is_not_null() for c in columns))
    if frame.is_empty():
        collector.refuse("empty-table", found="no rows below the header", needed="at least one row")
    for column in columns:
        check_cells(frame, column, collector)
    return frame, hashlib.sha256(content).hexdigest()


def _cells(read: pl.DataFrame, column: Column, collector: Collector) -> pl.Series:
    if column.name not in read.columns:
        return pl.Series(column.name, [None], pl.Enum([])).new_from_index(0, len(read))
    try:
        return clean_cells(read[column.name], column.kind)
    except pl.exceptions.PolarsError:
        collector.refuse("column-kind", column=column.name, found=str(read[column.name].dtype),
                         needed="texts or numbers")  # fmt: skip


def _csv(content: bytes, collector: Collector, comments: bool) -> tuple[pl.DataFrame, int]:
    """(the cells as text, lines before the header)."""
    text = decode(content, collector)
    skipped = 0
    if comments:
        lines = text.split("\n")
        skipped = next((i for i, line in enumerate(lines) if not line.startswith("#")), len(lines))
        text = "\n".join(lines[skipped:])
    header = text.split("\n", 1)[0].rstrip("\r")
    for separator, name in ((";", "semicolons"), ("\t", "tabs")):
        if separator in header and header.count(separator) > header.count(","):
            collector.refuse("separator", row=1 + skipped, found=name, needed="commas")
    _check_names_once(header, collector, skipped + 1)
    try:
        frame = pl.read_csv(io.BytesIO(text.encode()), infer_schema=False, quote_char='"')
    except pl.exceptions.PolarsError:
        _explain_csv(text, skipped, collector)
    return frame.rename(str.strip), skipped


def _check_names_once(header: str, collector: Collector, row: int) -> None:
    names = [name.strip().strip('"') for name in header.split(",")]
    for name in sorted({n for n in names if names.count(n) > 1}):
        collector.refuse("column-twice", row=row, column=name, found=f"{names.count(name)} times",
                         needed="each column once")  # fmt: skip


def _explain_csv(text: str, skipped: int, collector: Collector) -> None:
    """Why a file cannot be split into columns: the first row with too many cells, or an open quote."""
    lines = text.split("\n")
    width = lines[0].count(",")
    for number, line in enumerate(lines[1:], start=2 + skipped):
        if '"' not in line and line.count(",") > width:
            collector.refuse("too-many-cells", row=number, found=f"{line.count(',') + 1} cells",
                             needed=f"{width + 1}, as in the header")  # fmt: skip
    quotes = next((i for i, line in enumerate(lines, 1 + skipped) if line.count('"') % 2), 1)
    collector.refuse("open-quote", row=quotes, found='a single "', needed="quotes in pairs")


def _parquet(content: bytes, collector: Collector) -> pl.DataFrame:
    try:
        return pl.read_parquet(io.BytesIO(content))
    except (pl.exceptions.PolarsError, OSError):
        collector.refuse("broken-parquet", found="not a readable Parquet file", needed="a whole Parquet file")


def _check_header(found: list[str], columns: Sequence[Column], collector: Collector) -> None:
    names = [c.name for c in columns]
    unknown = [name for name in found if name not in names]
    absent = [c.name for c in columns if c.required and c.name not in found]
    for name in unknown:
        if re.fullmatch(r"allele\d+", name):
            needed = "at most four alleles in a row"
        else:
            needed = nearest(name, absent) or did_you_mean(name, names)
        collector.add("unknown-column", row=1, column=name, found=name, needed=needed)
    guessed = {nearest(name, absent) for name in unknown}
    for name in absent:
        if name not in guessed:
            collector.add("missing-column", row=1, column=name, found=", ".join(found), needed=name)
    collector.finish()
