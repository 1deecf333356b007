"""Numbers and hashes in the lines of notes and proofs: one spelling each, anything else is refused."""

from __future__ import annotations

import re
from base64 import b64decode, b64encode
from binascii import Error

from antigone.domain import Place
from antigone.ledger.merkle import HASH_SIZE

NOWHERE = Place()
LARGEST_SIZE = 2**63 - 1
_SHOWN = 80
_DECIMAL = re.compile(r"0|[1-9][0-9]{0,18}")


def shown(text: str) -> str:
    """The text in quotation marks, no more than its beginning.

    >>> shown("a" * 1000) == repr("a" * 80) + "..."
    True
    """
    return repr(text) if len(text) <= _SHOWN else f"{text[:_SHOWN]!r}..."


def unbase64(text: str) -> bytes:
    """The bytes; ValueError unless it is standard base64 with its padding and nothing else.

    >>> unbase64("AQ=="), unbase64("AR==")
    Traceback (most recent call last):
    ValueError: 'AR==' is not base64
    """
    try:
        content = b64decode(text, validate=True)
    except (Error, ValueError):
        content = b""
    if not content or b64encode(content).decode() != text:
        raise ValueError(f"{shown(text)} is not base64")
    return content


def unbase64_hash(text: str) -> bytes:
    """32 bytes from base64; ValueError otherwise."""
    content = unbase64(text)
    if len(content) != HASH_SIZE:
        raise ValueError(f"{shown(text)} has {len(content)} bytes, not {HASH_SIZE}")
    return content


def decimal(text: str) -> int:
    """A whole number from 0 to 2**63 - 1 without leading zeros; ValueError otherwise.

    >>> decimal("0"), decimal("109482")
    (0, 109482)
    >>> decimal("007")
    Traceback (most recent call last):
    ValueError: '007' is not a whole number without leading zeros
    """
    if not _DECIMAL.fullmatch(text) or int(text) > LARGEST_SIZE:
        raise ValueError(f"{shown(text)} is not a whole number without leading zeros")
    return int(text)
