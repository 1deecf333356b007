"""One block of the comparison of all samples with all: which of them look like one and the same person."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from antigone.core import Alleles, alike_log10_lr, alike_pairs
from antigone.domain import Skip, Stage
from antigone.identify.search import NO_SCOPE, Search

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class BlockOfSamples:
    """Numbers of samples; others None: each unordered pair of the first, once."""

    samples: Ints
    others: Ints | None


@dataclass(frozen=True, slots=True, eq=False)
class FoundAlike:
    """pairs: (pairs, 2) samples that may be one person, with log10 LR of one person against two unrelated ones at or
    above the floor; over_brothers: against full brothers. skipped: pairs by reason.
    """

    block: BlockOfSamples
    pairs: Ints
    differing: Ints
    compared_loci: Ints
    log10_lr: Floats
    over_brothers: Floats
    compared: int
    skipped: Mapping[str, int]
    seconds: Mapping[str, float] = field(default_factory=dict)


def compare_samples(search: Search, block: BlockOfSamples) -> FoundAlike:
    """All pairs of the block, X-linked loci left out; those with too few loci in common are counted."""
    begin = time.perf_counter()
    first = block.samples[search.samples.scope[block.samples] != NO_SCOPE]
    others = None if block.others is None else block.others[search.samples.scope[block.others] != NO_SCOPE]
    total = _pairs(len(block.samples), None if block.others is None else len(block.others))
    allowed = _pairs(len(first), None if others is None else len(others))
    calls = search.calls[0]
    autosomal = np.flatnonzero(~calls.models.x_linked)
    own = Alleles.of(calls.rows(first)[:, autosomal])
    other = None if others is None else Alleles.of(calls.rows(others)[:, autosomal])
    to = first if others is None else others
    found, too_few = [np.zeros((0, 4), np.int64)], 0
    ratios = [np.zeros((0, 2))]
    for part in alike_pairs(own, other):
        too_few += part.too_few
        one, two = first[part.pairs[:, 0]], to[part.pairs[:, 1]]
        dropout, dropin = (np.stack([r[one], r[two]], axis=1) for r in (search.samples.dropout, search.samples.dropin))
        same, over = alike_log10_lr(
            calls.models, calls.rows(one), calls.rows(two), dropout, dropin, search.theta, search.floor
        )
        kept = same >= search.floor
        columns = (one, two, part.differing, part.compared)
        found.append(np.stack([c[kept].astype(np.int64) for c in columns], axis=1))
        ratios.append(np.stack([same[kept], over[kept]], axis=1))
    pairs, lr = np.concatenate(found), np.concatenate(ratios)
    order = np.lexsort((pairs[:, 1], pairs[:, 0]))
    pairs, lr = pairs[order], lr[order]
    skipped = {Skip.SCOPE_NONE.value: total - allowed, Skip.TOO_FEW_LOCI.value: too_few}
    return FoundAlike(
        block, pairs[:, :2], pairs[:, 2], pairs[:, 3], lr[:, 0], lr[:, 1], allowed - too_few,
        {reason: n for reason, n in skipped.items() if n}, {Stage.ALIKE.value: time.perf_counter() - begin},
    )  # fmt: skip


def _pairs(n: int, m: int | None) -> int:
    return n * (n - 1) // 2 if m is None else n * m
