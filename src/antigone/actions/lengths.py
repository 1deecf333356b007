"""Texts that stand in columns of a limited width: PostgreSQL refuses a longer one, SQLite would keep it."""

from __future__ import annotations

from antigone.domain import InputRefused, Place, Problem
from antigone.register.models import Record


def too_long(model: type[Record], column: str, text: str, row: int | None = None) -> list[Problem]:
    """The problem with a text that does not fit into this column; empty where it fits."""
    limit = model._meta.get_field(column).max_length
    if len(text) <= limit:
        return []
    return [Problem("too-long", Place(column=column, row=row), text, f"at most {limit} characters")]


def check_lengths(model: type[Record], **texts: str) -> None:
    """Refuse texts that do not fit into the columns of these names, all of them at once."""
    problems = [problem for column, text in texts.items() for problem in too_long(model, column, text)]
    if problems:
        raise InputRefused(problems)
