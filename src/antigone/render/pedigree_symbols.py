"""Symbols of a pedigree: shape by sex, state by fill and by word, and the legend that explains them."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from markupsafe import Markup

from antigone.domain import Sex
from antigone.render.language import _
from antigone.render.pedigree_lanes import SYMBOL
from antigone.render.svg import INK, MUTED, PAPER, element, hatch, label, line, text_width

LEGEND_ROW = 26.0
_SMALL = 20.0


class PersonState(StrEnum):
    """What is known of a member of a family. A match is a finding, not yet an identification."""

    TYPED = "typed"
    MISSING = "missing"
    MATCHED = "matched"
    UNTYPED = "untyped"


def state_words(state: PersonState) -> str:
    """The word under the symbol."""
    return {
        PersonState.TYPED: _("typed"),
        PersonState.MISSING: _("missing"),
        PersonState.MATCHED: _("missing, match"),
        PersonState.UNTYPED: _("not typed"),
    }[state]


def _legend_words(state: PersonState) -> str:
    return {
        PersonState.TYPED: _("typed relative"),
        PersonState.MISSING: _("missing person"),
        PersonState.MATCHED: _("missing person with a DNA match report"),
        PersonState.UNTYPED: _("not typed"),
    }[state]


def patterns(uid: str) -> Markup:
    """Definitions the symbols refer to; `uid` keeps them apart from other pictures of the page."""
    return element("defs", hatch(f"{uid}-typed", 5.0, "#2f5578", 2.2))


def symbol(sex: Sex, state: PersonState, x: float, y: float, uid: str, size: float = SYMBOL, mark: str = "") -> Markup:
    """One symbol with its centre at (x, y); `mark` is written inside a match."""
    fill = {PersonState.TYPED: f"url(#{uid}-typed)", PersonState.MATCHED: "#16304a"}.get(state, PAPER)
    width = 3.0 if state is PersonState.MISSING else 1.6
    shape = _shape(sex, x, y, size / 2, fill, width)
    if state is PersonState.MISSING:
        return shape + label(x, y + size * 0.19, "?", size * 0.55, text_anchor="middle", font_weight="bold")
    if state is PersonState.MATCHED:
        fits = mark if mark and text_width(mark, 12.0) <= size - 6 else "✓"
        return shape + label(
            x, y + size * 0.13, fits, min(12.0, size * 0.55), text_anchor="middle", fill=PAPER, font_weight="bold"
        )
    return shape


def _shape(sex: Sex, x: float, y: float, half: float, fill: str, width: float) -> Markup:
    if sex is Sex.FEMALE:
        return element("circle", cx=x, cy=y, r=half, fill=fill, stroke=INK, stroke_width=width)
    if sex is Sex.MALE:
        side = 2 * half
        return element(
            "rect", x=x - half, y=y - half, width=side, height=side, fill=fill, stroke=INK, stroke_width=width
        )
    points = f"{x:.1f},{y - half:.1f} {x + half:.1f},{y:.1f} {x:.1f},{y + half:.1f} {x - half:.1f},{y:.1f}"
    return element("polygon", points=points, fill=fill, stroke=INK, stroke_width=width)


def legend(
    states: Sequence[PersonState], unknown_sex: bool, related: bool, twins: bool, uid: str, y: float, room: float
) -> tuple[Markup, float]:
    """The legend from y downwards within `room`, and the y where it ends."""
    items: list[tuple[str, Markup]] = [(_("male"), symbol(Sex.MALE, PersonState.UNTYPED, 0, 0, uid, _SMALL))]
    items.append((_("female"), symbol(Sex.FEMALE, PersonState.UNTYPED, 0, 0, uid, _SMALL)))
    if unknown_sex:
        items.append((_("sex unknown"), symbol(Sex.UNKNOWN, PersonState.UNTYPED, 0, 0, uid, _SMALL)))
    for state in states:
        items.append((_legend_words(state), symbol(Sex.MALE, state, 0, 0, uid, _SMALL)))
    if related:
        items.append((_("related couple"), line(-10, -2, 10, -2) + line(-10, 2, 10, 2)))
    if twins:
        fork = line(0, -9, -10, 8) + line(0, -9, 10, 8) + line(-5.5, 0, 5.5, 0)
        items.append((_("identical twins"), fork))
    return _flow(items, y, room)


def _flow(items: Sequence[tuple[str, Markup]], y: float, room: float) -> tuple[Markup, float]:
    drawn, x, middle = Markup(), 14.0, y + LEGEND_ROW / 2
    for words, picture in items:
        width = _SMALL + 8 + text_width(words, 11.5) + 16
        if x + width > room and x > 14.0:
            x, middle = 14.0, middle + LEGEND_ROW
        drawn += element("g", picture, transform=f"translate({x + _SMALL / 2:.1f} {middle:.1f})")
        drawn += label(x + _SMALL + 6, middle + 4, words, 11.5, fill=MUTED)
        x += width
    return drawn, middle + LEGEND_ROW / 2
