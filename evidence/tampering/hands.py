"""What somebody can do who writes into the database by hand, or keeps the register's keys.

Nothing here goes through the register's own actions. `fit_log` needs no key: leaves and roots are hashes, which
everybody can compute, and the register itself signs what it finds in its database.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from antigone import ledger

if TYPE_CHECKING:
    from antigone.register.models import Change, LedgerEntry

Content = dict[str, Any]


def take_off_guards() -> None:
    """Triggers and foreign keys hold nobody up who owns the database."""
    from django.db import connection

    from antigone.register.models import Change, Checkpoint, Cosignature, LedgerEntry

    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET session_replication_role = replica")
            return
        cursor.execute("PRAGMA foreign_keys = OFF")
        for model in (LedgerEntry, Change, Checkpoint, Cosignature):
            for event in ("update", "delete"):
                cursor.execute(f"DROP TRIGGER {model._meta.db_table}_no_{event}")


def set_columns(model: type[Any], identifier: object, **columns: object) -> None:
    """Write into one row."""
    assert model._base_manager.filter(pk=identifier).update(**columns) == 1


def remove(rows: Any) -> None:
    """Delete these rows and nothing that refers to them."""
    assert rows.count()
    rows._raw_delete(rows.db)


def changes_of(record: str) -> list[Change]:
    """All versions of one record, in their order."""
    from antigone.register.models import Change

    return list(Change.objects.filter(record=record).order_by("version"))


def entry_of(change: Change) -> LedgerEntry:
    """The entry that made this version."""
    from antigone.register.models import LedgerEntry

    entry: LedgerEntry = LedgerEntry.objects.get(action=change.action)
    return entry


def entries_by(verb: str) -> list[LedgerEntry]:
    """The entries of one verb, in their order."""
    from antigone.register.models import LedgerEntry

    return list(LedgerEntry.objects.filter(verb=verb).order_by("index"))


def say_otherwise(record: str, since: int = 1, **plain: object) -> None:
    """Put other plain values into a record's versions from `since` on, and into its row."""
    for change in changes_of(record):
        if change.version >= since:
            values = {**json.loads(change.plain), **plain}
            set_columns(type(change), change.pk, plain=ledger.canonical_json(values).decode())
    lay_row(record)


def lay_row(record: str) -> None:
    """Make the row of a record what its last version says; without versions there is no row."""
    from antigone.register.models import RECORDS, Change

    change = Change.objects.filter(record=record).order_by("version").last()
    if change is None:
        for model in RECORDS.values():
            model._base_manager.filter(pk=record)._raw_delete(model._base_manager.db)
        return
    model = RECORDS[change.kind]
    columns = {model._meta.get_field(name).attname: value for name, value in json.loads(change.plain).items()}
    set_columns(model, record, version=change.version, sealed=change.sealed, **columns)


def reseal(record: str, version: int, edit: Callable[[Content], None]) -> None:
    """With the register's keys: other words in the sealed part of one version, and their digest in its change."""
    from antigone.register.models import RECORDS, Change
    from antigone.register.opening import keyring, opened_version
    from antigone.register.sealing import seal

    change = Change.objects.get(record=record, version=version)
    row = RECORDS[change.kind]._base_manager.get(pk=record)
    _, content = opened_version(row, version, bytes(change.sealed))
    edit(content)
    data_key = keyring().unwrap(row.key_generation, bytes(row.wrapped_key), record)
    sealed = seal(data_key, ledger.canonical_json(content), kind=change.kind, record=record, version=version)
    set_columns(Change, change.pk, sealed=sealed.blob, sealed_digest=sealed.digest.hex())
    lay_row(record)


def cut_out(entry: LedgerEntry) -> None:
    """Take one entry away with everything it did; the indices after it stay as they are."""
    from antigone.register.models import Change, LedgerEntry

    changes = Change.objects.filter(action=entry.action)
    records = [change.record for change in changes]
    remove(changes)
    remove(LedgerEntry.objects.filter(pk=entry.pk))
    for record in records:
        lay_row(record)


def move_entry(entry: LedgerEntry, behind: int) -> None:
    """Put an entry behind another one, and date it a microsecond later."""
    from antigone.register.models import LedgerEntry

    entries = list(LedgerEntry.objects.exclude(pk=entry.pk).order_by("index"))
    entry.at = entries[behind].at + timedelta(microseconds=1)
    entries.insert(behind + 1, entry)
    for index, moved in enumerate(entries):
        moved.index = index
    remove(LedgerEntry.objects.all())
    LedgerEntry.objects.bulk_create(entries)


def fit_entry(index: int) -> None:
    """Make one entry agree with its changes again, and its leaf with it."""
    from antigone.register.models import LedgerEntry

    entry = LedgerEntry.objects.get(index=index)
    _fit(entry)
    set_columns(LedgerEntry, index, changes_count=entry.changes_count, changes_root=entry.changes_root, leaf=entry.leaf)


def fit_log(*, forget: bool = True) -> None:
    """Make the whole log agree again, and number its entries anew.

    `forget`: also drop the checkpoints and cosignatures that do not fit any more; those that do are kept.
    """
    from antigone.register.models import LedgerEntry, LedgerHead

    entries = list(LedgerEntry.objects.order_by("index"))
    for index, entry in enumerate(entries):
        entry.index = index
        _fit(entry)
    remove(LedgerEntry.objects.all())
    LedgerEntry.objects.bulk_create(entries)
    set_columns(LedgerHead, 1, size=len(entries), last_at=entries[-1].at)
    if forget:
        forget_what_does_not_fit()


def forget_what_does_not_fit() -> None:
    """Drop the checkpoints, with their cosignatures, that are not of the log as it is now."""
    from antigone.register.models import Checkpoint, Cosignature, LedgerEntry

    leaves = [bytes(leaf) for leaf in LedgerEntry.objects.order_by("index").values_list("leaf", flat=True)]
    for checkpoint in Checkpoint.objects.all():
        fits = checkpoint.size <= len(leaves) and ledger.root_of(leaves[: checkpoint.size]).hex() == checkpoint.root
        if not fits:
            Cosignature.objects.filter(checkpoint=checkpoint.pk)._raw_delete(Cosignature.objects.db)
            remove(Checkpoint.objects.filter(pk=checkpoint.pk))


def _fit(entry: LedgerEntry) -> None:
    from antigone.register.entries import value_of_change, value_of_entry
    from antigone.register.models import Change

    changes = list(Change.objects.filter(action=entry.action).order_by("position"))
    for position, change in enumerate(changes):
        if change.position != position:
            set_columns(Change, change.pk, position=position)
    entry.changes_count = len(changes)
    entry.changes_root = ledger.changes_root(map(value_of_change, changes)).hex()
    entry.leaf = ledger.entry_leaf(value_of_entry(entry))
