"""One line after the other of a Familias file, each with what is expected there."""

from __future__ import annotations

import re
from typing import NoReturn

from antigone.intake.collector import Collector

_DECIMAL_COMMA = re.compile(r"-?\d+,\d+([eE]-?\d+)?")


class FamLines:
    """A cursor over lines. What does not fit where it stands ends the reading: the rest would shift."""

    def __init__(self, text: str, collector: Collector) -> None:
        self.lines = [line.rstrip("\r") for line in text.split("\n")]
        self.collector = collector
        self.row = 0  # number of the line taken last, from 1

    def at_end(self) -> bool:
        return all(not line.strip() for line in self.lines[self.row :])

    def peek(self) -> str:
        return self.lines[self.row].strip() if self.row < len(self.lines) else ""

    def take(self, expected: str) -> str:
        """The next line; InputRefused where the file has ended."""
        if self.row >= len(self.lines) or (self.peek() == "" and self.at_end()):
            self.collector.refuse("truncated", row=self.row, found="the end of the file", needed=expected)
        self.row += 1
        return self.lines[self.row - 1].strip()

    def text(self, expected: str) -> str:
        return self.take(expected).strip('"')

    def integer(self, expected: str, low: int = 0, high: int | None = None) -> int:
        found = self.take(expected)
        number = int(found) if re.fullmatch(r"-?\d+", found) else None
        if number is None or number < low or (high is not None and number > high):
            bounds = f"from {low} to {high}" if high is not None else f"of at least {low}"
            self.wrong("not-a-count", found, f"{expected}: a whole number {bounds}")
        return number

    def number(self, expected: str) -> float:
        found = self.take(expected)
        try:
            return float(found)
        except ValueError:
            code = "decimal-comma" if _DECIMAL_COMMA.fullmatch(found) else "not-a-number"
            self.wrong(code, found, f"{expected}: a number with a decimal point")

    def flag(self, expected: str) -> bool:
        found = self.take(expected)
        if not found.startswith(("#TRUE#", "#FALSE#")):
            self.wrong("not-a-flag", found, f"{expected}: #TRUE# or #FALSE#")
        return found.startswith("#TRUE#")

    def wrong(self, code: str, found: str, needed: str) -> NoReturn:
        self.collector.refuse(code, row=self.row, found=found, needed=needed)
