"""Keys of a register: what is refused, what opens, what stays open after a rotation."""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from antigone.domain import InputRefused
from antigone.register.keyring import FILE, FORMAT, Keyring, WrapBroken, WrapFault

RECORD = "MP-0004K2-8"
DATA_KEY = bytes(range(32))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "register" / "keys"


@pytest.fixture
def keyring(folder: Path) -> Keyring:
    return Keyring.create(folder)


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def refusal(act: Callable[[], object]) -> tuple[str, str, str]:
    with pytest.raises(InputRefused) as caught:
        act()
    (problem,) = caught.value.problems
    assert problem.place.file
    return problem.code, problem.found, problem.needed


def test_the_folder_and_the_file_are_closed_to_others(keyring: Keyring, folder: Path) -> None:
    assert (mode(folder), mode(folder / FILE)) == (0o700, 0o600)
    keyring.rotate()
    assert (mode(folder), mode(folder / FILE)) == (0o700, 0o600)
    assert [path.name for path in folder.iterdir()] == [FILE]


def test_the_file_names_its_format(keyring: Keyring, folder: Path) -> None:
    plain = json.loads((folder / FILE).read_text("ascii"))
    assert plain["format"] == FORMAT == "antigone-keys/1"
    assert [each["id"] for each in plain["key_encryption_keys"]] == [keyring.current]


def test_loaded_keys_are_those_that_were_made(keyring: Keyring, folder: Path) -> None:
    wrapped = keyring.wrap(DATA_KEY, RECORD)
    loaded = Keyring.load(str(folder))
    assert loaded.unwrap(*wrapped, RECORD) == DATA_KEY
    assert (loaded.index_key, loaded.web_secret) == (keyring.index_key, keyring.web_secret)


def test_two_registers_have_nothing_in_common(tmp_path: Path) -> None:
    one, other = Keyring.create(tmp_path / "one"), Keyring.create(tmp_path / "other")
    assert one.index_key != other.index_key
    assert one.web_secret != other.web_secret
    assert len(one.index_key) == 32
    assert len(one.web_secret) == 64


def test_a_wrapped_key_says_nothing_and_is_new_each_time(keyring: Keyring) -> None:
    (_, first), (_, second) = keyring.wrap(DATA_KEY, RECORD), keyring.wrap(DATA_KEY, RECORD)
    assert first != second
    assert DATA_KEY not in first
    assert len(first) == 12 + 32 + 16


def test_a_wrapped_key_opens_for_its_record_only(keyring: Keyring) -> None:
    kek_id, wrapped = keyring.wrap(DATA_KEY, RECORD)
    with pytest.raises(WrapBroken, match=f"the data key of MP-0004K3-9, wrapped with {kek_id}, .*another record") as no:
        keyring.unwrap(kek_id, wrapped, "MP-0004K3-9")
    assert no.value.fault is WrapFault.NOT_AUTHENTIC


def test_a_changed_wrapped_key_does_not_open_whichever_byte_it_is(keyring: Keyring) -> None:
    kek_id, wrapped = keyring.wrap(DATA_KEY, RECORD)
    for place in range(len(wrapped)):
        changed = bytearray(wrapped)
        changed[place] ^= 1
        with pytest.raises(WrapBroken):
            keyring.unwrap(kek_id, bytes(changed), RECORD)


@pytest.mark.parametrize("length", [0, 5, 12, 27, 59])
def test_a_wrapped_key_cut_short_does_not_open(keyring: Keyring, length: int) -> None:
    kek_id, wrapped = keyring.wrap(DATA_KEY, RECORD)
    with pytest.raises(WrapBroken, match="it was changed"):
        keyring.unwrap(kek_id, wrapped[:length], RECORD)


def test_the_name_of_the_key_is_bound_in(keyring: Keyring) -> None:
    """Neither under another name of the same keyring, nor with another key of the same name."""
    first, wrapped = keyring.wrap(DATA_KEY, RECORD)
    second = keyring.rotate()
    with pytest.raises(WrapBroken):
        keyring.unwrap(second, wrapped, RECORD)
    _rewrite(keyring.folder, lambda plain: _exchange_keys(plain))
    with pytest.raises(WrapBroken):
        keyring.unwrap(first, wrapped, RECORD)


def test_a_key_that_is_not_there_is_named(keyring: Keyring) -> None:
    with pytest.raises(WrapBroken, match="wrapped with 7-00000000, cannot be opened: the key is not in the keyring"):
        keyring.unwrap("7-00000000", bytes(60), RECORD)


def test_after_a_rotation_old_records_open_and_new_ones_have_the_new_key(keyring: Keyring, folder: Path) -> None:
    first, wrapped = keyring.wrap(DATA_KEY, RECORD)
    second = keyring.rotate()
    assert keyring.current == second != first
    assert keyring.unwrap(first, wrapped, RECORD) == DATA_KEY
    again = keyring.wrap(keyring.unwrap(first, wrapped, RECORD), RECORD)
    assert again[0] == second
    assert Keyring.load(folder).unwrap(*again, RECORD) == DATA_KEY
    assert keyring.generations == Keyring.load(folder).generations == (first, second)


def test_a_process_sees_the_rotation_of_another(keyring: Keyring, folder: Path) -> None:
    other = Keyring.load(folder)
    added = keyring.rotate()
    assert other.wrap(DATA_KEY, RECORD)[0] == added
    assert other.unwrap(*keyring.wrap(DATA_KEY, RECORD), RECORD) == DATA_KEY


def test_rotations_at_once_lose_no_key(keyring: Keyring, folder: Path) -> None:
    with ThreadPoolExecutor(8) as threads:
        added = list(threads.map(lambda _: Keyring.load(folder).rotate(), range(24)))
    assert set(added) < set(keyring.generations)
    assert len(keyring.generations) == 25
    assert [int(name.split("-")[0]) for name in keyring.generations] == list(range(1, 26))


def test_a_forgotten_key_opens_nothing_and_the_one_in_use_is_not_forgotten(keyring: Keyring, folder: Path) -> None:
    first, wrapped = keyring.wrap(DATA_KEY, RECORD)
    with pytest.raises(ValueError, match=f"{first} is the key in use"):
        keyring.forget(first)
    second = keyring.rotate()
    old = json.loads((folder / FILE).read_text("ascii"))["key_encryption_keys"][0]["key"]
    keyring.forget(first)
    with pytest.raises(WrapBroken) as no:
        keyring.unwrap(first, wrapped, RECORD)
    assert no.value.fault is WrapFault.UNKNOWN_KEY
    assert keyring.generations == (second,)
    assert old not in (folder / FILE).read_text("ascii")


def test_an_unfinished_file_of_a_killed_process_is_in_nobodys_way(keyring: Keyring, folder: Path) -> None:
    (folder / f"{FILE}.part").write_text("{", "ascii")
    added = keyring.rotate()
    assert Keyring.load(folder).current == added


def test_keys_are_never_overwritten(keyring: Keyring, folder: Path) -> None:
    before = (folder / FILE).read_bytes()
    assert refusal(lambda: Keyring.create(folder)) == ("keys-exist", FILE, "a folder without keys")
    assert (folder / FILE).read_bytes() == before


def test_absent_keys_are_refused(keyring: Keyring, folder: Path) -> None:
    (folder / FILE).unlink()
    expected = ("keys-missing", "no file", "the keys this register was made with")
    assert refusal(lambda: Keyring.load(folder)) == expected
    assert refusal(lambda: Keyring.load(folder / "nowhere")) == expected
    assert refusal(lambda: keyring.wrap(DATA_KEY, RECORD)) == expected


@pytest.mark.parametrize("bits", [0o640, 0o604, 0o644, 0o660, 0o601])
def test_a_file_open_to_others_is_refused(keyring: Keyring, folder: Path, bits: int) -> None:
    (folder / FILE).chmod(bits)
    assert refusal(lambda: Keyring.load(folder)) == ("keys-open", f"mode {bits:04o}", "mode 0600")


@pytest.mark.parametrize("bits", [0o750, 0o701, 0o755, 0o777])
def test_a_folder_open_to_others_is_refused(keyring: Keyring, folder: Path, bits: int) -> None:
    folder.chmod(bits)
    assert refusal(lambda: Keyring.load(folder)) == ("keys-open", f"mode {bits:04o}", "mode 0700")
    (folder / FILE).unlink()
    assert refusal(lambda: Keyring.create(folder))[0] == "keys-open"
    assert not (folder / FILE).exists()


def test_keys_that_cannot_be_read_are_refused(keyring: Keyring, folder: Path) -> None:
    (folder / FILE).unlink()
    (folder / FILE).mkdir(mode=0o700)
    assert refusal(lambda: Keyring.load(folder)) == ("keys-unreadable", "Is a directory", "a file its owner may read")


@pytest.mark.parametrize(
    "change",
    [
        lambda plain: plain.update(format="antigone-keys/2"),
        lambda plain: plain.pop("format"),
        lambda plain: plain.pop("index_key"),
        lambda plain: plain.pop("web_secret"),
        lambda plain: plain.update(key_encryption_keys=[]),
        lambda plain: plain.update(key_encryption_keys=plain["key_encryption_keys"] * 2),
        lambda plain: plain.update(key_encryption_keys=7),
        lambda plain: plain.update(index_key="AAAA"),
        lambda plain: plain.update(index_key=plain["index_key"] + "?"),
        lambda plain: plain.update(index_key=3),
    ],
)
def test_a_file_of_another_form_is_refused(
    keyring: Keyring, folder: Path, change: Callable[[dict[str, Any]], None]
) -> None:
    _rewrite(folder, change)
    code, found, needed = refusal(lambda: Keyring.load(folder))
    assert (code, needed) == ("keys-format", "a file of the format antigone-keys/1")
    assert found.endswith(" while reading it")


@pytest.mark.parametrize("content", [b"", b"[]", b"not json", b"\xff\xfe", b'{"format": "antigone-keys/1"'])
def test_a_torn_or_foreign_file_is_refused(keyring: Keyring, folder: Path, content: bytes) -> None:
    (folder / FILE).write_bytes(content)
    assert refusal(lambda: Keyring.load(folder))[0] == "keys-format"


def test_no_key_comes_into_a_log_or_a_refusal(keyring: Keyring, folder: Path) -> None:
    plain = json.loads((folder / FILE).read_text("ascii"))
    secrets = [plain["index_key"], plain["web_secret"], plain["key_encryption_keys"][0]["key"]]
    shown = repr(keyring) + repr(vars(keyring))
    (folder / FILE).write_text((folder / FILE).read_text("ascii")[:-3], "ascii")
    with pytest.raises(InputRefused) as caught:
        Keyring.load(folder)
    shown += repr(caught.value) + repr(caught.value.__cause__)
    assert not [secret for secret in secrets if secret in shown]


def _rewrite(folder: Path, change: Callable[[dict[str, Any]], None]) -> None:
    plain = json.loads((folder / FILE).read_text("ascii"))
    change(plain)
    part = folder / "changed"
    with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT, 0o600), "w", encoding="ascii") as file:
        json.dump(plain, file)
    part.replace(folder / FILE)


def _exchange_keys(plain: dict[str, Any]) -> None:
    one, other = plain["key_encryption_keys"]
    one["key"], other["key"] = other["key"], one["key"]
