"""One way to write a value as bytes, so that everybody computes the same hash from it: RFC 8785 without fractions.

Keys are sorted by UTF-16 code units, nothing stands between the parts, texts are UTF-8 with the escapes JSON
requires and no others. Fractions have no single spelling across programs; figures are written as decimal text.
"""

from __future__ import annotations

import json
from json.encoder import encode_basestring as quoted
from typing import NoReturn

LARGEST_INTEGER = 2**53 - 1
"""Beyond it programs that keep every number as a double read another one (RFC 7493, 2.2)."""


def canonical_json(value: object) -> bytes:
    """The one spelling of texts, whole numbers, truth values, null, and lists and dictionaries of them.

    Raises
    ------
    TypeError
        A part is of another kind; a fraction for one.
    ValueError
        A whole number is beyond ±(2**53 - 1), or a text cannot be written in UTF-8.

    >>> canonical_json({"b": [1, True, None], "a": "Київ"}).decode()
    '{"a":"Київ","b":[1,true,null]}'
    >>> canonical_json({"lr": 4.5})
    Traceback (most recent call last):
    TypeError: 4.5 is a fraction: write figures as decimal text
    """
    return canonical_text(value).encode()


def canonical_text(value: object) -> str:
    """`canonical_json` before it is encoded."""
    if isinstance(value, str):
        return quoted(value)
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        if -LARGEST_INTEGER <= value <= LARGEST_INTEGER:
            return str(int(value))
        raise ValueError(f"{value} is too large for a number: write it as text")
    if isinstance(value, dict):
        parts = [f"{quoted(key)}:{canonical_text(value[key])}" for key in _in_order(value)]
        return f"{{{','.join(parts)}}}"
    if isinstance(value, list):
        return f"[{','.join(map(canonical_text, value))}]"
    if isinstance(value, float):
        raise TypeError(f"{value!r} is a fraction: write figures as decimal text")
    raise TypeError(f"{type(value).__name__} has no place in JSON: {value!r}")


def _in_order(value: dict[object, object]) -> list[str]:
    keys: list[str] = []
    for key in value:
        if not isinstance(key, str):
            raise TypeError(f"the key {key!r} is no text")
        keys.append(key)
    plain = "".join(keys).isascii()
    keys.sort(key=None if plain else lambda key: key.encode("utf-16-be"))
    return keys


def parse_canonical(content: bytes) -> object:
    """The value these bytes say; ValueError where they are not the canonical ones."""
    try:
        value: object = json.loads(content.decode(), parse_float=_fraction, parse_constant=_fraction)
        same = canonical_json(value) == content
    except RecursionError:
        raise ValueError("nested too deeply") from None
    if not same:
        raise ValueError("not the canonical JSON of what it says")
    return value


def _fraction(written: str) -> NoReturn:
    raise ValueError(f"{written} is no whole number")
