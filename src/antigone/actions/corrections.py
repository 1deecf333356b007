"""Corrections: what is filled in replaces what was there, what is left empty stays."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from typing import Any

from antigone.domain import InputRefused, Place, Problem


def corrected(command: object, names: Iterable[str], cleared: str, keep: Iterable[str]) -> dict[str, Any]:
    """New sealed values: those of the command's fields that are filled in, and "" for those named in `cleared`.

    `cleared`: names of fields separated by commas; `keep`: those that are never empty. InputRefused for a word that
    names no field, and for one that is both filled in and cleared.
    """
    names = tuple(names)
    given = {name: _sealed(value) for name in names if (value := getattr(command, name)) is not None}
    words = [word.strip() for word in cleared.split(",") if word.strip()]
    allowed = [name for name in names if name not in {*keep, *given}]
    wrong = [word for word in words if word not in allowed]
    if wrong:
        needed = "one or more of " + ", ".join(allowed)
        raise InputRefused([Problem("unknown-word", Place(column="cleared"), ", ".join(wrong), needed)])
    return {**given, **dict.fromkeys(words, "")}


def refuse_nothing(values: Mapping[str, Any], *columns: object) -> None:
    """Raise InputRefused (`nothing-to-correct`) where a correction says nothing new."""
    if not values and not any(columns):
        raise InputRefused([Problem("nothing-to-correct", Place(), "", "at least one corrected value")])


def _sealed(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime.date) else value
