"""What the register notices by itself when somebody has written past the actions."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.cast import Cast, do


def _codes() -> set[str]:
    from antigone.register.agreement import disagreements

    return {problem.code for problem in disagreements()}


def _without_guards(table: str) -> None:
    """Whoever owns the database can drop the triggers."""
    from django.db import connection

    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            for event in ("update", "delete"):
                cursor.execute(f"DROP TRIGGER {table}_no_{event}")
        else:
            cursor.execute(f"DROP TRIGGER {table}_append_only ON {table}")


def _rename_party() -> None:
    from antigone.register.models import Party

    Party.objects.filter(code="B").update(name="Side C")


def _delete_entry() -> None:
    from antigone.register.models import LedgerEntry

    _without_guards("register_ledgerentry")
    LedgerEntry.objects.filter(index=3).delete()


def _change_entry() -> None:
    from antigone.register.models import LedgerEntry

    _without_guards("register_ledgerentry")
    LedgerEntry.objects.filter(index=3).update(actor="US-000002-1")


def _change_change() -> None:
    from antigone.register.models import Change

    _without_guards("register_change")
    Change.objects.filter(kind="party", version=1).update(plain='{"code":"Z"}')


def _swap_sealed() -> None:
    from antigone.register.models import MissingPerson

    one, two = MissingPerson.objects.order_by("id")[:2]
    MissingPerson.objects.filter(pk=one.pk).update(sealed=two.sealed, wrapped_key=two.wrapped_key)


def _delete_row() -> None:
    from antigone.register.models import MissingPerson

    MissingPerson.objects.order_by("id")[0].delete()


@pytest.mark.parametrize(
    ("alter", "found"),
    [
        (_rename_party, "row-differs"),
        (_delete_entry, "ledger-size"),
        (_change_entry, "ledger-leaf"),
        (_change_change, "ledger-changes"),
        (_swap_sealed, "row-differs"),
        (_delete_row, "row-missing"),
    ],
)
def test_what_was_written_past_the_actions_is_found(cast: Cast, alter: Callable[[], None], found: str) -> None:
    for number in (1, 2):
        do(cast["registrar"], "register_missing_person", surname=f"Surname-{number}")
    assert _codes() == set()
    alter()
    assert found in _codes()


def test_the_ledger_refuses_updates_and_deletions(cast: Cast) -> None:
    from django.db import DatabaseError, connection, transaction

    for table in ("register_ledgerentry", "register_change"):
        for statement in (f"DELETE FROM {table}", f"UPDATE {table} SET action = 'x'"):
            append_only = pytest.raises(DatabaseError, match="append-only")
            with append_only, transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(statement)


def test_an_action_that_fails_leaves_nothing(cast: Cast) -> None:
    from antigone.domain import InputRefused, Kind, make_identifier
    from antigone.register.models import LedgerHead, MissingPerson
    from antigone.register.refusals import NotHere

    before = LedgerHead.objects.get(pk=1).size
    absent = make_identifier(Kind.FAMILY, 77)
    with pytest.raises(NotHere):
        do(cast["registrar"], "register_missing_person", surname="Surname-1", family=absent)
    with pytest.raises(InputRefused) as refused:
        do(cast["registrar"], "register_missing_person", family="FA-1", born="yesterday", sex="m")
    assert {p.place.column for p in refused.value.problems} == {"surname", "family", "born", "sex"}
    assert LedgerHead.objects.get(pk=1).size == before
    assert not MissingPerson.objects.exists()
