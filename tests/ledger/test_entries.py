"""Entries and changes: their bytes, their leaves, and what is refused."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from antigone.domain import InputRefused, Place
from antigone.ledger import (
    EMPTY_ROOT,
    Change,
    Entry,
    canonical_json,
    change_body,
    change_leaf,
    changes_root,
    entry_body,
    entry_leaf,
    leaf_hash,
    parse_change,
    parse_entry,
    root_of,
    sealed_digest,
)

SALT, SEALED_SALT = bytes(range(16)), bytes(range(16, 32))
DIGEST = sealed_digest(SEALED_SALT, b"name")
CHANGE = Change("remains", "R-17", 3, {"side": "A", "rank": 4, "open": True}, DIGEST, SALT)
ENTRY = Entry(
    "0123456789abcdef0123456789abcdef",
    "remains.examine",
    "account-7",
    datetime(2026, 11, 3, 12, 30, 0, 5, UTC),
    "Друга експертиза",
    1,
    changes_root([CHANGE]),
)

texts = st.text(st.characters(exclude_categories=["Cs"]))
changes = st.builds(
    Change,
    texts.filter(bool),
    texts.filter(bool),
    st.integers(0, 2**53 - 1),
    st.dictionaries(texts, texts | st.integers(-9, 9) | st.none() | st.lists(texts, max_size=2), max_size=4),
    st.none() | st.binary(min_size=32, max_size=32),
    st.binary(min_size=16, max_size=16),
)


def test_the_bytes_of_an_entry() -> None:
    assert entry_body(ENTRY).decode() == (
        '{"action":"0123456789abcdef0123456789abcdef","actor":"account-7","at":"2026-11-03T12:30:00.000005Z",'
        f'"changes":{{"count":1,"root":"{changes_root([CHANGE]).hex()}"}},"format":"antigone-entry/1",'
        '"reason":"Друга експертиза","verb":"remains.examine"}'
    )
    assert entry_leaf(ENTRY) == hashlib.sha256(b"\x00" + entry_body(ENTRY)).digest()


def test_the_bytes_of_a_change() -> None:
    sealed = hashlib.sha256(SEALED_SALT + b"name").hexdigest()
    assert change_body(CHANGE).decode() == (
        '{"format":"antigone-change/1","kind":"remains","plain":{"open":true,"rank":4,"side":"A"},"record":"R-17",'
        f'"salt":"000102030405060708090a0b0c0d0e0f","sealed":"{sealed}","version":3}}'
    )
    assert change_leaf(CHANGE) == leaf_hash(change_body(CHANGE))


@given(changes)
def test_a_change_is_the_canonical_json_of_its_parts_and_is_read_back(change: Change) -> None:
    body = change_body(change)
    assert body == canonical_json(json.loads(body))
    assert parse_change(body) == change


@given(st.lists(changes, max_size=5))
def test_the_root_of_changes_is_that_of_their_leaves(listed: list[Change]) -> None:
    assert changes_root(iter(listed)) == root_of([leaf_hash(change_body(change)) for change in listed])


def test_an_entry_is_read_back() -> None:
    assert parse_entry(entry_body(ENTRY)) == ENTRY
    nothing = replace(ENTRY, changes_count=0, changes_root=EMPTY_ROOT, reason="")
    assert parse_entry(entry_body(nothing)) == nothing


def test_one_moment_is_written_in_one_way() -> None:
    kyiv = ENTRY.at.astimezone(timezone(timedelta(hours=2)))
    assert entry_body(replace(ENTRY, at=kyiv)) == entry_body(ENTRY)


def test_nothing_personal_is_in_the_leaf() -> None:
    """The same change of two persons differs in the salted digest alone, and not by the data without the salt."""
    one, other = (replace(CHANGE, sealed_digest=sealed_digest(SEALED_SALT, name)) for name in (b"Ivan", b"Petro"))
    assert b"Ivan" not in change_body(one)
    assert hashlib.sha256(b"Ivan").hexdigest().encode() not in change_body(one)
    differing = {
        key for key, value in json.loads(change_body(one)).items() if json.loads(change_body(other))[key] != value
    }
    assert differing == {"sealed"}
    assert SEALED_SALT.hex().encode() not in change_body(one)
    assert sealed_digest(SEALED_SALT, b"Ivan") != sealed_digest(SEALED_SALT[::-1], b"Ivan")


@pytest.mark.parametrize(
    ("part", "value", "sentence"),
    [
        ("action", "0123", "an action is 32 hexadecimal digits in lower case, not '0123'"),
        ("action", "0123456789ABCDEF0123456789ABCDEF", "in lower case"),
        ("verb", "", "an entry needs a verb and an actor"),
        ("actor", "", "an entry needs a verb and an actor"),
        ("at", datetime(2026, 1, 1), "2026-01-01 00:00:00 has no time zone"),
        ("changes_count", -1, "changes: -1 is no count"),
        ("changes_count", True, "changes: True is no count"),
        ("changes_count", 1.0, "changes: 1.0 is no count"),
        ("changes_count", 0, "no changes and the root of the tree without leaves go together"),
        ("changes_root", EMPTY_ROOT, "no changes and the root of the tree without leaves go together"),
        ("changes_root", b"abc", "the root of the changes has 3 bytes, not 32"),
    ],
)
def test_an_entry_that_cannot_be_written(part: str, value: object, sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        replace(ENTRY, **{part: value})


@pytest.mark.parametrize(
    ("part", "value", "sentence"),
    [
        ("kind", "", "a change needs a kind and a record"),
        ("record", "", "a change needs a kind and a record"),
        ("version", -1, "version: -1 is no count"),
        ("salt", b"short", "the salt has 5 bytes, not 16"),
        ("sealed_digest", b"short", "the sealed digest has 5 bytes, not 32"),
    ],
)
def test_a_change_that_cannot_be_written(part: str, value: object, sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        replace(CHANGE, **{part: value})


def test_a_fraction_among_the_plain_values_is_refused() -> None:
    with pytest.raises(TypeError, match=r"4\.5 is a fraction: write figures as decimal text"):
        change_body(replace(CHANGE, plain={"log10_lr": 4.5}))


def test_a_digest_needs_its_salt() -> None:
    with pytest.raises(ValueError, match="the salt has 0 bytes, not 16"):
        sealed_digest(b"", b"name")


def entry_with(**parts: object) -> bytes:
    return canonical_json({**json.loads(entry_body(ENTRY)), **parts})


def change_with(**parts: object) -> bytes:
    return canonical_json({**json.loads(change_body(CHANGE)), **parts})


@pytest.mark.parametrize(
    ("body", "found"),
    [
        (b"", "Expecting value"),
        (b"\xff", "can't decode"),
        (b"{}", "; not an object of action, actor, at, changes, format, reason, verb"),
        (b'"text"', "'text'; not an object of"),
        (entry_body(ENTRY) + b"\n", "not the canonical JSON of what it says"),
        (json.dumps(json.loads(entry_body(ENTRY))).encode(), "not the canonical JSON of what it says"),
        (entry_with(format="antigone-entry/2"), "format 'antigone-entry/2', not 'antigone-entry/1'"),
        (entry_with(more="x"), "more, reason, verb; not an object of"),
        (entry_with(at="2026-11-03T12:30:00Z"), "'2026-11-03T12:30:00Z' is no time in UTC with microseconds"),
        (entry_with(at="2026-11-31T12:30:00.000000Z"), "day is out of range|must be in range"),
        (entry_with(at=5), "at is no text: 5"),
        (entry_with(actor=None), "actor is no text: None"),
        (entry_with(action="x"), "an action is 32 hexadecimal digits"),
        (entry_with(changes={"count": 1, "root": "00"}), "the root of the changes has 1 bytes, not 32"),
        (entry_with(changes={"count": 1, "root": "AB" * 32}), "root is not hexadecimal in lower case"),
        (entry_with(changes={"count": "1", "root": "00" * 32}), "count is no whole number: '1'"),
        (entry_with(changes={"count": True, "root": "00" * 32}), "changes: True is no count"),
        (entry_with(changes={"count": 0, "root": "00" * 32}), "no changes and the root"),
        (entry_with(changes=[]), r"\[\]; not an object of count, root"),
    ],
)
def test_an_entry_that_is_not_as_it_was_written(body: bytes, found: str) -> None:
    with pytest.raises(InputRefused, match=found) as refused:
        parse_entry(body, Place("entries.jsonl", 7))
    (problem,) = refused.value.problems
    assert (problem.code, problem.place, problem.needed) == (
        "ledger-entry",
        Place("entries.jsonl", 7),
        "an entry in antigone-entry/1",
    )


@pytest.mark.parametrize(
    ("body", "found"),
    [
        (b"[]", r"\[\]; not an object of"),
        (change_with(format="antigone-entry/1"), "format 'antigone-entry/1', not 'antigone-change/1'"),
        (change_with(plain=None), "plain is no object: None"),
        (change_body(CHANGE).replace(b'"rank":4', b'"rank":4.5'), "4.5 is no whole number"),
        (change_with(sealed="00"), "the sealed digest has 1 bytes, not 32"),
        (change_with(sealed=0), "sealed is no text: 0"),
        (change_with(salt=None), "salt is no text: None"),
        (change_with(salt="0"), "salt is not hexadecimal in lower case: '0'"),
        (change_with(version="3"), "version is no whole number: '3'"),
        (change_with(kind=""), "a change needs a kind and a record"),
    ],
)
def test_a_change_that_is_not_as_it_was_written(body: bytes, found: str) -> None:
    with pytest.raises(InputRefused, match=found) as refused:
        parse_change(body)
    assert [problem.code for problem in refused.value.problems] == ["ledger-change"]
