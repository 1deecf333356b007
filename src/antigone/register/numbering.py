"""New identifiers. A gap between numbers says nothing; that nothing is lost, the ledger says."""

from __future__ import annotations

from django.db import connection

from antigone.domain import Kind, make_identifier
from antigone.register.models import IdentifierCounter


def new_identifiers(kind: Kind, count: int) -> list[str]:
    """So many new identifiers of this kind, in the order of their numbers. Inside a transaction.

    PostgreSQL: a sequence, so that two actions at once do not wait for each other. SQLite has one writer at a
    time; there a counter is enough.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT nextval('register_{kind.value}_number') FROM generate_series(1, %s)", [count])
            numbers = [number for (number,) in cursor.fetchall()]
    else:
        counter, _ = IdentifierCounter.objects.get_or_create(kind=kind.value)
        numbers = list(range(counter.last + 1, counter.last + count + 1))
        counter.last += count
        counter.save()
    return [make_identifier(kind, number) for number in numbers]
