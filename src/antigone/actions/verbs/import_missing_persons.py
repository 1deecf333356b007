"""Import missing persons: a table of them, all or none, as one entry of the ledger."""

from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Annotated, Any

from antigone.actions.act import Act
from antigone.actions.fields import File
from antigone.actions.person_tables import checked_table, persons_of_table, refuse_families
from antigone.actions.verbs import register_missing_person as single
from antigone.register import doors
from antigone.register.actor import Actor
from antigone.register.models import MissingPerson

CHUNK = 5_000
"""Persons held in memory at once."""


@dataclass(frozen=True, kw_only=True)
class Command:
    """A CSV file in UTF-8 whose columns are the fields of `register_missing_person`; `surname` must be there."""

    table: Annotated[Path, File()]


def prepare(actor: Actor, command: Command) -> None:
    """Check every row, and every family that is named, before anything is written."""
    families = checked_table(command.table)
    known: set[str] = set()
    named = iter(families)
    while chunk := list(islice(named, CHUNK)):
        rows = doors.families.visible(actor).filter(pk__in=chunk).exclude(state="closed")
        known.update(rows.values_list("pk", flat=True))
    refuse_families(command.table, ((name, row) for name, row in families.items() if name not in known))


def carry_out(act: Act, command: Command, _prepared: None) -> str:
    """The identifier of the first."""
    persons = persons_of_table(command.table)
    first = ""
    while chunk := list(islice(persons, CHUNK)):
        records = act.create_many(MissingPerson, [_row(person) for person in chunk])
        first = first or str(records[0].pk)
    return first


def _row(person: single.Command) -> tuple[dict[str, Any], dict[str, Any]]:
    columns = {"state": "missing", "family": person.family, "missing_since": person.last_seen}
    return single.sealed_particulars(person), columns
