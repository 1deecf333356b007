"""A screening for the terminal: what was done and what to do next first, then plain tables that need no colour."""

from __future__ import annotations

import textwrap
from dataclasses import replace

from antigone.domain import ScreeningSummary
from antigone.render import screening_explained as explained
from antigone.render import screening_pairs as pairs
from antigone.render import screening_run as run
from antigone.render import screening_tables as tables
from antigone.render.account_tables import Table
from antigone.render.account_text import table_lines
from antigone.render.case_text import NARROWEST, ONE_TABLE_FROM, WIDEST
from antigone.render.language import _
from antigone.render.screening_method import examples, method_rows
from antigone.render.screening_sheet import Sheet
from antigone.render.screening_steps import Step, done_lines, next_steps

MOST_ROWS = 15
_LOCI = 5
_KIND, _STEP = 14, 20
_NO_BREAK = "\N{NO-BREAK SPACE}"


def screening_text(summary: ScreeningSummary, width: int = 110, brief: bool = False) -> str:
    """The screening in lines of at most `width` characters (80 to 120); brief: done and next alone."""
    width = min(WIDEST, max(NARROWEST, width))
    cautions = (explained.candidate_is_no_identification(), *examples(summary))
    head = [line for words in (summary.case, *cautions) for line in textwrap.wrap(words, width)]
    parts = [head, _done(summary, width), _next(next_steps(summary), width)]
    if not brief:
        parts += [*_figures(summary, width), _method(summary, width)]
    return "\n\n".join("\n".join(part) for part in parts if part).replace(_NO_BREAK, " ") + "\n"


def _done(summary: ScreeningSummary, width: int) -> list[str]:
    lines = [_("What was done and found").upper()]
    for words in done_lines(summary):
        lines += textwrap.wrap(words, width, initial_indent="- ", subsequent_indent="  ")
    return lines


def _next(steps: list[Step], width: int) -> list[str]:
    lines = [_("What to do next").upper()]
    for number, step in enumerate(steps, start=1):
        first = f"{number}. "
        lines += textwrap.wrap(f"{step.head}. {step.words}", width, initial_indent=first, subsequent_indent="   ")
        for words in step.each:
            lines += textwrap.wrap(words, width, initial_indent="   - ", subsequent_indent="     ")
    return lines


def _figures(summary: ScreeningSummary, width: int) -> list[list[str]]:
    """Every table that has a row, the most asked for first."""
    sheets = (
        _candidates(summary, width),
        tables.strength_sheet(summary),
        tables.searchable_sheet(summary),
        tables.chance_by_kind_sheet(summary, (width - _KIND) // _STEP),
        _without(tables.not_searchable_sheet(summary), -1),
        pairs.direct_sheet(summary),
        pairs.brothers_sheet(summary),
        pairs.alike_count_sheet(summary),
        pairs.alike_sheet(summary),
        run.comparison_sheet(summary),
        run.skipped_sheet(summary),
        run.change_sheet(summary),
        run.stage_sheet(summary),
    )
    return [_lines(sheet, width) for sheet in sheets if sheet.rows]


def _candidates(summary: ScreeningSummary, width: int) -> Sheet:
    """The strongest candidates with what their chance figures mean, in columns that fit."""
    sheet = tables.candidate_sheet(summary)
    if len(summary.rules.tables) > 1:
        sheet = _without(sheet, -1)
    if width < ONE_TABLE_FROM:
        sheet = _without(sheet, _LOCI)
    terms = [f"{term}: {words}" for term, words in explained.about_chance()]
    return replace(sheet, meaning="\n".join([explained.about_candidates(summary.rules), *terms]))


def _without(sheet: Sheet, place: int) -> Sheet:
    """Without a column that would make the others too narrow; it stands on the page."""
    rows = tuple((*row[:place], *row[place:][1:]) for row in (sheet.table.heads, *sheet.rows))
    return replace(sheet, table=replace(sheet.table, heads=rows[0], rows=rows[1:]))


def _lines(sheet: Sheet, width: int) -> list[str]:
    shown = sheet.rows[:MOST_ROWS]
    more = len(sheet.rows) - len(shown)
    lines = table_lines(replace(sheet.table, rows=shown), width)
    notes = [_("{n} rows more: on the page.").format(n=more)] if more else []
    for words in (*notes, *sheet.meaning.splitlines()):
        lines += textwrap.wrap(words, width)
    return lines


def _method(summary: ScreeningSummary, width: int) -> list[str]:
    rows = tuple((term, words.replace(_NO_BREAK, " ")) for term, words in method_rows(summary))
    return table_lines(Table("method", _("How this was computed"), (_("item"), _("value")), rows), width)
