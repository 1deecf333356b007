"""What a register costs: each row of an import, each action and each read, on both databases, and how they grow.

    python -m benchmarks.register > benchmarks/register.md

keeps the figures of a release beside the code. Ratios say more than milliseconds: machines differ, and are shared.
"""

from __future__ import annotations

import statistics
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from antigone import __version__
from evidence.framework import markdown_table
from evidence.load.persons import write_table
from evidence.load.served import POSTGRESQL, SQLITE, register_on
from evidence.load.visits import FORM, Day

PERSONS = (1_000, 10_000, 100_000)
TIMES = 20
SEED = 5


@dataclass(frozen=True)
class Timing:
    """One register: microseconds for each row of its import, and the median of milliseconds by kind of request."""

    database: str
    persons: int
    row: float
    requests: Mapping[str, float]


def measure(persons: tuple[int, ...] = PERSONS, times: int = TIMES) -> list[Timing]:
    """Every size on both databases; requests one after the other over one connection, each kind so many times."""
    return [_timing(database, number, times) for database in (SQLITE, POSTGRESQL) for number in persons]


def _timing(database: str, persons: int, times: int) -> Timing:
    with TemporaryDirectory(prefix="antigone-") as place, register_on(database) as register:
        table = Path(place) / "persons.csv"
        write_table(table, persons, SEED)
        seconds = register.inside("import", table=str(table))["seconds"]
        day = Day(register.inside("furnish", families=20, seed=SEED), register.people, SEED)
        took: dict[str, list[float]] = {}
        with register.pages() as pages:
            pages.answers(day.each_read(2) + day.each_action(1), connections=1)  # loads what is not loaded yet
            for answer in pages.answers(day.each_read(times) + day.each_action(times), connections=1):
                if answer.problem:
                    raise RuntimeError(f"{answer.visit.path}: {answer.problem}")
                took.setdefault(answer.visit.what, []).append(1000 * (answer.took - answer.late))
    medians = {what: statistics.median(each) for what, each in took.items() if what != FORM}
    return Timing(database, persons, seconds / persons * 1e6, medians)


def report(timings: list[Timing]) -> str:
    """The figures as a page."""
    rows = [_row("a row of an import, µs", [t.row for t in timings])]
    rows += [_row(f"{what}, ms", [t.requests[what] for t in timings]) for what in timings[0].requests]
    header = ["", *(f"{t.database}, {t.persons:,} persons" for t in timings)]
    header += ["SQLite: largest / smallest", "PostgreSQL: largest / smallest", "PostgreSQL / SQLite, largest"]
    title = f"# A register, Antigone {__version__}\n\nMedians of {TIMES}, one request at a time, two cores.\n\n"
    return title + markdown_table(header, rows) + "\n"


def _row(what: str, figures: list[float]) -> list[object]:
    """The figures of SQLite, then those of PostgreSQL, and their ratios."""
    own, others = figures[: len(figures) // 2], figures[len(figures) // 2 :]
    ratios = own[-1] / own[0], others[-1] / others[0], others[-1] / own[-1]
    return [what, *(f"{figure:.1f}" for figure in figures), *(f"{ratio:.2f}" for ratio in ratios)]


if __name__ == "__main__":
    print(report(measure()), end="")
