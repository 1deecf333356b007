"""The lines themselves: unions, descents and twin marks as points, none through a symbol."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from antigone.render.pedigree_lanes import (
    SYMBOL,
    Lanes,
    Slot,
    clear_of,
    lane_x,
    stub_level,
    tracks,
)
from antigone.render.pedigree_nets import Key, Net, Nets
from antigone.render.pedigree_order import Order
from antigone.render.pedigree_rows import Union

TRACK = 10.0
CHANNEL_PAD = 8.0
DROP = 18.0
TWIN_DROP = 30.0
STRAIGHT_WITHIN = 6.0

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Stroke:
    """One line. `kind`: union (a couple), descent (to children), twin (mark of identical twins)."""

    kind: str
    union: Union
    points: tuple[Point, ...]

    @property
    def double(self) -> bool:
        return self.kind == "union" and self.union.consanguineous


@dataclass(frozen=True, slots=True)
class Channel:
    """Numbers of one space between two rows: x of each trunk, tracks of couples and of children."""

    trunks: Mapping[int, float]
    couples: Mapping[int, int]
    children: Mapping[int, int]

    @property
    def height(self) -> float:
        lanes = len({*self.couples.values()}) + len({*self.children.values()})
        return 2 * CHANNEL_PAD + TRACK * lanes


class Strokes:
    """All strokes of one connected pedigree, once every symbol has its x and the rows their y."""

    def __init__(
        self,
        order: Order,
        nets: Nets,
        lanes: Lanes,
        x: Mapping[Key, float],
        twins: Sequence[frozenset[str]],
    ) -> None:
        self.order, self.nets, self.lanes, self.x, self.twins = order, nets.nets, lanes, x, twins
        self.lane_x = lane_x(order, lanes, x)
        self.channels = [self._channel(row) for row in range(len(order))]

    def drop(self, row: int) -> float:
        """Height of the free space just above a row."""
        here = {key for key in self.order[row] if isinstance(key, str)}
        return TWIN_DROP if any(len(group & here) > 1 for group in self.twins) else DROP

    def draw(self, tops: Sequence[float], floors: Sequence[float]) -> Iterator[Stroke]:
        """`tops`: y of the top of each row's symbols. `floors`: y where each row's labels end."""
        for number, net in enumerate(self.nets):
            if net.to_partner:
                yield from self._to_partner(number, net, tops, floors)
                continue
            start = tops[net.row] + SYMBOL / 2
            if net.couple:
                line, start = self._couple(number, net, tops, floors)
                yield Stroke("union", net.union, line)
            yield from self._descent(number, net, start, tops, floors)

    def _ends(self, net: Net) -> list[float]:
        """x of what hangs below: children, passages, and one apex per group of twins."""
        return sorted({self._apex(net, bottom) for bottom in net.bottoms})

    def _apex(self, net: Net, bottom: Key) -> float:
        group = self._twins_of(net, bottom)
        return sum(self.x[twin] for twin in group) / len(group)

    def _twins_of(self, net: Net, bottom: Key) -> list[Key]:
        for group in self.twins:
            if bottom in group:
                return [other for other in net.bottoms if other in group]
        return [bottom]

    def _slots(self, number: int) -> list[Slot]:
        return self.lanes.of(number)

    def _couple_span(self, number: int, net: Net) -> tuple[float, float] | None:
        """From where to where a couple's line runs below the row; None for neighbours."""
        slots = self._slots(number)
        xs = [self.lane_x[slot] for slot in slots]
        if net.to_partner:
            xs = [xs[0] if xs else self.x[net.tops[0]], self.x[net.bottoms[0]]]
        elif not net.couple or (len(slots) == 1 and slots[0].beside is None):
            return None
        else:
            xs += [self.x[top] for top in net.tops if isinstance(top, int)]
        return min(xs), max(xs)

    def _channel(self, row: int) -> Channel:
        here = {n: net for n, net in enumerate(self.nets) if net.row == row}
        spans = {n: self._couple_span(n, net) for n, net in here.items()}
        trunks = self._trunks(row, here, spans)
        bars = {n: sorted((trunks[n], *self._ends(here[n]))) for n in trunks}
        return Channel(
            trunks,
            tracks({n: span for n, span in spans.items() if span}),
            tracks({n: (xs[0], xs[-1]) for n, xs in bars.items() if xs[-1] - xs[0] > 0.01}),
        )

    def _trunks(
        self, row: int, here: Mapping[int, Net], spans: Mapping[int, tuple[float, float] | None]
    ) -> dict[int, float]:
        """x at which each couple's line to its children leaves, clear of all other vertical lines."""
        drops = {n: self._ends(net) for n, net in here.items()}
        fixed = [(slot.net, x) for slot, x in self.lane_x.items() if slot.row == row]
        fixed += [(n, x) for n, ends in drops.items() for x in ends]
        trunks: dict[int, float] = {}
        for number, net in here.items():
            if net.to_partner:
                continue
            if not net.couple:
                trunks[number] = self.x[net.tops[0]]
                continue
            taken = [x for n, x in fixed if n != number]
            taken += [x for n, x in trunks.items() if n != number]
            low, high = spans[number] or self._beside_lane(number)
            wish = (drops[number][0] + drops[number][-1]) / 2
            if spans[number] is None and not low <= wish <= high:
                wish = (low + high) / 2
            trunks[number] = clear_of(min(max(wish, low), high), taken, low, high)
        return trunks

    def _beside_lane(self, number: int) -> tuple[float, float]:
        lane = self.lane_x[self._slots(number)[0]]
        return lane - STRAIGHT_WITHIN, lane + STRAIGHT_WITHIN

    def _couple_track(self, number: int, net: Net, floors: Sequence[float]) -> float:
        return floors[net.row] + CHANNEL_PAD + TRACK * self.channels[net.row].couples[number]

    def _leave(self, number: int, top: Key, track: float, tops: Sequence[float]) -> list[Point]:
        """From a symbol, or a passage, down to a track below its row."""
        for slot in self._slots(number):
            if slot.beside == top:
                middle = tops[slot.row] + SYMBOL / 2 + stub_level(slot, self.lanes)
                lane = self.lane_x[slot]
                return [(self.x[top], middle), (lane, middle), (lane, track)]
        row = self.nets[number].row
        return [(self.x[top], tops[row] + SYMBOL / 2), (self.x[top], track)]

    def _couple(
        self, number: int, net: Net, tops: Sequence[float], floors: Sequence[float]
    ) -> tuple[tuple[Point, ...], float]:
        """The line between two partners, and the y its trunk starts at."""
        middle = tops[net.row] + SYMBOL / 2
        left, right = sorted(net.tops, key=lambda top: self.x[top])
        if number not in self.channels[net.row].couples:
            return ((self.x[left], middle), (self.x[right], middle)), middle
        track = self._couple_track(number, net, floors)
        down, up = (self._leave(number, top, track, tops) for top in (left, right))
        return (*down, *reversed(up)), track

    def _to_partner(self, number: int, net: Net, tops: Sequence[float], floors: Sequence[float]) -> Iterator[Stroke]:
        track = self._couple_track(number, net, floors)
        below = self.x[net.bottoms[0]]
        end = (below, tops[net.row + 1] + SYMBOL / 2)
        yield Stroke("union", net.union, (*self._leave(number, net.tops[0], track, tops), (below, track), end))

    def _descent(
        self, number: int, net: Net, start: float, tops: Sequence[float], floors: Sequence[float]
    ) -> Iterator[Stroke]:
        channel, trunk = self.channels[net.row], self.channels[net.row].trunks[number]
        first = floors[net.row] + CHANNEL_PAD + TRACK * len({*channel.couples.values()})
        bar = first + TRACK * channel.children.get(number, 0)
        ends = self._ends(net)
        yield Stroke("descent", net.union, ((trunk, start), (trunk, bar)))
        if number in channel.children:
            low, high = min(trunk, *ends), max(trunk, *ends)
            yield Stroke("descent", net.union, ((low, bar), (high, bar)))
        top = tops[net.row + 1]
        for bottom in net.bottoms:
            yield from self._drop_to(net, bottom, bar, top)

    def _drop_to(self, net: Net, bottom: Key, bar: float, top: float) -> Iterator[Stroke]:
        group = self._twins_of(net, bottom)
        x = self.x[bottom]
        if len(group) == 1:
            end = top + SYMBOL / 2 if isinstance(bottom, int) else top
            yield Stroke("descent", net.union, ((x, bar), (x, end)))
            return
        apex, fork = self._apex(net, bottom), top - TWIN_DROP + 2
        if bottom == group[0]:
            yield Stroke("descent", net.union, ((apex, bar), (apex, fork)))
            xs = sorted(self.x[twin] for twin in group)
            level = fork + (top - fork) * 0.55
            marks = [apex + (end - apex) * 0.55 for end in (xs[0], xs[-1])]
            yield Stroke("twin", net.union, ((marks[0], level), (marks[1], level)))
        yield Stroke("descent", net.union, ((apex, fork), (x, top)))
