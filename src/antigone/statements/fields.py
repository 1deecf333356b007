"""One table of a facts file, read field by field; what is wrong is collected, never raised."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from enum import StrEnum
from typing import Any, TypeVar

from antigone.domain import Period, Place, Problem

_Choice = TypeVar("_Choice", bound=StrEnum)


class Fields:
    """The fields of one table. Every problem names the file, the record and the field."""

    def __init__(self, raw: Any, file: str, item: str, problems: list[Problem]) -> None:
        self.item = item
        self.problems = problems
        self.file = file
        self._raw: Mapping[str, Any] = raw if isinstance(raw, dict) else {}
        self._asked: set[str] = set()
        if not isinstance(raw, dict):
            self.report("wrong-kind", "", repr(raw), "a table")

    def report(self, code: str, column: str, found: str, needed: str) -> None:
        self.problems.append(Problem(code, Place(self.file, None, column, self.item), found, needed))

    def value(self, key: str) -> Any:
        self._asked.add(key)
        return self._raw.get(key)

    def table(self, key: str) -> Fields | None:
        """A table inside this one; None where it is absent."""
        raw = self.value(key)
        return None if raw is None else Fields(raw, self.file, self.item, self.problems)

    def tables(self, key: str) -> list[Fields]:
        """A list of tables inside this one."""
        raw = self.value(key) or []
        if not isinstance(raw, list):
            self.report("wrong-kind", key, repr(raw), "a list of tables")
            return []
        return [Fields(entry, self.file, self.item, self.problems) for entry in raw]

    def text(self, key: str, required: bool = False) -> str:
        raw = self.value(key)
        if raw is None:
            if required:
                self.report("missing-field", key, "nothing", "a text")
            return ""
        if not isinstance(raw, str) or (required and not raw.strip()):
            self.report("wrong-kind", key, repr(raw), "a text")
            return ""
        return raw

    def texts(self, key: str) -> tuple[str, ...]:
        raw = self.value(key)
        if raw is None:
            return ()
        if not isinstance(raw, list) or not all(isinstance(entry, str) for entry in raw):
            self.report("wrong-kind", key, repr(raw), "a list of texts")
            return ()
        return tuple(raw)

    def flag(self, key: str) -> bool:
        raw = self.value(key)
        if raw is not None and not isinstance(raw, bool):
            self.report("wrong-kind", key, repr(raw), "true or false")
        return raw is True

    def number(self, key: str) -> int | None:
        raw = self.value(key)
        if raw is None:
            return None
        if isinstance(raw, bool) or not isinstance(raw, int) or raw < 0:
            self.report("wrong-kind", key, repr(raw), "a whole number, 0 or more")
            return None
        return raw

    def choice(self, key: str, kind: type[_Choice], default: _Choice) -> _Choice:
        word = self.word(key, [member.value for member in kind], default.value)
        return kind(word)

    def word(self, key: str, allowed: Iterable[str], default: str) -> str:
        raw = self.value(key)
        words = list(allowed)
        if raw is None:
            self.report("missing-field", key, "nothing", "one of " + ", ".join(words))
            return default
        if raw not in words:
            self.report("unknown-word", key, repr(raw), "one of " + ", ".join(words))
            return default
        return str(raw)

    def period(self, key: str, required: bool = False) -> Period | None:
        """A day "2025-06-02", or days "2025-06-01..2025-06-26"."""
        raw = self.text(key, required)
        if not raw:
            return None
        try:
            days = [date.fromisoformat(part) for part in raw.split("..")]
        except ValueError:
            days = []
        if len(days) not in (1, 2):
            self.report("bad-date", key, repr(raw), "YYYY-MM-DD or YYYY-MM-DD..YYYY-MM-DD")
            return None
        if days[-1] < days[0]:
            self.report("dates-reversed", key, repr(raw), "the earlier day first")
            return None
        return Period(days[0], days[-1])

    def close(self) -> None:
        """Report every field that nobody asked for."""
        for key in sorted(set(self._raw) - self._asked):
            self.report("unknown-field", key, key, "one of " + ", ".join(sorted(self._asked)))
