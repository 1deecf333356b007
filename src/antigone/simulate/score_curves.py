"""Figures that must agree: posteriors with the share that is true, expected chance hits with those counted."""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np
import polars as pl

from antigone.domain import ChanceHits, Really, RelatedHits, ReliabilityBin, TailCount
from antigone.simulate.score_frames import NAMES, ScreenedRun

BINS = (0.0, 0.001, 0.01, 0.1, 0.3, 0.5, 0.7, 0.9, 0.99, 0.9995, 1.0)
CHANCE_FROM = (2.0, 3.0, 4.0, 6.0)
"""log10 LRs at which candidates are counted."""
Z = 1.959963984540054
"""95 % of a normal distribution lie within so many standard deviations."""


def wilson(true: int, of: int) -> tuple[float, float]:
    """95 % interval of a share (Wilson 1927).

    >>> [round(bound, 4) for bound in wilson(9, 10)], wilson(0, 0)
    ([0.5958, 0.9821], (0.0, 1.0))
    """
    if of == 0:
        return 0.0, 1.0
    share, spread = true / of, Z * Z / of
    middle = (share + spread / 2.0) / (1.0 + spread)
    half = Z / (1.0 + spread) * math.sqrt(share * (1.0 - share) / of + spread / (4.0 * of))
    return max(middle - half, 0.0), min(middle + half, 1.0)


def poisson_interval(counted: int) -> tuple[float, float]:
    """95 % interval of the number to be expected where so many were counted (Byar, in Breslow & Day 1987).

    >>> [round(bound, 2) for bound in poisson_interval(10)]
    [4.79, 18.39]
    """
    below, above = max(counted, 1), counted + 1
    low = below * (1.0 - 1.0 / (9.0 * below) - Z / (3.0 * math.sqrt(below))) ** 3
    high = above * (1.0 - 1.0 / (9.0 * above) + Z / (3.0 * math.sqrt(above))) ** 3
    return (low if counted else 0.0), high


def reliability(pairs: pl.DataFrame) -> tuple[tuple[ReliabilityBin, ...], ReliabilityBin]:
    """(by posterior, those of missing persons who are registered twice); each person among the remains once.

    At most one registration of a person can be right by the estimate, both are by the truth: they stand apart.
    """
    once = pairs.filter("stands").with_columns(true=pl.col("relation") == "true")
    twice = pl.col("registrations").fill_null(1) > 1
    single = once.filter(~twice)
    number = np.searchsorted(BINS[1:-1], single["posterior"].to_numpy(), side="right")
    parts = single.with_columns(bin=pl.Series(number)).partition_by("bin", as_dict=True)
    bins = [_bin(low, high, parts.get((i,), single.clear())) for i, (low, high) in enumerate(pairwise(BINS))]
    return tuple(bins), _bin(0.0, 1.0, once.filter(twice))


def _bin(low: float, high: float, pairs: pl.DataFrame) -> ReliabilityBin:
    true, exchanged = int(pairs["true"].sum()), int((pairs["relation"] == "exchanged").sum())
    mean = float(pairs["posterior"].sum()) / len(pairs) if len(pairs) else 0.0
    return ReliabilityBin(low, high, len(pairs), mean, true, exchanged, *wilson(true, len(pairs)))


def chance_hits(related: pl.DataFrame, run: ScreenedRun) -> tuple[tuple[ChanceHits, ...], tuple[ChanceHits, ...]]:
    """(stratum by stratum, all together) expected against counted; related: `candidates_with_relations`.

    By kind of relatives alone where the run's missing persons have no loci_band.
    """
    if "strata" not in run.tables:
        return (), ()
    by = ["relatives", *(["loci_band"] if "loci_band" in run.tables["missing"].columns else [])]
    strata = (
        run.tables["strata"].filter(pl.col("threshold").is_in(CHANCE_FROM))
        .group_by(*by, "threshold")
        .agg(pl.col("expected").sum(), error=(pl.col("standard_error") ** 2).sum().sqrt())
        .join(run.tables["missing"].group_by(by).agg(pairs=pl.col("compared").sum()), on=by, how="left")
        .sort(*by, "threshold")
    )  # fmt: skip
    unrelated = related.filter((pl.col("relation") == "unrelated") & pl.col("loci").is_not_null())
    rows = []
    for row in strata.iter_rows(named=True):
        names = (row["relatives"], row.get("loci_band") or "")
        counted = None
        if row["threshold"] >= run.floor_log10_lr:
            here = unrelated.filter(pl.all_horizontal(pl.col(name) == row[name] for name in by))
            counted = int((here["log10_lr"] >= row["threshold"]).sum())
        rows.append(_hits(names, row["threshold"], row["pairs"] or 0, row["expected"], row["error"], counted))
    thresholds = sorted({row.log10_lr for row in rows})
    return tuple(rows), tuple(_together([row for row in rows if row.log10_lr == t]) for t in thresholds)


def _together(rows: list[ChanceHits]) -> ChanceHits:
    """The sum; the standard errors are added up, as if they always went the same way."""
    counted = [row.counted for row in rows if row.counted is not None]
    expected, error = sum(row.expected for row in rows), sum(row.standard_error for row in rows)
    in_all = sum(counted) if len(counted) == len(rows) else None
    return _hits(("", ""), rows[0].log10_lr, sum(row.pairs for row in rows), expected, error, in_all)


def _hits(
    names: tuple[str, str], log10_lr: float, pairs: int, expected: float, error: float, counted: int | None
) -> ChanceHits:  # fmt: skip
    low, high = (None, None) if counted is None else poisson_interval(counted)
    return ChanceHits(*names, log10_lr, pairs, expected, error, counted, low, high)


def related_hits(related: pl.DataFrame, run: ScreenedRun) -> tuple[RelatedHits, ...]:
    """Candidates whose remains are kin of the missing person, and those that look it by an exchange."""
    rows = []
    for relation in (Really.KIN, Really.EXCHANGED):
        own = related.filter(pl.col("relation") == str(relation))
        for threshold in CHANCE_FROM:
            reached = threshold >= run.floor_log10_lr
            counted = int((own["log10_lr"] >= threshold).sum()) if reached else None
            rows.append(RelatedHits(relation, threshold, counted))
    return tuple(rows)


def tail_counts(related: pl.DataFrame, run: ScreenedRun) -> tuple[TailCount, ...]:
    """What the run counted of its tail, where it did; related: `candidates_with_relations`."""
    if "tail" not in run.tables:
        return ()
    known = related.filter((pl.col("relation") != "unrelated") & pl.col("loci").is_not_null())["log10_lr"]
    return tuple(
        TailCount(row["threshold"], row["pairs"], row["counted"], int((known >= row["threshold"]).sum()),
                  row["predicted"], row["low"], row["high"])
        for row in run.tables["tail"].iter_rows(named=True)
    )  # fmt: skip


def candidates_with_relations(related: pl.DataFrame, run: ScreenedRun) -> pl.DataFrame:
    """The candidates with the stratum of their missing person."""
    strata = run.tables["missing"].select("family", "missing", pl.col("^relatives$|^loci_band$"))
    kept = related.select(*NAMES, "log10_lr", "loci", "relation")
    return kept.join(strata, on=["family", "missing"], how="left")
