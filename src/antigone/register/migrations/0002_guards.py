"""The head of the ledger, the numbers of PostgreSQL, and triggers that refuse to change what is append-only.

The triggers are a guard rail against a slip, not evidence: whoever owns the database can drop them. Evidence is the
witnessed root.
"""

from collections.abc import Iterator
from typing import Any

from django.db import migrations

from antigone.domain import Kind

APPEND_ONLY = ("register_ledgerentry", "register_change", "register_checkpoint", "register_cosignature")


def put_up(apps: Any, schema_editor: Any) -> None:
    """Head row, then what each database needs."""
    apps.get_model("register", "LedgerHead").objects.create(pk=1, size=0)
    with schema_editor.connection.cursor() as cursor:
        for statement in _statements(schema_editor.connection.vendor):
            cursor.execute(statement)


def _statements(vendor: str) -> Iterator[str]:
    if vendor == "sqlite":
        for table in APPEND_ONLY:
            for event in ("UPDATE", "DELETE"):
                yield (
                    f"CREATE TRIGGER {table}_no_{event.lower()} BEFORE {event} ON {table} "
                    f"BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END"
                )
        return
    for kind in Kind:
        yield f"CREATE SEQUENCE register_{kind.value}_number"
    yield (
        "CREATE FUNCTION register_append_only() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'the ledger is append-only'; END $$"
    )
    for table in APPEND_ONLY:
        yield (
            f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION register_append_only()"
        )
        yield (
            f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION register_append_only()"
        )


class Migration(migrations.Migration):
    """After the tables."""

    dependencies = [("register", "0001_initial")]
    operations = [migrations.RunPython(put_up)]
