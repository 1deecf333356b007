"""Entries and changes read back from the bytes of their leaves; only what this version writes is accepted."""

from __future__ import annotations

import re
from datetime import UTC, datetime

from antigone.domain import InputRefused, Place, Problem
from antigone.ledger.canonical import parse_canonical
from antigone.ledger.entries import CHANGE_FORMAT, ENTRY_FORMAT, Change, Entry

_NOWHERE = Place()
_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z", re.ASCII)
_HEX = re.compile(r"(?:[0-9a-f]{2})*")


def parse_entry(body: bytes, place: Place = _NOWHERE) -> Entry:
    """The entry these bytes say.

    Raises
    ------
    InputRefused
        They are not the canonical JSON of an entry. `place` says where they stand.
    """
    try:
        return _entry(body)
    except (ValueError, TypeError) as error:
        raise InputRefused([Problem("ledger-entry", place, str(error), f"an entry in {ENTRY_FORMAT}")]) from None


def parse_change(body: bytes, place: Place = _NOWHERE) -> Change:
    """The change these bytes say.

    Raises
    ------
    InputRefused
        They are not the canonical JSON of a change. `place` says where they stand.
    """
    try:
        return _change(body)
    except (ValueError, TypeError) as error:
        raise InputRefused([Problem("ledger-change", place, str(error), f"a change in {CHANGE_FORMAT}")]) from None


def _entry(body: bytes) -> Entry:
    whole = _object(parse_canonical(body), {"format", "action", "verb", "actor", "at", "reason", "changes"})
    _check_format(whole, ENTRY_FORMAT)
    changes = _object(whole["changes"], {"count", "root"})
    return Entry(
        _text(whole, "action"),
        _text(whole, "verb"),
        _text(whole, "actor"),
        _time(_text(whole, "at")),
        _text(whole, "reason"),
        _count(changes, "count"),
        _digits(changes, "root"),
    )


def _change(body: bytes) -> Change:
    whole = _object(parse_canonical(body), {"format", "kind", "record", "version", "plain", "sealed", "salt"})
    _check_format(whole, CHANGE_FORMAT)
    plain = whole["plain"]
    if not isinstance(plain, dict):
        raise ValueError(f"plain is no object: {plain!r}")
    return Change(
        _text(whole, "kind"),
        _text(whole, "record"),
        _count(whole, "version"),
        plain,
        None if whole["sealed"] is None else _digits(whole, "sealed"),
        _digits(whole, "salt"),
    )


def _object(value: object, keys: set[str]) -> dict[str, object]:
    if not isinstance(value, dict) or value.keys() != keys:
        found = ", ".join(sorted(value)) if isinstance(value, dict) else repr(value)
        raise ValueError(f"{found}; not an object of {', '.join(sorted(keys))}")
    return value


def _check_format(whole: dict[str, object], needed: str) -> None:
    if whole["format"] != needed:
        raise ValueError(f"format {whole['format']!r}, not {needed!r}")


def _text(whole: dict[str, object], key: str) -> str:
    value = whole[key]
    if not isinstance(value, str):
        raise ValueError(f"{key} is no text: {value!r}")
    return value


def _count(whole: dict[str, object], key: str) -> int:
    value = whole[key]
    if not isinstance(value, int):
        raise ValueError(f"{key} is no whole number: {value!r}")
    return value


def _digits(whole: dict[str, object], key: str) -> bytes:
    value = _text(whole, key)
    if not _HEX.fullmatch(value):
        raise ValueError(f"{key} is not hexadecimal in lower case: {value!r}")
    return bytes.fromhex(value)


def _time(written: str) -> datetime:
    if not _TIME.fullmatch(written):
        raise ValueError(f"{written!r} is no time in UTC with microseconds, such as 2026-11-03T12:00:00.000000Z")
    return datetime.fromisoformat(written.removesuffix("Z")).replace(tzinfo=UTC)
