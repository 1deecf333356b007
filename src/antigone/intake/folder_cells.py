"""Cells of a table: each different one is cleaned and checked once, however many rows have it.

A column is an Enum of the different texts in it, so that millions of rows cost seconds.
"""

from __future__ import annotations

from collections.abc import Callable

import polars as pl

from antigone.domain import Column
from antigone.intake.alleles import usual_alleles
from antigone.intake.collector import ROW, Collector, Facts, did_you_mean

ROLES = ("missing", "relative", "remains", "staff")
SEXES = ("male", "female", "unknown")
SCOPES = ("kinship", "direct", "none")
_WORDS = {"role": ROLES, "sex": SEXES, "yes-no": ("yes", "no"), "scope": SCOPES}
ALLELE = r"^[^\s,;/|]{1,20}$"
REPEAT = "one repeat number such as 12 or 9.3"
_DECIMAL_COMMA = r"^-?\d+,\d+$"
NEEDED = {
    "person": "an identifier", "locus": "the name of a locus", "allele": "a repeat number",
    "frequency": "a number from 0 to 1", "role": "one of " + ", ".join(ROLES),
}  # fmt: skip
"""What an empty cell of a required column lacks."""


def clean_cells(column: pl.Series, kind: str) -> pl.Series:
    """The column as an Enum of its different cells: no blanks around them, words in lower case, alleles in
    the usual text; empty cells are null.

    >>> clean_cells(pl.Series([" 9.30", "", "9.3", "12.0"]), "allele").to_list()
    ['9.3', None, '9.3', '12']
    """
    cells = column if isinstance(column.dtype, pl.Enum) else _as_enum(column)
    texts = different(cells)
    cleaned = texts.str.strip_chars().replace("", None)
    if kind in _WORDS:
        cleaned = cleaned.str.to_lowercase()
    elif kind == "allele":
        cleaned = cleaned.to_frame("cell").select(usual_alleles(pl.col("cell"))).to_series()
    if cleaned.equals(texts, null_equal=True):
        return cells
    return of_each(cells, cleaned.cast(pl.Enum(cleaned.drop_nulls().unique(maintain_order=True))))


def _as_enum(column: pl.Series) -> pl.Series:
    """The texts of a column; runs of one cell are read once."""
    run = column.rle_id()
    heads = column.gather(run.ne_missing(run.shift()).arg_true()).cast(pl.String)
    return heads.cast(pl.Enum(heads.drop_nulls().unique(maintain_order=True))).gather(run)


def different(cells: pl.Series) -> pl.Series:
    """The texts that cells of this column can have; each text of the column is among them, others may be."""
    assert isinstance(cells.dtype, pl.Enum)
    return cells.dtype.categories


def of_each(cells: pl.Series, values: pl.Series) -> pl.Series:
    """Per row, the value of its text: `values` has one for each of `different(cells)`; empty cells stay null."""
    return values.gather(cells.to_physical()).alias(cells.name)


def numbers(cells: pl.Series) -> pl.Series:
    """The column as numbers; null where a cell is empty or was found wrong.

    >>> numbers(pl.Series(["0.5", None, "x"], dtype=pl.Enum(["x", "0.5"]))).to_list()
    [0.5, None, None]
    """
    return of_each(cells, different(cells).cast(pl.Float64, strict=False))


def check_cells(frame: pl.DataFrame, column: Column, collector: Collector) -> None:
    """Note empty cells where none may be, and cells that are not of the column's kind."""
    cells = frame[column.name]
    if column.required and not column.empty:
        _report(frame.filter(pl.col(column.name).is_null()), column, "empty-cell",
                lambda _: NEEDED[column.name], collector)  # fmt: skip
    texts = different(cells)
    if column.kind in _WORDS:
        words = _WORDS[column.kind]
        wrong = _rows_with(frame, cells, ~texts.is_in(words))
        _report(wrong, column, column.kind, lambda found: did_you_mean(found, words), collector)
    elif column.kind == "allele":
        _report_numbers(frame, column, texts.str.contains(ALLELE), "allele", REPEAT, collector)
    elif column.kind in ("probability", "count"):
        valid, needed = _numbers(texts, column)
        code = "frequency" if column.name == "frequency" else column.kind
        _report_numbers(frame, column, valid.fill_null(False), code, needed, collector)


def _numbers(texts: pl.Series, column: Column) -> tuple[pl.Series, str]:
    """(which texts are numbers of the kind, what is needed)."""
    number = texts.cast(pl.Float64, strict=False)
    if column.kind == "count":
        return number.is_finite() & (number >= 1.0) & (number == number.floor()), "a whole number of at least 1"
    if column.name == "dropin":
        return number.is_between(0.0, 1.0, closed="left"), "at least 0 and below 1"
    return number.is_between(0.0, 1.0), "from 0 to 1"


def _report_numbers(
    frame: pl.DataFrame, column: Column, valid: pl.Series, code: str, needed: str, collector: Collector
) -> None:
    cells = frame[column.name]
    comma = different(cells).str.contains(_DECIMAL_COMMA)
    wrong = _rows_with(frame, cells, ~valid & comma)
    _report(wrong, column, "decimal-comma", lambda _: "a decimal point", collector)
    _report(_rows_with(frame, cells, ~valid & ~comma), column, code, lambda _: needed, collector)


def _rows_with(frame: pl.DataFrame, cells: pl.Series, texts: pl.Series) -> pl.DataFrame:
    """Rows whose cell is one of the texts marked."""
    return frame.filter(of_each(cells, texts)) if texts.any() else frame.clear()


def _report(wrong: pl.DataFrame, column: Column, code: str, needed: Callable[[str], str], collector: Collector) -> None:
    def facts(row: dict[str, str]) -> Facts:
        found = row[column.name] or "an empty cell"
        return {"found": found, "needed": needed(found)}

    collector.add_rows(code, column.name, wrong.select(ROW, column.name), facts)
