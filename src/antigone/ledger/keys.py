"""Named Ed25519 keys in the form of C2SP signed notes (c2sp.org/signed-note).

A key is known by its name and its identifier, the first four bytes of
SHA-256(name, newline, byte of the kind, public key). The kind says what a signature of the key means, so that one
made for a note cannot be passed off as one made by a witness.
"""

from __future__ import annotations

import re
from base64 import b64encode
from dataclasses import dataclass, field
from enum import IntEnum
from hashlib import sha256

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from antigone.domain import InputRefused, Place, Problem
from antigone.ledger.strict_text import NOWHERE, shown, unbase64

PRIVATE = "PRIVATE+KEY+"
KEY_SIZE = 32
_NUMBER = re.compile(r"[0-9a-f]{8}")


class KeyKind(IntEnum):
    """What a signature of the key is of, by the byte of its kind."""

    NOTE = 0x01  # the text of a note (c2sp.org/signed-note)
    COSIGNATURE = 0x04  # a time and the text of a checkpoint (c2sp.org/tlog-cosignature)


@dataclass(frozen=True, slots=True)
class VerifierKey:
    """A public key: name, kind, 32 bytes. ValueError where a note could not carry the name."""

    name: str
    public: bytes
    kind: KeyKind = KeyKind.NOTE

    def __post_init__(self) -> None:
        check_key_name(self.name)
        if len(self.public) != KEY_SIZE:
            raise ValueError(f"a public key has {KEY_SIZE} bytes, not {len(self.public)}")

    @property
    def id(self) -> bytes:
        """The four bytes that stand before each of its signatures."""
        return sha256(self.name.encode() + b"\n" + bytes([self.kind]) + self.public).digest()[:4]

    def encoded(self) -> str:
        """name+identifier+base64, to be handed to whoever is to check its signatures."""
        return f"{self.name}+{self.id.hex()}+{b64encode(bytes([self.kind]) + self.public).decode()}"

    def verifies(self, message: bytes, signature: bytes) -> bool:
        """Whether this is a signature (64 bytes) of the message by this key."""
        try:
            Ed25519PublicKey.from_public_bytes(self.public).verify(signature, message)
        except InvalidSignature:
            return False
        return True


@dataclass(frozen=True, slots=True)
class SignerKey:
    """A private key: name, kind, 32 bytes of seed, which are not printed."""

    name: str
    seed: bytes = field(repr=False)
    kind: KeyKind = KeyKind.NOTE

    def __post_init__(self) -> None:
        check_key_name(self.name)
        if len(self.seed) != KEY_SIZE:
            raise ValueError(f"a private key has {KEY_SIZE} bytes, not {len(self.seed)}")

    @property
    def verifier(self) -> VerifierKey:
        """The public key to it."""
        public = Ed25519PrivateKey.from_private_bytes(self.seed).public_key().public_bytes_raw()
        return VerifierKey(self.name, public, self.kind)

    def encoded(self) -> str:
        """PRIVATE+KEY+name+identifier+base64: to be kept secret."""
        return f"{PRIVATE}{self.name}+{self.verifier.id.hex()}+{b64encode(bytes([self.kind]) + self.seed).decode()}"

    def sign(self, message: bytes) -> bytes:
        """The Ed25519 signature of the message, 64 bytes."""
        return Ed25519PrivateKey.from_private_bytes(self.seed).sign(message)


def generate_key(name: str, kind: KeyKind = KeyKind.NOTE) -> SignerKey:
    """A new private key; ValueError where a note could not carry the name."""
    return SignerKey(name, Ed25519PrivateKey.generate().private_bytes_raw(), kind)


def check_key_name(name: str) -> None:
    """ValueError unless the name is there and has no space, no plus sign and no control character.

    >>> check_key_name("antigone.example/side a")
    Traceback (most recent call last):
    ValueError: 'antigone.example/side a' cannot name a key: it must have no space, no + and no control character
    """
    if not name or any(letter.isspace() or letter == "+" or letter < " " for letter in name):
        raise ValueError(f"{shown(name)} cannot name a key: it must have no space, no + and no control character")


def parse_verifier_key(text: str, place: Place = NOWHERE) -> VerifierKey:
    """The public key that `VerifierKey.encoded` wrote.

    Raises
    ------
    InputRefused
        It is not one, or its identifier is not its own.
    """
    try:
        name, number, kind, public = _parts(text)
        key = VerifierKey(name, public, kind)
        _check_number(key, number)
    except ValueError as error:
        needed = "a public key such as name+0123abcd+base64"
        raise InputRefused([Problem("ledger-key", place, str(error), needed)]) from None
    return key


def parse_signer_key(text: str, place: Place = NOWHERE) -> SignerKey:
    """The private key that `SignerKey.encoded` wrote; no part of it is repeated in a refusal.

    Raises
    ------
    InputRefused
        It is not one, or its identifier is not its own.
    """
    try:
        if not text.startswith(PRIVATE):
            raise ValueError("another beginning")
        name, number, kind, seed = _parts(text.removeprefix(PRIVATE))
        key = SignerKey(name, seed, kind)
        _check_number(key.verifier, number)
    except ValueError:
        needed = f"a private key such as {PRIVATE}name+0123abcd+base64"
        raise InputRefused([Problem("ledger-key", place, "another text", needed)]) from None
    return key


def _parts(text: str) -> tuple[str, str, KeyKind, bytes]:
    """Name, identifier, kind and key of either form."""
    parts = text.split("+", 2)
    if len(parts) != 3 or not _NUMBER.fullmatch(parts[1]):
        raise ValueError(shown(text))
    key = unbase64(parts[2])
    if len(key) != 1 + KEY_SIZE:
        raise ValueError(f"a key of {len(key)} bytes")
    return parts[0], parts[1], KeyKind(key[0]), key[1:]


def _check_number(key: VerifierKey, number: str) -> None:
    if key.id.hex() != number:
        raise ValueError(f"identifier {number}, where the key has {key.id.hex()}")
