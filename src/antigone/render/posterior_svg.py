"""What each set of remains could be: one bar of probability per remains, every part lettered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from antigone.render.language import _
from antigone.render.numbers import probability
from antigone.render.svg import INK, PAPER, dots, element, hatch, label, picture, text_width

MOST_PARTS = 4
_BAR = 300.0
_NAMES = 92.0
_TEXT = 330.0
_LINE = 15.0
_LETTERS = "ABCDEFGH"


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a bar; `nobody` for the part of nobody listed."""

    name: str
    probability: float
    nobody: bool = False


@dataclass(frozen=True, slots=True)
class _Drawn:
    letter: str
    fill: str
    part: Part
    dark: bool = False


def posterior_svg(
    bars: Sequence[tuple[str, Sequence[Part]]], title: str, description: str, uid: str = "posterior"
) -> Markup:
    """One bar per remains, from the likeliest person to nobody listed; letters tie bar and words."""
    y, drawn = 12.0, [_patterns(uid)]
    for name, parts in bars:
        shown = _shown(parts, uid)
        drawn.append(_bar(name, shown, y))
        y += max(30.0, _LINE * len(shown) + 8)
    return picture(uid, _NAMES + _BAR + _TEXT + 24, y, title, description, drawn)


def _patterns(uid: str) -> Markup:
    return element(
        "defs",
        hatch(f"{uid}-2", 6.0, "#2f5578", 2.4),
        dots(f"{uid}-3", 6.0, "#2f5578", 1.6),
        hatch(f"{uid}-4", 6.0, "#6b7785", 1.2, -45.0),
    )


def _shown(parts: Sequence[Part], uid: str) -> list[_Drawn]:
    """The parts worth a letter, the rest put together, nobody listed always last."""
    people = [part for part in parts if not part.nobody and part.probability >= 1e-6]
    nobody = [part for part in parts if part.nobody]
    if len(people) > MOST_PARTS:
        rest = people[MOST_PARTS - 1 :]
        words = _("{n} others together").format(n=len(rest))
        people = [*people[: MOST_PARTS - 1], Part(words, sum(part.probability for part in rest))]
    fills = ("#16304a", *(f"url(#{uid}-{n})" for n in (2, 3, 4)))
    shown = [_Drawn(_LETTERS[i], fills[i], part, i == 0) for i, part in enumerate(people)]
    return shown + [_Drawn(_("N"), PAPER, part) for part in nobody]


def _bar(name: str, shown: Sequence[_Drawn], y: float) -> Markup:
    drawn = label(_NAMES - 10, y + 15, name, 12.5, text_anchor="end", font_weight="bold")
    x = _NAMES
    for one in shown:
        width = _BAR * min(1.0, max(0.0, one.part.probability))
        if width > 0.2:
            drawn += element("rect", x=x, y=y, width=width, height=22, fill=one.fill, stroke=INK, stroke_width=0.8)
        if width >= 16:
            drawn += _letter(one, x + width / 2, y + 15)
        x += width
    for place, one in enumerate(shown):
        at = y + 12 + _LINE * place
        words = f"{one.part.name}: {probability(one.part.probability)}"
        drawn += label(_NAMES + _BAR + 12, at, one.letter, 11.5, font_weight="bold")
        squeezed = _TEXT - 10 if text_width(words, 11.5) > _TEXT - 10 else None
        drawn += label(_NAMES + _BAR + 28, at, words, 11.5, textLength=squeezed)
    return drawn


def _letter(one: _Drawn, x: float, y: float) -> Markup:
    if one.dark:
        return label(x, y, one.letter, 12, text_anchor="middle", fill=PAPER, font_weight="bold")
    back = element("rect", x=x - 7, y=y - 11, width=14, height=14, fill=PAPER)
    return back + label(x, y, one.letter, 12, text_anchor="middle", font_weight="bold")
