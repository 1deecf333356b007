"""One spelling for each value, and no other is read."""

from __future__ import annotations

import json
from enum import StrEnum

import pytest
from hypothesis import given
from hypothesis import strategies as st

from antigone.ledger import canonical_json, parse_canonical
from antigone.ledger.canonical import LARGEST_INTEGER

texts = st.text(st.characters(exclude_categories=["Cs"]))
whole = st.integers(-LARGEST_INTEGER, LARGEST_INTEGER)
values = st.recursive(
    st.none() | st.booleans() | whole | texts,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4),
    max_leaves=12,
)


class Side(StrEnum):
    A = "a"


@given(values)
def test_what_is_written_is_read_back(value: object) -> None:
    assert parse_canonical(canonical_json(value)) == value
    assert json.loads(canonical_json(value)) == value


def test_the_order_and_escapes_of_rfc_8785() -> None:
    """The example of RFC 8785, 3.2.3, without its fractions; keys in the order of their UTF-16 code units."""
    value = {
        "\u20ac": "Euro Sign",
        "\r": "Carriage Return",
        "\ufb33": "Hebrew Letter Dalet With Dagesh",
        "1": "One",
        "\U0001f600": "Emoji: Grinning Face",
        "\u0080": "Control",
        "\u00f6": "Latin Small Letter O With Diaeresis",
    }
    assert list(json.loads(canonical_json(value))) == ["\r", "1", "\u0080", "\u00f6", "\u20ac", "\U0001f600", "\ufb33"]
    assert canonical_json('€$\x0f\nA\'B"\\"/\x7f') == '"€$\\u000f\\nA\'B\\"\\\\\\"/\x7f"'.encode()


def test_nothing_between_the_parts() -> None:
    assert canonical_json({"b": [1, -2, True, False, None], "a": {}}) == b'{"a":{},"b":[1,-2,true,false,null]}'


def test_a_text_of_a_list_of_words_is_a_text() -> None:
    assert canonical_json({"side": Side.A}) == b'{"side":"a"}'


@pytest.mark.parametrize(
    ("value", "sentence"),
    [
        (0.5, "0.5 is a fraction: write figures as decimal text"),
        ({"a": [1, {"b": 1e300}]}, "1e\\+300 is a fraction: write figures as decimal text"),
        (float("nan"), "nan is a fraction"),
        ({1: "a"}, "the key 1 is no text"),
        ({"a": 1, 2: "b"}, "the key 2 is no text"),
        (("a",), "tuple has no place in JSON"),
        (b"a", "bytes has no place in JSON"),
    ],
)
def test_other_kinds_are_refused(value: object, sentence: str) -> None:
    with pytest.raises(TypeError, match=sentence):
        canonical_json(value)


@pytest.mark.parametrize("value", [2**53, -(2**53), 10**400])
def test_a_number_that_others_would_read_wrongly_is_refused(value: int) -> None:
    with pytest.raises(ValueError, match="is too large for a number: write it as text"):
        canonical_json(value)


@pytest.mark.parametrize("value", ["\ud800", {"\udfff": 1}, {"ü": 1, "\udfff": 1}])
def test_half_a_character_is_refused(value: object) -> None:
    with pytest.raises(ValueError, match="surrogates not allowed"):
        canonical_json(value)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b" 1",
        b"1 ",
        b"1.0",
        b"-0",
        b"1e2",
        b"NaN",
        b'{"b":1,"a":2}',
        b'{"a":1,"a":1}',
        b'{"a": 1}',
        b'"\\u0041"',
        b'"\\/"',
        b'"\\ud83d\\ude00"',
        b'"\\ud800"',
        b'"\xff"',
        b"9007199254740992",
        b"[" * 100_000,
        b"[" * 100_000 + b"]" * 100_000,
    ],
)
def test_another_spelling_is_refused(content: bytes) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 (each has another sentence)
        parse_canonical(content)
