"""The lines of a coverage record: one JSON object each, each with the sha256 of the line before.

{"format": ...}, then {"before": sha256, "circumstances": ...} once for each, and {"before": sha256,
"covered": ...} for every finished block. What follows the last line that is whole was cut off while it
was written.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from typing import Any

from antigone.domain import Circumstances, Covered, InputRefused, Place, Problem
from antigone.intake.codec import from_plain, to_plain
from antigone.intake.collector import at_row

FORMAT = "antigone-coverage/1"
_KINDS: dict[str, type[Covered | Circumstances]] = {"circumstances": Circumstances, "covered": Covered}


class CoverageLines:
    """The record as it stands.

    covered: by block, the last line of each, in the order of these lines. circumstances: by digest.
    digests: sha256 of every line. length: bytes of all lines. files: the name of every file in any line.
    """

    def __init__(self) -> None:
        self.covered: dict[str, Covered] = {}
        self.circumstances: dict[str, Circumstances] = {}
        self.digests: list[str] = []
        self.length = 0
        self.files: set[str] = set()

    def next_line(self, value: Covered | Circumstances | None) -> bytes:
        """The line that says this, after those there are; None: the first line."""
        if value is None:
            plain: dict[str, Any] = {"format": FORMAT}
        else:
            kind = next(kind for kind, known in _KINDS.items() if isinstance(value, known))
            plain = {"before": self.digests[-1], kind: to_plain(value)}
        return json.dumps(plain, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"

    def take(self, line: bytes, value: Covered | Circumstances | None) -> None:
        """Add a line that was written."""
        self.digests.append(_sha256(line))
        self.length += len(line)
        if isinstance(value, Circumstances):
            self.circumstances[value.digest] = value
        elif isinstance(value, Covered):
            self.covered.pop(value.block, None)
            self.covered[value.block] = value
            self.files.update(file_name(value.block, table) for table in value.files)


def file_name(block: str, table: str) -> str:
    """Name of a block's table.

    >>> file_name("0123456789abcdef" * 4, "members")
    '0123456789abcdef.members.parquet'
    """
    return f"{block[:16]}.{table}.parquet"


def read_lines(content: bytes, file: str) -> CoverageLines:
    """The record in these bytes, as far as its lines are whole (`length`).

    Raises
    ------
    InputRefused
        A line is not the one that was written, or the format is another.
    """
    lines = CoverageLines()
    rows = content.split(b"\n")[:-1]
    plains = [_object(row) for row in rows]
    if plains and plains[-1] is None:
        plains.pop()
    if not plains and lines.next_line(None).startswith(content):
        return lines
    if not plains or plains[0] != {"format": FORMAT}:
        found = rows[0][:80].decode("utf-8", "replace") if rows else "another file"
        raise InputRefused([Problem("format", Place(file, 1), found, FORMAT)])
    problems = [*_changed(rows, plains, file)]
    if problems:
        raise InputRefused(problems)
    for number, (row, plain) in enumerate(zip(rows, plains, strict=False), start=1):
        value = _value(plain or {}, lines, file, number) if number > 1 else None
        lines.take(row + b"\n", value)
    return lines


def _sha256(line: bytes) -> str:
    return hashlib.sha256(line).hexdigest()


def _object(row: bytes) -> dict[str, Any] | None:
    """The JSON object a line holds; None where it holds none."""
    try:
        plain = json.loads(row)
    except ValueError:
        return None
    return plain if isinstance(plain, dict) else None


def _changed(rows: list[bytes], plains: list[dict[str, Any] | None], file: str) -> Iterator[Problem]:
    """Every line that is not the one which the next line was written after."""
    for number, plain in enumerate(plains, start=1):
        if plain is None:
            yield Problem("record-changed", Place(file, number), "no JSON object", "the line that was written")
        elif number > 1 and not isinstance(plain.get("before"), str):
            yield Problem("record-changed", Place(file, number), ", ".join(plain), "the sha256 of the line before")
        elif number > 1 and plains[number - 2] is not None:
            digest, wanted = _sha256(rows[number - 2] + b"\n"), plain["before"]
            if digest != wanted:
                needed = f"sha256 {wanted}, as line {number} says"
                yield Problem("record-changed", Place(file, number - 1), f"sha256 {digest}", needed)


def _value(plain: dict[str, Any], lines: CoverageLines, file: str, number: int) -> Covered | Circumstances:
    """What a line says."""
    kind = next((kind for kind in _KINDS if plain.keys() == {"before", kind}), None)
    if kind is None:
        found = ", ".join(plain)
        raise InputRefused(
            [Problem("record-changed", Place(file, number), found, f"before, and {' or '.join(_KINDS)}")]
        )
    try:
        value: Covered | Circumstances = from_plain(_KINDS[kind], plain[kind], file)
    except InputRefused as refused:
        raise InputRefused([at_row(problem, number) for problem in refused.problems]) from None
    if isinstance(value, Covered) and value.circumstances not in lines.circumstances:
        problem = Problem("record-changed", Place(file, number), value.circumstances, "circumstances of a line before")
        raise InputRefused([problem])
    return value
