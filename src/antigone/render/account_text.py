"""The account for the terminal: plain tables that need no colour."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable

from antigone.account import Account
from antigone.domain import Facts
from antigone.render.account_tables import Table, account_tables, figure_table, source_table
from antigone.statements import SideBySide

INTRODUCTION = (
    "This is what documents say, and who says it in them. Nothing here is established by this account. "
    '"Bodies" is the word of the documents: no count of bags, of remains or of persons. '
    "Marks such as [1] name the source."
)


def account_text(facts: Facts, account: Account, figures: Iterable[SideBySide] = (), width: int = 96) -> str:
    """The account in lines of at most `width` characters (80 or more); `figures` are added where given."""
    more = figure_table(facts, figures)
    tables = [*account_tables(facts, account), *([more] if more.rows else []), _short_sources(facts)]
    title = [*textwrap.wrap(facts.title, width), "", *textwrap.wrap(INTRODUCTION, width)]
    return "\n".join([*title, *(line for table in tables for line in ("", *table_lines(table, width)))]) + "\n"


def table_lines(table: Table, width: int) -> list[str]:
    """One table: caption, heads, a rule, rows with wrapped cells, the note."""
    widths = _widths(table, width)
    rule = "  ".join("-" * w for w in widths)
    lines = [*textwrap.wrap(table.caption.upper(), width), *_row(table.heads, widths), rule]
    for row in table.rows:
        lines += _row(row, widths)
        if any(len(cell) > w for cell, w in zip(row, widths, strict=True)):
            lines.append("")
    if lines[-1] == "":
        lines.pop()
    return [*lines, *textwrap.wrap(table.note, width)]


def _widths(table: Table, width: int) -> list[int]:
    """Columns as wide as their words, narrowed from the widest until the table fits."""
    columns = list(zip(table.heads, *table.rows, strict=True))
    widths = [max(len(cell) for cell in column) for column in columns]
    least = [max(8, *(len(word) for cell in column for word in cell.split())) for column in columns]
    while sum(widths) + 2 * (len(widths) - 1) > width:
        candidates = [i for i in range(len(widths)) if widths[i] > least[i]]
        if not candidates:
            break
        widths[max(candidates, key=lambda i: widths[i])] -= 1
    return widths


def _row(cells: tuple[str, ...], widths: list[int]) -> list[str]:
    wrapped = [textwrap.wrap(cell, w) or [""] for cell, w in zip(cells, widths, strict=True)]
    height = max(len(lines) for lines in wrapped)
    padded = [lines + [""] * (height - len(lines)) for lines in wrapped]
    return [
        "  ".join(line.ljust(w) for line, w in zip(parts, widths, strict=True)).rstrip()
        for parts in zip(*padded, strict=True)
    ]


def _short_sources(facts: Facts) -> Table:
    """The sources with the first digits of their digests, which the page gives in full."""
    table = source_table(facts)
    rows = tuple((*row[:-1], row[-1][:12]) for row in table.rows)
    return Table(table.key, table.caption, table.heads, rows, "SHA-256: first 12 digits.")
