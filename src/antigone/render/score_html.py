"""A score as one page that needs nothing but itself: what was found first, how it was computed last."""

from __future__ import annotations

from antigone.domain import Score
from antigone.render import score_tables as tables
from antigone.render import score_words as words
from antigone.render.case_view import prior_words
from antigone.render.language import _
from antigone.render.numbers import count, log10
from antigone.render.page import template
from antigone.render.score_svg import reliability_svg
from antigone.render.score_text import size_words, title
from antigone.render.screening_numbers import strength

MOST_WRONG = 500
"""Wrong names listed on the page; the JSON has every one."""


def score_html(score: Score) -> str:
    """The whole page as text: no script, no request to anywhere."""
    return template("score.html.j2").render(
        title=title(score),
        size=size_words(score),
        caution=words.synthetic(),
        found=tables.found_sheet(score),
        groups=tables.group_sheet(score),
        missed=tables.missed_sheet(score),
        below=tables.below_floor_sheet(score),
        wrong=tables.wrong_sheet(score),
        wrong_names=tables.wrong_name_sheet(score),
        most_wrong=MOST_WRONG,
        joined=words.joined_words(score),
        about_reliability=words.about_reliability(score),
        sums=words.sum_words(score),
        twice=words.twice_words(score),
        reliability=tables.reliability_sheet(score),
        picture=_picture(score),
        chance_total=tables.chance_total_sheet(score),
        chance=tables.chance_sheet(score),
        related=tables.related_sheet(score),
        tail=tables.tail_sheet(score),
        method=_method(score),
        digests=sorted(score.digests.items()),
        software=score.software,
    )  # fmt: skip


def _picture(score: Score) -> str:
    description = _(
        "Each bin of posteriors by its mean, and the share of its pairs that is true; on the dashed line both are "
        "the same. The table below says the same."
    )
    return reliability_svg(score.reliability, _("Posterior and truth"), description)


def _method(score: Score) -> list[tuple[str, str]]:
    """Term and text, in the order a reader asks."""
    estimate = score.estimate
    persons = _("{persons} persons among {remains} remains, of whom {identified} are placed")
    return [
        (_("Floor"), _("{strength}: weaker pairs are no candidates, and count by their sum").format(
            strength=strength(score.floor_log10_lr))),
        (_("Prior"), prior_words(estimate.missing_total, estimate.outside)),
        (_("Persons"), persons.format(
            persons=count(estimate.persons), remains=count(score.remains), identified=f"{estimate.identified:,.0f}")),
        (_("Joined remains"), _(
            "log10 LR of 6 or more for one person, and 3 or more over full brothers; the best typed stand for all")),
        (_("Posterior"), _(
            "belief propagation over all candidates at once (Bethe approximation of the sum over matchings), exact "
            "where candidates form no loop; log10 prior odds {odds} at the number of persons placed"
        ).format(odds=log10(estimate.log10_odds))),
        (_("Intervals"), _("95%: of shares by Wilson (1927), of counts by Byar's approximation to the Poisson "
                           "distribution")),
        (_("Software"), score.software),
    ]  # fmt: skip
