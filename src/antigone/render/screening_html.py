"""A screening as one page that needs nothing but itself: what was done and what to do next, then the figures."""

from __future__ import annotations

from antigone.domain import ScreeningSummary
from antigone.render import screening_explained as explained
from antigone.render import screening_pairs as pairs
from antigone.render import screening_run as run
from antigone.render import screening_tables as tables
from antigone.render.page import template
from antigone.render.screening_figures import chance_picture, searchable_picture
from antigone.render.screening_method import examples, method_rows, tables_used
from antigone.render.screening_steps import done_lines, next_steps


def screening_html(summary: ScreeningSummary) -> str:
    """The whole page as text: no script, no request to anywhere."""
    counted = any(step.candidates or step.expected for step in summary.strengths)
    return template("screening.html.j2").render(
        summary=summary,
        caution=explained.candidate_is_no_identification(),
        examples=examples(summary),
        done=list(done_lines(summary)),
        steps=next_steps(summary),
        about_candidates=explained.about_candidates(summary.rules),
        about_chance=explained.about_chance(),
        candidates=tables.candidate_sheet(summary),
        chance_picture=chance_picture(summary) if counted else None,
        strengths=tables.strength_sheet(summary),
        chance_by_kind=tables.chance_by_kind_sheet(summary),
        searchable_picture=searchable_picture(summary) if summary.kinds else None,
        searchable=tables.searchable_sheet(summary),
        not_searchable=tables.not_searchable_sheet(summary),
        direct=pairs.direct_sheet(summary),
        brothers=pairs.brothers_sheet(summary),
        alike_counts=pairs.alike_count_sheet(summary),
        alike=pairs.alike_sheet(summary),
        comparisons=run.comparison_sheet(summary),
        skipped=run.skipped_sheet(summary),
        changes=run.change_sheet(summary),
        stages=run.stage_sheet(summary),
        method=method_rows(summary),
        tables=tables_used(summary),
    )
