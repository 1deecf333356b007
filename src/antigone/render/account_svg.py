"""The picture of the account: promised -> said to have come -> open, one lane for each direction."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from antigone.account import Account, Direction, Leg, Open, Promise
from antigone.domain import Count, Facts
from antigone.render.account_tables import lane_notes, lane_words, leg_words, made_words, open_words
from antigone.render.account_words import ACTS, Names
from antigone.render.svg import INK, MUTED, PAPER, RULE, element, hatch, label, line, picture

_WIDTH, _EDGE = 1000, 24
_COLUMNS = (276, 524, 772)
_COLUMN_WIDTH = 204
_ROW, _BAR, _LINE = 92, 24, 18
_UNKNOWN_WIDTH = 64.0
_SIZE, _SMALL = 15.0, 13.5
_HEADS = ("Promised", "Said to have come", "Open")
_DARK, _LIGHT = "#1f3f5c", "#cfdbe6"
_FILLS = {"promised": _LIGHT, "came": _DARK, "open": "url(#flow-open)", "unknown": PAPER}
_LEGEND = (
    ("promised", "promised"),
    ("came", "said to have come"),
    ("open", "open"),
    ("unknown", "number not stated"),
    ("stop", "refused"),
)


@dataclass(frozen=True, slots=True)
class _Sheet:
    """What every part of the picture needs."""

    names: Names
    account: Account
    promises: dict[str, Promise]
    pixels: float  # per body, the same for every bar

    def width(self, count: Count | None) -> float | None:
        """None where no number is stated; never so thin that it cannot be seen."""
        if count is None:
            return None
        number = count.minimum if count.minimum is not None else count.maximum
        return None if number is None else max(2.0, round(number * self.pixels, 1))


@dataclass(frozen=True, slots=True)
class _Bar:
    """A bar in its column; without a width a dashed box, without a style nothing."""

    style: str
    width: float | None

    @property
    def length(self) -> float:
        return _UNKNOWN_WIDTH if self.width is None else self.width

    def draw(self, x: float, y: float) -> Iterator[Markup]:
        if self.style:
            yield _box("unknown" if self.width is None else self.style, x, y, self.length, _BAR)


def account_svg(facts: Facts, account: Account) -> str:
    """One SVG document; the tables of the directions are its twin in words. Bars share one scale."""
    promises = {promise.id: promise for promise in account.promises}
    sheet = _Sheet(Names(facts), account, promises, _pixels(facts, account))
    parts: list[Markup] = [element("defs", hatch("flow-open", 7, _DARK, 2), _tip())]
    y = 30
    for direction in account.directions:
        y = _lane(parts, y, direction, sheet)
    y = _legend(parts, y, sheet)
    return str(picture("flow", _WIDTH, y, facts.title, _description(sheet), parts)) + "\n"


def _lane(parts: list[Markup], y: int, direction: Direction, sheet: _Sheet) -> int:
    """Draw one direction from `y` down; returns where the next one may begin."""
    parts.append(label(_EDGE, y, lane_words(sheet.names, direction), 19, font_weight=600))
    parts += [label(x, y + 28, head, _SIZE, font_weight=600) for x, head in zip(_COLUMNS, _HEADS, strict=True)]
    parts.append(line(_EDGE, y + 36, _WIDTH - _EDGE, y + 36, stroke=RULE, stroke_width=1))
    y += 56
    for leg in direction.legs:
        y = _row(parts, y, leg, sheet)
    for note in lane_notes(sheet.names, sheet.account, direction):
        for words in _wrapped(note, 128):
            parts.append(label(_EDGE, y, words, _SMALL, fill=MUTED))
            y += _LINE
    return y + 36


def _row(parts: list[Markup], y: int, leg: Leg, sheet: _Sheet) -> int:
    names, promise = sheet.names, sheet.promises[leg.promise]
    told = _wrapped("as told by " + names.accounts((*leg.promised, *leg.came) or (promise.id,)), 34)
    made = _wrapped(made_words(names, promise), 26)
    what = _wrapped(f"{ACTS[promise.act]}, {names.parties(promise.by)}", 32)
    parts += [label(_EDGE, y + _LINE * n, words, _SIZE, font_weight=600) for n, words in enumerate(made)]
    parts += [label(_EDGE, y + _LINE * n, words, _SIZE) for n, words in enumerate(what, len(made))]
    below = len(made) + len(what)
    parts += [label(_EDGE, y + _LINE * n, words, _SMALL, fill=MUTED) for n, words in enumerate(told, below)]
    cells = [_wrapped(cell, 28) for cell in (*leg_words(names, leg), open_words(names, promise, leg))]
    bars, top = _bars(leg, sheet), y + 6
    for x, lines, bar in zip(_COLUMNS, cells, bars, strict=True):
        parts += bar.draw(x, top)
        parts += [label(x, top + _BAR + _LINE * place, words, _SIZE) for place, words in enumerate(lines, 1)]
    parts += _arrows(leg, bars, top + _BAR // 2)
    lowest = max(_LINE * (len(told) + below), 6 + _BAR + _LINE * (max(map(len, cells)) + 1))
    return y + max(_ROW, lowest + 18)


def _bars(leg: Leg, sheet: _Sheet) -> tuple[_Bar, _Bar, _Bar]:
    statements = sheet.names.facts.statements
    promised = [count for name in leg.promised if (count := statements[name].count)]
    largest = max(promised, key=lambda count: count.minimum or 0, default=None)
    came = sheet.width(statements[leg.came[0]].count) if len(leg.came) == 1 else None
    left = sheet.width(leg.rest) if leg.open in (Open.ALL, Open.REST) else None
    return (
        _Bar("promised", sheet.width(largest)),
        _Bar("came" if leg.came else "", came),
        _Bar("" if leg.open in (Open.CLOSED, Open.NOTHING) else "open", left),
    )


def _arrows(leg: Leg, bars: tuple[_Bar, _Bar, _Bar], y: float) -> Iterator[Markup]:
    """From what was promised to what came and what is open; a crossbar where it was refused."""
    first, second, third = _COLUMNS
    begin = first + bars[0].length + 8
    if leg.open is Open.CLOSED:
        yield line(begin, y, second - 24, y, stroke=MUTED, stroke_width=1.5)
        yield _stop(second - 24, y)
        return
    if leg.came:
        yield _arrow(begin, second - 8, y)
        begin = second + bars[1].length + 8
    yield _arrow(begin, third - 8, y)


def _legend(parts: list[Markup], y: int, sheet: _Sheet) -> int:
    parts.append(line(_EDGE, y - 24, _WIDTH - _EDGE, y - 24, stroke=RULE, stroke_width=1))
    x = float(_EDGE)
    for style, words in _LEGEND:
        parts.append(_stop(x + 22, y - 5, 16) if style == "stop" else _box(style, x, y - 12, 26, 15))
        parts.append(label(x + 34, y, words, _SMALL, fill=MUTED))
        x += 60 + 8 * len(words)
    length = round(1000 * sheet.pixels, 1)
    for ends in ((x, y - 5, x + length, y - 5), (x, y - 10, x, y), (x + length, y - 10, x + length, y)):
        parts.append(line(*ends, stroke=RULE, stroke_width=1))
    parts.append(label(x + length + 10, y, "1,000 bodies", _SMALL, fill=MUTED))
    return y + 28


def _pixels(facts: Facts, account: Account) -> float:
    legs = [leg for direction in account.directions for leg in direction.legs]
    counts = [facts.statements[name].count for leg in legs for name in (*leg.promised, *leg.came)]
    largest = max((count.minimum or count.maximum or 0 for count in counts if count), default=0)
    return (_COLUMN_WIDTH - 20) / max(1, largest)


def _description(sheet: _Sheet) -> str:
    sentences = []
    for direction in sheet.account.directions:
        sentences.append(f"{lane_words(sheet.names, direction)}.")
        for leg in direction.legs:
            promise = sheet.promises[leg.promise]
            promised, came = leg_words(sheet.names, leg)
            sentences.append(
                f"{made_words(sheet.names, promise)}, {ACTS[promise.act]}: promised {promised}; "
                f"said to have come: {came}; open: {open_words(sheet.names, promise, leg)}."
            )
        sentences += lane_notes(sheet.names, sheet.account, direction)
    return " ".join(sentences)


def _tip() -> Markup:
    return element(
        "marker",
        element("path", d="M0 0 L8 4 L0 8 z", fill=MUTED),
        id="flow-tip", viewBox="0 0 8 8", refX=7, refY=4, markerWidth=7, markerHeight=7, orient="auto",
    )  # fmt: skip


def _arrow(start: float, end: float, y: float) -> Markup:
    return line(start, y, end, y, stroke=MUTED, stroke_width=1.5, marker_end="url(#flow-tip)")


def _stop(x: float, y: float, height: float = _BAR) -> Markup:
    return line(x, y - height / 2, x, y + height / 2, stroke=INK, stroke_width=3)


def _box(style: str, x: float, y: float, width: float, height: float) -> Markup:
    dashes = "4 4" if style == "unknown" else None
    stroke = MUTED if style == "unknown" else _DARK
    return element(
        "rect",
        x=x, y=y, width=width, height=height, fill=_FILLS[style], stroke=stroke, stroke_width=1.5,
        stroke_dasharray=dashes,
    )  # fmt: skip


def _wrapped(words: str, width: int) -> list[str]:
    """Lines of at most `width` characters; a source mark stays with its word."""
    return textwrap.wrap(words.replace(" [", "\u00a0["), width)
