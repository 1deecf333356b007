"""The parts of an export, read line by line. What cannot be read at all is refused; what can be is for the checks."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from antigone.domain import InputRefused, Place, Problem

FORMAT = "antigone-export/1"
LONGEST = 64 * 1024 * 1024
"""Bytes of one line, and of one part that is read whole."""
_NEEDED = ("changes.jsonl", "checkpoint.txt", "entries.jsonl", "export.json", "figures.json", "log.pub")


class Archive:
    """An open export."""

    def __init__(self, archive: zipfile.ZipFile, path: Path) -> None:
        self._zip = archive
        self.path = path
        self.names = archive.namelist()
        self._check_parts()
        self.header = self.whole("export.json")
        if self.header.get("format") != FORMAT:
            place = Place(str(path), item="export.json")
            raise InputRefused([Problem("format", place, str(self.header.get("format")), FORMAT)])

    def place(self, part: str, row: int | None = None) -> Place:
        return Place(f"{self.path.name}/{part}", row)

    def text(self, part: str) -> str:
        """A short part as text."""
        if self._zip.getinfo(part).file_size > LONGEST:
            raise _refused(self.path, part, f"{self._zip.getinfo(part).file_size} bytes", f"at most {LONGEST}")
        try:
            return self._zip.read(part).decode("utf-8")
        except (UnicodeDecodeError, zipfile.BadZipFile, OSError, EOFError) as error:
            raise _refused(self.path, part, str(error), "a part that is whole, in UTF-8") from None

    def whole(self, part: str) -> dict[str, Any]:
        """A short part as a JSON object."""
        value = self._json(self.text(part), part, None)
        if not isinstance(value, dict):
            raise _refused(self.path, part, type(value).__name__, "a JSON object")
        return value

    def lines(self, part: str) -> Iterator[bytes]:
        """The lines of a part, without their ends; memory for one."""
        row = 0
        try:
            with self._zip.open(part) as file:
                while line := file.readline(LONGEST + 1):
                    row += 1
                    if len(line) > LONGEST:
                        raise _refused(self.path, part, f"line {row} is longer than {LONGEST} bytes", "shorter lines")
                    yield line.removesuffix(b"\n")
        except (zipfile.BadZipFile, OSError, EOFError, zipfile.zlib.error) as error:  # type: ignore[attr-defined]
            raise _refused(self.path, part, f"after line {row}: {error}", "a part that is whole") from None

    def objects(self, part: str) -> Iterator[dict[str, Any]]:
        """The lines of a part, each a JSON object."""
        for row, line in enumerate(self.lines(part), 1):
            value = self._json(line, part, row)
            if not isinstance(value, dict):
                raise _refused(self.path, f"{part}, line {row}", type(value).__name__, "a JSON object")
            yield value

    def below(self, folder: str) -> list[str]:
        """The parts of one folder, in the order of their names."""
        return sorted(name for name in self.names if name.startswith(f"{folder}/"))

    def _json(self, text: str | bytes, part: str, row: int | None) -> Any:
        try:
            return json.loads(text)
        except (ValueError, RecursionError) as error:
            where = part if row is None else f"{part}, line {row}"
            raise _refused(self.path, where, str(error), "JSON") from None

    def _check_parts(self) -> None:
        problems = [
            Problem("export-part", Place(str(self.path), item=name), "no such part", "an export as it was written")
            for name in _NEEDED
            if name not in self.names
        ]
        twice = {name for name in self.names if self.names.count(name) > 1} if len(self.names) < 10_000 else {"parts"}
        problems += [
            Problem("export-part", Place(str(self.path), item=name), "twice", "each part once")
            for name in sorted(twice)
        ]
        if problems:
            raise InputRefused(problems)


@contextmanager
def opened_archive(path: Path) -> Iterator[Archive]:
    """The export in this file; InputRefused where it is none."""
    try:
        archive = zipfile.ZipFile(path)
    except (OSError, zipfile.BadZipFile) as error:
        raise _refused(path, "", str(error), "a file written by `antigone export`") from None
    with archive:
        yield Archive(archive, path)


def _refused(path: Path, part: str, found: str, needed: str) -> InputRefused:
    return InputRefused([Problem("export-unreadable", Place(str(path), item=part), found, needed)])
