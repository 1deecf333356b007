"""A table of the case folder as columns of text, checked against its declaration.

Whole columns are checked at once, so that millions of rows cost seconds; row numbers are those of
a spreadsheet (the header is row 1).
"""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Sequence
from pathlib import Path

import polars as pl

from antigone.domain import Column
from antigone.intake.alleles import usual_alleles
from antigone.intake.collector import Collector, did_you_mean, nearest
from antigone.intake.textfile import decode, read_bytes

ROW = "row"
"""Name of the column that holds the spreadsheet's row number."""

ROLES = ("missing", "relative", "remains")
SEXES = ("male", "female", "unknown")
_WORDS = {"role": ROLES, "sex": SEXES, "yes-no": ("yes", "no")}
_ALLELE = r"^[^\s,;/|]{1,20}$"
_REPEAT = "one repeat number such as 12 or 9.3"
_DECIMAL_COMMA = r"^-?\d+,\d+$"
NEEDED = {
    "person": "an identifier", "locus": "the name of a locus", "allele": "a repeat number",
    "frequency": "a number from 0 to 1", "role": "one of missing, relative, remains",
}  # fmt: skip
"""What an empty cell of a required column lacks."""


def find_table(folder: Path, stem: str) -> Path:
    """STEM.parquet where there is one, otherwise STEM.csv; InputRefused where there are both."""
    csv, parquet = folder / f"{stem}.csv", folder / f"{stem}.parquet"
    if csv.exists() and parquet.exists():
        Collector(stem).refuse("two-files", found=f"{csv.name} and {parquet.name}", needed="one of them")
    return parquet if parquet.exists() else csv


def read_columns(
    path: Path, columns: Sequence[Column], collector: Collector, comments: bool = False
) -> tuple[pl.DataFrame, str]:
    """(the table, sha256 of the file): every declared column as text, empty cells null, and ROW.

    Words are lower case, probabilities checked as numbers. Unusable files raise InputRefused; wrong
    cells go to the collector.
    """
    content = read_bytes(path, collector)
    frame = _parquet(content, collector) if path.suffix == ".parquet" else _csv(content, collector, comments)
    _check_header(frame.columns, columns, collector)
    kept = [c.name for c in columns if c.name in frame.columns]
    frame = frame.select(
        pl.col(ROW), *(pl.col(name).str.strip_chars().replace("", None) for name in kept)
    ).with_columns(pl.lit(None, pl.String).alias(c.name) for c in columns if c.name not in kept)
    frame = frame.filter(pl.any_horizontal(pl.col(c.name).is_not_null() for c in columns))
    if frame.is_empty():
        collector.refuse("empty-table", found="no rows below the header", needed="at least one row")
    for column in columns:
        frame = _check_cells(frame, column, collector)
    return frame, hashlib.sha256(content).hexdigest()


def _csv(content: bytes, collector: Collector, comments: bool) -> pl.DataFrame:
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
    return frame.rename(str.strip).with_row_index(ROW, offset=2 + skipped)


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
        frame = pl.read_parquet(io.BytesIO(content))
        return frame.cast(pl.String).with_row_index(ROW, offset=2)
    except (pl.exceptions.PolarsError, OSError):
        collector.refuse("broken-parquet", found="not a readable Parquet file", needed="a whole Parquet file")


def _check_header(found: list[str], columns: Sequence[Column], collector: Collector) -> None:
    names = [c.name for c in columns]
    unknown = [name for name in found if name not in names and name != ROW]
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
            collector.add("missing-column", row=1, column=name, found=", ".join(found[1:]), needed=name)
    collector.finish()


def _check_cells(frame: pl.DataFrame, column: Column, collector: Collector) -> pl.DataFrame:
    cell = pl.col(column.name)
    if column.required and not column.empty:
        _report(frame.filter(cell.is_null()), column, "empty-cell", NEEDED[column.name], collector)
    if column.kind in _WORDS:
        words = _WORDS[column.kind]
        frame = frame.with_columns(cell.str.to_lowercase())
        wrong = frame.filter(cell.is_not_null() & ~cell.is_in(words))
        _report(wrong, column, f"{column.kind}", "", collector, words)
    elif column.kind == "allele":
        frame = frame.with_columns(usual_alleles(cell))
        _report_numbers(frame, column, cell.str.contains(_ALLELE), "allele", _REPEAT, collector)
    elif column.kind in ("probability", "count"):
        valid, needed = _numbers(column)
        code = "frequency" if column.name == "frequency" else column.kind
        _report_numbers(frame, column, valid.fill_null(False), code, needed, collector)
    return frame


def _numbers(column: Column) -> tuple[pl.Expr, str]:
    """(which cells are numbers of the kind, what is needed)."""
    number = pl.col(column.name).cast(pl.Float64, strict=False)
    if column.kind == "count":
        return number.is_finite() & (number >= 1.0) & (number == number.floor()), "a whole number of at least 1"
    if column.name == "dropin":
        return number.is_between(0.0, 1.0, closed="left"), "at least 0 and below 1"
    return number.is_between(0.0, 1.0), "from 0 to 1"


def _report_numbers(
    frame: pl.DataFrame, column: Column, valid: pl.Expr, code: str, needed: str, collector: Collector
) -> None:
    cell = pl.col(column.name)
    wrong = frame.filter(cell.is_not_null() & ~valid)
    comma = wrong.filter(cell.str.contains(_DECIMAL_COMMA))
    _report(comma, column, "decimal-comma", "a decimal point", collector)
    _report(wrong.filter(~cell.str.contains(_DECIMAL_COMMA)), column, code, needed, collector)


def _report(
    wrong: pl.DataFrame, column: Column, code: str, needed: str, collector: Collector,
    words: Sequence[str] = (),
) -> None:  # fmt: skip
    for row, found in wrong.select(ROW, column.name).iter_rows():
        fact = did_you_mean(found, tuple(words)) if words and found else needed
        collector.add(code, row=row, column=column.name, found=found or "an empty cell", needed=fact)
