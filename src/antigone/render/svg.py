"""SVG as text: every attribute and every text escaped, in one place."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from markupsafe import Markup, escape

FONT = "system-ui, 'Segoe UI', 'Liberation Sans', 'DejaVu Sans', Arial, sans-serif"
INK = "#16202c"
MUTED = "#4a5563"
RULE = "#8a94a0"
PAPER = "#ffffff"

Value = str | float | int


def element(name: str, /, *children: Markup | str, **attributes: Value | None) -> Markup:
    """One element; `class_` and `stroke_width` become class and stroke-width, None is left out.

    >>> print(element("text", "a < b", x=1.0, text_anchor="middle"))
    <text x="1" text-anchor="middle">a &lt; b</text>
    """
    written = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(_number(value))}"'
        for key, value in attributes.items()
        if value is not None
    )
    inside = Markup("").join(children)
    return Markup(f"<{name}{written}>{inside}</{name}>") if inside else Markup(f"<{name}{written}/>")


def _number(value: Value) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)


def label(x: float, y: float, text: str, size: float = 12.0, **attributes: Value | None) -> Markup:
    """A line of text with its baseline at (x, y)."""
    drawn: dict[str, Value | None] = {"fill": INK, **attributes}
    return element("text", text, x=x, y=y, font_size=size, **drawn)


def line(x1: float, y1: float, x2: float, y2: float, **attributes: Value | None) -> Markup:
    """A straight line."""
    drawn: dict[str, Value | None] = {"stroke": INK, "stroke_width": 1.2, **attributes}
    return element("line", x1=x1, y1=y1, x2=x2, y2=y2, **drawn)


def picture(uid: str, width: float, height: float, title: str, description: str, children: Iterable[Markup]) -> Markup:
    """The whole picture, named and described for those who do not see it. `uid`: unique in the page."""
    return element(
        "svg",
        element("title", title, id=f"{uid}-title"),
        element("desc", description, id=f"{uid}-desc"),
        element("rect", width=width, height=height, fill=PAPER),
        *children,
        xmlns="http://www.w3.org/2000/svg",
        role="img",
        aria_labelledby=f"{uid}-title",
        aria_describedby=f"{uid}-desc",
        viewBox=f"0 0 {_number(float(width))} {_number(float(height))}",
        width=width,
        height=height,
        font_family=FONT,
    )


def hatch(uid: str, spacing: float, stroke: str, width: float, angle: float = 45.0) -> Markup:
    """A pattern of parallel lines on white, told apart in grey print as well."""
    return element(
        "pattern",
        element("rect", width=spacing, height=spacing, fill=PAPER),
        element("line", x1=0, y1=0, x2=0, y2=spacing, stroke=stroke, stroke_width=width),
        id=uid,
        width=spacing,
        height=spacing,
        patternUnits="userSpaceOnUse",
        patternTransform=f"rotate({_number(angle)})",
    )


def dots(uid: str, spacing: float, fill: str, radius: float) -> Markup:
    """A pattern of dots on white."""
    return element(
        "pattern",
        element("rect", width=spacing, height=spacing, fill=PAPER),
        element("circle", cx=spacing / 2, cy=spacing / 2, r=radius, fill=fill),
        id=uid,
        width=spacing,
        height=spacing,
        patternUnits="userSpaceOnUse",
    )


def text_width(text: str, size: float = 12.0) -> float:
    """Width a sans-serif text takes, estimated on the safe side."""
    return size * sum(_share(character) for character in text)


def _share(character: str) -> float:
    if unicodedata.combining(character):
        return 0.0
    if unicodedata.east_asian_width(character) in "WF":
        return 1.0
    if character in "mwMWЖШЩЮМФжшщюмф@%—":
        return 0.9
    if character in "iIjl.,:;'|!()[] ft/-":
        return 0.36
    return 0.7 if character.isupper() else 0.58


def wrapped(text: str, room: float, lines: int, size: float = 12.0) -> list[str]:
    """The text broken into at most so many lines of this width; the last ends in … when cut.

    >>> wrapped("Anna Maria Petrenko", 70.0, 2)
    ['Anna Maria', 'Petrenko']
    """
    out: list[str] = []
    for word in text.split():
        if out and text_width(f"{out[-1]} {word}", size) <= room:
            out[-1] += f" {word}"
        else:
            out.append(word)
    if len(out) > lines:
        out = [*out[: lines - 1], " ".join(out[lines - 1 :])]
    return [_cut(one, room, size) for one in out]


def _cut(text: str, room: float, size: float) -> str:
    if text_width(text, size) <= room:
        return text
    while text and text_width(text + "…", size) > room:
        text = text[:-1]
    return text.rstrip() + "…"
