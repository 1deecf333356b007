"""Writing many rows of the ledger's and the index's tables at once: a million persons are five million rows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import connection, models


def insert_rows(model: type[models.Model], columns: Sequence[str], rows: Sequence[tuple[Any, ...]]) -> None:
    """Insert rows of texts, whole numbers, bytes and None, as the columns hold them.

    Without Django's checks and conversions, which take longer than all the rest: by COPY on PostgreSQL, by one
    prepared statement on SQLite.
    """
    if not rows:
        return
    quote = connection.ops.quote_name
    table, names = quote(model._meta.db_table), ", ".join(map(quote, columns))
    with connection.wrap_database_errors, connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
        else:
            places = ", ".join(["%s"] * len(columns))
            cursor.executemany(f"INSERT INTO {table} ({names}) VALUES ({places})", rows)


def tell_planner() -> None:
    """Let PostgreSQL count anew what it holds; by itself it does so minutes later, and plans badly until then.

    On SQLite the indexes are such that it needs no counts.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


def insert_records(model: type[models.Model], records: Sequence[models.Model]) -> None:
    """Insert these records, every column of them; what the database cannot hold as it is, is converted."""
    fields = model._meta.concrete_fields
    rows = zip(*(_cells(field, records) for field in fields), strict=True)
    insert_rows(model, [field.column for field in fields], list(rows))


def _cells(field: Any, records: Sequence[models.Model]) -> list[Any]:
    """One column of all records."""
    cells = [getattr(record, field.attname) for record in records]
    if isinstance(field, models.DateField | models.JSONField):
        return [field.get_db_prep_save(cell, connection) for cell in cells]
    return cells
