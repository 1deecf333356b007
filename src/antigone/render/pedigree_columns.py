"""Where in its row everybody stands: least squares under the order and the least distances."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

from antigone.render.pedigree_nets import Key, Net
from antigone.render.pedigree_order import Order

SWEEPS = 120
PARTNER_PULL = 0.4
INERTIA = 0.05
PASSAGE_PULL = 8.0

Gaps = Sequence[Sequence[float]]
"""Per row the least distance between each symbol's centre and the next one's."""


def columns(order: Order, nets: Sequence[Net], gaps: Gaps) -> dict[Key, float]:
    """x of every person and passage; parents above the middle of their children where they fit."""
    x: dict[Key, float] = {}
    for row, least in zip(order, gaps, strict=True):
        place = 0.0
        for index, key in enumerate(row):
            x[key] = place
            place += least[index] if index < len(least) else 0.0
    for _ in range(SWEEPS):
        for row, least in zip(order, gaps, strict=True):
            wishes = [_wish(key, x, nets) for key in row]
            _pull_partners(wishes, row, nets, x, least)
            x.update(zip(row, _spread(wishes, least), strict=True))
    return x


def _wish(key: Key, x: Mapping[Key, float], nets: Sequence[Net]) -> tuple[float, float]:
    """Where one symbol would stand by its own lines alone, and how strongly."""
    total, weight = INERTIA * x[key], INERTIA
    for net in nets:
        if key in net.tops or key in net.bottoms:
            above = sum(x[top] for top in net.tops) / len(net.tops)
            drops = [x[bottom] for bottom in net.bottoms]
            below = (min(drops) + max(drops)) / 2
            shift = below - above if key in net.tops else above - below
            pull = PASSAGE_PULL if isinstance(net.tops[0], int) and not net.couple else 1.0
            total, weight = total + pull * (x[key] + shift), weight + pull
    return total / weight, weight


def _pull_partners(
    wishes: list[tuple[float, float]],
    row: Sequence[Key],
    nets: Sequence[Net],
    x: Mapping[Key, float],
    least: Sequence[float],
) -> None:
    """Neighbours with a common child are drawn together, down to the least distance."""
    couples = {frozenset(net.tops) for net in nets if net.couple}
    for index, (left, right) in enumerate(pairwise(row)):
        if frozenset((left, right)) in couples:
            slack = (x[right] - x[left] - least[index]) / 2
            for place, key, sign in ((index, left, 1.0), (index + 1, right, -1.0)):
                wish, weight = wishes[place]
                pulled = wish * weight + PARTNER_PULL * (x[key] + sign * slack)
                wishes[place] = (pulled / (weight + PARTNER_PULL), weight + PARTNER_PULL)


def _spread(wishes: Sequence[tuple[float, float]], least: Sequence[float]) -> list[float]:
    """Nearest places to the wishes that keep the least distances (pool adjacent violators).

    >>> _spread([(0.0, 1.0), (1.0, 1.0)], [5.0])
    [-2.0, 3.0]
    """
    offsets = [0.0]
    for distance in least[: max(0, len(wishes) - 1)]:
        offsets.append(offsets[-1] + distance)
    pools: list[tuple[float, float, int]] = []
    for (wish, weight), offset in zip(wishes, offsets, strict=False):
        pool = (wish - offset, weight, 1)
        while pools and pools[-1][0] > pool[0]:
            mean, held, count = pools.pop()
            both = held + pool[1]
            pool = ((mean * held + pool[0] * pool[1]) / both, both, count + pool[2])
        pools.append(pool)
    levels = [mean for mean, _, count in pools for _ in range(count)]
    return [level + offset for level, offset in zip(levels, offsets, strict=False)]
