"""The pictures of a screening; the tables that stand below them say the same in words."""

from __future__ import annotations

from markupsafe import Markup

from antigone.domain import ScreeningSummary
from antigone.render.language import _
from antigone.render.numbers import count
from antigone.render.screening_numbers import expected, missed, strength
from antigone.render.screening_svg import chance_svg, searchable_svg
from antigone.render.screening_tables import gathered

MOST_DRAWN = 12


def searchable_picture(summary: ScreeningSummary) -> Markup:
    """Who can be found, by kind of relatives; its twin is `searchable_sheet`."""
    kinds = gathered(summary.kinds, MOST_DRAWN)
    each = _("{relatives}: {found} of {missing} can be found; true person below the floor: {missed}")
    description = "; ".join(
        each.format(
            relatives=words, found=count(kind.searchable), missing=count(kind.missing),
            missed=missed(kind.below_floor_low, kind.below_floor_high),
        )
        for words, kind in kinds
    )  # fmt: skip
    return searchable_svg(kinds, _("Who can be found with the relatives they have"), description)


def chance_picture(summary: ScreeningSummary) -> Markup:
    """Candidates by strength beside what chance gives; its twin is `strength_sheet`."""
    each = _("{strength}: {n} candidates, {chance} expected by chance")
    description = "; ".join(
        each.format(strength=strength(s.log10_lr), n=count(s.candidates), chance=expected(s.expected, s.error))
        for s in summary.strengths
    )
    return chance_svg(summary.strengths, _("Candidates counted, and expected by chance"), description)
