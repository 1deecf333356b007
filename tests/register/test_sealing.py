"""Sealed records: they open as what they are and as nothing else, and a destroyed key leaves nothing to try."""

from __future__ import annotations

import hashlib

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from antigone.register.sealing import Opened, SealBroken, SealFault, new_data_key, seal, unseal

CONTENT = '{"name": "Шевченко"}'.encode()


def fault(data_key: bytes, blob: bytes, kind: str = "sample", record: str = "SA-1", version: int = 1) -> SealFault:
    with pytest.raises(SealBroken) as caught:
        unseal(data_key, blob, kind=kind, record=record, version=version)
    return caught.value.fault


@pytest.mark.parametrize("content", [b"", b"x", CONTENT, bytes(100_000)])
def test_it_opens_as_it_was_sealed(content: bytes) -> None:
    key = new_data_key()
    sealed = seal(key, content, kind="sample", record="SA-1", version=1)
    opened = unseal(key, sealed.blob, kind="sample", record="SA-1", version=1)
    assert opened.content == content
    assert opened.digest == sealed.digest == hashlib.sha256(opened.salt + content).digest()
    assert len(opened.salt) == 16
    assert len(sealed.blob) == 12 + 16 + len(content) + 16


def test_it_is_the_form_written_down_and_no_other() -> None:
    """Opened by the cipher alone, from the description of the format."""
    key = new_data_key()
    blob = seal(key, CONTENT, kind="missing_person", record="MP-0004K2-8", version=3).blob
    salted = AESGCM(key).decrypt(blob[:12], blob[12:], b"antigone-sealed/1|missing_person|MP-0004K2-8|3")
    assert salted[16:] == CONTENT


def test_the_same_content_sealed_twice_has_nothing_in_common() -> None:
    key = new_data_key()
    one, other = (seal(key, CONTENT, kind="sample", record="SA-1", version=1) for _ in range(2))
    assert one.blob[:12] != other.blob[:12]
    assert one.blob[12:] != other.blob[12:]
    assert one.digest != other.digest


def test_nonces_and_salts_are_not_repeated() -> None:
    key = new_data_key()
    blobs = [seal(key, b"", kind="sample", record="SA-1", version=1).blob for _ in range(2000)]
    assert len({blob[:12] for blob in blobs}) == 2000
    assert len({unseal(key, blob, kind="sample", record="SA-1", version=1).salt for blob in blobs}) == 2000


def test_the_content_is_not_readable_and_its_digest_cannot_be_tried_without_the_salt() -> None:
    sealed = seal(new_data_key(), CONTENT, kind="sample", record="SA-1", version=1)
    assert CONTENT not in sealed.blob
    assert "Шевченко".encode() not in sealed.blob
    assert sealed.digest != hashlib.sha256(CONTENT).digest()


def test_another_key_does_not_open_it() -> None:
    blob = seal(new_data_key(), CONTENT, kind="sample", record="SA-1", version=1).blob
    assert fault(new_data_key(), blob) is SealFault.NOT_AUTHENTIC


@pytest.mark.parametrize(
    ("kind", "record", "version"), [("profile", "SA-1", 1), ("sample", "SA-2", 1), ("sample", "SA-1", 2)]
)
def test_it_does_not_open_as_another_kind_record_or_version(kind: str, record: str, version: int) -> None:
    key = new_data_key()
    blob = seal(key, CONTENT, kind="sample", record="SA-1", version=1).blob
    assert fault(key, blob, kind, record, version) is SealFault.NOT_AUTHENTIC


def test_a_changed_byte_anywhere_is_found() -> None:
    key = new_data_key()
    blob = seal(key, b"content", kind="sample", record="SA-1", version=1).blob
    for place in range(len(blob)):
        changed = bytearray(blob)
        changed[place] ^= 0x80
        assert fault(key, bytes(changed)) is SealFault.NOT_AUTHENTIC


def test_what_is_cut_short_is_told_apart_where_it_can_be() -> None:
    key = new_data_key()
    blob = seal(key, b"content", kind="sample", record="SA-1", version=1).blob
    faults = [fault(key, blob[:length]) for length in range(len(blob))]
    assert faults == [SealFault.CUT_SHORT] * 44 + [SealFault.NOT_AUTHENTIC] * 7
    assert fault(key, blob + b"\0") is SealFault.NOT_AUTHENTIC


def test_the_error_names_the_record_and_the_cause() -> None:
    with pytest.raises(SealBroken) as short:
        unseal(new_data_key(), b"", kind="sample", record="SA-1", version=4)
    assert str(short.value) == "sample SA-1, version 4, does not open: it is shorter than any sealed record"
    with pytest.raises(SealBroken) as wrong:
        unseal(new_data_key(), bytes(60), kind="sample", record="SA-1", version=4)
    assert str(wrong.value) == (
        "sample SA-1, version 4, does not open: the key is wrong, or it was moved from another record or version, "
        "or changed"
    )


@pytest.mark.parametrize(("kind", "record"), [("sam|ple", "SA-1"), ("sample", "SA|1")])
def test_names_that_could_be_taken_for_others_are_refused(kind: str, record: str) -> None:
    with pytest.raises(ValueError, match=r"a kind or record with \| in its name"):
        seal(new_data_key(), b"", kind=kind, record=record, version=1)


def test_what_was_opened_does_not_show_itself() -> None:
    assert "content" not in repr(Opened(bytes(16), b"content"))


def test_keys_are_random_and_of_256_bits() -> None:
    keys = {new_data_key() for _ in range(100)}
    assert len(keys) == 100
    assert {len(key) for key in keys} == {32}
