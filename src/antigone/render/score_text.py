"""A score for the terminal: what was found and named first, plain tables that need no colour."""

from __future__ import annotations

import textwrap
from dataclasses import replace

from antigone.domain import Score
from antigone.render import score_tables as tables
from antigone.render import score_words as words
from antigone.render.account_text import table_lines
from antigone.render.case_text import NARROWEST, WIDEST
from antigone.render.language import _
from antigone.render.numbers import count
from antigone.render.screening_sheet import Sheet

MOST_ROWS = 12
WHOLE_TABLE_FROM = 96
_LEFT_OUT = ("missed", "best")
"""Columns of the first table that a narrower terminal does without."""
_NO_BREAK = "\N{NO-BREAK SPACE}"


def title(score: Score) -> str:
    """What was scored."""
    return _("Score of the screening {run}").format(run=score.run)


def size_words(score: Score) -> str:
    """What was screened, in one sentence."""
    sentence = _(
        "{remains} remains against {missing} missing persons of {families} families: {candidates} candidates. "
        "Truth: {war}."
    )
    return sentence.format(
        remains=count(score.remains), missing=count(score.missing), families=count(score.families),
        candidates=count(score.candidates), war=score.war or _("unnamed"),
    )  # fmt: skip


def score_text(score: Score, width: int = 110) -> str:
    """The score in lines of at most `width` characters (80 to 120); the page has every row."""
    width = min(WIDEST, max(NARROWEST, width))
    head = [
        line for text in (title(score), size_words(score), words.synthetic()) for line in textwrap.wrap(text, width)
    ]
    curve = tables.reliability_sheet(score)
    curve = replace(curve, meaning=f"{words.sum_words(score)} {words.about_reliability(score)}")
    found = tables.found_sheet(score)
    found = found if width >= WHOLE_TABLE_FROM else _without(found, _LEFT_OUT)
    sheets = (
        found, tables.missed_sheet(score), tables.below_floor_sheet(score),
        tables.wrong_sheet(score), tables.wrong_name_sheet(score), curve, tables.chance_total_sheet(score),
        tables.related_sheet(score), tables.tail_sheet(score),
    )  # fmt: skip
    parts = [head, *(_lines(sheet, width) for sheet in sheets if sheet.rows)]
    parts.append(
        [line for text in (words.twice_words(score), words.joined_words(score)) for line in _item(text, width)]
    )
    return "\n\n".join("\n".join(part) for part in parts).replace(_NO_BREAK, " ") + "\n"


def _item(text: str, width: int) -> list[str]:
    return textwrap.wrap(text, width, initial_indent="- ", subsequent_indent="  ")


def _without(sheet: Sheet, heads: tuple[str, ...]) -> Sheet:
    kept = [place for place, head in enumerate(sheet.table.heads) if head not in map(_, heads)]
    rows = tuple(tuple(row[place] for place in kept) for row in sheet.rows)
    return replace(sheet, table=replace(sheet.table, heads=tuple(sheet.table.heads[p] for p in kept), rows=rows))


def _lines(sheet: Sheet, width: int) -> list[str]:
    shown = sheet.rows[:MOST_ROWS]
    more = len(sheet.rows) - len(shown)
    notes = [_("{n} rows more: on the page.").format(n=count(more))] if more else []
    notes += [sheet.meaning] if sheet.meaning else []
    return table_lines(replace(sheet.table, rows=shown, note=" ".join(notes)), width)
