"""Lanes for the lines of a pedigree: beside symbols in the gaps, in numbered tracks between rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from antigone.render.pedigree_nets import Key, Net, Nets
from antigone.render.pedigree_order import Order

SYMBOL = 34.0
LABEL_WIDTH = 104.0
PASSAGE_WIDTH = 8.0
LANE = 12.0
CLEAR = 5.0
_STUB_LEVELS = (7.0, 11.0, 14.0, -7.0, -11.0, -14.0)


@dataclass(frozen=True, slots=True)
class Slot:
    """A vertical lane in a gap of a row, used by one net beside one of its tops."""

    net: int
    row: int
    gap: int  # 0 is left of the first symbol
    beside: Key | None  # None: the middle of a couple side by side
    side: int  # -1 when the lane is left of `beside`, 1 when right


@dataclass(slots=True)
class Lanes:
    """Every lane of every gap, in order from left to right."""

    by_gap: dict[tuple[int, int], list[Slot]] = field(default_factory=dict)

    def of(self, net: int) -> list[Slot]:
        return [slot for slots in self.by_gap.values() for slot in slots if slot.net == net]

    def count(self, row: int, gap: int) -> int:
        return len(self.by_gap.get((row, gap), ()))


def lanes_of(order: Order, nets: Nets) -> Lanes:
    """Give every net that leaves a row beside a symbol its lane in the right gap."""
    lanes = Lanes()
    for number, net in enumerate(nets.nets):
        for slot in _slots(number, net, order[net.row], lanes):
            lanes.by_gap.setdefault((slot.row, slot.gap), []).append(slot)
    for slots in lanes.by_gap.values():
        slots.sort(key=lambda s: 0 if s.beside is None else -s.side)
    return lanes


def _slots(number: int, net: Net, row: Sequence[Key], lanes: Lanes) -> Iterable[Slot]:
    at = {key: place for place, key in enumerate(row)}
    if net.couple:
        left, right = sorted(net.tops, key=lambda top: at[top])
        if at[right] - at[left] == 1:
            return [Slot(number, net.row, at[right], None, 0)]
        ends = ((left, 1), (right, -1))
        return [Slot(number, net.row, at[end] + (side > 0), end, side) for end, side in ends if isinstance(end, str)]
    top = net.tops[0]
    if isinstance(top, int) or not net.to_partner:
        return []
    place = at[top]
    side = 1 if lanes.count(net.row, place + 1) <= lanes.count(net.row, place) else -1
    return [Slot(number, net.row, place + (side > 0), top, side)]


def half_width(key: Key) -> float:
    """Half of what a symbol and its label take; unnamed founders have no label."""
    if isinstance(key, int):
        return PASSAGE_WIDTH / 2
    return (SYMBOL + 8 if key.startswith(":") else LABEL_WIDTH) / 2


def least_distances(order: Order, lanes: Lanes) -> list[list[float]]:
    """Centre to centre: half of each label and room for the lanes between them."""
    return [
        [
            half_width(left) + half_width(right) + LANE * max(1, lanes.count(index, gap + 1)) + 4
            for gap, (left, right) in enumerate(pairwise(row))
        ]
        for index, row in enumerate(order)
    ]


def lane_x(order: Order, lanes: Lanes, x: Mapping[Key, float]) -> dict[Slot, float]:
    """x of every lane: spread around the middle of its gap."""
    placed: dict[Slot, float] = {}
    for (row, gap), slots in lanes.by_gap.items():
        keys = order[row]
        width = LANE * (len(slots) - 1)
        if gap == 0:
            middle = x[keys[0]] - half_width(keys[0]) - LANE / 2 - width / 2
        elif gap == len(keys):
            middle = x[keys[-1]] + half_width(keys[-1]) + LANE / 2 + width / 2
        else:
            left, right = keys[gap - 1], keys[gap]
            middle = (x[left] + half_width(left) + x[right] - half_width(right)) / 2
        for index, slot in enumerate(slots):
            placed[slot] = middle - width / 2 + LANE * index
    return placed


def stub_level(slot: Slot, lanes: Lanes) -> float:
    """How far below the centre of its symbol a lane's line leaves it: one level per lane."""
    beside = [s for s in lanes.by_gap[slot.row, slot.gap] if s.beside == slot.beside]
    return _STUB_LEVELS[beside.index(slot) % len(_STUB_LEVELS)]


def tracks(spans: Mapping[int, tuple[float, float]]) -> dict[int, int]:
    """Number tracks so that spans that touch never share one.

    >>> tracks({0: (0, 10), 1: (20, 30), 2: (5, 25)})
    {0: 0, 2: 1, 1: 0}
    """
    ends: list[float] = []
    chosen: dict[int, int] = {}
    for key in sorted(spans, key=lambda k: spans[k]):
        low, high = spans[key]
        free = [track for track, end in enumerate(ends) if end + CLEAR < low]
        if free:
            chosen[key] = free[0]
            ends[free[0]] = high
        else:
            chosen[key] = len(ends)
            ends.append(high)
    return chosen


def clear_of(wish: float, taken: Iterable[float], low: float, high: float) -> float:
    """The x nearest to the wish, within bounds, that keeps clear of other vertical lines."""
    others = list(taken)
    steps = sorted(range(-40, 41), key=abs)
    for step in steps:
        x = wish + step * 3.0
        if low <= x <= high and all(abs(x - other) >= CLEAR for other in others):
            return x
    return wish
