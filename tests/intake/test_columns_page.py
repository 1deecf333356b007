"""The manual's tables of columns."""

from __future__ import annotations

from antigone.domain import PERSONS, PROFILES
from antigone.intake import columns_markdown


def test_every_declared_column_is_described() -> None:
    page = columns_markdown()
    for column in (*PERSONS, *PROFILES):
        assert f"| `{column.name}` | {column.kind} |" in page
