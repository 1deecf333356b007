"""Every cell of the table of permissions: each office and each verb, each office and each kind of record, tried."""

from __future__ import annotations

import tempfile
from collections.abc import Collection, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack
from functools import cache
from multiprocessing import get_context
from pathlib import Path
from random import Random

from antigone.domain import READ, VERBS, Kind, UserRole
from evidence.framework import Outcome
from tests.actions.permission_cells import ALLOWED, Cell, column_of, permitted, reading, refusals, strangers
from tests.postgresql import PostgreSQL
from tests.register_database import VENDORS, Templates, Worlds

NAME = "permissions"
TITLE = "Who may do what and read what, cell by cell"
MUST_SHOW = (
    "Everybody of twelve offices, in two institutions of each side and with the neutral third, families' contacts, "
    "somebody suspended and somebody without an office are allowed every verb and every record that the table of "
    "permissions gives them and refused everything else, on both databases; whoever is refused writes nothing, and no "
    "cell is allowed by default."
)
SEED = 20_251_102
SHORT = {
    UserRole.ADMINISTRATOR: "admin.",
    UserRole.COORDINATOR: "coord.",
    UserRole.LABORATORY: "lab.",
    UserRole.BURIAL_OFFICER: "burial",
    UserRole.INTERMEDIARY: "intermed.",
    UserRole.FAMILY_CONTACT: "family",
}
"""Offices whose names are too long for a column."""


ABSENT = "·"


def check(small: bool, n: int | None) -> Outcome:
    """A small run takes one person for each permitted verb, seeded, and all refusals and all reading."""
    with ProcessPoolExecutor(len(VENDORS), get_context("spawn")) as pool:  # a process opens one register
        cells = [cell for found in pool.map(tried, VENDORS, [small] * len(VENDORS)) for cell in found]
    by_column: dict[str, list[Cell]] = {}
    for cell in cells:
        by_column.setdefault(cell.column.partition(":")[0], []).append(cell)
    rows = [_row(verb, dict.fromkeys(known.roles, "yes"), by_column[verb]) for verb, known in VERBS.items()]
    rows += [_row(column_of(kind), _reaches(kind), by_column[column_of(kind)]) for kind in Kind]
    header = ("verb, or kind of record", *(SHORT.get(role, role.value) for role in UserRole), "cells", "agree")
    return Outcome(all(cell.agrees for cell in cells), header, rows, _notes(cells))


def tried(vendor: str, small: bool) -> list[Cell]:
    """All cells on one kind of database, in a process of its own."""
    with ExitStack() as stack:

        @cache
        def server() -> PostgreSQL:
            folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="antigone-postgresql-"))
            return stack.enter_context(PostgreSQL.start(Path(folder), fsync=False))

        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="antigone-permissions-")))
        worlds = Worlds(Templates(folder, server), vendor)
        table = folder / "missing.csv"
        table.write_text("surname\nSurname-9\n", encoding="utf-8")
        with worlds.fresh() as world:
            cells = [*refusals(world, table), *strangers(world, table), *reading(world)]
        return [*cells, *permitted(worlds, table, Random(SEED) if small else None)]


def _reaches(kind: Kind) -> dict[UserRole, str]:
    return {role: reach.value.removeprefix("own_") for role, reach in READ[kind].items()}


def _row(name: str, words: dict[UserRole, str], cells: Collection[Cell]) -> Sequence[object]:
    return name, *(words.get(role, ABSENT) for role in UserRole), len(cells), sum(cell.agrees for cell in cells)


def _notes(cells: Sequence[Cell]) -> list[str]:
    allowed = [cell for cell in cells if cell.expected == ALLOWED]
    crossed = [cell for cell in cells if ":" in cell.column]
    columns = set(map(column_of, Kind))
    read = [cell for cell in cells if cell.column in columns]
    refused = len(cells) - len(allowed) - len(crossed) - len(read)
    people = len({cell.username for cell in cells})
    wrong = [str(cell) for cell in cells if not cell.agrees]
    return [
        f"{len(cells):,} cells, on {' and '.join(VENDORS)}; {len(cells) - len(wrong):,} agree. {people} people: every "
        "office in two institutions of each side, whose people and records are the same; the neutral third; families' "
        "contacts; a person with two offices, one with none, and one suspended.",
        f"Verbs: {len(allowed):,} permitted, each with its one entry by that person, and {refused:,} refused, after "
        "which entries and changes are as many as before. A verb is tried on records of side A.",
        f"Another person's record in a field of a verb that one may do: {len(crossed):,}, each answered as an absent "
        "record would be, and nothing written.",
        f"Reading: {len(read):,}, each the whole list of that kind, some records of it by their identifiers, some that "
        "are not in it, and one that nobody has.",
        "Yes, and how far an office reads, are what the table says; what it must come to for each person follows from "
        "what the test's world remembers of its people and records, and from no door and no action.",
        *wrong[:20],
    ]
