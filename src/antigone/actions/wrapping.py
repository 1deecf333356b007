"""The wrapped keys of all records: which key of the register wraps them, and how they pass to a new one."""

from __future__ import annotations

from collections import Counter

from django.db import connection
from django.db.models import Count

from antigone.register.keyring import Keyring
from antigone.register.models import RECORDS, Record

BATCH = 2_000
"""Records whose keys are held in memory at once."""


def wrap_anew(keys: Keyring, generation: str) -> int:
    """Wrap the key of every record with this one of the register's keys, which is in use; how many were wrapped.

    Inside a transaction: all of them or none. Versions and sealed values stay as they are.
    """
    return sum(_wrap_kind(keys, generation, model) for model in RECORDS.values() if model.SEALED)


def generations_in_use() -> dict[str, int]:
    """Key of the register -> how many records are wrapped with it. One that is not here can be forgotten.

    An action that began before a rotation may still write with the former key: ask again when it is over.
    """
    found: Counter[str] = Counter()
    for model in RECORDS.values():
        rows = model._default_manager.filter(wrapped_key__isnull=False).order_by()
        found.update(dict(rows.values_list("key_generation").annotate(Count("pk"))))
    return dict(found)


def _wrap_kind(keys: Keyring, generation: str, model: type[Record]) -> int:
    done, last = 0, ""
    rows = model._default_manager.filter(wrapped_key__isnull=False).exclude(key_generation=generation).order_by("pk")
    columns = ("pk", "key_generation", "wrapped_key")
    table = connection.ops.quote_name(model._meta.db_table)
    while batch := list(rows.filter(pk__gt=last).values_list(*columns)[:BATCH]):
        wrapped = [(*_wrapped(keys, *row), row[0], row[1]) for row in batch]
        with connection.cursor() as cursor:
            cursor.executemany(
                f"UPDATE {table} SET key_generation = %s, wrapped_key = %s WHERE id = %s AND key_generation = %s",
                wrapped,
            )
        last = batch[-1][0]
        done += len(batch)
    return done


def _wrapped(keys: Keyring, record: str, generation: str, wrapped: bytes) -> tuple[str, bytes]:
    return keys.wrap(keys.unwrap(generation, bytes(wrapped), record), record)
