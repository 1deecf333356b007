"""Where everybody of a pedigree stands and which lines join them, in the units of the drawing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from antigone.domain import Pedigree
from antigone.render.pedigree_columns import columns
from antigone.render.pedigree_lanes import SYMBOL, half_width, lanes_of, least_distances
from antigone.render.pedigree_nets import nets_of
from antigone.render.pedigree_order import ordered_rows
from antigone.render.pedigree_rows import Union, connected_groups, generations, unions_of
from antigone.render.pedigree_strokes import Stroke, Strokes

MARGIN = 10.0
BETWEEN_GROUPS = 28.0
WIDEST = 1060.0


@dataclass(frozen=True, slots=True)
class Layout:
    """Symbol centres by person id, and the lines; lines never cross a symbol that is not theirs."""

    centres: Mapping[str, tuple[float, float]]
    strokes: tuple[Stroke, ...]
    width: float
    height: float

    def moved(self, right: float, down: float) -> Layout:
        return Layout(
            {person: (x + right, y + down) for person, (x, y) in self.centres.items()},
            tuple(Stroke(s.kind, s.union, tuple((x + right, y + down) for x, y in s.points)) for s in self.strokes),
            self.width,
            self.height,
        )


def lay_out(pedigree: Pedigree, label_heights: Mapping[str, float] | None = None) -> Layout:
    """Lay out a pedigree of any shape: generations as rows, couples side by side where that can be.

    `label_heights`: room below each symbol for its label. Families that are not connected stand
    side by side, and below one another when the drawing would become too wide.

    >>> from antigone.domain import Person
    >>> trio = Pedigree((Person("f"), Person("m"), Person("c", "f", "m")))
    >>> spots = lay_out(trio).centres
    >>> spots["f"][1] == spots["m"][1] < spots["c"][1]
    True
    """
    unions = unions_of(pedigree)
    groups = [
        _lay_out_group(group, [u for u in unions if u.parents[0] in group], pedigree, label_heights or {})
        for group in connected_groups(pedigree.ids, unions)
    ]
    return _side_by_side(groups)


def _lay_out_group(
    group: tuple[str, ...],
    unions: list[Union],
    pedigree: Pedigree,
    label_heights: Mapping[str, float],
) -> Layout:
    nets = nets_of(generations(group, unions), unions)
    twins = [twin for twin in pedigree.twins if twin <= {*group}]
    order = ordered_rows(nets, twins)
    lanes = lanes_of(order, nets)
    x = columns(order, nets.nets, least_distances(order, lanes))
    strokes = Strokes(order, nets, lanes, x, twins)
    tops, floors, y = [], [], MARGIN
    for row, keys in enumerate(order):
        tops.append(y)
        labels = max((label_heights.get(key, 0.0) for key in keys if isinstance(key, str)), default=0.0)
        floors.append(y + SYMBOL + labels)
        if row + 1 < len(order):
            y = floors[-1] + strokes.channels[row].height + strokes.drop(row + 1)
    lines = tuple(strokes.draw(tops, floors))
    left = min([x[k] - half_width(k) for k in x] + [p[0] for s in lines for p in s.points])
    right = max([x[k] + half_width(k) for k in x] + [p[0] for s in lines for p in s.points])
    centres = {p: (x[p], tops[nets.rows[p]] + SYMBOL / 2) for p in group}
    drawn = Layout(centres, lines, right - left + 2 * MARGIN, floors[-1] + MARGIN)
    return drawn.moved(MARGIN - left, 0.0)


def _side_by_side(groups: list[Layout]) -> Layout:
    placed: list[Layout] = []
    right = down = line_height = width = 0.0
    for group in groups:
        if right and right + BETWEEN_GROUPS + group.width > WIDEST:
            right, down, line_height = 0.0, down + line_height + BETWEEN_GROUPS, 0.0
        start = right + BETWEEN_GROUPS if right else 0.0
        placed.append(group.moved(start, down))
        right, line_height = start + group.width, max(line_height, group.height)
        width = max(width, right)
    return Layout(
        {person: spot for group in placed for person, spot in group.centres.items()},
        tuple(stroke for group in placed for stroke in group.strokes),
        width,
        down + line_height,
    )
