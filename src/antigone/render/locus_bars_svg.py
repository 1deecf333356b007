"""What each locus adds to one comparison: signed bars of log10 LR."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping

from markupsafe import Markup

from antigone.render.language import _
from antigone.render.numbers import log10
from antigone.render.svg import INK, MUTED, RULE, element, hatch, label, line, picture

_ROW = 19.0
_NAMES = 110.0
_ROOM = 380.0
_FIGURES = 64.0
_FOR = "#3d6c97"


def locus_bars_svg(
    by_locus: Mapping[str, float],
    title: str,
    description: str,
    uid: str = "loci",
    incompatible: Collection[str] = (),
    others: Mapping[str, float] | None = None,
) -> Markup:
    """Bars to the right speak for, hatched bars to the left against; the figure stands beside each.

    `incompatible`: loci where the relatives' alleles do not fit without mutation or dropout.
    `others`: further parts of the sum that are no loci, such as the sex.
    """
    parts = [*by_locus.items(), *(others or {}).items()]
    values = [value for _name, value in parts]
    scale, zero = _scale(values)
    top = 34.0
    drawn = [
        element("defs", hatch(f"{uid}-against", 5.0, "#7a4a12", 2.0)),
        label(zero - 8, 16, _("against"), 11.5, text_anchor="end", fill=MUTED),
        label(zero + 8, 16, _("for"), 11.5, fill=MUTED),
    ]
    for index, (name, value) in enumerate(parts):
        drawn.append(_bar(name, value, top + _ROW * index, scale, zero, uid, name in incompatible))
    bottom = top + _ROW * len(parts)
    drawn.append(line(zero, 22, zero, bottom + 2, stroke=INK))
    drawn.append(line(14, bottom + 4, _NAMES + _ROOM + _FIGURES, bottom + 4, stroke=RULE))
    total = math.fsum(values) if all(map(math.isfinite, values)) else -math.inf
    drawn.append(label(_NAMES - 8, bottom + 20, _("sum"), 12, text_anchor="end", font_weight="bold"))
    drawn.append(label(zero + 8, bottom + 20, log10(total), 12, font_weight="bold"))
    height = bottom + 30
    if any(name in incompatible for name, _value in parts):
        drawn.append(label(14, height + 6, _("× fits only with a mutation or a lost allele"), 11.5, fill=MUTED))
        height += 16
    return picture(uid, _NAMES + _ROOM + _FIGURES + 16, height, title, description, drawn)


def _scale(values: list[float]) -> tuple[float, float]:
    """Units of the drawing per log10 unit, and the x of zero."""
    finite = [value for value in values if math.isfinite(value)]
    low, high = min([-0.5, *finite]), max([1.0, *finite])
    room = _ROOM - 2 * _FIGURES
    scale = room / (high - low)
    return scale, _NAMES + _FIGURES - low * scale


def _bar(name: str, value: float, y: float, scale: float, zero: float, uid: str, unfit: bool) -> Markup:
    drawn = label(_NAMES - 8, y + 13, ("× " if unfit else "") + name, 12, text_anchor="end")
    length = abs(value) * scale if math.isfinite(value) else zero - _NAMES - _FIGURES
    against = value < 0
    start = zero - length if against else zero
    fill = f"url(#{uid}-against)" if against else _FOR
    if length > 0:
        drawn += element(
            "rect", x=start, y=y + 3, width=length, height=_ROW - 6, fill=fill, stroke=INK, stroke_width=0.6
        )
    anchor = "end" if against else None
    return drawn + label(start - 5 if against else start + length + 5, y + 13, log10(value), 11.5, text_anchor=anchor)
