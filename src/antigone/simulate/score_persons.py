"""Posteriors for scoring: remains joined to persons, and all candidates weighed against each other.

Every person among the remains and every missing person is used at most once. The weight of a pair is prior
odds x LR; what lies below the floor of the run is taken from its sums. Families that miss several are weighed
by their pairs, not by their sets. The estimate orders and scores; no conclusion about anybody rests on it.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import polars as pl
from numpy.typing import NDArray

from antigone.core import log10_odds_of_one_more, matching_marginals
from antigone.simulate.score_frames import ScreenedRun

JOIN_LOG10_LR, JOIN_OVER_BROTHERS = 6.0, 3.0
"""Two remains are one person from these log10 LRs on: against two unrelated people, against full brothers."""
TOLERANCE, FIRST_TOLERANCE = 1e-9, 1e-4
MOST_PASSES = 6
STEADY = 0.002
"""The prior odds are those at the number of persons identified, which is sought until it moves by this part."""

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Weighed:
    """pairs: remains, unit, stands (the best typed remains of the unit), family, missing, log10_lr and posterior of
    the unit; one row for each of the remains of a unit. units: remains, unit, stands.
    """

    pairs: pl.DataFrame = field(repr=False)
    units: pl.DataFrame = field(repr=False)
    log10_odds: float
    identified: float
    settled: bool


def persons_among(run: ScreenedRun) -> pl.DataFrame:
    """remains, unit (number of a person among the remains), stands (True for the best typed of each unit)."""
    remains = run.tables["remains"].select("remains", "loci")
    alike = run.tables["alike"].filter(
        (pl.col("first_role") == "remains") & (pl.col("second_role") == "remains")
        & (pl.col("log10_lr") >= JOIN_LOG10_LR) & (pl.col("over_brothers") >= JOIN_OVER_BROTHERS)
    ).join(remains, left_on="first", right_on="remains", how="semi")  # fmt: skip
    alike = alike.join(remains, left_on="second", right_on="remains", how="semi")
    number = {name: i for i, name in enumerate(remains["remains"])}
    above = list(range(len(number)))

    def top(i: int) -> int:
        while above[i] != i:
            above[i] = above[above[i]]
            i = above[i]
        return i

    for first, second in alike.select("first", "second").iter_rows():
        one, other = sorted((top(number[first]), top(number[second])))
        above[other] = one
    units = remains.with_columns(unit=pl.Series([top(i) for i in range(len(above))], dtype=pl.Int64))
    best = pl.col("loci").rank("ordinal", descending=True).over("unit") == 1
    return units.with_columns(stands=best).select("remains", "unit", "stands")


def weigh(run: ScreenedRun) -> Weighed:
    """The posterior of every candidate, every person among the remains and every missing person used once."""
    units = persons_among(run)
    persons = units.filter("stands").join(run.tables["remains"], on="remains", how="left", maintain_order="left")
    persons = persons.select("unit", "compared", "sum_below_floor").with_row_index("first")
    missing = run.tables["missing"].select("family", "missing", "compared", "sum_below_floor").with_row_index("second")
    edges = (
        _edges(run, units)
        .join(persons.select("unit", "first"), on="unit")
        .join(missing.select("family", "missing", "second"), on=["family", "missing"])
        .sort("first", "second")
    )
    below = _below_floor(persons, len(missing)), _below_floor(missing, len(run.tables["remains"]))
    posterior, log10_odds, identified, settled = _passes(run, edges, below)
    weighed = edges.with_columns(posterior=pl.Series(posterior))
    pairs = units.join(weighed, on="unit", maintain_order="left_right")
    kept = pairs.select("remains", "unit", "stands", "family", "missing", "log10_lr", "posterior")
    return Weighed(kept, units, log10_odds, identified, settled)


def _edges(run: ScreenedRun, units: pl.DataFrame) -> pl.DataFrame:
    """unit, family, missing, log10_lr: of the best typed remains; where that is no candidate, at most the floor."""
    own = run.own_candidates().join(units, on="remains")
    edges = own.group_by("unit", "family", "missing").agg(
        by_first=pl.col("log10_lr").filter(pl.col("stands")).max(),
        by_others=pl.min_horizontal(pl.col("log10_lr").max(), pl.lit(run.floor_log10_lr)),
    )
    return edges.select("unit", "family", "missing", log10_lr=pl.coalesce("by_first", "by_others").cast(pl.Float64))


def _below_floor(side: pl.DataFrame, others: int) -> Floats:
    """Sum of LR below the floor; those never compared with it count 1 each, having said nothing."""
    unsaid = pl.max_horizontal(pl.lit(others, pl.Int64) - pl.col("compared").cast(pl.Int64), pl.lit(0, pl.Int64))
    values = side.select((pl.col("sum_below_floor").cast(pl.Float64) + unsaid).fill_null(float(others)))
    return values.to_series().to_numpy()


def _passes(run: ScreenedRun, edges: pl.DataFrame, below: tuple[Floats, Floats]) -> tuple[Floats, float, float, bool]:
    """(posterior by edge, prior odds, persons identified, whether it settled)."""
    first, second = (edges[name].to_numpy().astype(np.int64) for name in ("first", "second"))
    log10_lr, sizes, identified = edges["log10_lr"].to_numpy(), (len(below[0]), len(below[1])), 0.0
    tolerance = FIRST_TOLERANCE
    for number in range(MOST_PASSES):
        log10_odds = log10_odds_of_one_more(
            sizes[0], sizes[1], run.prior.missing_total, run.prior.outside, min(identified, sizes[0], sizes[1])
        )
        alone = [1.0 + 10.0**log10_odds * rest for rest in below]
        weights = log10_lr + log10_odds - np.log10(alone[0])[first] - np.log10(alone[1])[second]
        found = matching_marginals(first, second, weights, sizes, tolerance)
        if tolerance == TOLERANCE:
            break
        before, identified = identified, float(np.sum(1.0 - found.first_free / alone[0]))
        if abs(identified - before) <= STEADY * identified or number == MOST_PASSES - 2:
            tolerance = TOLERANCE
    return found.pairs, log10_odds, identified, found.change <= TOLERANCE
