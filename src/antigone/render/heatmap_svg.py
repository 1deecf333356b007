"""All comparisons of a case at one look: remains by missing persons, log10 LR in every cell."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from markupsafe import Markup

from antigone.render.language import _
from antigone.render.numbers import log10
from antigone.render.svg import INK, MUTED, PAPER, RULE, element, label, line, picture, text_width, wrapped

LARGEST = 40
_STEPS = (0.0, 1.0, 2.0, 4.0, 6.0, 8.0)
_FILLS = ("#f1f5f8", "#d9e4ed", "#b5cadb", "#86a8c4", "#3d6c97", "#123a5f")
_AGAINST = "#f6ecd9"
_WHITE_FROM = 4
_CELL_HEIGHT = 26.0
_LETTER = 12.0


@dataclass(frozen=True, slots=True)
class Cell:
    """One comparison. `marked`: strong (a match report or probable), weak (other answers), or nothing."""

    log10_lr: float
    excluded: bool = False
    marked: str = ""


@dataclass(frozen=True, slots=True)
class Head:
    """One column: a missing person within a family."""

    group: str
    name: str


def heatmap_svg(
    rows: Sequence[str],
    heads: Sequence[Head],
    cells: Mapping[tuple[int, int], Cell],
    title: str,
    description: str,
    uid: str = "heatmap",
) -> Markup:
    """Draw up to some 40 by 40 comparisons. `cells` by (row, column); a pair not compared has none.

    Darker is stronger for the person, sand is against, a cross is excluded; the number stands in
    every cell, so nothing depends on colour.
    """
    grid = _Grid(rows, heads)
    drawn = [_row_head(grid, index, name) for index, name in enumerate(rows)]
    drawn += [_column_head(grid, index, head) for index, head in enumerate(heads)]
    drawn += _group_heads(grid, heads)
    drawn += [
        _cell(grid, row, column, cells.get((row, column))) for row in range(len(rows)) for column in range(len(heads))
    ]
    marks = [_frame(grid, row, column, cell.marked) for (row, column), cell in cells.items() if cell.marked]
    bottom = grid.top + _CELL_HEIGHT * len(rows)
    key, height = _legend(grid.left, bottom + 14, max(grid.width, 560.0))
    return picture(uid, max(grid.width, 560.0), height, title, description, [*drawn, *marks, key])


class _Grid:
    """Where the cells stand."""

    def __init__(self, rows: Sequence[str], heads: Sequence[Head]) -> None:
        self.cell = 50.0 if len(heads) <= 20 else 38.0
        self.size = 11.5 if len(heads) <= 20 else 9.5
        self.left = 18 + min(150.0, max((text_width(name, _LETTER) for name in rows), default=40.0))
        self.names = 12 + min(130.0, max((text_width(head.name, _LETTER) for head in heads), default=40.0))
        groups = [(group, len(list(found))) for group, found in groupby(heads, key=lambda h: h.group)]
        self.flat = all(text_width(group, _LETTER) <= self.cell * n - 6 for group, n in groups)
        widest = max((text_width(group, _LETTER) for group, _n in groups), default=0.0)
        self.groups = 24.0 if self.flat else 12 + min(110.0, widest)
        self.top = 8 + self.groups + self.names
        self.width = self.left + self.cell * len(heads) + 12

    def corner(self, row: int, column: int) -> tuple[float, float]:
        return self.left + self.cell * column, self.top + _CELL_HEIGHT * row


def _row_head(grid: _Grid, row: int, name: str) -> Markup:
    _x, y = grid.corner(row, 0)
    text = wrapped(name, 150.0, 1, _LETTER)[0] if name.strip() else ""
    return label(grid.left - 8, y + 17, text, _LETTER, text_anchor="end", font_weight="bold")


def _upright(x: float, y: float, text: str, **attributes: str) -> Markup:
    return element("g", label(0, 0, text, _LETTER, **attributes), transform=f"translate({x:.1f} {y:.1f}) rotate(-90)")


def _column_head(grid: _Grid, column: int, head: Head) -> Markup:
    x = grid.left + grid.cell * (column + 0.5) + 4
    return _upright(x, grid.top - 7, (wrapped(head.name, 130.0, 1, _LETTER) or [""])[0])


def _group_heads(grid: _Grid, heads: Sequence[Head]) -> list[Markup]:
    drawn, start = [], 0
    for group, found in groupby(heads, key=lambda h: h.group):
        count = len(list(found))
        left, right = grid.left + grid.cell * start + 2, grid.left + grid.cell * (start + count) - 2
        level = 8 + grid.groups
        drawn.append(line(left, level, right, level, stroke=MUTED, stroke_width=1.5))
        middle = (left + right) / 2
        if grid.flat:
            drawn.append(label(middle, level - 7, group, _LETTER, text_anchor="middle", font_weight="bold"))
        else:
            text = (wrapped(group, 110.0, 1, _LETTER) or [""])[0]
            drawn.append(_upright(middle + 4, level - 6, text, font_weight="bold"))
        start += count
    return drawn


def _class_of(value: float) -> int:
    return max(index for index, step in enumerate(_STEPS) if value >= step)


def _cell(grid: _Grid, row: int, column: int, cell: Cell | None) -> Markup:
    x, y = grid.corner(row, column)
    value = None if cell is None else cell.log10_lr
    dark = value is not None and value >= 0 and _class_of(value) >= _WHITE_FROM
    fill = PAPER if value is None else _AGAINST if value < 0 else _FILLS[_class_of(value)]
    box = element("rect", x=x, y=y, width=grid.cell, height=_CELL_HEIGHT, fill=fill, stroke=RULE, stroke_width=0.6)
    if cell is not None and cell.excluded:
        box += line(x, y, x + grid.cell, y + _CELL_HEIGHT, stroke=RULE)
        box += line(x, y + _CELL_HEIGHT, x + grid.cell, y, stroke=RULE)
    halo: dict[str, str | float | None] = {}
    if cell is not None and cell.excluded:
        halo = {"paint_order": "stroke", "stroke": fill, "stroke_width": 3.0}
    ink = PAPER if dark else INK
    number = label(x + grid.cell / 2, y + 17, log10(value, 1), grid.size, text_anchor="middle", fill=ink, **halo)
    return box + number


def _frame(grid: _Grid, row: int, column: int, marked: str) -> Markup:
    x, y = grid.corner(row, column)
    return element(
        "rect",
        x=x + 1,
        y=y + 1,
        width=grid.cell - 2,
        height=_CELL_HEIGHT - 2,
        fill="none",
        stroke=INK,
        stroke_width=2.6,
        stroke_dasharray=None if marked == "strong" else "4 3",
    )


def _legend(left: float, y: float, width: float) -> tuple[Markup, float]:
    bounds = [*(f"{a:g}{_('–')}{b:g}" for a, b in pairwise(_STEPS)), _("8 and more")]
    items = [(_("below 0"), _AGAINST, ""), *((words, fill, "") for words, fill in zip(bounds, _FILLS, strict=True))]
    items += [
        (_("excluded"), _AGAINST, "cross"),
        (_("match report or probable"), PAPER, "strong"),
        (_("several or possible answers"), PAPER, "weak"),
    ]
    start = min(left, 14.0)
    drawn, x = label(start, y + 12, _("log10 LR:"), 11.5, fill=MUTED), start + 62
    for words, fill, mark in items:
        room = 30 + text_width(words, 11.5) + 14
        if x + room > width:
            x, y = start + 62, y + 24
        drawn += _legend_box(x, y, fill, mark) + label(x + 28, y + 12, words, 11.5, fill=MUTED)
        x += room
    return drawn, math.ceil(y + 28)


def _legend_box(x: float, y: float, fill: str, mark: str) -> Markup:
    width = 2.2 if mark in ("strong", "weak") else 0.6
    dash = "4 3" if mark == "weak" else None
    ink = INK if mark in ("strong", "weak") else RULE
    box = element(
        "rect", x=x, y=y, width=22, height=16, fill=fill, stroke=ink, stroke_width=width, stroke_dasharray=dash
    )
    if mark == "cross":
        box += line(x, y, x + 22, y + 16, stroke=RULE) + line(x, y + 16, x + 22, y, stroke=RULE)
    return box
