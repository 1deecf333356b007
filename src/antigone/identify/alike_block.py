"""One block of the comparison of all samples with all: which of them look like one and the same person."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from antigone.core import Alleles, alike_log10_lr, alike_pairs
from antigone.domain import Skip, Stage
from antigone.identify.search import DIRECT_SCOPE, NO_SCOPE, Search

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
    """All pairs of the block, X-linked loci left out; those with too few loci in common are counted.

    A sample for direct comparison alone is compared with remains and with nothing else.
    """
    begin = time.perf_counter()
    total, looked_at, too_few = _pairs(block.samples, block.others), 0, 0
    found, ratios = [np.zeros((0, 4), np.int64)], [np.zeros((0, 2))]
    for first, others in _allowed(search, block):
        looked_at += _pairs(first, others)
        for columns, lr, few in _alike(search, first, others):
            found.append(columns)
            ratios.append(lr)
            too_few += few
    pairs, lr = np.concatenate(found), np.concatenate(ratios)
    order = np.lexsort((pairs[:, 1], pairs[:, 0]))
    pairs, lr = pairs[order], lr[order]
    none = total - _pairs(*(_without(search, side) for side in (block.samples, block.others)))
    skipped = {
        Skip.SCOPE_NONE.value: none, Skip.SCOPE_DIRECT.value: total - none - looked_at,
        Skip.TOO_FEW_LOCI.value: too_few,
    }  # fmt: skip
    return FoundAlike(
        block, pairs[:, :2], pairs[:, 2], pairs[:, 3], lr[:, 0], lr[:, 1], looked_at - too_few,
        {reason: n for reason, n in skipped.items() if n}, {Stage.ALIKE.value: time.perf_counter() - begin},
    )  # fmt: skip


def _allowed(search: Search, block: BlockOfSamples) -> Iterator[tuple[Ints, Ints | None]]:
    """The parts of a block that may be compared; None: a set with itself."""
    first = _without(search, block.samples)
    others = _without(search, block.others)
    direct, remains = (_direct(search, first), _remains(search, first))
    yield first[~direct], None if others is None else others[~_direct(search, others)]
    if others is None:
        yield first[direct], first[remains]
    else:
        yield first[direct], others[_remains(search, others)]
        yield first[remains], others[_direct(search, others)]


def _without(search: Search, samples: Ints | None) -> Any:
    """Those that may be used at all."""
    return None if samples is None else samples[search.samples.scope[samples] != NO_SCOPE]


def _remains(search: Search, samples: Ints) -> NDArray[np.bool_]:
    found: NDArray[np.bool_] = np.isin(samples, search.remains)
    return found


def _direct(search: Search, samples: Ints) -> NDArray[np.bool_]:
    """Samples of the living that are for direct comparison alone."""
    direct: NDArray[np.bool_] = search.samples.scope[samples] == DIRECT_SCOPE
    return direct & ~_remains(search, samples)


def _alike(search: Search, first: Ints, others: Ints | None) -> Iterator[tuple[Ints, Floats, int]]:
    """Pairs at or above the floor and likelier one person than brothers, their log10 LRs, pairs with too few loci."""
    calls = search.calls[0]
    autosomal = np.flatnonzero(~calls.models.x_linked)
    own = Alleles.of(calls.rows(first)[:, autosomal])
    other = None if others is None else Alleles.of(calls.rows(others)[:, autosomal])
    to = first if others is None else others
    for part in alike_pairs(own, other):
        one, two = first[part.pairs[:, 0]], to[part.pairs[:, 1]]
        dropout, dropin = (np.stack([r[one], r[two]], axis=1) for r in (search.samples.dropout, search.samples.dropin))
        same, over = alike_log10_lr(
            calls.models, calls.rows(one), calls.rows(two), dropout, dropin, search.theta, search.floor
        )
        kept = (same >= search.floor) & (over >= 0.0)
        columns = (one, two, part.differing, part.compared)
        found = np.stack([c[kept].astype(np.int64) for c in columns], axis=1)
        yield found, np.stack([same[kept], over[kept]], axis=1), part.too_few


def _pairs(first: Ints, others: Ints | None) -> int:
    return len(first) * (len(first) - 1) // 2 if others is None else len(first) * len(others)
