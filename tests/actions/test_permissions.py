"""Who may do what and read what: the whole table, tried by everybody, and nothing allowed that is not in it."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

import pytest

from antigone.domain import READ, VERBS, Kind, UserRole, kind_of, may, reach
from tests.actions.permission_cells import (
    ALLOWED,
    NOBODY,
    Cell,
    actor_of,
    column_of,
    everybody,
    expected_to_do,
    permitted,
    reading,
    refusals,
    seen,
    strangers,
    within_reach,
)
from tests.cast import do
from tests.register_database import Worlds
from tests.world import CALLS, HIDDEN, OTHER_PARENT

SEED = 20_251_102
EXPORTERS = ("a.administrator", "a.auditor", "a.registrar", "a.coordinator", "n.intermediary", "b.registrar")


@pytest.fixture
def table(tmp_path: Path) -> Path:
    """A list of missing persons."""
    path = tmp_path / "missing.csv"
    path.write_text("surname\nSurname-9\n", encoding="utf-8")
    return path


def agreed(cells: Iterator[Cell]) -> list[Cell]:
    """The cells, none of which was other than expected."""
    found = list(cells)
    assert [cell for cell in found if not cell.agrees] == []
    return found


def test_whoever_is_not_in_the_table_is_refused_and_writes_nothing(worlds: Worlds, table: Path) -> None:
    with worlds.fresh() as world:
        cells = agreed(refusals(world, table))
    assert {cell.column for cell in cells if cell.username == NOBODY} == set(VERBS)
    assert {cell.expected for cell in cells} == {
        "NotAllowed", "NotHere", "no actor", "handover-of-other-party", "sample-elsewhere",
    }  # fmt: skip


def test_whoever_is_in_the_table_can_do_it(worlds: Worlds, table: Path) -> None:
    cells = agreed(permitted(worlds, table, part=Random(SEED)))
    assert {cell.column for cell in cells} == set(VERBS) - {"found_register"}


def test_no_field_of_any_verb_takes_a_record_that_one_may_not_see(worlds: Worlds, table: Path) -> None:
    with worlds.fresh() as world:
        cells = agreed(strangers(world, table))
    assert len({cell.column for cell in cells}) > 40


def test_everybody_reads_as_far_as_the_table_says(worlds: Worlds) -> None:
    with worlds.fresh() as world:
        cells = agreed(reading(world))
    some = {cell.column for cell in cells if cell.expected not in ("0 records", "no actor")}
    assert some == set(map(column_of, Kind))


def test_the_world_has_every_kind_on_both_sides(worlds: Worlds) -> None:
    from antigone.register.models import RECORDS

    with worlds.fresh() as world:
        for kind in Kind:
            assert len(world.of(kind)) == RECORDS[kind.value]._default_manager.count()
            assert len(world.of(kind, "a")) >= 1
            if kind is not Kind.USER:
                assert len(world.of(kind, "a")) == len(world.of(kind, "b"))


def test_a_name_is_found_only_among_those_one_may_see(worlds: Worlds) -> None:
    from antigone.register import doors
    from antigone.register.opening import keyring

    with worlds.fresh() as world:
        for username, person in everybody(world).items():
            found = doors.missing_persons_named(actor_of(world, username), "Surname-First", keyring().index_key)
            sons = {world.names[side]["missing_person"] for side in ("a", "b")}
            assert set(found.values_list("pk", flat=True)) == sons & seen(world, person, Kind.MISSING_PERSON)


def test_a_family_contact_sees_the_own_family_and_the_own_consent_alone(worlds: Worlds) -> None:
    with worlds.fresh() as world:
        contact, names = world.people["a.contact"], world.names["a"]
        sees = {kind: seen(world, contact, kind) for kind in Kind}
    assert sees[Kind.FAMILY] == {names["family"]}
    assert sees[Kind.MISSING_PERSON] == {names["missing_person"]}
    assert sees[Kind.RELATIVE] == {names["mother"]}
    assert sees[Kind.CONSENT] == {names["consent"]}
    assert sees[Kind.USER] == {contact.user}
    nothing = set(Kind) - {
        Kind.FAMILY, Kind.MISSING_PERSON, Kind.RELATIVE, Kind.CONSENT, Kind.USER, Kind.PARTY, Kind.INSTITUTION,
    }  # fmt: skip
    assert [kind for kind in nothing if sees[kind]] == []


def test_nobody_is_told_of_a_record_that_others_of_their_office_read(worlds: Worlds) -> None:
    from antigone.register.models import Notice

    with worlds.fresh() as world:
        people = {person.user: person for person in world.people.values()}
        told = [(people[one.addressee_id], one.about) for one in Notice.objects.all() if one.addressee_id in people]
        assert len(told) > 100
        not_theirs = [(person, about) for person, about in told if not within_reach(world, person, about)]
        by_number = [(person, about) for person, about in not_theirs if not person.roles & set(READ[kind_of(about)])]
        assert not_theirs == by_number


def test_an_administrator_is_of_the_party_that_keeps_the_register(worlds: Worlds) -> None:
    from antigone.register.refusals import NotHere, NotNow

    with worlds.fresh() as world:
        administrator, other = world.actors["a.administrator"], world.names["b"]
        new = {"institution": other["institution"], "username": "b.new", "name": "Name of a user"}
        with pytest.raises(NotNow) as refused:
            do(administrator, "add_user", roles="administrator", **new)
        assert (refused.value.code, refused.value.facts) == ("administrator-of-other-party", {"party": other["party"]})
        with pytest.raises(NotNow) as refused:
            do(administrator, "change_roles", user=other["user"], roles="registrar, administrator")
        assert refused.value.code == "administrator-of-other-party"
        with pytest.raises(NotNow) as refused:
            do(administrator, "add_user", roles="family_contact", **new)
        assert refused.value.code == "contact-without-relative"
        with pytest.raises(NotHere):
            do(administrator, "add_user", roles="family_contact", relative=world.names["a"]["mother"], **new)


def test_two_offices_reach_as_far_as_either(worlds: Worlds) -> None:
    with worlds.fresh() as world:
        liaison, coordinator = world.people["a.liaison"], world.people["a.coordinator"]
        both = world.people["a.two_offices"]
        # a notice has one addressee; a document takes a right to documents and one to what it is about, of any office
        for kind in set(Kind) - {Kind.NOTICE, Kind.DOCUMENT}:
            assert seen(world, both, kind) == seen(world, liaison, kind) | seen(world, coordinator, kind)
        assert seen(world, both, Kind.DECISION) > seen(world, liaison, Kind.DECISION)


def test_whoever_is_suspended_is_nobody(worlds: Worlds) -> None:
    from antigone.register.actor import actor_named

    with worlds.fresh() as world:
        assert world.suspended == ["a.suspended", "b.suspended"]
        assert [actor_named(username) for username in world.suspended] == [None, None]
        do(world.actors["a.administrator"], "suspend_user", user=world.people["a.registrar"].user)
        assert actor_named("a.registrar") is None


def test_what_geneticists_know_of_a_family_stands_nowhere_else(worlds: Worlds) -> None:
    from antigone.register.models import RECORDS, Change, LedgerEntry
    from antigone.register.opening import opened

    with worlds.fresh() as world:
        telling = {
            record.pk
            for model in RECORDS.values()
            for record in model._default_manager.all()
            if tells(json.dumps([record.plain(), opened(record)]))
        }
        assert {world.facts[identifier].kind for identifier in telling} == {Kind.GENETIC_FAMILY}
        readers = {
            role
            for person in world.people.values()
            for role in person.roles
            if any(within_reach(world, person, identifier) for identifier in telling)
        }
        assert readers == {UserRole.GENETICIST}
        readable = [
            *Change.objects.values_list("plain", flat=True),
            *LedgerEntry.objects.values_list("reason", flat=True),
        ]
        assert [text for text in readable if tells(text)] == []
        checks = Change.objects.filter(kind=Kind.GENETIC_FAMILY.value).values_list("plain", flat=True)
        assert {json.loads(plain)["state"] for plain in checks} == {"checked"}


def tells(text: str) -> bool:
    """Whether it says that kinship is not as the family declared it, or what it is."""
    return any(word in text for word in (HIDDEN, f'"{OTHER_PARENT}"', "inconsistent"))


@pytest.mark.parametrize("scope", ["minimal", "whole"])
def test_no_export_tells_of_it(worlds: Worlds, tmp_path: Path, scope: str) -> None:
    from antigone.register.exporting import export_register

    with worlds.fresh() as world:
        for number, username in enumerate(EXPORTERS):
            opens = {"open_sealed": "yes"} if scope == "whole" else {}
            other = world.names["b" if username.startswith("a") else "a"]["party"]
            actor = world.actors[username]
            document = do(actor, "export", recipient=other, scope=scope, **opens).record
            exported = export_register(tmp_path / f"{number}.zip", actor, document)
            with zipfile.ZipFile(exported.path) as archive:
                texts = {name: archive.read(name).decode("utf-8", "replace") for name in archive.namelist()}
            assert [name for name, text in texts.items() if tells(text)] == []


def test_every_verb_and_every_kind_is_in_the_table(root: Path) -> None:
    from antigone.register.doors import DOORS
    from antigone.register.models import RECORDS

    files = {path.stem for path in (root / "src/antigone/actions/verbs").glob("*.py")} - {"__init__"}
    assert files == set(VERBS) == set(CALLS)
    assert set(READ) == set(Kind) == set(DOORS) == {Kind(name) for name in RECORDS}
    assert all(verb.roles for verb in VERBS.values())
    assert all(readers for readers in READ.values())
    assert [name for name, verb in VERBS.items() if verb.founding] == ["found_register"]


def test_nothing_is_allowed_that_is_not_written_down(worlds: Worlds) -> None:
    from antigone.actions import VerbCode, perform
    from antigone.register.refusals import NotAllowed

    def carry_out(_act: Any, _command: Any, _prepared: Any) -> str:
        raise AssertionError("it was carried out")

    for role in UserRole:
        assert not may(role, "no_such_verb")
        for kind in Kind:
            assert (reach(role, kind) is None) == (role not in READ[kind])
    with worlds.fresh() as world:
        everything = replace(world.actors["a.administrator"], roles=frozenset(UserRole))
        with pytest.raises(NotAllowed):
            perform(everything, VerbCode("no_such_verb", object, carry_out), object())
        person = replace(world.people["a.administrator"], roles=frozenset(UserRole))
        refused = [verb for verb in VERBS if expected_to_do(world, person, verb) != ALLOWED]
        assert refused == ["found_register", "acknowledge_notice"]


def test_a_kind_without_a_line_in_the_table_is_read_by_nobody(worlds: Worlds, monkeypatch: pytest.MonkeyPatch) -> None:
    from antigone.register import doors

    with worlds.fresh() as world:
        monkeypatch.delitem(READ, Kind.PARTY)
        for actor in world.actors.values():
            assert not doors.parties.visible(actor).exists()


def test_a_word_that_names_no_office_is_none(worlds: Worlds) -> None:
    from antigone.domain import InputRefused

    with worlds.fresh() as world:
        names = world.names["a"]
        with pytest.raises(InputRefused) as refused:
            do(world.actors["a.administrator"], "change_roles", user=names["user"], roles="registrar, keeper")
        assert [(p.code, p.found) for p in refused.value.problems] == [("unknown-word", "keeper")]


def test_the_world_is_the_same_for_both_sides(worlds: Worlds) -> None:
    with worlds.fresh() as world:
        names = {side: set(world.names[side]) for side in ("a", "b")}
        people = {
            side: {name[1:] for name in world.people if name.startswith(side)} - {".administrator"}
            for side in ("a", "b")
        }
        assert names["a"] == names["b"]
        assert people["a"] == people["b"]
