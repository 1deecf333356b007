"""Every cell of the table of permissions: each office and each verb, each office and each kind of record, tried."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from random import Random

from antigone.domain import READ, VERBS, Kind, UserRole
from evidence.framework import Outcome
from tests.actions.permission_cells import Cell, permitted, reading, refusals, strangers
from tests.postgresql import PostgreSQL
from tests.register_database import VENDORS, Templates, Worlds

NAME = "permissions"
TITLE = "Who may do what and read what, cell by cell"
MUST_SHOW = (
    "Each of fifty people of twelve offices, of two institutions of each side, of the neutral third, families, "
    "somebody suspended and somebody without an office, is allowed every verb and every record that the table of "
    "permissions gives them and refused everything else, on both databases; whoever is refused writes nothing, and "
    "no cell is allowed by default."
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


def check(small: bool, n: int | None) -> Outcome:
    """A small run takes one person for each permitted verb, seeded, and all refusals and readings."""
    cells: list[tuple[str, Cell]] = []
    people = 0
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="antigone-permissions-")))
        table = folder / "missing.csv"
        table.write_text("surname\nSurname-9\n", encoding="utf-8")
        templates = Templates(folder, _Server(stack, folder).url_giver)
        for vendor in VENDORS:
            cells += [(vendor, cell) for cell in _cells(Worlds(templates, vendor), table, small)]
    people = len({cell.username for _, cell in cells})
    rows = [_row(name, _by_verb(name), cells) for name in VERBS] + [_row(k.value, READ[k], cells) for k in Kind]
    crossed = [cell for _, cell in cells if ":" in cell.column]
    wrong = [f"{vendor}: {cell}" for vendor, cell in cells if not cell.agrees]
    header = ("verb or record", *(SHORT.get(role, role.value) for role in UserRole), "cells", "agree")
    notes = [
        f"{len(cells)} cells tried, {len(cells) - len(wrong)} agree: {people} people, each with every verb and every "
        f"kind of record, on {' and '.join(VENDORS)}.",
        f"Of them {len(crossed)} put a record that the person may not see into one field of a verb they may do: "
        f"{sum(cell.agrees for cell in crossed)} are answered as if it were not there.",
    ]
    return Outcome(not wrong, header, rows, notes + wrong[:20])
