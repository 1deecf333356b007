"""The common form of proof files: a line that names the format, some lines, an empty line, and a checkpoint."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TypeVar

from antigone.domain import InputRefused, Place, Problem
from antigone.ledger.notes import Note, parse_note
from antigone.ledger.strict_text import shown, unbase64_hash

T = TypeVar("T")

MOST_HASHES = 126
"""A tree of 2**63 leaves has 63 levels; a consistency proof has at most two hashes for each."""


def written_proof(lines: Sequence[str], proof: Sequence[bytes], checkpoint: Note) -> bytes:
    """The file: these lines, the hashes in base64, an empty line, and the note."""
    hashes = (b64encode(value).decode() for value in proof)
    return "".join(f"{line}\n" for line in (*lines, *hashes, "")).encode() + checkpoint.to_bytes()


class ProofLines:
    """A proof file, read line by line; whatever is wrong is refused with the number of its line."""

    def __init__(self, content: bytes, form: str, place: Place) -> None:
        head, empty, note = content.partition(b"\n\n")
        self._lines = head.decode("utf-8", "replace").split("\n")
        self._row, self._form, self._place = 0, form, place
        self.take("", self._named)
        if not empty:
            raise self._refused("no empty line before a checkpoint")
        self.checkpoint = parse_note(note, replace(place, row=len(self._lines) + 2))

    def comes(self, begin: str) -> bool:
        """Whether the next line begins so."""
        return self._row < len(self._lines) and self._lines[self._row].startswith(begin)

    def take(self, begin: str, read: Callable[[str], T]) -> T:
        """What the next line says after this beginning."""
        found = self._lines[self._row] if self._row < len(self._lines) else "an empty line"
        self._row += 1
        if not found.startswith(begin):
            raise self._refused(f"{shown(found)}, not {begin}...")
        try:
            return read(found[len(begin) :])
        except ValueError as error:
            raise self._refused(str(error)) from None

    def hashes(self) -> tuple[bytes, ...]:
        """The hashes on all lines that are left."""
        left = len(self._lines) - self._row
        if left > MOST_HASHES:
            raise self._refused(f"{left} hashes, where no proof has more than {MOST_HASHES}")
        return tuple(self.take("", unbase64_hash) for _ in range(left))

    def _named(self, line: str) -> None:
        if line != self._form:
            raise ValueError(shown(line))

    def _refused(self, found: str) -> InputRefused:
        place = replace(self._place, row=self._row) if self._row else self._place
        return InputRefused([Problem("ledger-proof", place, found, f"a proof in {self._form}")])
