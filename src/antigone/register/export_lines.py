"""The lines of an export: entries, changes and rows, read in steps of a few thousand."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter
from typing import Any

from antigone import ledger
from antigone.domain import Kind
from antigone.register.entries import value_of_change, value_of_entry
from antigone.register.export_scope import Shown
from antigone.register.keyring import Keyring, WrapBroken
from antigone.register.models import RECORDS, Change, LedgerEntry, Record
from antigone.register.sealing import Opened, SealBroken, unseal

BATCH = 5_000
"""Changes or rows held at a time."""
_ENTRIES = 500
"""Entries whose changes are read by one statement."""
BROKEN = "broken"
"""In place of a digest: what the register holds does not open."""


@dataclass(frozen=True, slots=True)
class EntryLines:
    """One entry: its line of entries.jsonl, and the lines of its changes, which are read as they are asked for."""

    line: str
    changes: Iterator[str]


def entry_lines(size: int, shown: Shown, keys: Keyring) -> Iterator[EntryLines]:
    """The first `size` entries in their order.

    An entry none of whose changes is shown is a leaf hash alone, and its changes do not appear at all.
    """
    for group in _groups(size):
        if len(group) == 1 and group[0].changes_count > BATCH:
            yield _large(group[0], shown, keys)
        else:
            yield from _small(group, shown, keys)


def stray_lines(shown: Shown) -> Iterator[str]:
    """Changes that belong to no entry; a sound register has none."""
    written = LedgerEntry.objects.values("action")
    for change in Change.objects.exclude(action__in=written).order_by("pk").iterator(BATCH):
        if _visible([change], shown):
            yield _change_line(None, change, {change.record}, {})


def row_lines(kind: Kind, shown: Shown, keys: Keyring) -> Iterator[str]:
    """The records of one kind as they are now."""
    last = ""
    while batch := list(shown.rows(kind).filter(pk__gt=last)[:BATCH]):
        last = batch[-1].pk
        for row in batch:
            yield _line({"id": row.pk, "version": row.version, "plain": row.plain(), "sealed": _digest(row, keys)})


def _groups(size: int) -> Iterator[list[LedgerEntry]]:
    """Entries in their order: one with many changes alone, others together."""
    group: list[LedgerEntry] = []
    changes = 0
    for entry in _entries(size):
        if group and (changes + entry.changes_count > BATCH or len(group) == _ENTRIES):
            yield group
            group, changes = [], 0
        group.append(entry)
        changes += entry.changes_count
    if group:
        yield group


def _entries(size: int) -> Iterator[LedgerEntry]:
    begin = 0
    while begin < size:
        yield from LedgerEntry.objects.filter(index__gte=begin, index__lt=min(begin + BATCH, size)).order_by("index")
        begin += BATCH


def _small(group: list[LedgerEntry], shown: Shown, keys: Keyring) -> Iterator[EntryLines]:
    """Entries whose changes are few enough to be read together."""
    rows = list(Change.objects.filter(action__in=[entry.action for entry in group]))
    rows.sort(key=attrgetter("action", "position"))
    by_action = {action: list(of_one) for action, of_one in groupby(rows, attrgetter("action"))}
    visible = _visible(rows, shown)
    contents = _contents(rows, visible, shown, keys)
    for entry in group:
        own = by_action.get(entry.action, [])
        if shown.everything or any(change.record in visible for change in own):
            lines = (_change_line(entry.index, change, visible, contents) for change in own)
            yield EntryLines(_entry_line(entry), lines)
        else:
            yield EntryLines(_leaf_line(entry), iter(()))


def _large(entry: LedgerEntry, shown: Shown, keys: Keyring) -> EntryLines:
    """An entry whose changes are read in steps; twice, where something in it may have to stay closed."""
    if shown.everything or any(_visible(rows, shown) for rows in _steps(entry)):
        return EntryLines(_entry_line(entry), _large_lines(entry, shown, keys))
    return EntryLines(_leaf_line(entry), iter(()))


def _large_lines(entry: LedgerEntry, shown: Shown, keys: Keyring) -> Iterator[str]:
    for rows in _steps(entry):
        visible = _visible(rows, shown)
        contents = _contents(rows, visible, shown, keys)
        yield from (_change_line(entry.index, change, visible, contents) for change in rows)


def _steps(entry: LedgerEntry) -> Iterator[list[Change]]:
    last = -1
    changes = Change.objects.filter(action=entry.action).order_by("position")
    while batch := list(changes.filter(position__gt=last)[:BATCH]):
        last = batch[-1].position
        yield batch


def _by_kind(rows: Iterable[Change]) -> dict[Kind, set[str]]:
    """Records by kind; a kind that is none is left out."""
    found: dict[Kind, set[str]] = {}
    for change in rows:
        if change.kind in RECORDS:
            found.setdefault(RECORDS[change.kind].KIND, set()).add(change.record)
    return found


def _visible(rows: list[Change], shown: Shown) -> set[str]:
    if shown.everything:
        return {change.record for change in rows}
    return {record for kind, records in _by_kind(rows).items() for record in shown.plain(kind, records)}


def _contents(
    rows: list[Change], visible: set[str], shown: Shown, keys: Keyring
) -> dict[tuple[str, int], dict[str, Any] | str]:
    """(record, version) -> salt and content of the sealed parts that are opened."""
    if not shown.opens:
        return {}
    owners: dict[str, Record] = {}
    for kind, records in _by_kind(row for row in rows if row.sealed is not None).items():
        opened = shown.sealed(kind, records & visible)
        found = RECORDS[kind.value]._default_manager.filter(pk__in=opened)
        owners.update((owner.pk, owner) for owner in found.only("pk", "wrapped_key", "key_generation"))
    return {
        (change.record, change.version): _content(owners[change.record], change, keys)
        for change in rows
        if change.sealed is not None and change.record in owners
    }


def _content(owner: Record, change: Change, keys: Keyring) -> dict[str, Any] | str:
    found = _open(owner, change.version, bytes(change.sealed), keys)
    if found is None:
        return BROKEN
    return {"salt": found.salt.hex(), "content": json.loads(found.content)}


def _digest(row: Record, keys: Keyring) -> str | None:
    """The digest of what the row holds sealed; None where it holds nothing."""
    if row.sealed is None:
        return None
    found = _open(row, row.version, bytes(row.sealed), keys)
    return BROKEN if found is None else found.digest.hex()


def _open(owner: Record, version: int, blob: bytes, keys: Keyring) -> Opened | None:
    if owner.wrapped_key is None:
        return None
    try:
        data_key = keys.unwrap(owner.key_generation, bytes(owner.wrapped_key), str(owner.pk))
        return unseal(data_key, blob, kind=owner.KIND.value, record=str(owner.pk), version=version)
    except (SealBroken, WrapBroken):
        return None


def _entry_line(entry: LedgerEntry) -> str:
    """The body of the leaf itself; a row that says none is shown as it is, for the reader to find."""
    try:
        return ledger.entry_body(value_of_entry(entry)).decode() + "\n"
    except (ValueError, TypeError) as error:
        return _line({"damaged": str(error)})


def _leaf_line(entry: LedgerEntry) -> str:
    return _line({"leaf": bytes(entry.leaf).hex()})


def _change_line(
    entry: int | None, change: Change, visible: set[str], contents: dict[tuple[str, int], dict[str, Any] | str]
) -> str:
    begin = f'{{"entry":{json.dumps(entry)},"position":{change.position},'
    try:
        body = ledger.change_body(value_of_change(change))
    except (ValueError, TypeError) as error:
        return f'{begin}"damaged":{json.dumps(str(error))}}}\n'
    if change.record not in visible:
        return f'{begin}"leaf":"{ledger.leaf_hash(body).hex()}"}}\n'
    opened = contents.get((change.record, change.version))
    end = "" if opened is None else f',"opened":{_line(opened).rstrip()}'
    return f'{begin}"body":{body.decode()}{end}}}\n'


def _line(value: dict[str, Any] | str) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n"
