"""Rotating the keys: every record's key is wrapped anew, nothing else changes."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from typing import Any

import pytest

from tests.actions.family_records import agrees, computed, household, record, sealed
from tests.cast import Cast, do


@pytest.fixture(autouse=True)
def _keys_as_before(register_templates: Any, tmp_path: Any) -> Iterator[None]:
    """The tests of one run share a folder of keys."""
    keys = register_templates.folder.keys / "keys.json"
    shutil.copy2(keys, tmp_path / "keys.json")
    yield
    part = keys.with_suffix(".kept")
    shutil.copy2(tmp_path / "keys.json", part)
    part.replace(keys)


def test_every_key_is_wrapped_anew_and_the_former_can_be_forgotten(cast: Cast) -> None:
    from antigone.actions.wrapping import generations_in_use
    from antigone.register.models import Change, LedgerEntry
    from antigone.register.opening import keyring

    house = household(cast)
    made = computed(cast, house)
    before, versions = Change.objects.count(), record(house.person).version
    former = keyring().current
    count = generations_in_use()[former]
    done = do(cast["administrator"], "rotate_keys")
    new = keyring().current
    assert new != former
    assert generations_in_use() == {new: count}
    assert (Change.objects.count(), record(house.person).version) == (before, versions)
    assert LedgerEntry.objects.get(index=done.entry).reason == f"{new} {count}"
    keyring().forget(former)
    assert sealed(house.person)["surname"] == "Surname-1"
    assert sealed(made.profile)["autosomal"] == {"TH01": "6/9.3"}
    assert agrees()


def test_a_rotation_that_fails_leaves_every_record_readable(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    from antigone.actions import perform, verb
    from antigone.actions.act import Act
    from antigone.actions.wrapping import generations_in_use
    from antigone.register.opening import keyring

    house = household(cast)
    former = keyring().current
    in_use = generations_in_use()

    def power_fails(_act: Act) -> None:
        raise SystemExit

    code = verb("rotate_keys")
    with monkeypatch.context() as patched:
        patched.setattr(Act, "close", power_fails)
        with pytest.raises(SystemExit):
            perform(cast["administrator"], code, code.command())
    assert generations_in_use() == in_use
    assert keyring().generations[0] == former
    assert sealed(house.person)["surname"] == "Surname-1"
    do(cast["administrator"], "rotate_keys")
    assert set(generations_in_use()) == {keyring().current}


def test_the_key_of_an_erased_record_does_not_come_back(cast: Cast) -> None:
    house = household(cast)
    do(cast["registrar"], "erase", missing_person=house.person, ground="court_order")
    do(cast["administrator"], "rotate_keys")
    assert (record(house.person).wrapped_key, record(house.person).key_generation) == (None, "")


def test_keys_are_wrapped_in_batches(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    from antigone.actions import wrapping
    from antigone.register.opening import keyring

    monkeypatch.setattr(wrapping, "BATCH", 2)
    for number in range(5):
        do(cast["registrar"], "register_missing_person", surname=f"Surname-{number}")
    do(cast["administrator"], "rotate_keys")
    assert set(wrapping.generations_in_use()) == {keyring().current}
