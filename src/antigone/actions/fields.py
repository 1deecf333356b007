"""What a command's fields are, so that forms, the command line and the manual are made from the commands."""

from __future__ import annotations

from dataclasses import dataclass

from antigone.domain import Kind


@dataclass(frozen=True, slots=True)
class Ref:
    """An identifier of one of these kinds."""

    kinds: tuple[Kind, ...]

    def __init__(self, *kinds: Kind) -> None:
        object.__setattr__(self, "kinds", kinds)


@dataclass(frozen=True, slots=True)
class Choice:
    """One of these words."""

    words: tuple[str, ...]

    def __init__(self, *words: str) -> None:
        object.__setattr__(self, "words", words)


@dataclass(frozen=True, slots=True)
class Lines:
    """A longer text."""


@dataclass(frozen=True, slots=True)
class Seen:
    """The version of the record that the actor had before them; filled in by the page."""


@dataclass(frozen=True, slots=True)
class File:
    """A file on this machine: one that a page was sent, or one that the command line names. Never a typed text."""


@dataclass(frozen=True, slots=True)
class Calls:
    """Typed markers, one a line: the locus, then its alleles, as in `TH01 6/9.3`."""


@dataclass(frozen=True, slots=True)
class Members:
    """A pedigree, one person a line: person, father, mother, sex; - where unknown."""


@dataclass(frozen=True, slots=True)
class Rows:
    """A table: one row a line, cells separated by semicolons, in the order of `columns`."""

    columns: tuple[str, ...]

    def __init__(self, *columns: str) -> None:
        object.__setattr__(self, "columns", columns)


@dataclass(frozen=True, slots=True)
class Secret:
    """Not shown while it is typed, never kept."""
