"""A TOML file -> a frozen value, with the line of everything that is wrong."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, TypeVar

from antigone.domain import InputRefused, Problem
from antigone.intake.codec import from_plain
from antigone.intake.collector import Collector, at_row
from antigone.intake.settings import key_rows, parse_toml, row_of
from antigone.intake.textfile import read_text

T = TypeVar("T")
Finding = tuple[str, str, str, str]
"""(code, key with dots, found, needed)."""


def read_value(kind: type[T], path: str | Path, findings: Callable[[T], Iterable[Finding]]) -> T:
    """The value of a file; InputRefused with everything wrong, what `findings` says of it included."""
    where = Path(path)
    collector = Collector(where.name)
    text, _ = read_text(where, collector)
    plain, rows = parse_toml(text, collector), key_rows(text)
    value: T | None = None
    try:
        value = from_plain(kind, plain, where.name)
    except InputRefused as refused:
        for problem in refused.problems:
            collector.add_problem(at_row(problem, row_of(problem.place.item, rows)))
        value = _what_is_left(kind, plain, refused.problems)
    for code, key, found, needed in findings(value) if value is not None else ():
        collector.add(code, row=row_of(key, rows), item=key, found=found, needed=needed)
    collector.finish()
    assert value is not None
    return value


def _what_is_left(kind: type[T], plain: Any, problems: Iterable[Problem]) -> T | None:
    """The value without the keys that are wrong, so that the rest can be judged; None where it needs them."""
    rest = copy.deepcopy(plain)
    for problem in problems:
        *path, last = problem.place.item.split(".")
        inner = rest
        for part in path:
            inner = inner[int(part)] if isinstance(inner, list) else inner.get(part, {})
        if isinstance(inner, dict):
            inner.pop(last, None)
    try:
        return from_plain(kind, rest)
    except InputRefused:
        return None
