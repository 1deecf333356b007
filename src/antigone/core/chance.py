"""Chance hits: how often an unrelated person reaches a log10 LR, and how often the right one stays below it.

log10 LR of one remains against one target (a missing person with typed relatives) is a sum over loci of
independent values, whose distributions stand in `LogLRHistograms`. A target is one row per locus, -1 where
the locus says nothing. The sum's distribution is found by direct convolution: only positive numbers are
added, so both tails keep all their digits, however small (a transform would not: its noise is relative to
the largest value). Ends with less true mass than `NEGLIGIBLE` are cut as loci are added. What is cut
changes P(LR < t | true) by at most the mass D that was cut, and P(LR >= t | unrelated) by at most
D 10^-t, since unrelated mass is true mass times 10^-x; D stays below 46 NEGLIGIBLE at 23 loci. Nothing else
limits the range of log10 LR. Strict bounds have it added on the side where it belongs.

Thresholds between grid points: the mass of a point is taken as spread evenly over the cell of one step
around it, which keeps the error of the split of second order; strict bounds count a point as a whole,
thresholds within 1e-9 on the wide side.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from antigone.core.locus_distributions import Floats, Integers, LogLRHistograms, Rounding

NEGLIGIBLE = 1e-15
"""True mass that may be cut from each end of the distribution at each locus."""
TIE = 1e-9
"""Values of log10 LR this close to a threshold count on the wide side of a strict bound."""
ROUNDING_ERROR = 1e-11
"""More than 23 loci of floating-point sums can lose, relative; strict bounds are widened by it."""
TARGETS_PER_CHUNK = 32
WIDEST = 300.0
"""Beyond this log10 LR unrelated mass is counted as if it were here, and thresholds lie here."""


@dataclass(frozen=True, slots=True, eq=False)
class Tails:
    """chance: P(LR >= t | unrelated). missed: P(LR < t | the remains are this person)."""

    chance: Floats
    missed: Floats


@dataclass(frozen=True, slots=True, eq=False)
class TailBounds:
    """Intervals that hold the two tails for certain."""

    chance_low: Floats
    chance_high: Floats
    missed_low: Floats
    missed_high: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Asked:
    """Thresholds sorted by target: those of targets[i] are cells[starts[i]:starts[i + 1]], and shares likewise.

    order: where each of them stands in the answer, of the given shape.
    """

    targets: Integers
    starts: Integers
    cells: Integers
    shares: Floats
    order: Integers
    shape: tuple[int, ...]

    def answer(self, values: Floats) -> Floats:
        """(thresholds,) as sorted, back in the order and shape in which they were asked."""
        out: Floats = np.empty(len(values))
        out[self.order] = values
        return out.reshape(self.shape)


def tails(histograms: LogLRHistograms, rows_of: ArrayLike, thresholds: ArrayLike) -> Tails:
    """Both tails of every target at its thresholds (log10), from histograms of true persons that are split.

    rows_of: (targets, loci) row or -1. thresholds: (t,), the answer (targets, t). The error is of second order in the
    step (`core.locus_distributions`).

    >>> from antigone.core.locus_distributions import log_lr_histogram, side_by_side
    >>> locus = log_lr_histogram([[0.5, 0.5]], [0.05, 0.95], step=0.01)  # LR 10, or nearly 1/2
    >>> tails(side_by_side([locus, locus]), [[0, 0], [0, -1]], [0.9]).chance.round(4).tolist()
    [[0.0025], [0.05]]
    """
    if not histograms.tilted or histograms.rounding is not Rounding.SPLIT:
        raise ValueError("tails need histograms of true persons, split")
    rows, asked = _question(histograms, rows_of, thresholds)
    found = convolved(histograms, rows, asked, *_one_set(histograms))
    return Tails(asked.answer(found[2]), asked.answer(found[1]))


def tail_bounds(
    down: LogLRHistograms,
    up: LogLRHistograms,
    rows_of: ArrayLike,
    thresholds: ArrayLike,
) -> TailBounds:
    """Certain bounds of both tails, from histograms of true persons rounded down and up; arguments as for `tails`.

    The interval is as wide as a shift of t by the step times the number of loci: choose a fine step.

    >>> from antigone.core.locus_distributions import Rounding, log_lr_histogram
    >>> down, up = (log_lr_histogram([[0.5, 0.5]], [0.04, 0.96], 0.01, r) for r in (Rounding.DOWN, Rounding.UP))
    >>> bounds = tail_bounds(down, up, [[0]], [1.0])
    >>> bounds.chance_low.round(6).tolist(), bounds.chance_high.round(6).tolist(), bounds.missed_high.round(6).tolist()
    ([[0.04]], [[0.04]], [[0.5]])
    """
    kinds = [(h.tilted, h.rounding) for h in (down, up)]
    if kinds != [(True, Rounding.DOWN), (True, Rounding.UP)]:
        raise ValueError("bounds need histograms of true persons, rounded down and up")
    rows, low_asked = _question(down, rows_of, thresholds)
    low = convolved(down, rows, low_asked, *_one_set(down))
    _, high_asked = _question(up, rows_of, thresholds)
    high = convolved(up, rows, high_asked, *_one_set(up))
    lost = high_asked.answer(high[3]) * np.power(10.0, -np.asarray(thresholds, np.float64))
    less, more = 1.0 - ROUNDING_ERROR, 1.0 + ROUNDING_ERROR
    return TailBounds(
        low_asked.answer(low[2]) * less,
        (high_asked.answer(high[2]) + lost) * more,
        high_asked.answer(high[1]) * less,
        low_asked.answer(low[1] + low[3]) * more,
    )


def tails_of_others(
    histograms: LogLRHistograms, rows_of: ArrayLike, thresholds: ArrayLike, of: ArrayLike | None = None
) -> Floats:
    """P(LR >= t | the remains are somebody else), from histograms that were made with that person's `masses`.

    Arguments as for `tails`; or, with `of` the target of each, thresholds (pairs,) and the answer (pairs,).
    Split: an estimate whose error is of second order in the step, and no digits below 46 NEGLIGIBLE (some 5e-14).
    Rounded down or up: a certain lower or upper bound; the upper one is never below what was cut.

    >>> from antigone.core.locus_distributions import log_lr_histogram
    >>> brother = log_lr_histogram([[0.9, 0.1]], [0.09, 0.91], masses=[[0.5, 0.5]])
    >>> tails_of_others(brother, [[0]], [0.5]).tolist()
    [[0.5]]
    """
    if histograms.tilted:
        raise ValueError("these histograms are those of the true persons")
    rows, asked = _question(histograms, rows_of, thresholds, of)
    found = convolved(histograms, rows, asked, *_one_set(histograms))
    if histograms.rounding is Rounding.DOWN:
        return asked.answer(found[0]) * (1.0 - ROUNDING_ERROR)
    if histograms.rounding is Rounding.UP:
        return asked.answer(found[0] + found[3]) * (1.0 + ROUNDING_ERROR)
    return asked.answer(found[0])


def convolved(
    histograms: LogLRHistograms, rows: NDArray[np.int32], asked: Asked, program: Integers, weights: Floats
) -> Floats:
    """(4, thresholds): mass from the threshold on, mass below it, unrelated mass from it on, mass cut away.

    program: loci in the order of convolution, -1 to begin again; the tails after each step count `weights` times.
    """
    from antigone.core.kernels.convolution import many_tails

    results = np.zeros((4, len(asked.cells)))
    used = rows[asked.targets]
    low, high = summed_ends(histograms, used)
    spans = sum_over_loci(histograms, used, np.subtract(*histograms.ends()[::-1]))
    tilt_low, tilt_high = int(low.min(initial=0)), int(high.max(initial=0))
    points = np.arange(tilt_low, tilt_high + 1) * histograms.step
    tilt = np.power(10.0, -np.clip(points, -WIDEST, WIDEST))
    widest_row = int(np.subtract(*histograms.ends()[::-1]).max(initial=0))
    many_tails(
        rows, asked.targets, program, weights, histograms.first_row, histograms.starts, histograms.grid,
        histograms.masses, tilt, tilt_low, asked.starts, asked.cells, asked.shares, NEGLIGIBLE,
        int(spans.max(initial=0)) + 1, widest_row + 1, -(-len(used) // TARGETS_PER_CHUNK), results,
    )  # fmt: skip
    return results


def sum_over_loci(histograms: LogLRHistograms, rows: NDArray[np.int32], of_row: Integers) -> Integers:
    """(targets,) sums over the loci of a whole number that every row has; a locus that says nothing adds 0."""
    total = np.zeros(len(rows), np.int64)
    for locus in range(len(histograms)):
        row = rows[:, locus]
        total += np.where(row >= 0, of_row[histograms.first_row[locus] + np.maximum(row, 0)], 0)
    return total


def summed_ends(histograms: LogLRHistograms, rows: NDArray[np.int32]) -> tuple[Integers, Integers]:
    """Least and greatest sum of grid points over any subset of a target's loci."""
    lowest, highest = histograms.ends()
    low = sum_over_loci(histograms, rows, np.minimum(lowest, 0))
    return low, sum_over_loci(histograms, rows, np.maximum(highest, 0))


def ask(histograms: LogLRHistograms, n_targets: int, thresholds: ArrayLike, of: ArrayLike | None) -> Asked:
    """The thresholds by target, each with its cell of the grid."""
    t = np.asarray(thresholds, np.float64).ravel()
    if of is None:
        targets = np.arange(n_targets)
        starts, order = np.arange(n_targets + 1) * len(t), np.arange(n_targets * len(t))
        shape: tuple[int, ...] = (n_targets, len(t))
        t = np.tile(t, n_targets)
    else:
        pairs = np.asarray(of, np.int64)
        if pairs.shape != t.shape:
            raise ValueError("one target for each threshold")
        order = np.argsort(pairs, kind="stable")
        targets, counts = np.unique(pairs, return_counts=True)
        starts, shape, t = np.concatenate([[0], np.cumsum(counts)]), t.shape, t[order]
    cells, shares = _cells(t, histograms)
    return Asked(targets, starts, cells, shares, order, shape)


def _cells(t: Floats, histograms: LogLRHistograms) -> tuple[Integers, Floats]:
    place = np.clip(t, -WIDEST, WIDEST) / histograms.step
    if histograms.rounding is Rounding.SPLIT:
        cells = np.floor(place + 0.5)
        return cells.astype(np.int64), cells + 0.5 - place
    slack = TIE / histograms.step
    slack = slack if histograms.rounding is Rounding.DOWN else -slack
    return np.ceil(place + slack).astype(np.int64), np.ones(len(t))


def _question(
    histograms: LogLRHistograms, rows_of: ArrayLike, thresholds: ArrayLike, of: ArrayLike | None = None
) -> tuple[NDArray[np.int32], Asked]:
    rows = np.ascontiguousarray(rows_of, np.int32)
    if rows.ndim != 2 or rows.shape[1] != len(histograms):
        raise ValueError(f"rows of {rows.shape} for {len(histograms)} loci")
    return rows, ask(histograms, len(rows), thresholds, of)


def _one_set(histograms: LogLRHistograms) -> tuple[Integers, Floats]:
    """The program of all loci, those of many atoms first: they are cheap while the sum is still narrow."""
    program = np.argsort(-mean_atoms(histograms), kind="stable")
    return program, np.append(np.zeros(len(program) - 1), 1.0)


def mean_atoms(histograms: LogLRHistograms) -> Floats:
    """(loci,) atoms of a row on average."""
    ends = np.append(histograms.first_row[1:], len(histograms.starts) - 1)
    atoms = histograms.starts[ends] - histograms.starts[histograms.first_row]
    mean: Floats = atoms / (ends - histograms.first_row)
    return mean
