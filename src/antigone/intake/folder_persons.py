"""persons.csv as columns: families by number, parents by row; remains and staff without a family."""

from __future__ import annotations

import numpy as np
import polars as pl
from numpy.typing import NDArray

from antigone.intake.collector import ROW, Collector
from antigone.intake.family_rows import check_family, families_of
from antigone.intake.folder_cells import ROLES, SEXES, different, numbers
from antigone.intake.numbering import ABSENT, codes, numbered, pair_keys, places
from antigone.intake.unsound import unsound

_TEXTS = ("family", "person", "father", "mother", "twin", "label")
_NAMES = ("person", "father", "mother")
_KIN = ("father", "mother", "twin", "inbreeding")


def person_columns(frame: pl.DataFrame, collector: Collector) -> pl.DataFrame:
    """The persons that rows of persons.csv tell of, see `CaseColumns.persons`; problems go to the collector."""
    frame = _told(frame, collector)
    _check_empty("remains-with-family", frame, "remains", "family", collector)
    _check_empty("staff-with-family", frame, "staff", "family", collector)
    for column in _KIN:
        _check_empty("remains-with-kin", frame, "remains", column, collector)
        _check_empty("staff-with-kin", frame, "staff", column, collector)
    in_family = ~pl.col("role").is_in(["remains", "staff"])
    frame = frame.with_columns(pl.when(in_family).then(pl.col(name)).alias(name) for name in ("family", *_KIN))
    frame, first = _linked(frame)
    _check_twice(frame, first, collector)
    doubtful = frame.filter(pl.Series(unsound(frame, first)))["family_id"].unique()
    for family in families_of(frame.filter(pl.col("family_id").is_in(doubtful.implode()))):
        check_family(family, collector)
    return frame.drop(ROW)


def _told(frame: pl.DataFrame, collector: Collector) -> pl.DataFrame:
    """Rows that tell of a person: with an identifier, a role, and a family where there must be one."""
    frame = frame.with_columns(
        pl.col("role").cast(pl.Enum(ROLES), strict=False),
        pl.col("sex").cast(pl.Enum(SEXES), strict=False).fill_null("unknown"),
    ).drop_nulls(["role", "person"])
    homeless = pl.col("role").is_in(["missing", "relative"]) & pl.col("family").is_null()
    collector.add_rows("family-absent", "family", frame.filter(homeless), lambda row: {
        "item": row["person"], "found": f"role {row['role']}, no family", "needed": "the name of a family",
    })  # fmt: skip
    return frame.filter(~homeless)


def _check_empty(code: str, frame: pl.DataFrame, role: str, column: str, collector: Collector) -> None:
    filled = frame.filter(pl.col("role") == role, pl.col(column).is_not_null())
    collector.add_rows(code, column, filled, lambda row: {
        "item": row["person"], "found": row[column], "needed": "an empty cell",
    })  # fmt: skip


def _linked(frame: pl.DataFrame) -> tuple[pl.DataFrame, NDArray[np.int64]]:
    """(the columns in their usual form with the three links, (rows,) first row of the same person)."""
    family = codes(frame["family"]).astype(np.int64)
    members = np.flatnonzero(family != ABSENT)
    family[members] = numbered(family[members])[0]
    names = pl.concat([different(frame[name]) for name in _NAMES]).unique(maintain_order=True)
    person, father, mother = (codes(frame[name].cast(pl.Enum(names))) for name in _NAMES)
    keys = pair_keys(family, person, len(names))
    parents = [np.where(p == ABSENT, ABSENT, pair_keys(family, p, len(names))) for p in (father, mother)]
    first, father_row, mother_row = np.split(places(keys, np.concatenate([keys, *parents])), 3)
    linked = frame.with_columns(
        pl.col(_TEXTS).cast(pl.String),
        numbers(frame["inbreeding"]).fill_null(0.0),
        pl.Series("family_id", family), pl.Series("father_row", father_row), pl.Series("mother_row", mother_row),
    )  # fmt: skip
    return linked, first


def _check_twice(frame: pl.DataFrame, first: NDArray[np.int64], collector: Collector) -> None:
    """Identifiers of remains and staff; those within a family are for the check of the family."""
    rows = frame.with_columns(
        pl.col(ROW).gather(first).alias("first"),
        both_remains=(pl.col("role") == "remains") & (pl.col("role").gather(first) == "remains"),
    ).filter(pl.col("family_id") == ABSENT, pl.col(ROW) != pl.col("first"))
    collector.add_rows("remains-twice", "person", rows.filter("both_remains"), lambda row: {
        "item": row["person"], "found": f"{row['person']}, also in row {row['first']}", "needed": "each remains once",
    })  # fmt: skip
    collector.add_rows("staff-twice", "person", rows.filter(~pl.col("both_remains")), lambda row: {
        "item": row["person"], "found": f"{row['person']}, also in row {row['first']}",
        "needed": "an identifier of its own",
    })  # fmt: skip
