"""The reliability curve: posteriors against the share that is true, on scales that open towards 0 and 1."""

from __future__ import annotations

import math
from collections.abc import Sequence

from markupsafe import Markup

from antigone.domain import ReliabilityBin
from antigone.render.language import _
from antigone.render.numbers import count
from antigone.render.svg import INK, MUTED, PAPER, RULE, element, label, line, picture, text_width

_LEFT, _TOP, _ROOM, _RIGHT, _BOTTOM = 74.0, 58.0, 440.0, 30.0, 62.0
_LEAST = 2e-5
"""Shares nearer to 0 or 1 are drawn at the edge."""
_TICKS = (0.0001, 0.001, 0.01, 0.1, 0.5, 0.9, 0.99, 0.999, 0.9999)
_DARK = "#16304a"


def reliability_svg(bins: Sequence[ReliabilityBin], title: str, description: str) -> Markup:
    """One disc for each bin that has a pair, with its 95 % interval and its number of pairs.

    On the diagonal the posterior says what is true. A square: the share without pairs of exchanged samples,
    where it differs.
    """
    drawn = [*_axes(), *_legend()]
    for one in bins:
        if one.pairs:
            drawn += _bin(one)
    side = _TOP + _ROOM + _BOTTOM
    return picture("reliability-picture", _LEFT + _ROOM + _RIGHT, side, title, description, drawn)


def _at(share: float) -> float:
    """Place of a share from 0 to 1, on the scale of log odds."""
    edge = math.log(_LEAST / (1.0 - _LEAST))
    kept = min(max(share, _LEAST), 1.0 - _LEAST)
    return 0.5 - math.log(kept / (1.0 - kept)) / (2.0 * edge)


def _x(share: float) -> float:
    return _LEFT + _ROOM * _at(share)


def _y(share: float) -> float:
    return _TOP + _ROOM * (1.0 - _at(share))


def _axes() -> list[Markup]:
    bottom, right = _TOP + _ROOM, _LEFT + _ROOM
    drawn = [element("rect", x=_LEFT, y=_TOP, width=_ROOM, height=_ROOM, fill="none", stroke=RULE, stroke_width=1)]
    for tick in _TICKS:
        words = f"{tick:g}"
        drawn.append(line(_x(tick), _TOP, _x(tick), bottom, stroke=RULE, stroke_width=0.4))
        drawn.append(line(_LEFT, _y(tick), right, _y(tick), stroke=RULE, stroke_width=0.4))
        drawn.append(label(_x(tick), bottom + 16, words, 11, text_anchor="middle", fill=MUTED))
        drawn.append(label(_LEFT - 8, _y(tick) + 4, words, 11, text_anchor="end", fill=MUTED))
    drawn.append(line(_LEFT, bottom, right, _TOP, stroke=INK, stroke_width=1.2, stroke_dasharray="5 4"))
    drawn.append(label(_LEFT + _ROOM / 2, bottom + 42, _("mean posterior"), 12.5, text_anchor="middle"))
    turned = label(0, 0, _("share that is true"), 12.5, text_anchor="middle")
    drawn.append(element("g", turned, transform=f"translate(16 {_TOP + _ROOM / 2:g}) rotate(-90)"))
    return drawn


def _legend() -> list[Markup]:
    second = _LEFT + 214
    return [
        _disc(_LEFT + 8, 15), label(_LEFT + 22, 19, _("share true, 95% interval"), 12),
        _square(_LEFT + 8, 37), label(_LEFT + 22, 41, _("without exchanged samples"), 12),
        line(second - 4, 15, second + 20, 15, stroke_dasharray="5 4"),
        label(second + 28, 19, _("the posterior says what is true"), 12),
        label(second - 4, 41, _("figures: pairs; at the edge: none, or all"), 12, fill=MUTED),
    ]  # fmt: skip


def _bin(one: ReliabilityBin) -> list[Markup]:
    x, share = _x(one.mean), one.true / one.pairs
    low, high = _y(one.share_low), _y(one.share_high)
    drawn = [line(x, low, x, high, stroke=INK, stroke_width=1.6)]
    drawn += [line(x - 5, y, x + 5, y, stroke=INK, stroke_width=1.6) for y in (low, high)]
    rest = one.pairs - one.exchanged
    if one.exchanged and rest:
        drawn.append(_square(x, _y(one.true / rest)))
    drawn.append(_disc(x, _y(share)))
    return [*drawn, _number(x, _y(share), one)]


def _number(x: float, y: float, one: ReliabilityBin) -> Markup:
    """The number of pairs, right of the disc in the lower half and left of it in the upper one."""
    words = count(one.pairs)
    wide = text_width(words, 11)
    upper = y < _TOP + _ROOM / 2
    start = max(x - 10 - wide, _LEFT + 3) if upper else min(x + 11, _LEFT + _ROOM - wide - 3)
    place = min(max(y, _TOP + 13), _TOP + _ROOM - 13)
    ground = element("rect", x=start - 2, y=place - 7, width=wide + 4, height=14, fill=PAPER, fill_opacity=0.85)
    return ground + label(start, place + 4, words, 11)


def _disc(x: float, y: float) -> Markup:
    return element("circle", cx=x, cy=y, r=5, fill=_DARK, stroke=INK, stroke_width=1)


def _square(x: float, y: float) -> Markup:
    return element("rect", x=x - 5.5, y=y - 5.5, width=11, height=11, fill=PAPER, stroke=INK, stroke_width=1.6)
