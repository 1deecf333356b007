"""The tables of a whole screening from those of its blocks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import polars as pl
from numpy.typing import ArrayLike, NDArray

from antigone.domain import Comparison, RecordedBlock

Floats = NDArray[np.float64]
SEARCHABLE = 0.05
"""Highest probability that the true person is below the floor with which a family counts as searchable."""
OF_BLOCKS = ("candidates", "direct", "brothers", "alike", "of_missing", "of_remains", "strata")
"""Tables of the blocks that the results are made of."""
TAIL_THRESHOLDS = (0.0, 2.0, 4.0)


def results(parts: Mapping[str, Sequence[pl.DataFrame]], standing: Sequence[RecordedBlock]) -> dict[str, pl.DataFrame]:
    """candidates, direct, brothers, alike, missing, remains, strata, tail and skipped of all standing blocks.

    parts: by name in OF_BLOCKS the tables of the blocks. The order of rows does not depend on that of blocks.
    """
    joined = {name: pl.concat(frames, how="diagonal_relaxed") for name, frames in parts.items() if frames}
    made: dict[str, pl.DataFrame] = {}
    if "strata" in joined:
        made["strata"] = _strata(joined["strata"])
    if "candidates" in joined:
        found = joined["candidates"].sort("remains", "family", "missing")
        made["candidates"] = _with_search(found, made["strata"])
    for name, order in (("direct", ("remains", "family", "person")), ("brothers", ("first", "second"))):
        if name in joined:
            made[name] = joined[name].sort(*order)
    if "alike" in joined:
        made["alike"] = joined["alike"].sort(
            "first_role", "first_family", "first", "second_role", "second_family", "second"
        )
    if "of_missing" in joined:
        made["missing"] = _missing(joined["of_missing"])
        made["tail"] = _tail(made["missing"], made["candidates"], made["strata"], standing)
    if "of_remains" in joined:
        counts = ("compared", "candidates", "below_bound")
        made["remains"] = _summed(joined["of_remains"], ("remains",), ("sum_below_floor",), counts)
    made["skipped"] = _skipped(standing)
    return made


def _summed(frame: pl.DataFrame, key: Sequence[str], floats: Sequence[str], whole: Sequence[str]) -> pl.DataFrame:
    """One row per key: the sums of these columns, the first of all others; the same bits whatever the order of rows."""
    ordered = frame.sort(*key, *floats)
    starts = np.flatnonzero(ordered.select(pl.struct(key).rle_id().diff().fill_null(1) > 0).to_series().to_numpy())
    once = ordered[starts]
    sums = [
        pl.Series(name, np.add.reduceat(ordered[name].to_numpy(), starts) if len(starts) else ordered[name].to_numpy())
        for name in (*floats, *whole)
    ]
    return once.with_columns(sums)


def _strata(frame: pl.DataFrame) -> pl.DataFrame:
    """Expected chance hits of the whole search at each threshold, by stratum."""
    key = ("relatives", "loci_band", "threshold")
    summed = _summed(frame, key, ("expected", "variance"), ("missing",))
    error = pl.col("variance").sqrt().alias("standard_error")
    return summed.with_columns(error).drop("variance")


def expected_in_search(strata: pl.DataFrame, thresholds: ArrayLike) -> tuple[Floats, Floats]:
    """Expected chance hits of the whole search at these log10 LR, and the standard error: between the grid's
    thresholds on a line (in the logarithm, for the expected number), beyond its ends the figure there, which above
    the last is an upper bound.
    """
    wanted = np.asarray(thresholds, np.float64)
    parts = strata.select("threshold", "expected", variance=pl.col("standard_error") ** 2)
    total = _summed(parts, ("threshold",), ("expected", "variance"), ())
    if total.is_empty():
        return np.full(len(wanted), np.nan), np.zeros(len(wanted))
    grid = total["threshold"].to_numpy()
    logs = np.log10(np.maximum(total["expected"].to_numpy(), 1e-300))
    return 10.0 ** np.interp(wanted, grid, logs), np.interp(wanted, grid, np.sqrt(total["variance"].to_numpy()))


def _with_search(found: pl.DataFrame, strata: pl.DataFrame) -> pl.DataFrame:
    expected = pl.Series("chance_search", expected_in_search(strata, found["log10_lr"].to_numpy())[0])
    at = found.columns.index("chance_family_error") + 1
    return found.insert_column(at, expected)


def _missing(frame: pl.DataFrame) -> pl.DataFrame:
    counts = ("compared", "candidates", "below_bound", "above_1", "above_100")
    summed = _summed(frame, ("family", "missing"), ("sum_below_floor",), counts)
    searchable = (pl.col("typed_relatives") > 0) & (pl.col("below_floor") <= SEARCHABLE)
    bounds = (pl.col("below_floor").alias("below_floor_low"), pl.col("below_floor").alias("below_floor_high"))
    return summed.with_columns(*bounds, searchable=searchable).drop("below_floor")


def _compared(standing: Sequence[RecordedBlock]) -> int:
    return sum(block.covered.compared for block in standing if block.covered.comparison == Comparison.KINSHIP)


def _tail(
    missing: pl.DataFrame, candidates: pl.DataFrame, strata: pl.DataFrame, standing: Sequence[RecordedBlock]
) -> pl.DataFrame:
    """Pairs counted at or above LR 1, 100 and 10,000 (true ones among them), and those expected by chance."""
    counted = (missing["above_1"].sum(), missing["above_100"].sum(), (candidates["log10_lr"] >= 4.0).sum())
    predicted, error = expected_in_search(strata, TAIL_THRESHOLDS)
    spread = 1.96 * np.sqrt(error**2 + np.maximum(predicted, 0.0))
    return pl.DataFrame({
        "threshold": TAIL_THRESHOLDS,
        "counted": counted,
        "pairs": [_compared(standing)] * len(TAIL_THRESHOLDS),
        "predicted": predicted,
        "low": np.maximum(predicted - spread, 0.0),
        "high": predicted + spread,
    })  # fmt: skip


def _skipped(standing: Sequence[RecordedBlock]) -> pl.DataFrame:
    counts: dict[tuple[str, str], int] = {}
    for block in standing:
        for reason, pairs in block.covered.skipped.items():
            key = (block.covered.comparison, reason)
            counts[key] = counts.get(key, 0) + pairs
    rows = [(comparison, reason, pairs) for (comparison, reason), pairs in sorted(counts.items())]
    schema = {"comparison": pl.String, "reason": pl.String, "pairs": pl.Int64}
    return pl.DataFrame(rows, schema=schema, orient="row")
