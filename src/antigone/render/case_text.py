"""A finding for the terminal: conclusions first, plain tables that need no colour."""

from __future__ import annotations

import textwrap
from itertools import islice

from antigone.domain import Case, CaseFinding
from antigone.render.account_tables import Table
from antigone.render.account_text import table_lines
from antigone.render.case_method import method_rows, not_an_identification, table_table
from antigone.render.case_tables import (
    answer_table,
    conclusion_table,
    matrix_table,
    remains_table,
    warning_lines,
)
from antigone.render.case_view import CaseView
from antigone.render.language import _
from antigone.render.words import reason_words, rule_words

NARROWEST, WIDEST = 80, 120
ONE_TABLE_FROM = 96
_SHORT_DIGEST = 12
_MATRIX_COLUMNS = 6


def case_text(case: Case, finding: CaseFinding, width: int = 110, brief: bool = False) -> str:
    """The finding in lines of at most `width` characters (80 to 120); brief: the conclusions alone."""
    width = min(WIDEST, max(NARROWEST, width))
    view = CaseView(case, finding)
    parts = [
        [*textwrap.wrap(finding.case, width), *textwrap.wrap(not_an_identification(), width)],
        _conclusions(view, width),
        table_lines(remains_table(view), width),
    ]
    if not brief:
        unknown = [view.full_name(missing) for missing in finding.not_identifiable]
        parts += [
            *_matrices(view, width),
            table_lines(answer_table(view), width),
            _paragraph(_("Not identifiable with these relatives"), unknown, width),
            _paragraph(_("Warnings about the input"), warning_lines(view), width),
            _method(view, width),
        ]
    return "\n\n".join("\n".join(part) for part in parts if part) + "\n"


def _conclusions(view: CaseView, width: int) -> list[str]:
    found = view.finding.conclusions
    words = {c.rule: rule_words(c.rule) for c in found}
    words |= {code: reason_words(code) for c in found for code in c.reasons}
    marks = {code: f"({place})" for place, code in enumerate(words, start=1)}
    table = conclusion_table(view, marks)
    lines = table_lines(table, width) if width >= ONE_TABLE_FROM else _in_two(table, width)
    for code, mark in marks.items():
        lines += textwrap.wrap(f"{mark} {words[code]}", width, subsequent_indent="    ")
    return lines


def _in_two(table: Table, width: int) -> list[str]:
    """The posteriors in a table of their own, where all columns would not fit."""
    first, last = 5, len(table.heads) - 1

    def part(caption: str, places: list[int], note: str) -> Table:
        rows = tuple(tuple(row[i] for i in places) for row in table.rows)
        return Table(table.key, caption, tuple(table.heads[i] for i in places), rows, note)

    words = part(table.caption, [*range(first), last], "")
    figures = part(_("Posteriors"), [0, 3, *range(first, last)], table.note)
    return [*table_lines(words, width), "", *table_lines(figures, width)]


def _matrices(view: CaseView, width: int) -> list[list[str]]:
    """The matrix in slices of missing persons that fit the width."""
    step = max(1, min(_MATRIX_COLUMNS, (width - 10) // 15))
    rest = iter(view.missing)
    slices = iter(lambda: tuple(islice(rest, step)), ())
    return [table_lines(matrix_table(view, part), width) for part in slices]


def _paragraph(title: str, lines: list[str], width: int) -> list[str]:
    out = [title.upper()]
    for line in lines or [_("none")]:
        out += textwrap.wrap(line, width, initial_indent="- ", subsequent_indent="  ")
    return out


def _method(view: CaseView, width: int) -> list[str]:
    rows = tuple(method_rows(view))
    tables = table_table(view)
    short = tuple((*row[:-1], row[-1][:_SHORT_DIGEST]) for row in tables.rows)
    policy = view.finding.provenance.policy_digest[:_SHORT_DIGEST]
    note = _("SHA-256: first {n} digits. Policy: {digest}.").format(n=_SHORT_DIGEST, digest=policy)
    return [
        *table_lines(Table("method", _("How this was computed"), (_("item"), _("value")), rows), width),
        "",
        *table_lines(Table(tables.key, tables.caption, tables.heads, short, note), width),
    ]
