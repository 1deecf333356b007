"""Whether the open register kept what was promised: every action wholly there or wholly not, and none of it twice."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from tests.register.promises import Found, Intent

if TYPE_CHECKING:
    from antigone.register.models import LedgerEntry

DURABLE = {
    "sqlite": ("PRAGMA", ("journal_mode", "synchronous")),
    "postgresql": ("SHOW", ("fsync", "synchronous_commit", "full_page_writes", "idle_in_transaction_session_timeout")),
}
"""How each database is asked for its settings, and which say that what is committed stays and nobody blocks others."""
ALONE_WITHIN = 20.0
"""Seconds in which PostgreSQL notices that a client is gone, and ends what it was doing for it."""
CHUNK = 2_000
UNCHANGING = {"rotate_keys"}
"""Verbs whose entry stands for itself, and changes no record."""


def held(book: Sequence[Intent], founding: int) -> Found:
    """Compare the register with the book. founding: entries that were there before the first promise."""
    from antigone.register.agreement import disagreements
    from antigone.register.models import Change, LedgerEntry

    _wait_until_alone()
    entries = {entry.action: entry for entry in LedgerEntry.objects.filter(index__gte=founding)}
    faults = [f"{problem.code} ({problem.place.item})" for problem in disagreements()]
    faults += [*_promises(book, entries), *_identifiers(), *_names(), *_database()]
    kept = [any(action in entries for action in intent.actions) for intent in book]
    return Found(faults, kept, founding + len(entries), Change.objects.filter(version=1).count(), _settings())


def unopened() -> list[str]:
    """Every sealed version that does not open as what the ledger knows; empty: all open, but what was erased."""
    from antigone.ledger import canonical_json
    from antigone.register.models import RECORDS, Change
    from antigone.register.opening import keyring, opened_version

    keys, faults = keyring(), []
    for kind, model in RECORDS.items():
        records = {record.pk: record for record in model._default_manager.exclude(wrapped_key=None)}
        changes = Change.objects.filter(kind=kind).exclude(sealed=None).iterator(chunk_size=CHUNK)
        for change in (change for change in changes if change.record in records):
            name = f"{change.record}, version {change.version}"
            try:
                salt, values = opened_version(records[change.record], change.version, bytes(change.sealed), keys)
            except Exception as error:  # whatever it is, it is a finding
                faults.append(f"{name}: {error}")
                continue
            if hashlib.sha256(salt + canonical_json(values)).hexdigest() != change.sealed_digest:
                faults.append(f"{name}: not what the ledger knows")
    return faults


def _wait_until_alone() -> None:
    """What a killed client had sent is done or undone once the server is rid of it."""
    from django.db import connection

    latest = time.monotonic() + ALONE_WITHIN
    while connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() "
                "AND backend_type = 'client backend' AND pid <> pg_backend_pid() AND state <> 'idle'"
            )
            if not cursor.fetchone()[0]:
                return
        if time.monotonic() > latest:
            raise TimeoutError("the server still works for a client that was killed")
        time.sleep(0.005)


def _promises(book: Sequence[Intent], entries: Mapping[str, LedgerEntry]) -> Iterator[str]:
    """Every promise against the entries by the names of their actions, and the entries against the promises."""
    for number, intent in enumerate(book):
        name = f"{intent.verb}, number {number} ({intent.marks[-1]})"
        there = [entries[action] for action in dict.fromkeys(intent.actions) if action in entries]
        if len(there) > 1:
            yield f"{name}: done {len(there)} times"
        if intent.marks[-1] == "done" and [entry.index for entry in there] != intent.promised[:1]:
            yield f"{name}: entry {intent.promised[0]} was promised"
        if intent.marks[-1] == "refused" and there:
            yield f"{name}: done all the same"
        if any(entry.verb != intent.verb for entry in there):
            yield f"{name}: its entry is of another verb"
        if any(not entry.changes_count and entry.verb not in UNCHANGING for entry in there):
            yield f"{name}: its entry changes nothing"
    known = {action for intent in book for action in intent.actions}
    yield from (f"entry {entry.index} was never begun" for entry in entries.values() if entry.action not in known)


def _identifiers() -> Iterator[str]:
    """One identifier, one record, of whatever kind."""
    from antigone.register.models import RECORDS, Change

    rows = [pk for model in RECORDS.values() for pk in model._default_manager.values_list("pk", flat=True)]
    if len(set(rows)) != len(rows):
        yield "an identifier was given twice"
    if len(rows) != Change.objects.filter(version=1).count():
        yield "a record without its first version, or the other way round"


def _names() -> Iterator[str]:
    """Everybody who has a name is found by it, and nobody else."""
    from antigone.register.models import MissingPerson, NameToken, Relative

    found = set(NameToken.objects.values_list("record", flat=True).distinct())
    named = set(MissingPerson.objects.exclude(wrapped_key=None).values_list("pk", flat=True))
    named |= set(Relative.objects.exclude(wrapped_key=None).values_list("pk", flat=True))
    if found != named:
        yield f"found by name or named, not both: {', '.join(sorted(found ^ named)[:4])}"


def _database() -> Iterator[str]:
    """What the database finds in its own pages."""
    from django.db import connection

    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA integrity_check")
            yield from (line for (line,) in cursor.fetchall() if line != "ok")
            cursor.execute("PRAGMA foreign_key_check")
            yield from (f"reference to nothing: {row}" for row in cursor.fetchall())


def _settings() -> dict[str, str]:
    from django.db import connection

    ask, names = DURABLE[connection.vendor]
    with connection.cursor() as cursor:
        return {name: str(cursor.execute(f"{ask} {name}").fetchone()[0]) for name in names}
