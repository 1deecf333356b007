"""What the reader held before: an earlier export, or an earlier checkpoint of the same log."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator
from pathlib import Path

from antigone.domain import InputRefused, Place
from antigone.ledger import VerifierKey, checkpoint_of, leaf_hash, parse_note, verify_note
from antigone.verify.archive import opened_archive


class Earlier:
    """An earlier state of a log. An export has its leaves too, so that the first one that differs can be named."""

    def __init__(self, path: Path) -> None:
        self.name = path.name
        self._leaves: Iterator[bytes] = iter(())
        self.differs_at: int | None = None
        if zipfile.is_zipfile(path):
            with opened_archive(path) as archive:
                content = archive.text("checkpoint.txt").encode()
            self._leaves = _leaves(path)
        else:
            content = path.read_bytes()
        self.note = parse_note(content, Place(str(path)))
        self.checkpoint = checkpoint_of(self.note, Place(str(path)))

    def see(self, index: int, leaf: bytes) -> None:
        """The leaf of the later state at this index."""
        own = next(self._leaves, None)
        if own is not None and own != leaf and self.differs_at is None:
            self.differs_at = index

    def signed_by(self, key: VerifierKey) -> bool:
        """Whether the log's key signed this state."""
        try:
            verify_note(self.note, (key,))
        except InputRefused:
            return False
        return True


def _leaves(path: Path) -> Iterator[bytes]:
    with opened_archive(path) as archive:
        for line in archive.lines("entries.jsonl"):
            yield leaf_of_line(line)


def leaf_of_line(line: bytes) -> bytes:
    """The leaf hash of a line of entries.jsonl: of the body it is, or the one it states.

    A line that says neither has the hash of what stands there, which will not be the one in the tree.
    """
    if line.startswith(b'{"leaf":'):
        try:
            stated = bytes.fromhex(json.loads(line)["leaf"])
        except (ValueError, TypeError, KeyError):
            stated = b""
        if len(stated) == 32:
            return stated
    return leaf_hash(line)
