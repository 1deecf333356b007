"""What is wrong with an input, as values. `render` turns them into sentences."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands, in the clerk's own terms. Empty parts are left out."""

    file: str = ""
    row: int | None = None
    column: str = ""
    item: str = ""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to correct: a code, the place, what was found, what is needed."""

    code: str
    place: Place = field(default_factory=Place)
    found: str = ""
    needed: str = ""


class InputRefused(Exception):
    """The input was refused whole; `problems` lists everything found wrong with it."""

    def __init__(self, problems: list[Problem] | tuple[Problem, ...]) -> None:
        self.problems: tuple[Problem, ...] = tuple(problems)
        super().__init__("; ".join(f"{p.code} ({p.found!r})" for p in self.problems))
