"""The tables of the open register: made, and brought to this version."""

from __future__ import annotations

from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor


def waiting_migrations() -> list[str]:
    """The steps by which the database is behind this version, in their order; empty where it is of this version."""
    executor = MigrationExecutor(connection)
    return [f"{m.app_label}-{m.name}" for m, _ in executor.migration_plan(executor.loader.graph.leaf_nodes())]


def migrate() -> None:
    """Make the tables, or bring them to this version."""
    call_command("migrate", verbosity=0)


def forget_ended_sessions() -> None:
    """Take out the sessions whose time is over."""
    call_command("clearsessions")
