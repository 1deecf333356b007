"""The account as one page that needs nothing but itself: picture, tables, contradictions, sources."""

from __future__ import annotations

import re
from collections.abc import Iterable

from markupsafe import Markup, escape

from antigone import __version__
from antigone.account import Account
from antigone.domain import Facts
from antigone.render.account_svg import account_svg
from antigone.render.account_tables import (
    Table,
    account_tables,
    figure_table,
    source_table,
    statement_table,
)
from antigone.render.account_text import INTRODUCTION
from antigone.render.page import template
from antigone.statements import SideBySide

_PARTS = (
    ("What is open, and what was settled", ("open", "settled", "loose")),
    ("Where the statements contradict each other", ("exclusions", "disputes")),
    ("What is said of the wrong side", ("wrong-side",)),
    ("Every figure and every statement", ("figures", "statements")),
    ("Sources", ("sources",)),
)


def account_html(facts: Facts, account: Account, figures: Iterable[SideBySide]) -> str:
    """The whole page as text; `figures` as `antigone.statements.side_by_side` finds them."""
    tables = [
        *account_tables(facts, account),
        figure_table(facts, figures),
        statement_table(facts),
        source_table(facts),
    ]
    by_key = {table.key: table for table in tables if table.rows}
    return template("account.html.j2", marked=_marked).render(
        title=facts.title,
        introduction=INTRODUCTION,
        picture=account_svg(facts, account),
        ways=[table for key, table in by_key.items() if key.startswith("way-")],
        sections=_sections(by_key),
        version=__version__,
        digests=sorted(facts.digests.items()),
    )


def _sections(by_key: dict[str, Table]) -> list[tuple[str, list[Table]]]:
    """The parts of the page that have a table."""
    parts = [(heading, [by_key[key] for key in keys if key in by_key]) for heading, keys in _PARTS]
    return [(heading, tables) for heading, tables in parts if tables]


def _marked(words: str) -> Markup:
    """Words in which every source mark leads to its source."""
    link = r'<a class="mark" href="#source-\1">[\1]</a>'
    return Markup(re.sub(r"\[(\d+)\]", link, str(escape(words)).replace(" [", "&nbsp;[")))
