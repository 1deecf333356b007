"""Reading much as it stood at one moment, while others go on writing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection


@contextmanager
def one_moment() -> Iterator[None]:
    """Everything read within is of one moment; nothing is locked, nobody waits. Not a part of an action.

    Not `atomic`, which on SQLite takes the one place of the writer.
    """
    if connection.in_atomic_block:
        raise RuntimeError("what is read at one moment is no part of an action")
    kind = " ISOLATION LEVEL REPEATABLE READ READ ONLY" if connection.vendor == "postgresql" else " DEFERRED"
    connection.ensure_connection()
    with connection.cursor() as cursor:
        cursor.execute("BEGIN" + kind)
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("ROLLBACK")
