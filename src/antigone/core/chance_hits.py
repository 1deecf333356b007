"""Expected chance hits of a search: one target against many remains, each typed at loci of its own.

The sum over the remains of P(LR >= t | unrelated). Locus sets that many remains share are computed exactly
(`core.chance`); kits are mostly nested, and a chain of nested sets is one convolution, cut after each of
them. The rest is sampled.

**Importance sampling.** A draw takes a set s with probability multiplicity / N, then at each of its loci an
outcome from unrelated x LR^k / Z_k, for k in LEVELS (k = 1: the true person; lower ones reach thresholds far
below what the true person has; Z_k(s) <= 1, the mean of LR^k among unrelated). All draws are weighed as from
their mixture (Veach & Guibas 1995), w = N / sum over k of a_k 10^(k x) / Z_k(s), a_k the share of level k, and
the mean of w over draws with x >= t has the sum over the sets as its expectation. Sets are drawn one from each
of as many equal strata as there are draws, so the standard error, computed as if they were drawn
at random, is rather too large.

**Upper bound.** Draws are independent and 0 <= w 1[x >= t] <= B = N / sum over k of a_k 10^(k t), so by
Hoeffding (1963, theorem 1) the expectation is below B u with 95 % confidence, u the larger solution of
KL(mean / B, u) = ln(20) / draws. Where no draw reaches t this is the rule of three, 3 B / draws, B <= N 10^-t / a_1.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from antigone.core.chance import Asked, ask, convolved, mean_atoms, summed_ends
from antigone.core.locus_distributions import Floats, Integers, LogLRHistograms, Rounding

LEVELS = np.array([1.0, 0.75, 0.5, 0.25])
SHARES = np.array([0.4, 0.2, 0.2, 0.2])
CONFIDENCE = 0.95
NEWTON_STEPS = 6
TARGETS_PER_CHUNK = 32
COMMON = 0.01
"""A locus set that this share of all remains has is computed exactly."""

Sets = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class ChanceHits:
    """Expected number of unrelated remains with LR >= t: value, standard error, one-sided 95 % upper bound."""

    value: Floats
    error: Floats
    upper: Floats


def expected_chance_hits(
    histograms: LogLRHistograms,
    rows_of: ArrayLike,
    sets: ArrayLike,
    multiplicity: ArrayLike,
    thresholds: ArrayLike,
    of: ArrayLike | None = None,
    draws: int = 300,
    seed: int = 0,
    keys: ArrayLike | None = None,
    most_exact: int = 8,
) -> ChanceHits:
    """Sum over the remains of P(LR >= t | unrelated), for every target at its thresholds (as for `core.chance.tails`).

    sets: (sets, loci) bool, the loci at which remains are typed; multiplicity: (sets,) how many remains. Up to
    `most_exact` of the sets that a hundredth of the remains have are exact, as are all where there are no more; the
    rest is sampled, see `sampled_tails`.

    >>> from antigone.core.locus_distributions import log_lr_histogram, side_by_side
    >>> locus = log_lr_histogram([[0.5, 0.5]], [0.05, 0.95], step=0.01)
    >>> two, sets = side_by_side([locus, locus]), [[True, True], [True, False]]
    >>> hits = expected_chance_hits(two, [[0, 0]], sets, [100, 20], [0.9])
    >>> hits.value.round(2).tolist(), hits.error.tolist()
    ([[1.25]], [[0.0]])
    """
    each, typed = np.asarray(multiplicity, np.float64), np.asarray(sets, np.bool_)
    common = _common(each, most_exact)
    rows = np.ascontiguousarray(rows_of, np.int32)
    asked = _asked(histograms, rows, typed, each, thresholds, of)
    exact = np.zeros(asked.shape)
    if common.any():
        exact = asked.answer(convolved(histograms, rows, asked, *_program(histograms, typed[common], each[common]))[2])
    if common.all():
        return ChanceHits(exact, np.zeros(asked.shape), exact)
    rest = sampled_tails(histograms, rows, typed[~common], each[~common], thresholds, of, draws, seed, keys)
    return ChanceHits(exact + rest.value, rest.error, exact + rest.upper)


def sampled_tails(
    histograms: LogLRHistograms,
    rows_of: ArrayLike,
    sets: ArrayLike,
    multiplicity: ArrayLike,
    thresholds: ArrayLike,
    of: ArrayLike | None = None,
    draws: int = 300,
    seed: int = 0,
    keys: ArrayLike | None = None,
) -> ChanceHits:
    """The same sum by importance sampling alone; see the module's text.

    keys: (targets,) whole numbers that, with the seed, decide a target's draws (default: its position); the same
    key, row by row, gives the same figures in any company and on any number of processors.
    """
    typed, each = np.asarray(sets, np.bool_), np.asarray(multiplicity, np.float64)
    rows = np.ascontiguousarray(rows_of, np.int32)
    asked = _asked(histograms, rows, typed, each, thresholds, of)
    order = np.lexsort((*typed.T, typed.sum(axis=1)))
    typed, up_to = typed[order], np.cumsum(each[order])
    by_level = np.maximum(np.rint(SHARES * draws), 1).astype(np.int64)
    given = np.arange(len(rows)) if keys is None else np.asarray(keys)
    sums = _drawn(histograms, rows, asked, typed, up_to, by_level, generator_states(seed, given[asked.targets]))
    n, remains = int(by_level.sum()), float(up_to[-1])
    mean = sums[0] / n
    variance = np.maximum(sums[1] - n * mean**2, 0.0) / max(n - 1, 1)
    first = (asked.cells + (asked.shares <= 0.0)) * histograms.step
    most = remains / (by_level / n @ np.power(10.0, LEVELS[:, None] * first))
    upper = np.minimum(most * upper_limits(np.minimum(mean / most, 1.0), n), remains)
    reachable = asked.cells <= np.repeat(summed_ends(histograms, rows[asked.targets])[1], np.diff(asked.starts))
    upper = np.where(reachable, upper, 0.0)
    return ChanceHits(asked.answer(mean), asked.answer(np.sqrt(variance / n)), asked.answer(upper))


def upper_limits(mean: Floats, n: int) -> Floats:
    """u with KL(mean, u) = -ln(1 - CONFIDENCE) / n: above the expectation of n independent values in [0, 1].

    >>> upper_limits(np.array([0.0, 0.1]), 300).round(4).tolist()
    [0.0099, 0.1476]
    """
    c = -np.log1p(-CONFIDENCE) / n
    m, highest = np.clip(mean, 1e-300, 1.0 - 1e-9), 1.0 - 1e-12
    entropy = -m * np.log(m) - (1.0 - m) * np.log1p(-m)
    above = (  # KL(m, u) is at least (u - m)^2 / (2 u), 2 (u - m)^2, and -(1 - m) ln(1 - u) - entropy
        m + c + np.sqrt(c * c + 2.0 * m * c), m + np.sqrt(c / 2.0), -np.expm1(-(c + entropy) / (1.0 - m)),
    )  # fmt: skip
    u = np.minimum(np.minimum(np.minimum(*above[:2]), above[2]), highest)
    for _ in range(NEWTON_STEPS):  # from above, on a convex function: never passes below the solution
        distance = m * np.log(m / u) + (1.0 - m) * (np.log1p(-m) - np.log1p(-u))
        u = np.minimum(u - (distance - c) * u * (1.0 - u) / (u - m), highest)
    return np.where(u < highest, u, 1.0)


def generator_states(seed: int, keys: ArrayLike) -> Integers:
    """(keys, 4) states, one for each key: SplitMix64 (Steele, Lea & Flood 2014) of the seed and the key."""
    z = np.full(np.size(keys), seed & (2**64 - 1), np.uint64)
    words = []
    for added in (np.zeros(1), np.ravel(keys), np.zeros(1)):
        z = (z ^ added.astype(np.uint64)) + np.array([0x9E3779B97F4A7C15], np.uint64)
        z = (z ^ (z >> np.uint64(30))) * np.array([0xBF58476D1CE4E5B9], np.uint64)
        z = (z ^ (z >> np.uint64(27))) * np.array([0x94D049BB133111EB], np.uint64)
        z = z ^ (z >> np.uint64(31))
        words += [z & np.uint64(0xFFFFFFFF), z >> np.uint64(32)]
    return np.maximum(np.stack(words[2:], axis=1).astype(np.int64), 128)


def _asked(
    histograms: LogLRHistograms, rows: NDArray[np.int32], sets: Sets, each: Floats, thresholds: ArrayLike,
    of: ArrayLike | None,
) -> Asked:  # fmt: skip
    if not histograms.tilted or histograms.rounding is not Rounding.SPLIT:
        raise ValueError("chance hits need histograms of true persons, split")
    if rows.ndim != 2 or rows.shape[1] != len(histograms) or sets.shape != (len(each), len(histograms)):
        raise ValueError(f"shapes do not fit: {rows.shape}, {sets.shape}, {each.shape}, {len(histograms)} loci")
    return ask(histograms, len(rows), thresholds, of)


def _common(each: Floats, most: int) -> NDArray[np.bool_]:
    if len(each) <= most:
        return np.ones(len(each), np.bool_)
    common = np.zeros(len(each), np.bool_)
    first = np.argsort(-each, kind="stable")[:most]
    common[first] = each[first] >= COMMON * each.sum()
    return common


def _program(histograms: LogLRHistograms, sets: Sets, each: Floats) -> tuple[Integers, Floats]:
    """Chains of nested sets as loci in order; weights: how many remains are typed at just the loci so far."""
    chains: list[list[int]] = []
    for s in np.argsort(sets.sum(axis=1), kind="stable"):
        held = next((c for c in chains if not (sets[c[-1]] & ~sets[s]).any()), None)
        if held is None:
            chains.append([int(s)])
        else:
            held.append(int(s))
    heavy_first = np.argsort(-mean_atoms(histograms), kind="stable")
    program, weights = [], []
    for chain in chains:
        done = np.zeros(sets.shape[1], np.bool_)
        program.append(-1)
        weights.append(0.0)
        for s in chain:
            new = [int(locus) for locus in heavy_first if sets[s, locus] and not done[locus]]
            program += new
            weights += [0.0] * len(new)
            weights[-1] += each[s]
            done |= sets[s]
    return np.array(program, np.int64), np.array(weights)


def _drawn(
    histograms: LogLRHistograms, rows: NDArray[np.int32], asked: Asked, sets: Sets, up_to: Floats, draws: Integers,
    states: Integers,
) -> Floats:  # fmt: skip
    """(2, thresholds) sums of the weights, and of their squares, of the draws that reach each threshold."""
    from antigone.core.kernels.chance_draws import many_draws

    set_starts = np.concatenate([[0], np.cumsum(sets.sum(axis=1))])
    lowest, highest = summed_ends(histograms, rows[asked.targets])
    tilt_low, tilt_high = int(histograms.grid.min()), int(histograms.grid.max())
    points = np.arange(tilt_low, tilt_high + 1) * histograms.step
    tilts = np.power(10.0, -(1.0 - LEVELS[:, None]) * points)
    results = np.zeros((2, len(asked.cells)))
    most_atoms, width = int(np.diff(histograms.starts).max(initial=1)), int((highest - lowest).max(initial=0)) + 1
    many_draws(
        rows, asked.targets, states, set_starts, np.nonzero(sets)[1], up_to, histograms.first_row, histograms.starts,
        histograms.grid, histograms.masses[0], LEVELS, draws, tilts, tilt_low, histograms.step, asked.starts,
        asked.cells, asked.shares, most_atoms, lowest, width, -(-len(asked.targets) // TARGETS_PER_CHUNK), results,
    )  # fmt: skip
    return results
