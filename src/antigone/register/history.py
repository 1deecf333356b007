"""Who did what, when: the entries of the ledger, and the history of one record, as values for a page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from antigone.register.actor import Actor
from antigone.register.models import Change, Checkpoint, LedgerEntry, LedgerHead, Record
from antigone.register.refusals import NotHere


@dataclass(frozen=True, slots=True)
class Event:
    """One entry. `changes`: how many records the action touched; `version`: of the record asked about, else None."""

    entry: int
    verb: str
    actor: str
    at: datetime
    changes: int
    version: int | None = None


@dataclass(frozen=True, slots=True)
class SignedState:
    """One checkpoint: the first `size` entries were signed, and these witnesses signed the same."""

    size: int
    root: str
    made_at: datetime
    witnesses: tuple[str, ...]


def may_read_ledger(actor: Actor) -> bool:
    """Whoever may take the ledger away as an export may read it here."""
    return actor.may("export")


def history_of(record: Record) -> list[Event]:
    """Every version of a record that was read through its door, the newest first."""
    versions = {row.action: row.version for row in Change.objects.filter(record=record.pk)}
    entries = LedgerEntry.objects.filter(action__in=versions).order_by("-index")
    return [_event(entry, versions[entry.action]) for entry in entries]


def entries(actor: Actor, before: int | None, limit: int) -> list[Event]:
    """At most so many entries below this index, the newest first; NotHere for those who may not read the ledger."""
    if not may_read_ledger(actor):
        raise NotHere("ledger", "")
    found = LedgerEntry.objects.order_by("-index")
    if before is not None:
        found = found.filter(index__lt=before)
    return [_event(entry) for entry in found[:limit]]


def own_entry(actor: Actor, index: int) -> Event | None:
    """An entry that this actor made."""
    entry = LedgerEntry.objects.filter(index=index, actor=actor.user).first()
    return _event(entry) if entry else None


def ledger_size() -> int:
    """How many entries there are."""
    return LedgerHead.objects.get(pk=1).size


def signed_states(actor: Actor, limit: int) -> list[SignedState]:
    """The latest checkpoints, the newest first; NotHere for those who may not read the ledger."""
    if not may_read_ledger(actor):
        raise NotHere("ledger", "")
    rows = Checkpoint.objects.order_by("-size").prefetch_related("cosignatures")[:limit]
    return [
        SignedState(row.size, row.root, row.made_at, tuple(sorted(c.witness for c in row.cosignatures.all())))
        for row in rows
    ]


def _event(entry: LedgerEntry, version: int | None = None) -> Event:
    return Event(entry.index, entry.verb, entry.actor, entry.at, entry.changes_count, version)
