"""Which remains can rival each other: the event falls into components that are summed apart."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from antigone.core.complexity import TooComplex
from antigone.core.left_out import LeftOut

Floats = NDArray[np.float64]
MOST_TOGETHER = 20
"""Remains in one connected component beyond which the exact sum does not fit in memory."""
MOST_STATES = 1 << 25
"""Families times sets of remains up to which a case is summed whole, without leaving anything out."""
NEGLIGIBLE = (
    (0.0, 0.0), (1e-14, 1e-10), (1e-12, 1e-8), (1e-10, 1e-6), (1e-8, 1e-5), (1e-6, 1e-4), (1e-5, 1e-3), (1e-4, 1e-2),
    (1e-3, 1e-2), (1e-2, 1e-1), (1e-1, 3e-1),
)  # fmt: skip
"""Weights tried, from the smallest, below which placements and unlisted kin are left out of a component that
is too large; what they could change is added to the error bound."""
LN10 = math.log(10.0)


@dataclass(frozen=True, slots=True, eq=False)
class FamilyOptions:
    """What a family can take, beside nothing at all.

    placements: (options, missing) index of the remains placed on each missing person, or -1.
    log10_lr: (options,) LR of the set: these remains are these persons, against unrelated.
    """

    placements: NDArray[np.int64]
    log10_lr: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """One connected component: remains, and by family the options kept."""

    remains: list[int]
    options: dict[int, NDArray[np.int64]]


def components(
    remains: int, families: Sequence[FamilyOptions], together: Floats, slope: float
) -> tuple[list[Part], LeftOut]:
    """Components of the graph of remains that can rival each other, and the weights that were left out."""
    everything = {f: np.arange(len(options.log10_lr)) for f, options in enumerate(families)}
    finite = {f: kept[np.isfinite(families[f].log10_lr)] for f, kept in everything.items()}
    if remains <= MOST_TOGETHER and len(families) << remains <= MOST_STATES:
        nothing = tuple(np.zeros((remains, f.placements.shape[1])) for f in families)
        return [Part(list(range(remains)), finite)], LeftOut(nothing, np.zeros_like(together))
    for least, least_kin in NEGLIGIBLE:
        kept, dropped = _drop_negligible(remains, families, finite, least, slope)
        edges = _competing_kin(families, kept, together, least_kin)
        parts = _connected(remains, families, kept, edges)
        contested = [part for part in parts if part.options]
        if max((len(part.remains) for part in contested), default=0) <= MOST_TOGETHER:
            alone = [Part([i], {}) for part in parts if not part.options for i in part.remains]
            return contested + alone, LeftOut(dropped, together - edges)
    raise TooComplex(f"more than {MOST_TOGETHER} remains rival each other for the same missing persons")


def _competing_kin(
    families: Sequence[FamilyOptions], kept: dict[int, NDArray[np.int64]], together: Floats, least: float
) -> Floats:
    """Weights of unlisted kin that can compete with a placement: one of the two could be placed somewhere."""
    placeable = np.zeros(len(together), bool)
    for f, options in kept.items():
        used = families[f].placements[options]
        placeable[used[used >= 0]] = True
    competes = placeable[:, None] | placeable[None, :]
    return np.where((together > least) & competes, together, 0.0)


def _drop_negligible(
    remains: int,
    families: Sequence[FamilyOptions],
    finite: dict[int, NDArray[np.int64]],
    least: float,
    slope: float,
) -> tuple[dict[int, NDArray[np.int64]], tuple[Floats, ...]]:
    """Leave out pairs whose weight, whatever else the family holds, is below `least`: options kept, weights lost."""
    kept: dict[int, NDArray[np.int64]] = {}
    dropped = []
    for f, options in enumerate(families):
        heaviest = _heaviest_conditional(remains, options, finite[f], slope)
        light = (heaviest > 0.0) & (heaviest < least)
        dropped.append(np.where(light, heaviest, 0.0))
        placed = options.placements[finite[f]]
        missing = np.broadcast_to(np.arange(placed.shape[1]), placed.shape)
        uses_light = np.any((placed >= 0) & light[np.maximum(placed, 0), missing], axis=1)
        kept[f] = finite[f][~uses_light]
    return kept, tuple(dropped)


def _heaviest_conditional(remains: int, options: FamilyOptions, finite: NDArray[np.int64], slope: float) -> Floats:
    """(remains, missing) largest weight of adding the pair to any set the family can hold."""
    weight_of = {tuple(options.placements[o]): options.log10_lr[o] for o in finite}
    weight_of[(-1,) * options.placements.shape[1]] = 0.0
    heaviest = np.zeros((remains, options.placements.shape[1]))
    for placement, value in weight_of.items():
        for m, i in enumerate(placement):
            if i < 0:
                continue
            without = weight_of.get((*placement[:m], -1, *placement[m + 1 :]), -math.inf)
            ratio = math.exp(min((value - without) * LN10 + slope, 600.0)) if without > -math.inf else math.inf
            heaviest[i, m] = max(heaviest[i, m], ratio)
    return heaviest


def _connected(
    remains: int, families: Sequence[FamilyOptions], kept: dict[int, NDArray[np.int64]], edges: Floats
) -> list[Part]:
    leader = list(range(remains))

    def find(i: int) -> int:
        while leader[i] != i:
            leader[i] = leader[leader[i]]
            i = leader[i]
        return i

    users = {f: sorted({int(i) for i in families[f].placements[o].ravel() if i >= 0}) for f, o in kept.items()}
    for members in users.values():
        for i in members[1:]:
            leader[find(i)] = find(members[0])
    for i, j in zip(*np.nonzero(edges), strict=True):
        leader[find(int(i))] = find(int(j))
    groups: dict[int, list[int]] = {}
    for i in range(remains):
        groups.setdefault(find(i), []).append(i)
    return [
        Part(members, {f: kept[f] for f, used in users.items() if used and find(used[0]) == root})
        for root, members in groups.items()
    ]
