"""Tails of log10 LR by counting: every combination of outcomes over the loci, one after another.

Slow, and written to be checked by eye. It shares no code with `core.chance`.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Counted:
    """Every combination that the true person, or somebody else, may show."""

    log10_lr: Floats
    true: Floats
    unrelated: Floats
    other: Floats

    def chance(self, threshold: float) -> float:
        """P(LR >= t | unrelated)."""
        return math.fsum(self.unrelated[self.log10_lr >= threshold])

    def missed(self, threshold: float) -> float:
        """P(LR < t | true)."""
        return math.fsum(self.true[self.log10_lr < threshold])

    def other_reaches(self, threshold: float) -> float:
        """P(LR >= t | somebody else)."""
        return math.fsum(self.other[self.log10_lr >= threshold])


def count(true: Sequence[Floats], unrelated: Sequence[Floats], other: Sequence[Floats] | None = None) -> Counted:
    """Per locus one row: (outcomes,) probabilities of what can be seen."""
    third = true if other is None else other
    rows: list[tuple[float, float, float, float]] = []
    for outcomes in product(*(range(len(row)) for row in true)):
        h1 = math.prod(row[o] for row, o in zip(true, outcomes, strict=True))
        h2 = math.prod(row[o] for row, o in zip(unrelated, outcomes, strict=True))
        h3 = math.prod(row[o] for row, o in zip(third, outcomes, strict=True))
        logs = [
            math.log10(row[o] / beside[o]) if row[o] > 0.0 else -math.inf
            for row, beside, o in zip(true, unrelated, outcomes, strict=True)
        ]
        rows.append((math.fsum(logs) if -math.inf not in logs else -math.inf, h1, h2, h3))
    return Counted(*np.array(rows).T)


@dataclass(frozen=True)
class RandomRows:
    """By locus the rows of `log_lr_histogram`: (rows, outcomes) true, unrelated and other."""

    true: list[Floats]
    unrelated: list[Floats]
    other: list[Floats]

    def count(self, rows: Sequence[int]) -> Counted:
        """The target with these rows, -1 where a locus says nothing."""
        loci = [locus for locus, row in enumerate(rows) if row >= 0]
        parts = ([table[locus][rows[locus]] for locus in loci] for table in (self.true, self.unrelated, self.other))
        return count(*parts)


def random_rows(
    seed: int, loci: int = 3, rows: int = 2, outcomes: int = 6, shared: bool = False, excluding: bool = False
) -> RandomRows:
    """Rows with outcomes of LR 0, and of others that stand in odd and round ratios to each other.

    shared: unrelated the same in all rows. excluding: every LR is 0 or above 1.
    """
    rng = np.random.default_rng([seed, loci, rows, outcomes])
    by_locus: list[tuple[Floats, Floats, Floats]] = []
    for _ in range(loci):
        h2 = rng.dirichlet(np.full(outcomes, 0.7), size=1 if shared else rows) + 1e-4
        h2 = np.broadcast_to(h2 / h2.sum(axis=1, keepdims=True), (rows, outcomes)).copy()
        factors = 10.0 ** rng.choice([-2.0, -0.55, 0.0, 0.3, 1.0, rng.normal()], size=(rows, outcomes))
        factors[:, rng.integers(outcomes)] = 0.0
        if excluding:
            factors = np.where(factors < factors.max(axis=1, keepdims=True), 0.0, factors)
        h1 = h2 * factors
        h1 /= h1.sum(axis=1, keepdims=True)
        by_locus.append((h1, h2, rng.dirichlet(np.ones(outcomes), size=rows)))
    true, unrelated, other = zip(*by_locus, strict=True)
    return RandomRows(list(true), list(unrelated), list(other))


def smooth_rows(seed: int, outcomes: int = 30) -> RandomRows:
    """One row at each of three loci, no two outcomes with the same LR: the sum is nearly continuous."""
    rng = np.random.default_rng([seed, outcomes])
    h2 = rng.dirichlet(np.full(outcomes, 20.0), size=(3, 1))
    h1 = h2 * 10.0 ** rng.normal(0.0, 0.5, size=h2.shape)
    h1 /= h1.sum(axis=2, keepdims=True)
    return RandomRows(list(h1), list(h2), list(h1))
