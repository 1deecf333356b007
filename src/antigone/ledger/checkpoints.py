"""C2SP checkpoints (c2sp.org/tlog-checkpoint): the signed size and root of a log."""

from __future__ import annotations

from base64 import b64encode
from dataclasses import dataclass

from antigone.domain import InputRefused, Place, Problem
from antigone.ledger.keys import SignerKey, VerifierKey
from antigone.ledger.merkle import EMPTY_ROOT, HASH_SIZE
from antigone.ledger.notes import Note, parse_note, sign_note, verify_note
from antigone.ledger.strict_text import LARGEST_SIZE, NOWHERE, decimal, unbase64_hash


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """The state of a log.

    origin: which log, one line. size: leaves. root: RFC 9162 root over them, 32 bytes. extensions: further lines, which
    no log of this program writes.

    Raises ValueError where a part cannot be written.
    """

    origin: str
    size: int
    root: bytes
    extensions: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not all(self.extensions) or not self.origin or "\n" in "".join((self.origin, *self.extensions)):
            raise ValueError("origin and extensions are lines with something in them")
        if not 0 <= self.size <= LARGEST_SIZE or len(self.root) != HASH_SIZE:
            raise ValueError(f"size {self.size} and a root of {len(self.root)} bytes")
        if self.size == 0 and self.root != EMPTY_ROOT:
            raise ValueError("size 0 with another root than that of the tree without leaves")

    def text(self) -> str:
        """The lines of its note."""
        return "".join(
            f"{line}\n" for line in (self.origin, self.size, b64encode(self.root).decode(), *self.extensions)
        )


def sign_checkpoint(checkpoint: Checkpoint, key: SignerKey) -> Note:
    """The checkpoint as a note, signed by the log's key, whose name is the origin (ValueError otherwise)."""
    if key.name != checkpoint.origin:
        raise ValueError(f"the log {checkpoint.origin!r} cannot sign with a key named {key.name!r}")
    return sign_note(Note(checkpoint.text()), key)


def checkpoint_of(note: Note, place: Place = NOWHERE) -> Checkpoint:
    """What the text of a note says of a log; no signature is checked.

    Raises
    ------
    InputRefused
        It is no checkpoint.
    """
    origin, *rest = note.text.split("\n")[:-1]
    try:
        if len(rest) < 2:
            raise ValueError(f"{1 + len(rest)} lines")
        return Checkpoint(origin, decimal(rest[0]), unbase64_hash(rest[1]), tuple(rest[2:]))
    except ValueError as error:
        needed = "three lines: origin, size, and root in base64"
        raise InputRefused([Problem("ledger-checkpoint", place, str(error), needed)]) from None


def open_checkpoint(note: Note | bytes, key: VerifierKey, place: Place = NOWHERE) -> Checkpoint:
    """The checkpoint of the log that has this key, its signature checked.

    Raises
    ------
    InputRefused
        It is no checkpoint, it is one of another log (the origin is not the name of the key), or the key's
        signature is absent or wrong.
    """
    read = note if isinstance(note, Note) else parse_note(note, place)
    checkpoint = checkpoint_of(read, place)
    verify_note(read, (key,), place)
    if checkpoint.origin != key.name:
        raise InputRefused([Problem("ledger-checkpoint", place, f"origin {checkpoint.origin}", f"origin {key.name}")])
    return checkpoint
