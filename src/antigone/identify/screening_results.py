"""The tables of a whole screening from those of its blocks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import polars as pl

from antigone.domain import Comparison, RecordedBlock

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
        made["remains"] = _remains(joined["of_remains"])
    made["skipped"] = _skipped(standing)
    return made


def _strata(frame: pl.DataFrame) -> pl.DataFrame:
    """Expected chance hits of the whole search at each threshold, by stratum."""
    key = ("relatives", "loci_band", "threshold")
    summed = frame.group_by(key).agg(pl.col("expected").sum(), pl.col("variance").sum(), pl.col("missing").sum())
    error = pl.col("variance").sqrt().alias("standard_error")
    return summed.with_columns(error).drop("variance").sort(key)


def expected_in_search(strata: pl.DataFrame, thresholds: np.ndarray) -> np.ndarray:
    """Expected chance hits of the whole search at these log10 LR: between the grid's thresholds on a line in the
    logarithm, above the last one the figure of the last (an upper bound).
    """
    total = strata.group_by("threshold").agg(pl.col("expected").sum()).sort("threshold")
    if total.is_empty():
        return np.full(len(thresholds), np.nan)
    logs = np.log10(np.maximum(total["expected"].to_numpy(), 1e-300))
    return np.asarray(10.0 ** np.interp(thresholds, total["threshold"].to_numpy(), logs))


def _with_search(found: pl.DataFrame, strata: pl.DataFrame) -> pl.DataFrame:
    expected = pl.Series("chance_search", expected_in_search(strata, found["log10_lr"].to_numpy()))
    at = found.columns.index("chance_family_error") + 1
    return found.insert_column(at, expected)


def _missing(frame: pl.DataFrame) -> pl.DataFrame:
    counts = ("compared", "candidates", "sum_below_floor", "below_bound", "above_1", "above_100")
    once = ("relatives", "typed_relatives", "loci_band", "without_theta", "below_floor")
    grouped = frame.group_by("family", "missing").agg(
        *(pl.col(c).first() for c in once), *(pl.col(c).sum() for c in counts)
    )
    searchable = (pl.col("typed_relatives") > 0) & (pl.col("below_floor") <= SEARCHABLE)
    bounds = (pl.col("below_floor").alias("below_floor_low"), pl.col("below_floor").alias("below_floor_high"))
    return grouped.with_columns(*bounds, searchable=searchable).drop("below_floor").sort("family", "missing")


def _remains(frame: pl.DataFrame) -> pl.DataFrame:
    counts = ("compared", "candidates", "sum_below_floor", "below_bound")
    once = ("sample_class", "loci")
    grouped = frame.group_by("remains").agg(*(pl.col(c).first() for c in once), *(pl.col(c).sum() for c in counts))
    return grouped.sort("remains")


def _compared(standing: Sequence[RecordedBlock]) -> int:
    return sum(block.covered.compared for block in standing if block.covered.comparison == Comparison.KINSHIP)


def _tail(
    missing: pl.DataFrame, candidates: pl.DataFrame, strata: pl.DataFrame, standing: Sequence[RecordedBlock]
) -> pl.DataFrame:
    """Pairs counted at or above LR 1, 100 and 10,000 (true ones among them), and those expected by chance."""
    counted = (missing["above_1"].sum(), missing["above_100"].sum(), (candidates["log10_lr"] >= 4.0).sum())
    predicted = expected_in_search(strata, np.array(TAIL_THRESHOLDS))
    total = strata.group_by("threshold").agg(error=(pl.col("standard_error") ** 2).sum().sqrt())
    errors = dict(total.iter_rows())
    error = np.array([errors.get(t, 0.0) for t in TAIL_THRESHOLDS])
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
