"""The call of each row of profiles.csv: each locus of a sample once, alleles in order, no more than there can be."""

from __future__ import annotations

import numpy as np
import polars as pl
from numpy.typing import NDArray

from antigone.intake.collector import ROW, Collector
from antigone.intake.folder_cells import different
from antigone.intake.folder_loci import ALLELES
from antigone.intake.numbering import codes, pair_keys


def check_calls(frame: pl.DataFrame, who: NDArray[np.int64], dropin: NDArray[np.float64], collector: Collector) -> None:
    """who, dropin: (rows,) number of the person, and drop-in of the sample."""
    _check_twice(frame, who, collector)
    _check_gaps(frame, collector)
    _check_number(frame.filter(pl.Series(dropin == 0.0)), collector)
    _check_homozygous(frame, collector)


def _check_twice(frame: pl.DataFrame, who: NDArray[np.int64], collector: Collector) -> None:
    key = pl.Series("key", pair_keys(who, codes(frame["locus"]), len(different(frame["locus"]))))
    if key.n_unique() == len(key):
        return
    rows = frame.with_columns(key).filter(key.is_duplicated())
    rows = rows.with_columns(pl.col(ROW).first().over("key").alias("first")).filter(pl.col(ROW) != pl.col("first"))
    collector.add_rows("locus-typed-twice", "locus", rows, lambda row: {
        "item": row["person"], "found": f"{row['locus']}, also in row {row['first']}",
        "needed": "each locus of a sample once",
    })  # fmt: skip


def _check_gaps(frame: pl.DataFrame, collector: Collector) -> None:
    for at, column in enumerate(ALLELES[:-1]):
        before = [pl.col(name).is_not_null() for name in ALLELES[:at]]
        later = pl.any_horizontal(pl.col(name).is_not_null() for name in ALLELES[at + 1 :])
        gap = frame.filter(*before, pl.col(column).is_null(), later)
        collector.add_rows("allele-gap", column, gap, lambda row: {
            "item": _call(row), "found": "an empty cell", "needed": "alleles from the first column on",
        })  # fmt: skip


def _check_number(frame: pl.DataFrame, collector: Collector) -> None:
    """Of samples without drop-in."""
    seen = pl.sum_horizontal(pl.col(name).is_not_null() for name in ALLELES)
    collector.add_rows("too-many-alleles", "allele3", frame.filter(seen > 2), lambda row: {
        "item": _call(row), "found": _alleles(row), "needed": "two alleles, or a dropin above 0",
    })  # fmt: skip


def _check_homozygous(frame: pl.DataFrame, collector: Collector) -> None:
    marked = frame.filter(pl.col("homozygous") == "yes")
    seen = [pl.col(name).to_physical() for name in ALLELES]
    one = (pl.max_horizontal(seen) == pl.min_horizontal(seen)).fill_null(False)
    collector.add_rows("homozygous", "homozygous", marked.filter(~one), lambda row: {
        "item": _call(row), "found": f"yes, with {_alleles(row) or 'no allele'}", "needed": "one allele",
    })  # fmt: skip


def _call(row: dict[str, str]) -> str:
    return f"{row['locus']} of {row['person']}"


def _alleles(row: dict[str, str | None]) -> str:
    return ", ".join(allele for name in ALLELES if (allele := row[name]) is not None)
