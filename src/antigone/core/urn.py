"""Theta: founders' alleles are drawn one after another from an urn (Balding & Nichols 1994).

P(next = x) = (n_x theta + (1 - theta) p_x) / (1 + (n - 1) theta) after n draws of which n_x were x.
Written out, a draw is either new, with weight n_x theta + (1 - theta) p_x over the alleles of exactly
typed founders alone, or a copy of an earlier free draw, with weight theta each. So the likelihood is
a sum over the ways in which the free draws sit together, and in each of them the draws that sit
together are one variable with an ordinary founder weight: exact, for any pedigree. A group of m draws
arises in (m - 1)! ways and has weight theta ** (m - 1).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import product
from math import factorial

MOST_DRAWS = 8
"""Eight free draws have 4,140 seatings; the number grows faster than exponentially."""

Seating = tuple[int, ...]
"""By draw, the number of its group; groups numbered in the order they first occur."""


def seatings(n: int) -> Iterator[Seating]:
    """All partitions of n draws, as restricted growth strings.

    >>> list(seatings(2))
    [(0, 0), (0, 1)]
    """

    def extend(prefix: Seating) -> Iterator[Seating]:
        if len(prefix) == n:
            yield prefix
            return
        for group in range(max(prefix, default=-1) + 2):
            yield from extend((*prefix, group))

    return extend(())


def seating_weight(seating: Seating, theta: float) -> float:
    """Product over the groups of theta ** (m - 1) (m - 1)!."""
    weight = 1.0
    for size in Counter(seating).values():
        weight *= theta ** (size - 1) * factorial(size - 1)
    return weight


def distinct_seatings(n: int, pairs: Sequence[tuple[int, int]]) -> dict[Seating, int]:
    """Seatings up to swapping the two draws of a founder, with how many each stands for.

    The two draws of one founder enter the likelihood alike, so swapped seatings have the same value.
    """
    counts: Counter[Seating] = Counter()
    for seating in seatings(n):
        counts[min(_swapped(seating, pairs))] += 1
    return dict(counts)


def _swapped(seating: Seating, pairs: Sequence[tuple[int, int]]) -> Iterator[Seating]:
    for swaps in product((False, True), repeat=len(pairs)):
        groups = list(seating)
        for swap, (i, j) in zip(swaps, pairs, strict=True):
            if swap:
                groups[i], groups[j] = groups[j], groups[i]
        yield _renumbered(groups)


def _renumbered(groups: Sequence[int]) -> Seating:
    numbers: dict[int, int] = {}
    return tuple(numbers.setdefault(g, len(numbers)) for g in groups)
