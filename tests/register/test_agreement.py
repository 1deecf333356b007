"""What the register notices by itself when somebody has written past the actions."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

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


def _add_change(**other: str) -> None:
    from antigone.register.models import Change

    change = Change.objects.filter(kind="party").order_by("pk")[0]
    change.pk, change.version = None, 2
    for name, value in {"action": "0" * 32, **other}.items():
        setattr(change, name, value)
    change.save(force_insert=True)


def _add_change_of_nothing() -> None:
    _add_change(kind="wreath", record="WR-000001-1")


@pytest.mark.parametrize(
    ("alter", "found"),
    [
        (_rename_party, "row-differs"),
        (_delete_entry, "ledger-size"),
        (_change_entry, "ledger-leaf"),
        (_change_change, "ledger-changes"),
        (_swap_sealed, "row-differs"),
        (_delete_row, "row-missing"),
        (_add_change, "change-without-entry"),
        (_add_change, "row-version"),
        (_add_change_of_nothing, "row-missing"),
    ],
)
def test_what_was_written_past_the_actions_is_found(cast: Cast, alter: Callable[[], None], found: str) -> None:
    for number in (1, 2):
        do(cast["registrar"], "register_missing_person", surname=f"Surname-{number}")
    assert _codes() == set()
    alter()
    assert found in _codes()


def test_entries_of_many_changes_are_checked_like_others(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    from antigone.register import agreement

    tags = "\n".join(f"T-{number}; S-{number}" for number in range(9))
    parties = {"from_party": cast["b.coordinator"].party, "to_party": cast["coordinator"].party}
    do(cast["coordinator"], "register_handover", containers=tags, **parties)
    monkeypatch.setattr(agreement, "CHUNK", 4)
    assert _codes() == set()
    _change_change()
    assert _codes() == {"ledger-changes", "row-differs"}


def test_what_others_do_meanwhile_is_no_disagreement(cast: Cast) -> None:
    from antigone.register.agreement import disagreements
    from antigone.register.entries import ledger_size
    from antigone.register.one_moment import one_moment

    before = ledger_size()
    with one_moment():
        assert ledger_size() == before
        with ThreadPoolExecutor(1) as pool:
            pool.submit(_registered_elsewhere, cast).result()
        assert ledger_size() == before
    assert ledger_size() == before + 1
    assert disagreements() == []


def _registered_elsewhere(cast: Cast) -> None:
    from django.db import connection

    do(cast["registrar"], "register_missing_person", surname="Surname-1")
    connection.close()


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
