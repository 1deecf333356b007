"""The ledger entry of one action: its changes, then the index, taken under one lock as the last statements."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import cast

from django.db import transaction

from antigone import ledger
from antigone.register.models import Change, LedgerEntry, LedgerHead


def new_action() -> str:
    """A name for one action: 32 hexadecimal digits."""
    return secrets.token_hex(16)


def value_of_change(row: Change) -> ledger.Change:
    """The ledger's value of one stored change."""
    return ledger.Change(
        kind=row.kind,
        record=row.record,
        version=row.version,
        plain=cast(dict[str, object], ledger.parse_canonical(row.plain.encode())),
        sealed_digest=bytes.fromhex(row.sealed_digest) if row.sealed_digest else None,
        salt=bytes.fromhex(row.salt),
    )


def value_of_entry(row: LedgerEntry) -> ledger.Entry:
    """The ledger's value of one stored entry."""
    return ledger.Entry(
        action=row.action,
        verb=row.verb,
        actor=row.actor,
        at=row.at,
        reason=row.reason,
        changes_count=row.changes_count,
        changes_root=bytes.fromhex(row.changes_root),
    )


def append_entry(action: str, verb: str, actor: str, reason: str, change_leaves: Iterable[bytes]) -> LedgerEntry:
    """Write the entry of an action whose changes are written. Call it last, inside the action's transaction.

    The head row is locked from here to the commit, so entries get their indices, and their times, in the order
    of their commits, with no gap.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("an entry is written inside the transaction of its action")
    frontier = ledger.Frontier()
    for leaf in change_leaves:
        frontier.append(leaf)
    head = LedgerHead.objects.select_for_update().get(pk=1)
    now = datetime.now(UTC)
    at = max(now, head.last_at) if head.last_at else now
    row = LedgerEntry(
        index=head.size,
        action=action,
        verb=verb,
        actor=actor,
        at=at,
        reason=reason,
        changes_count=frontier.size,
        changes_root=frontier.root().hex(),
    )
    row.leaf = ledger.entry_leaf(value_of_entry(row))
    row.save(force_insert=True)
    LedgerHead.objects.filter(pk=1).update(size=head.size + 1, last_at=at)
    return row


def ledger_size() -> int:
    """How many entries there are."""
    return int(LedgerHead.objects.get(pk=1).size)
