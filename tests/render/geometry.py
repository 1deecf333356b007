"""What must hold for the lines of a drawing: judged from coordinates alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import combinations, pairwise

from antigone.render.pedigree_lanes import LABEL_WIDTH, SYMBOL
from antigone.render.pedigree_layout import Layout
from antigone.render.pedigree_strokes import Point, Stroke

Segment = tuple[Point, Point]
Box = tuple[float, float, float, float]


def segments(stroke: Stroke) -> Iterator[Segment]:
    yield from pairwise(stroke.points)


def enters(segment: Segment, box: Box) -> bool:
    """Whether any part of the segment lies inside the box (Liang and Barsky 1984)."""
    (x0, y0), (x1, y1) = segment
    left, top, right, bottom = box
    low, high = 0.0, 1.0
    sides = ((x0 - x1, x0 - left), (x1 - x0, right - x0), (y0 - y1, y0 - top), (y1 - y0, bottom - y0))
    for step, room in sides:
        if step == 0:
            if room <= 0:
                return False
        elif step < 0:
            low = max(low, room / step)
        else:
            high = min(high, room / step)
    return low < high


def symbol_box(centre: Point) -> Box:
    x, y = centre
    half = SYMBOL / 2 - 0.5
    return x - half, y - half, x + half, y + half


def symbols_crossed(layout: Layout) -> list[tuple[str, Stroke]]:
    """Every symbol that a line of somebody else's enters."""
    return [
        (person, stroke)
        for stroke in layout.strokes
        for person, centre in layout.centres.items()
        if person not in (stroke.union.parents if stroke.kind == "union" else stroke.union.children)
        and any(enters(segment, symbol_box(centre)) for segment in segments(stroke))
    ]


def labels_crossed(layout: Layout, heights: Mapping[str, float]) -> list[tuple[str, Stroke]]:
    """Every label that any line enters, its own person's lines included."""
    found = []
    for stroke in layout.strokes:
        for person, (x, y) in layout.centres.items():
            top = y + SYMBOL / 2 + 1
            box = (x - LABEL_WIDTH / 2, top, x + LABEL_WIDTH / 2, top + heights.get(person, 0.0) - 2)
            if person in heights and any(enters(segment, box) for segment in segments(stroke)):
                found.append((person, stroke))
    return found


def symbols_overlapping(layout: Layout) -> list[tuple[str, str]]:
    return [
        (a, b)
        for (a, (ax, ay)), (b, (bx, by)) in combinations(layout.centres.items(), 2)
        if abs(ax - bx) < SYMBOL and abs(ay - by) < SYMBOL
    ]


def lines_on_one_another(layout: Layout) -> list[tuple[Stroke, Stroke]]:
    """Pairs of lines of different couples that share more than a point: nobody could tell them apart."""
    found = []
    for one, other in combinations(layout.strokes, 2):
        if one.union.parents != other.union.parents and any(
            _shared_length(a, b) > 1.0 for a in segments(one) for b in segments(other)
        ):
            found.append((one, other))
    return found


def _shared_length(a: Segment, b: Segment) -> float:
    for axis in (0, 1):
        levels = {round(point[1 - axis], 1) for point in (*a, *b)}
        if max(levels) - min(levels) < 2.0:
            low = max(min(p[axis] for p in a), min(p[axis] for p in b))
            high = min(max(p[axis] for p in a), max(p[axis] for p in b))
            return high - low
    return 0.0
