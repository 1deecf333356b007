"""A table of a screening: which of its columns hold figures, and what it means in plain words."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from antigone.render.account_tables import Table

_SHORT = 20


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table; `meaning` stands above it.

    figures: places of the columns that hold figures. names: places of columns of short names, never broken.
    """

    table: Table
    figures: frozenset[int]
    names: frozenset[int]
    meaning: str = ""

    def style(self, column: int) -> str:
        """How a column is set: number, name or nothing."""
        return "number" if column in self.figures else "name" if column in self.names else ""

    @property
    def rows(self) -> tuple[tuple[str, ...], ...]:
        return self.table.rows


def sheet(
    key: str,
    caption: str,
    heads: Sequence[str],
    figures: Collection[int],
    rows: Iterable[tuple[str, ...]],
    meaning: str = "",
    names: Collection[int] = (),
) -> Sheet:
    """A sheet of these rows; of `names` those columns are kept that are short.

    >>> pairs = sheet("k", "Pairs", ("remains", "pairs"), [1], [("R-1", "2")], "All of them.", names=[0])
    >>> [pairs.style(column) for column in (0, 1)]
    ['name', 'number']
    """
    table = Table(key, caption, tuple(heads), tuple(rows))
    short = {place for place in names if all(len(row[place]) <= _SHORT for row in table.rows)}
    return Sheet(table, frozenset(figures), frozenset(short), meaning)
