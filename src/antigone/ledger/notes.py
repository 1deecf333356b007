"""C2SP signed notes (c2sp.org/signed-note): a text, an empty line, and a line for each signature.

A signature of a key that is not known says nothing and is kept; one of a known key must hold.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass, replace

from antigone.domain import InputRefused, Place, Problem
from antigone.ledger.keys import KeyKind, SignerKey, VerifierKey, check_key_name
from antigone.ledger.strict_text import NOWHERE, shown, unbase64

MOST_SIGNATURES = 100
_DASH = "\N{EM DASH} "
_ID_SIZE = 4


@dataclass(frozen=True, slots=True)
class Signature:
    """One signature line: name and identifier (4 bytes) of the key, and what it signed."""

    name: str
    key_id: bytes
    value: bytes

    def line(self) -> str:
        """As it stands in a note, with its newline."""
        return f"{_DASH}{self.name} {b64encode(self.key_id + self.value).decode()}\n"

    def is_of(self, key: VerifierKey) -> bool:
        """Whether it claims to be of this key."""
        return (self.name, self.key_id) == (key.name, key.id)


@dataclass(frozen=True, slots=True)
class Note:
    """A text that ends in a newline, with its signatures; they are not checked yet.

    ValueError where the text could not be told from the signatures.
    """

    text: str
    signatures: tuple[Signature, ...] = ()

    def __post_init__(self) -> None:
        if not self.text.endswith("\n"):
            raise ValueError("the text of a note ends in a newline")
        if any(letter < " " for letter in self.text if letter != "\n"):
            raise ValueError("a note has no control characters but newlines")

    def to_bytes(self) -> bytes:
        """The note as a file."""
        return f"{self.text}\n{''.join(signature.line() for signature in self.signatures)}".encode()

    def with_signature(self, signature: Signature) -> Note:
        """The note with one more signature; an older one of the same key gives way to it."""
        same = (signature.name, signature.key_id)
        kept = tuple(other for other in self.signatures if (other.name, other.key_id) != same)
        return Note(self.text, (*kept, signature))


def sign_note(note: Note, key: SignerKey) -> Note:
    """The note with a signature by this key, which must be of the kind NOTE (ValueError otherwise)."""
    _check_kind(key.kind)
    return note.with_signature(Signature(key.name, key.verifier.id, key.sign(note.text.encode())))


def verify_note(note: Note, keys: Sequence[VerifierKey], place: Place = NOWHERE) -> tuple[VerifierKey, ...]:
    """Those of these keys that signed the note: at least one.

    Raises
    ------
    InputRefused
        None of them signed it, or a signature under the name and identifier of one of them does not hold.
    ValueError
        A key is not of the kind NOTE.
    """
    for key in keys:
        _check_kind(key.kind)
    signed = tuple(key for key in keys if _signed(note, key, place))
    if not signed:
        found = ", ".join(signature.name for signature in note.signatures)
        needed = " or ".join(key.encoded() for key in keys)
        raise InputRefused([Problem("ledger-signature", place, f"signed by {found}", f"a signature by {needed}")])
    return signed


def _signed(note: Note, key: VerifierKey, place: Place) -> bool:
    of_key = [signature for signature in note.signatures if signature.is_of(key)]
    if not all(key.verifies(note.text.encode(), signature.value) for signature in of_key):
        needed = f"the text that {key.encoded()} signed"
        raise InputRefused([Problem("ledger-signature", place, f"a signature of {key.name} that is wrong", needed)])
    return bool(of_key)


def _check_kind(kind: KeyKind) -> None:
    if kind is not KeyKind.NOTE:
        raise ValueError(f"a note is signed with a key of the kind {KeyKind.NOTE:#04x}, not {kind:#04x}")


def parse_note(content: bytes, place: Place = NOWHERE) -> Note:
    """The note in this file, signatures unchecked.

    Raises
    ------
    InputRefused
        It is no signed note; the line at fault is named where there is one.
    """
    try:
        text, lines = _halves(content)
    except ValueError as error:
        raise InputRefused([_problem(str(error), place)]) from None
    first = text.count("\n") + 2
    signatures, problems = [], []
    for row, line in enumerate(lines, start=first):
        try:
            signatures.append(_signature(line))
        except ValueError as error:
            problems.append(_problem(str(error), replace(place, row=(place.row or 1) + row - 1)))
    if problems:
        raise InputRefused(problems)
    return Note(text, tuple(signatures))


def _problem(found: str, place: Place) -> Problem:
    return Problem("ledger-note", place, found, "a text, an empty line, and lines of signatures")


def _halves(content: bytes) -> tuple[str, list[str]]:
    """The text, and the lines of the signatures without their newlines."""
    whole = content.decode()
    if any(letter < " " for letter in whole if letter != "\n"):
        raise ValueError("a control character")
    begin = whole.rfind("\n\n")
    if begin < 0:
        raise ValueError("no empty line")
    lines = whole[begin + 2 :].split("\n")
    if lines.pop() != "":
        raise ValueError("a last line without its newline")
    if not 0 < len(lines) <= MOST_SIGNATURES:
        raise ValueError(f"{len(lines)} signatures, not 1 to {MOST_SIGNATURES}")
    return whole[: begin + 1], lines


def _signature(line: str) -> Signature:
    name, _, encoded = line.removeprefix(_DASH).partition(" ")
    if not line.startswith(_DASH):
        raise ValueError(f"{shown(line)} is no line of a signature")
    check_key_name(name)
    content = unbase64(encoded)
    if len(content) <= _ID_SIZE:
        raise ValueError(f"a signature of {len(content)} bytes")
    return Signature(name, content[:_ID_SIZE], content[_ID_SIZE:])
