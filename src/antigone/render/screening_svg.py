"""Two pictures of a screening: who can be found, and candidates beside what chance gives."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

from markupsafe import Markup

from antigone.domain import KindCount, Strength
from antigone.render.language import _
from antigone.render.numbers import count
from antigone.render.screening_numbers import decade, expected, missed, part_of, strength
from antigone.render.svg import INK, MUTED, PAPER, RULE, element, hatch, label, line, picture, wrapped

_DARK, _BELOW = "#16304a", "url(#searchable-below)"
_NAMES, _SHORT_NAMES, _ROOM, _FIGURES = 196.0, 96.0, 360.0, 150.0
_ROW = 50.0
_LIMIT = 0.05
_LEAST_DECADE, _MOST_DECADE = -6, 12


def searchable_svg(kinds: Sequence[tuple[str, KindCount]], title: str, description: str) -> Markup:
    """For each kind of relatives two bars: missing persons who can be found, true persons below the floor."""
    top, left = 74.0, _NAMES
    bottom = top + _ROW * len(kinds)
    keys = ((_DARK, _("missing persons who can be found")), (_BELOW, _("true person below the floor")))
    drawn = [element("defs", hatch("searchable-below", 5.0, "#7a4a12", 2.0)), *_legend(keys)]
    for share in (0.0, 0.25, 0.5, 0.75, 1.0):
        drawn.append(_tick(left + _ROOM * share, top, bottom, f"{share:.0%}"))
    limit = left + _ROOM * _LIMIT
    drawn.append(line(limit, top - 4, limit, bottom, stroke=INK, stroke_width=1, stroke_dasharray="4 3"))
    for place, (words, kind) in enumerate(kinds):
        y = top + _ROW * place + 6
        drawn += _name(words, count(kind.missing), y)
        found = kind.searchable / kind.missing if kind.missing else 0.0
        drawn.append(_bar(left, y, found, _DARK))
        drawn.append(_figure(left, y, found, part_of(kind.searchable, kind.missing)))
        high = kind.below_floor_high
        if high is not None and kind.below_floor_low is not None:
            drawn.append(_bar(left, y + 19, high, PAPER))
            drawn.append(_bar(left, y + 19, kind.below_floor_low, _BELOW))
        drawn.append(_figure(left, y + 19, high or 0.0, missed(kind.below_floor_low, high)))
    drawn.append(
        label(left, bottom + 18, _("dashed: 5%, the most for a person to count as searchable"), 12, fill=MUTED)
    )
    return picture("searchable", left + _ROOM + _FIGURES, bottom + 30, title, description, drawn)


def chance_svg(strengths: Sequence[Strength], title: str, description: str) -> Markup:
    """For each strength, on one scale of powers of ten: candidates counted, and expected by chance."""
    top, left = 74.0, _SHORT_NAMES
    bottom = top + _ROW * len(strengths)
    low, high = _decades(strengths)

    def at(value: float) -> float:
        return left + _ROOM * (min(max(math.log10(value), low), high) - low) / (high - low)

    keys = ((_DARK, _("candidates counted")), (PAPER, _("expected by chance")))
    drawn = list(_legend(keys, marks=True))
    every = max(1, math.ceil((high - low) / 8))
    drawn += [_tick(at(10.0**e), top, bottom, decade(e)) for e in range(low, high + 1, every)]
    for place, step in enumerate(strengths):
        y = top + _ROW * place + 13
        drawn += _name(strength(step.log10_lr), "", y - 4)
        drawn += _mark(left, step.candidates, at, y, count(step.candidates))
        drawn += _mark(left, step.expected, at, y + 20, expected(step.expected, step.error), chance=True)
    drawn.append(label(left, bottom + 18, _("pairs; each line of the scale is a power of ten"), 12, fill=MUTED))
    return picture("chance-picture", left + _ROOM + _FIGURES, bottom + 30, title, description, drawn)


def _decades(strengths: Sequence[Strength]) -> tuple[int, int]:
    """The powers of ten that hold every figure worth a mark, 1 among them."""
    figures = [f for s in strengths for f in (s.candidates, s.expected) if f and f >= 10.0**_LEAST_DECADE]
    low = math.floor(math.log10(min(figures, default=1.0)))
    high = math.ceil(math.log10(max(figures, default=1.0)))
    return min(low, 0), min(max(high, 1), _MOST_DECADE)


def _legend(keys: Sequence[tuple[str, str]], marks: bool = False) -> list[Markup]:
    drawn = []
    for place, (fill, words) in enumerate(keys):
        y = 20.0 + 19 * place
        if marks:
            drawn.append((_diamond if place else _disc)(11, y - 4))
        else:
            drawn.append(_box(0.5, y - 11, 22, 13, fill))
        drawn.append(label(30, y, words, 12.5))
    return drawn


def _name(words: str, beside: str, y: float) -> list[Markup]:
    """The words of a row in at most two lines, and how many missing persons below them."""
    lines = wrapped(words, _NAMES - 12, 2 if beside else 1, 12.5)
    first = y + (11 if len(lines) < 2 else 6)
    drawn = [label(0, first + 14 * n, one, 12.5, font_weight=600) for n, one in enumerate(lines)]
    if beside:
        words = _("{n} missing").format(n=beside)
        drawn.append(label(0, first + 14 * len(lines), words, 11.5, fill=MUTED))
    return drawn


def _tick(x: float, top: float, bottom: float, words: str) -> Markup:
    scale = label(x, top - 8, words, 11.5, text_anchor="middle", fill=MUTED)
    return scale + line(x, top - 3, x, bottom, stroke=RULE, stroke_width=0.6)


def _box(x: float, y: float, width: float, height: float, fill: str) -> Markup:
    return element("rect", x=x, y=y, width=width, height=height, fill=fill, stroke=INK, stroke_width=0.8)


def _bar(left: float, y: float, share: float, fill: str) -> Markup:
    return _box(left, y, max(0.8, _ROOM * share), 15, fill) if share > 0 else Markup("")


def _figure(left: float, y: float, share: float, words: str) -> Markup:
    return _beside(left + _ROOM * share, y + 12, words, 8)


def _beside(x: float, y: float, words: str, gap: float = 14) -> Markup:
    """A figure right of its mark, on a white ground so that no line of the scale crosses it."""
    ground = element("rect", x=x + gap - 3, y=y - 10.5, width=7.2 * len(words) + 6, height=14, fill=PAPER)
    return ground + label(x + gap, y, words, 12.5)


def _mark(
    left: float, value: float | None, at: Callable[[float], float], y: float, words: str, chance: bool = False
) -> list[Markup]:
    """A mark on its stem with the figure beside it; the figure alone where it lies off the scale."""
    if not value or value < 10.0**_LEAST_DECADE:
        return [_beside(left, y, words, 8)]
    x = at(value)
    stem = line(left, y - 4, x, y - 4, stroke=INK, stroke_width=1.4, stroke_dasharray="3 3" if chance else None)
    return [stem, (_diamond if chance else _disc)(x, y - 4), _beside(x, y, words)]


def _disc(x: float, y: float) -> Markup:
    return element("circle", cx=x, cy=y, r=6, fill=_DARK, stroke=INK, stroke_width=1)


def _diamond(x: float, y: float) -> Markup:
    points = f"{x:g},{y - 7:g} {x + 7:g},{y:g} {x:g},{y + 7:g} {x - 7:g},{y:g}"
    return element("polygon", points=points, fill=PAPER, stroke=INK, stroke_width=1.6)
