"""What a witness remembers: for each log, the last checkpoint it cosigned, as the log signed it.

A JSON file, {"format": "antigone-witness/1", "logs": {origin: the text of the note}}. It is there whole or not at all,
and one process at a time changes it.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from antigone.domain import InputRefused, Place, Problem
from antigone.ledger.checkpoints import checkpoint_of
from antigone.ledger.notes import Note, parse_note

FORMAT = "antigone-witness/1"


@contextmanager
def memory_held(path: Path) -> Iterator[None]:
    """Until the end of the block no other process changes this memory."""
    import fcntl

    lock = os.open(path.with_name(path.name + ".lock"), os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
    finally:
        os.close(lock)


def read_memory(path: Path) -> dict[str, Note]:
    """The notes by origin; empty where there is no file yet.

    Raises
    ------
    InputRefused
        The file is not one that `write_memory` wrote. Nothing is assumed in its place.
    """
    place = Place(str(path))
    if not path.exists():
        return {}
    try:
        plain = json.loads(path.read_bytes())
        if not isinstance(plain, dict) or plain.keys() != {"format", "logs"} or plain["format"] != FORMAT:
            raise ValueError("another file")
        notes = {origin: parse_note(text.encode()) for origin, text in plain["logs"].items()}
        if any(checkpoint_of(note).origin != origin for origin, note in notes.items()):
            raise ValueError("a checkpoint under the origin of another log")
    except (ValueError, AttributeError, RecursionError, InputRefused) as error:
        raise InputRefused([Problem("ledger-memory", place, str(error), f"a file in {FORMAT}")]) from None
    return notes


def write_memory(path: Path, notes: Mapping[str, Note]) -> None:
    """Put these notes in the place of those before; on the disk when this returns."""
    plain = {"format": FORMAT, "logs": {origin: note.to_bytes().decode() for origin, note in sorted(notes.items())}}
    part = path.with_name(path.name + ".part")
    with part.open("w", encoding="utf-8") as file:
        json.dump(plain, file, ensure_ascii=False, indent=2)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
