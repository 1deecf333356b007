"""How often the remains of another missing person of the family would be as strong in this one's place."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from antigone.core import LogLRHistograms, Shape, log_lr_histogram, side_by_side, tails_of_others
from antigone.domain import Comparison
from antigone.identify.search import Search, groups_of
from antigone.identify.search_tables import LocusRows, locus_rows

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


def chance_among_kin(search: Search, target: Ints, threshold: Floats) -> Floats:
    """(pairs,) P(log10 LR >= threshold | the remains, fully typed, are another missing person of the family).

    target: the candidate's missing person. The highest over the others; nan where the family misses one alone.
    Under the first frequency table, X-linked loci left out.
    """
    out = np.full(len(target), np.nan)
    asked = _others(search, target)
    if not len(asked):
        return out
    known = search.targets[Comparison.KINSHIP]
    groups, places, order = groups_of(known, np.unique(asked))
    place = np.argsort(order)
    own, other = (place[np.searchsorted(order[place], side)] for side in asked.T)
    calls, plain = search.calls[0], set[Shape]()
    histograms, rows = [], []
    for locus in np.flatnonzero(~calls.models.x_linked):
        found = locus_rows(groups, places, calls, int(locus), search.theta, plain)
        pairs, row = np.unique(np.stack([found.of[own], found.of[other]], axis=1), axis=0, return_inverse=True)
        histograms.append(_histogram(found, pairs))
        rows.append(row.ravel().astype(np.int32))
    first = np.searchsorted(asked[:, 0], target)
    last = np.searchsorted(asked[:, 0], target, side="right")
    which = np.repeat(np.arange(len(target)), last - first)
    of = np.concatenate([np.arange(a, b) for a, b in zip(first, last, strict=True)])
    chance = tails_of_others(side_by_side(histograms), np.stack(rows, axis=1), threshold[which], of)
    highest = np.full(len(target), -np.inf)
    np.maximum.at(highest, which, chance)
    return np.where(last > first, highest, out)


def _others(search: Search, target: Ints) -> Ints:
    """(n, 2) every asked target that has kin among the missing, with each of them; sorted."""
    family = search.targets[Comparison.KINSHIP].family
    numbers, counts = np.unique(family, return_counts=True)
    several = numbers[counts > 1]
    wanted = np.unique(target[np.isin(family[target], several)])
    by_family: dict[int, list[int]] = {}
    for member in np.flatnonzero(np.isin(family, family[wanted])):
        by_family.setdefault(int(family[member]), []).append(int(member))
    pairs = [(int(t), other) for t in wanted for other in by_family[int(family[t])] if other != t]
    return np.array(pairs, np.int64).reshape(-1, 2)


def _histogram(found: LocusRows, pairs: Ints) -> LogLRHistograms:
    """By pair of rows the LR as the first person, with the masses of the second."""
    (pair,) = found.pairs
    unrelated = pair.unrelated if len(pair.unrelated) == 1 else pair.unrelated[pairs[:, 0]]
    sides = (pair.related[pairs[:, i]] for i in (0, 1))
    true, masses = (np.where(side.any(axis=1, keepdims=True), side, unrelated) for side in sides)
    never = np.broadcast_to(unrelated <= 0.0, true.shape)
    return log_lr_histogram(np.where(never, 0.0, true), unrelated, masses=np.where(never, 0.0, masses))
