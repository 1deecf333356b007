"""When reading is more than looking something up, and so leaves an entry."""

from __future__ import annotations

from antigone.actions.perform import Done, perform
from antigone.actions.registry import verb
from antigone.actions.verbs.read_in_bulk import Command
from antigone.domain import Kind
from antigone.register.actor import Actor

PAGE = 100
"""Records that may be read at once without an entry."""


def note_reading(actor: Actor, kind: Kind, count: int, how: str) -> Done | None:
    """Record that this actor is about to read so many records; None where they are no more than a page.

    To be called before the records are shown, and outside of a transaction. `how`: page, export or search. Raises
    NotAllowed where the actor may not read in bulk.
    """
    if count <= PAGE:
        return None
    return perform(actor, verb("read_in_bulk"), Command(kind=kind.value, count=count, how=how))
