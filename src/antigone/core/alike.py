"""Are these two samples one and the same person? Every pair of very many samples.

First all pairs by their calls alone (`alike_pairs`): how many loci cannot be of one person. Then, for the few
pairs that are left, the likelihood ratios by the general engine (`alike_log10_lr`).
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import ArrayLike

from antigone.core.alike_lanes import (
    Alleles,
    Bytes,
    Indices,
    Lanes,
    genotype_classes,
    is_known,
    kinds_by_locus,
    kinds_of,
    most_telling_first,
    reordered,
)
from antigone.core.genotypes import genotype_distributions
from antigone.core.likelihood import Codes, Floats, LocusSet, locus_set, log10_likelihoods
from antigone.core.loci import LocusModel
from antigone.core.lr_tables import Outcomes, outcome_weights, weighed_outcomes
from antigone.core.mutation import is_always_lumpable
from antigone.core.pedigrees import FEMALE, MALE, Shape

MOST_PAIRS = 250_000
"""Pairs that are alike, held in memory at once; more only where one sample alone has more."""
PAIRS_PER_CALL = 2_000_000_000
"""Pairs looked at before the next block is handed out: about a second, at most a few."""
WRONGLY_READ = -3.0
"""Lowest log10 LR of one locus: one in a thousand calls may be read wrongly."""
_ONE = Shape((-1,), (-1,), (FEMALE,))
_TWO = Shape((-1, -1), (-1, -1), (FEMALE, FEMALE))
_BROTHERS = Shape((-1, -1, 0, 0), (-1, -1, 1, 1), (MALE, FEMALE, FEMALE, FEMALE))


@dataclass(frozen=True, slots=True, eq=False)
class AlikePairs:
    """What came of comparing the samples begin..end of the first with all of the second.

    looked_at: pairs in all. too_few: pairs that show too few loci in common to tell. pairs: (n, 2) those that
    may be one person, (first, second), sorted. differing, compared: (n,) loci.
    """

    begin: int
    end: int
    looked_at: int
    too_few: int
    pairs: Indices
    differing: Bytes
    compared: Bytes


def alike_pairs(
    first: Alleles,
    second: Alleles | None = None,
    most_differing: int = 3,
    fewest_loci: int = 8,
    begin: int = 0,
    end: int | None = None,
    most_pairs: int = MOST_PAIRS,
) -> Iterator[AlikePairs]:
    """All pairs that differ at no more than `most_differing` of at least `fewest_loci` loci, block by block.

    Two calls differ when no genotype can have given both without a misreading; a locus is compared where both
    samples show something. The blocks follow each other from sample `begin` of `first` to `end`, whatever
    comes; without `second`, every pair of `first` is looked at once (i < j).

    >>> rows = np.zeros((3, 9, 2), np.int16)
    >>> rows[1, :4, 1] = 1
    >>> rows[2, 2:] = -2
    >>> block = next(alike_pairs(Alleles.of(rows), most_differing=4))
    >>> block.pairs.tolist(), block.differing.tolist(), block.compared.tolist(), block.too_few
    ([[0, 1]], [4], [9], 2)
    """
    triangle = second is None
    others = first if second is None else second
    if first.codes.shape[1] != others.codes.shape[1]:
        raise ValueError(f"{first.codes.shape[1]} loci against {others.codes.shape[1]}")
    comparison = _Comparison(first, others, triangle, most_differing, fewest_loci)
    return comparison.blocks(begin, len(first) if end is None else end, most_pairs)


class _Comparison:
    """The first against the others, whose samples with known genotypes only stand apart: they are faster."""

    def __init__(self, first: Alleles, others: Alleles, triangle: bool, most_differing: int, fewest_loci: int) -> None:
        order = most_telling_first(others.codes)
        self.first, others = reordered(first, order), reordered(others, order)
        self.classes = genotype_classes(self.first.codes)
        self.n_others, self.triangle = len(others), triangle
        self.limits = (most_differing, fewest_loci)
        enough = np.bitwise_count(others.shown) >= fewest_loci
        in_part = np.any((others.codes[..., 0] > 0) & (others.codes[..., 1] == 0), axis=1)
        self.left_out = np.flatnonzero(~enough)
        self.lanes = [Lanes.of(others, np.flatnonzero(enough & (in_part == some)), not some) for some in (False, True)]

    def blocks(self, begin: int, end: int, most_pairs: int) -> Iterator[AlikePairs]:
        """Count first, so that the memory for what is written down is known; then cut where it gets too much."""
        step = max(PAIRS_PER_CALL // max(self.n_others, 1), 1)
        for start in range(begin, end, step):
            samples = np.arange(start, min(start + step, end))
            found, too_few = self._counted(samples)
            total = np.cumsum(found.sum(axis=0))
            at = 0
            while at < len(samples):
                before = total[at - 1] if at else 0
                stop = max(int(np.searchsorted(total, before + most_pairs, "right")), at + 1)
                yield self._block(samples[at:stop], found[:, at:stop], int(too_few[at:stop].sum()))
                at = stop

    def _counted(self, samples: Indices) -> tuple[Indices, Indices]:
        """(2, samples) alike by kind of lanes, and (samples,) with too few loci in common."""
        found = np.zeros((2, len(samples)), np.int64)
        too_few = self._looked_at(samples)
        enough = np.bitwise_count(self.first.shown[samples]) >= self.limits[1]
        rows = samples[enough]
        few = len(self.left_out) - self._starts(self.left_out, rows)
        for kind, lanes in enumerate(self.lanes):
            alike = np.zeros(len(rows), np.int64)
            self._compare(rows, lanes, alike, few, False, alike, 0)
            found[kind, enough] = alike
        too_few[enough] = few
        return found, too_few

    def _block(self, samples: Indices, found: Indices, too_few: int) -> AlikePairs:
        """The pairs that were counted, written down."""
        parts = []
        for lanes, alike in zip(self.lanes, found, strict=True):
            some = alike > 0
            rows, counts = samples[some], alike[some]
            zeros = np.zeros(len(rows), np.int64)
            written = self._compare(rows, lanes, zeros, zeros, True, np.cumsum(counts) - counts, int(counts.sum()))
            parts.append((np.repeat(rows, counts), *written))
        first, second, differing, compared = map(np.concatenate, zip(*parts, strict=True))
        order = np.argsort(first * self.n_others + second, kind="stable")
        pairs = np.stack([first, second], axis=1)[order]
        begin, end = int(samples[0]), int(samples[-1]) + 1
        looked_at = int(self._looked_at(samples).sum())
        return AlikePairs(begin, end, looked_at, too_few, pairs, differing[order], compared[order])

    def _compare(
        self, rows: Indices, lanes: Lanes, found: Indices, too_few: Indices, fills: bool, places: Indices, size: int
    ) -> tuple[Indices, Bytes, Bytes]:
        from antigone.core.kernels.mismatches import compare

        out = np.empty(size, np.int64), np.empty(size, np.uint8), np.empty(size, np.uint8)
        first = (self.first.codes, self.classes, self.first.shown)
        starts = self._starts(lanes.samples, rows)
        compare(rows, starts, first, lanes.arrays, lanes.planes, *self.limits, fills, found, too_few, places, out)
        return out

    def _starts(self, others: Indices, samples: Indices) -> Indices:
        """(samples,) the place among the others of the first that each is compared with."""
        return np.searchsorted(others, samples, "right") if self.triangle else np.zeros_like(samples)

    def _looked_at(self, samples: Indices) -> Indices:
        return self.n_others - (samples + 1) * self.triangle


def alike_log10_lr(
    loci: LocusSet,
    first: ArrayLike,
    second: ArrayLike,
    dropout: ArrayLike | None = None,
    dropin: ArrayLike | None = None,
    theta: float = 0.0,
    floor: float = -math.inf,
) -> tuple[Floats, Floats]:
    """(pairs,) log10 LR of one person against two unrelated ones, and of one person against full brothers.

    first, second: (pairs, loci, width) observations. dropout, dropin: (pairs, 2). X-linked loci are left out.
    A locus speaks against one person with log10 LR -3 at the lowest; what two unrelated persons cannot show
    either (three alleles without drop-in) says nothing. The second is nan where the first is below `floor`.
    The cost follows the kinds of pairs that occur at a locus, not the number of pairs.

    >>> from antigone.core import LocusModel, locus_set
    >>> loci = locus_set([LocusModel(np.array([0.1, 0.9]))])
    >>> same, brothers = alike_log10_lr(loci, [[[0, 0]]], [[[0, 0]]])
    >>> (10**same).round(3).tolist(), (10**brothers).round(3).tolist()  # 1 / p^2; 4 / (1 + p)^2
    ([100.0], [3.306])
    """
    pairs = np.stack([np.asarray(first, np.int16), np.asarray(second, np.int16)], axis=2)
    rates = np.empty((2, len(pairs), 2))
    rates[0], rates[1] = (0.0 if rate is None else rate for rate in (dropout, dropin))
    same, over_brothers = np.zeros(len(pairs)), np.full(len(pairs), np.nan)
    for kinds, kind in kinds_by_locus(loci, pairs, rates):
        ratio = _log10_ratio(_likelihood(_ONE, (0, 0), *kinds, theta), _likelihood(_TWO, (0, 1), *kinds, theta))
        same += np.maximum(ratio, WRONGLY_READ)[kind]
    reached = np.flatnonzero(same >= floor)
    over_brothers[reached] = same[reached]
    for kinds, kind in kinds_by_locus(loci, pairs[reached], rates[:, reached]):
        brothers = _likelihood_of_brothers(*kinds, theta)
        over_brothers[reached] -= _log10_ratio(brothers, _likelihood(_TWO, (0, 1), *kinds, theta))[kind]
    return same, over_brothers


def _log10_ratio(related: Floats, unrelated: Floats) -> Floats:
    """0 where even unrelated persons cannot show what was seen."""
    return np.subtract(related, unrelated, where=np.isfinite(unrelated), out=np.zeros_like(related))


def _likelihood(
    shape: Shape, places: tuple[int, int], locus: LocusModel, seen: Codes, rates: Floats, theta: float
) -> Floats:
    """(kinds,) log10 likelihood of two samples at these places of a pedigree."""
    return log10_likelihoods(shape, locus_set([locus]), seen[:, None], rates[0], rates[1], theta, places)[:, 0]


def _likelihood_of_brothers(locus: LocusModel, seen: Codes, rates: Floats, theta: float) -> Floats:
    """The same for full brothers."""
    lumpable = all(matrix is None or is_always_lumpable(matrix) for matrix in (locus.female, locus.male))
    stepped = ~is_known(seen, rates[1], locus).all(axis=1) & (not lumpable)
    out = np.empty(len(seen))
    for some, log10_p in ((~stepped, partial(_likelihood, _BROTHERS, (2, 3))), (stepped, _one_brother_first)):
        if some.any():
            out[some] = log10_p(locus, seen[some], rates[:, some], theta)
    return out


def _one_brother_first(locus: LocusModel, seen: Codes, rates: Floats, theta: float) -> Floats:
    """The same as P(one) P(other | one), for two uncertain brothers where no alleles can be lumped.

    One is the one that is known better; what the other can be is asked once for all that follow.
    """
    known = is_known(seen, rates[1], locus)
    turned = ~known[:, 0] & known[:, 1]
    order = np.stack([turned, ~turned], axis=1).astype(np.int64)
    seen, rates = np.take_along_axis(seen, order[..., None], 1), np.take_along_axis(rates, order[None], 2)
    numbers = np.unique(rates, return_inverse=True)[1].reshape(rates.shape)
    (ones, row), (others, column) = (kinds_of(np.column_stack([seen[:, i], *numbers[..., i]])) for i in (0, 1))
    arguments = (*rates[:, ones, :1], theta, (2,))
    alone = log10_likelihoods(_BROTHERS, locus_set([locus]), seen[ones, None, :1], *arguments)
    genotypes = genotype_distributions(_BROTHERS, locus, seen[ones, :1], 3, *arguments)
    weights = outcome_weights(locus, Outcomes(seen[others, 1], *rates[:, others, 1]), haploid=False)
    given = weighed_outcomes(weights, genotypes)
    with np.errstate(divide="ignore"):
        return np.asarray((alone + np.log10(given))[row, column])
