"""Tables, lists of facts and links, as values that one template draws."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in one place: a text, a link, or several of them.

    `lead`: an identifier before the text, never broken at the end of a line. `kind`: "", number or mono.
    """

    text: str = ""
    href: str = ""
    kind: str = ""
    more: tuple[Cell, ...] = ()
    lead: str = ""

    @property
    def words(self) -> str:
        """All of it as one text."""
        return f"{self.lead} {self.text}".strip()


@dataclass(frozen=True, slots=True)
class Table:
    """`key`: unique in the page. `empty`: what is said where there is no row. `next`: (words, address) of more."""

    key: str
    caption: str
    heads: tuple[str, ...] = ()
    rows: Sequence[tuple[Cell, ...]] = ()
    empty: str = ""
    note: str = ""
    next: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """Names and values of one record."""

    key: str
    caption: str
    pairs: Sequence[tuple[str, Cell]]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawing with the words below it."""

    key: str
    caption: str
    svg: Markup
    words: str = ""


Part = Table | Facts | Picture


def text(words: object) -> Cell:
    """A plain text; nothing for None."""
    return Cell("" if words is None else str(words))


def joined(cells: Sequence[Cell]) -> Cell:
    """Several in one place."""
    return cells[0] if len(cells) == 1 else Cell(more=tuple(cells))
