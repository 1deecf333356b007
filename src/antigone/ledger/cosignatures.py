"""C2SP cosignatures of checkpoints (c2sp.org/tlog-cosignature), Ed25519.

A cosignature says: at this time, this was the largest state of this log I had seen, and it had grown from all those I
saw before. It stands in the checkpoint's note as a signature line of its own kind of key.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from antigone.domain import InputRefused, Place, Problem
from antigone.ledger.checkpoints import checkpoint_of
from antigone.ledger.keys import KeyKind, SignerKey, VerifierKey
from antigone.ledger.notes import Note, Signature
from antigone.ledger.strict_text import NOWHERE

_TIME_SIZE, _SIGNATURE_SIZE = 8, 64


@dataclass(frozen=True, slots=True)
class Cosignature:
    """Who cosigned, and when by their own clock, in whole seconds."""

    key: VerifierKey
    at: datetime


def cosign(note: Note, key: SignerKey, at: datetime) -> Note:
    """The checkpoint's note with a cosignature by this key; whether it should be given is for `witness` to say.

    at: with its time zone; whole seconds are written.

    Raises
    ------
    InputRefused
        The note is no checkpoint.
    ValueError
        The key is not of the kind COSIGNATURE, or the time has no zone or lies before 1970.
    """
    checkpoint_of(note)
    _check_kind(key.kind)
    if at.utcoffset() is None or at.timestamp() < 0:
        raise ValueError(f"{at} is no time to cosign at")
    seconds = int(at.timestamp())
    value = seconds.to_bytes(_TIME_SIZE, "big") + key.sign(_message(note.text, seconds))
    return note.with_signature(Signature(key.name, key.verifier.id, value))


def cosignatures(note: Note, keys: Sequence[VerifierKey], place: Place = NOWHERE) -> tuple[Cosignature, ...]:
    """Those of these witnesses that cosigned the note, in the order of the keys; perhaps none.

    A witness that cosigned it more than once stands here once, with the latest time: whoever asks for two witnesses
    counts these, and must have been given keys of different bodies.

    Raises
    ------
    InputRefused
        A cosignature under the name and identifier of one of the keys does not hold.
    ValueError
        A key is not of the kind COSIGNATURE.
    """
    for key in keys:
        _check_kind(key.kind)
    times = {key: [_time(note, key, given, place) for given in note.signatures if given.is_of(key)] for key in keys}
    return tuple(Cosignature(key, max(at)) for key, at in times.items() if at)


def _message(text: str, seconds: int) -> bytes:
    return f"cosignature/v1\ntime {seconds}\n{text}".encode()


def _time(note: Note, key: VerifierKey, signature: Signature, place: Place) -> datetime:
    seconds = int.from_bytes(signature.value[:_TIME_SIZE], "big")
    whole = len(signature.value) == _TIME_SIZE + _SIGNATURE_SIZE
    if not whole or not key.verifies(_message(note.text, seconds), signature.value[_TIME_SIZE:]):
        needed = f"the checkpoint that {key.encoded()} cosigned"
        raise InputRefused([Problem("ledger-signature", place, f"a cosignature of {key.name} that is wrong", needed)])
    try:
        return datetime.fromtimestamp(seconds, UTC)
    except (ValueError, OverflowError, OSError):
        found = f"a cosignature of {key.name} at second {seconds}"
        raise InputRefused([Problem("ledger-signature", place, found, "a time in this calendar")]) from None


def _check_kind(kind: KeyKind) -> None:
    if kind is not KeyKind.COSIGNATURE:
        raise ValueError(f"a witness has a key of the kind {KeyKind.COSIGNATURE:#04x}, not {kind:#04x}")
