"""Tables of missing persons: CSV files in UTF-8, read row by row, so that a million rows need little memory."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from antigone.actions.reading import fields_of, read_command
from antigone.actions.verbs.register_missing_person import Command
from antigone.domain import InputRefused, Place, Problem

COLUMNS = tuple(field.name for field in fields_of(Command))
"""The columns a table may have: the fields of `register_missing_person`."""
MOST_OF_ONE_KIND = 50
"""Problems of one code and column that are listed one by one; further ones are counted."""

Row = tuple[int, dict[str, str]]
"""Number of the line on which the row begins (the header is line 1), and its cells by column."""


class Problems:
    """What is wrong with one table, in the order it was found."""

    def __init__(self, file: str) -> None:
        self.file = file
        self._listed: list[Problem] = []
        self._times: Counter[tuple[str, str]] = Counter()

    def add(self, code: str, row: int | None = None, column: str = "", found: str = "", needed: str = "") -> None:
        """Note one problem; of one kind only the first are kept, the others are counted."""
        self._times[code, column] += 1
        if self._times[code, column] <= MOST_OF_ONE_KIND:
            self._listed.append(Problem(code, Place(self.file, row, column), found, needed))

    def finish(self) -> None:
        """Raise InputRefused where anything was found."""
        more = [
            Problem("and-more", Place(self.file, None, column), f"{times - MOST_OF_ONE_KIND} more")
            for (_, column), times in self._times.items()
            if times > MOST_OF_ONE_KIND
        ]
        if self._listed:
            raise InputRefused([*self._listed, *more])


def checked_table(path: Path) -> dict[str, int]:
    """Each family that the table names, with the first row that does.

    InputRefused with every bad row: everything `register_missing_person` refuses, and a service number of one power
    that stands in two rows.
    """
    problems = Problems(path.name)
    empty = True
    families: dict[str, int] = {}
    numbers: dict[tuple[str, str], int] = {}
    for row, cells in _rows(path, problems):
        empty = False
        command = _command(row, cells, problems)
        if command is None:
            continue
        if command.family:
            families.setdefault(command.family, row)
        if command.service_number:
            first = numbers.setdefault((command.power, command.service_number), row)
            if first != row:
                found = f"{command.service_number}, as in row {first}"
                problems.add("number-twice", row, "service_number", found, "each person once")
    if empty:
        problems.add("empty-table", found="no rows", needed="at least one row below the header")
    problems.finish()
    return families


def persons_of_table(path: Path) -> Iterator[Command]:
    """The persons of a table, one after the other."""
    problems = Problems(path.name)
    for row, cells in _rows(path, problems):
        command = _command(row, cells, problems)
        if command is None:
            problems.finish()
        else:
            yield command


def refuse_families(path: Path, rows: Iterable[tuple[str, int]]) -> None:
    """Raise InputRefused with these families, and the first row that names each, where there are any."""
    problems = Problems(path.name)
    for family, row in sorted(rows, key=lambda named: named[1]):
        problems.add("unknown-family", row, "family", family, "a family of this register that you may see")
    problems.finish()


def _rows(path: Path, problems: Problems) -> Iterator[Row]:
    """The rows that are not blank. InputRefused at once where the rest of the file cannot be read."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            lines = csv.reader(file, delimiter=_delimiter(file.readline()), strict=True)
            file.seek(0)
            header = _header(next(lines, []), problems)
            begins = lines.line_num + 1
            try:
                for cells in lines:
                    if any(cells):
                        if len(cells) > len(header):
                            problems.add("too-many-cells", begins, "", str(len(cells)), f"{len(header)} cells")
                        yield begins, dict(zip(header, cells, strict=False))
                    begins = lines.line_num + 1
            except csv.Error as error:
                problems.add("open-quote", begins, "", str(error), "a quote at the beginning and at the end of a cell")
                problems.finish()
    except UnicodeDecodeError as error:
        found = f"byte {error.object[error.start]:#04x}, as in Latin-1 or Windows-1251"
        problems.add("encoding", found=found, needed="UTF-8")
        problems.finish()
    except OSError as error:
        problems.add("unreadable-file", found=str(error.strerror), needed="a file that can be read")
        problems.finish()


def _delimiter(line: str) -> str:
    """The sign that parts the header: a comma, a semicolon or a tab."""
    return max(",;\t", key=line.count)


def _header(cells: list[str], problems: Problems) -> list[str]:
    names = [cell.strip().casefold() for cell in cells]
    for name, times in Counter(names).items():
        if name not in COLUMNS:
            problems.add("unknown-column", 1, name, name, ", ".join(COLUMNS))
        elif times > 1:
            problems.add("column-twice", 1, name, name, "each column once")
    if "surname" not in names:
        problems.add("missing-column", 1, "surname", ", ".join(names), "surname")
    problems.finish()
    return names


def _command(row: int, cells: dict[str, str], problems: Problems) -> Command | None:
    """The person of one row, None where something is wrong with it."""
    try:
        command: Command = read_command(Command, cells)
    except InputRefused as refused:
        for problem in refused.problems:
            problems.add(problem.code, row, problem.place.column, problem.found, problem.needed)
        return None
    return command
