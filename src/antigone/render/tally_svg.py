"""Counts by state as bars, one lane for each unit; units are never added up, nor drawn to one another's scale."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from antigone.render.svg import INK, MUTED, PAPER, RULE, dots, element, hatch, label, line, picture, text_width

_WIDTH, _EDGE, _LEFT, _BAR, _LINE = 1000.0, 24.0, 236.0, 24.0, 18.0
_SIZE, _SMALL = 15.0, 13.5
_DARK, _LIGHT = "#1f3f5c", "#cfdbe6"


@dataclass(frozen=True, slots=True)
class Segment:
    """A part of a bar. `style`: dark, light, hatched, dotted or empty, told apart in grey print as well."""

    words: str
    count: int
    written: str
    style: str


@dataclass(frozen=True, slots=True)
class Lane:
    """One unit: its name, what stands below it, the parts of its bar. `whole`: the length that is the full width."""

    unit: str
    segments: tuple[Segment, ...]
    whole: int
    note: str = ""


def tally_svg(title: str, description: str, groups: Sequence[tuple[str, Sequence[Lane]]], uid: str) -> Markup:
    """Groups of lanes under their headings. The tables of the page are its twin in words."""
    parts: list[Markup] = [
        element("defs", hatch(f"{uid}-hatched", 7, _DARK, 2), dots(f"{uid}-dotted", 6, MUTED, 1.2)),
    ]
    y = 30.0
    for heading, lanes in groups:
        parts.append(label(_EDGE, y, heading, 19, font_weight=600))
        parts.append(line(_EDGE, y + 12, _WIDTH - _EDGE, y + 12, stroke=RULE, stroke_width=1))
        y += 34
        for lane in lanes:
            y = _lane(parts, lane, y, uid)
        y += 22
    return picture(uid, _WIDTH, y, title, description, parts)


def _lane(parts: list[Markup], lane: Lane, y: float, uid: str) -> float:
    """Draw one lane from y down; where the next one may begin."""
    parts.append(label(_EDGE, y + 17, lane.unit, _SIZE, font_weight=600))
    if lane.note:
        parts.append(label(_EDGE, y + 17 + _LINE, lane.note, _SMALL, fill=MUTED))
    x, room = _LEFT, _WIDTH - _EDGE - _LEFT
    for segment in lane.segments:
        if segment.count:
            width = max(2.0, segment.count * room / max(1, lane.whole))
            parts.append(_box(segment.style, x, y, width, uid))
            x += width
    return _key(parts, lane.segments, y + _BAR + 20, uid)


def _key(parts: list[Markup], segments: Sequence[Segment], y: float, uid: str) -> float:
    """The words of the segments, in as many lines as they need."""
    x = _LEFT
    for segment in segments:
        words = f"{segment.words}: {segment.written}"
        width = 34 + text_width(words, _SMALL) + 18
        if x + width > _WIDTH - _EDGE and x > _LEFT:
            x, y = _LEFT, y + _LINE + 4
        parts.append(_box(segment.style, x, y - 11, 22, uid, 14))
        parts.append(label(x + 30, y, words, _SMALL, fill=INK))
        x += width
    return y + 26


def _box(style: str, x: float, y: float, width: float, uid: str, height: float = _BAR) -> Markup:
    fill = {"dark": _DARK, "light": _LIGHT, "empty": PAPER}.get(style, f"url(#{uid}-{style})")
    dashes = "4 4" if style == "empty" else None
    return element(
        "rect", x=x, y=y, width=width, height=height, fill=fill, stroke=_DARK, stroke_width=1.2, stroke_dasharray=dashes
    )
