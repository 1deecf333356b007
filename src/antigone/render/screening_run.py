"""What was compared, left out and run anew, and where the time went: as tables."""

from __future__ import annotations

from antigone.domain import ScreeningSummary
from antigone.render import screening_explained as explained
from antigone.render.language import _
from antigone.render.numbers import count
from antigone.render.screening_numbers import duration
from antigone.render.screening_sheet import Sheet, sheet
from antigone.render.screening_words import comparisons, reasons_to_run, skips, stages
from antigone.render.words import words_of


def comparison_sheet(summary: ScreeningSummary) -> Sheet:
    """What was compared with what."""
    heads = (_("comparison"), _("pairs compared"), _("pairs found"))
    rows = (
        (words_of("comparison", c.comparison, comparisons()), count(c.pairs), count(c.found))
        for c in summary.comparisons
    )
    return sheet("comparisons", _("What was compared"), heads, (1, 2), rows)


def skipped_sheet(summary: ScreeningSummary) -> Sheet:
    """What was not compared, why, and what would change it."""
    heads = (
        _("reason"), _("comparison"), _("samples or missing persons"), _("pairs"), _("what would change it"),
    )  # fmt: skip
    rows = []
    for each in summary.comparisons:
        compared = words_of("comparison", each.comparison, comparisons())
        for skip in each.skipped:
            reason, cure = words_of("reason to skip", skip.reason, skips())
            rows.append((reason, compared, count(skip.samples), count(skip.pairs), cure))
    return sheet("skipped-table", _("What was not compared"), heads, (2, 3), rows, explained.about_skipped())


def change_sheet(summary: ScreeningSummary) -> Sheet:
    """Blocks kept and run; pairs run, by reason."""
    changes = summary.changes
    rows = []
    if changes is not None:
        rows = [
            (_("blocks kept from runs before"), count(changes.blocks_kept)),
            (_("blocks run"), count(changes.blocks_run)),
        ]
        pairs = _("pairs run: {why}")
        rows += [
            (pairs.format(why=words_of("reason to run", p.why, reasons_to_run())), count(p.pairs)) for p in changes.why
        ]
    caption = _("Since the run before")
    return sheet("changes", caption, (_("what"), _("number")), [1], rows, explained.about_changes())


def stage_sheet(summary: ScreeningSummary) -> Sheet:
    """Where the time went."""
    rows = [(words_of("stage", s.stage, stages()), duration(s.seconds)) for s in summary.stages]
    return sheet("stages", _("Where the time went"), (_("part"), _("time")), [1], rows)
