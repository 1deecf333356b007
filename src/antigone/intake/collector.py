"""Gathers everything wrong with an input, so that all of it is refused at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from difflib import get_close_matches
from typing import Any, NoReturn, TypedDict, Unpack

import polars as pl

from antigone.domain import InputRefused, Place, Problem

ROW = "row"
"""Name of the column that holds the spreadsheet's row number; the header is row 1."""

MOST_OF_ONE_KIND = 50
"""Problems of one code and column that are listed one by one; further ones are counted."""


class Facts(TypedDict, total=False):
    """What a problem says beside its code and file."""

    row: int | None
    column: str
    item: str
    found: str
    needed: str


class Collector:
    """The problems of one file, in the order they were found."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.problems: list[Problem] = []
        self._times: dict[tuple[str, str], int] = {}

    def add(self, code: str, **facts: Unpack[Facts]) -> None:
        """Note one problem of this file."""
        place = Place(self.file, facts.get("row"), facts.get("column", ""), facts.get("item", ""))
        self.add_problem(Problem(code, place, facts.get("found", ""), facts.get("needed", "")))

    def add_problem(self, problem: Problem) -> None:
        """Note one problem; beyond MOST_OF_ONE_KIND only their number is kept."""
        kind = (problem.code, problem.place.column)
        self._times[kind] = self._times.get(kind, 0) + 1
        if self._times[kind] <= MOST_OF_ONE_KIND:
            self.problems.append(problem)

    def add_rows(self, code: str, column: str, rows: pl.DataFrame, facts: Callable[[dict[str, Any]], Facts]) -> None:
        """Note one problem for each row of a table that has ROW; only rows that are listed are asked for facts."""
        for row in rows.head(MOST_OF_ONE_KIND).iter_rows(named=True):
            said: Facts = {"row": int(row[ROW]), "column": column}
            said.update(facts(row))
            self.add(code, **said)
        kind = (code, column)
        self._times[kind] = self._times.get(kind, 0) + max(0, len(rows) - MOST_OF_ONE_KIND)

    def listed(self) -> list[Problem]:
        """All problems, and one more per kind that occurs too often to be listed."""
        counted = [
            Problem("and-more", Place(self.file, None, column), f"{times - MOST_OF_ONE_KIND} more")
            for (code, column), times in self._times.items()
            if times > MOST_OF_ONE_KIND
        ]
        return self.problems + counted

    def refuse(self, code: str, **facts: Unpack[Facts]) -> NoReturn:
        """Note a problem after which the rest of the file cannot be read, and stop."""
        self.add(code, **facts)
        raise InputRefused(self.listed())

    def finish(self) -> None:
        """Raise InputRefused when anything was found."""
        if self.problems:
            raise InputRefused(self.listed())


def at_row(problem: Problem, row: int | None) -> Problem:
    """The same problem, with the row where the clerk finds it."""
    return replace(problem, place=replace(problem.place, row=row))


def nearest(word: str, known: Sequence[str]) -> str:
    """The known word that is most like this one; empty where none is."""
    lowered = {k.lower(): k for k in known}
    near = get_close_matches(word.lower(), list(lowered), n=1, cutoff=0.6)
    return lowered[near[0]] if near else ""


def did_you_mean(word: str, known: Sequence[str]) -> str:
    """The nearest known word as a short fact, or all of them where they are few.

    >>> did_you_mean("farther", ["father", "mother"])
    'father'
    >>> did_you_mean("xyz", ["father", "mother"])
    'one of father, mother'
    """
    near = nearest(word, known)
    if near:
        return near
    if len(known) <= 12:
        return f"one of {', '.join(known)}"
    return f"one of {', '.join(known[:8])} and {len(known) - 8} more"
