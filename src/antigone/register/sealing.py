"""Records at rest: sealed with a key of their own, and known to the ledger by a digest that says nothing.

A record has one data key for all its versions, kept wrapped (see `keyring`). A version is sealed as

    blob   = nonce (12 bytes) || AES-256-GCM(data key, nonce, salt (16 bytes) || content, bound)
    bound  = "antigone-sealed/1|" kind "|" record "|" version
    digest = SHA-256(salt || content)

so a blob opens as this version of this record of this kind and as nothing else. The digest goes into the
ledger. The salt is inside the blob: with the data key destroyed, the record is gone, and who guesses a
content cannot try it against the digest. Nonces are random; a record has few versions, far from the
2^32 that one key may seal (NIST SP 800-38D, 8.3).
"""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from enum import StrEnum

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

FORMAT = "antigone-sealed/1"
KEY_BYTES = 32

_NONCE_BYTES = 12
_SALT_BYTES = 16
_SHORTEST = _NONCE_BYTES + _SALT_BYTES + 16  # with the tag of GCM, around no content


class SealFault(StrEnum):
    """Why a blob does not open; the cipher cannot tell the causes of the second apart."""

    CUT_SHORT = "cut-short"
    NOT_AUTHENTIC = "not-authentic"  # wrong key, moved from another record or version, or changed


class SealBroken(Exception):
    """A sealed version that does not open; `fault` says why."""

    def __init__(self, fault: SealFault, kind: str, record: str, version: int) -> None:
        self.fault = fault
        why = {
            SealFault.CUT_SHORT: "it is shorter than any sealed record",
            SealFault.NOT_AUTHENTIC: "the key is wrong, or it was moved from another record or version, or changed",
        }[fault]
        super().__init__(f"{kind} {record}, version {version}, does not open: {why}")


@dataclass(frozen=True, slots=True)
class Sealed:
    """A sealed version: the blob to keep, and the digest for the ledger (32 bytes)."""

    blob: bytes
    digest: bytes


@dataclass(frozen=True, slots=True, repr=False)
class Opened:
    """What a blob held; no `repr`, so that no content comes into a log."""

    salt: bytes
    content: bytes

    @property
    def digest(self) -> bytes:
        """What the ledger must have for this version."""
        return hashlib.sha256(self.salt + self.content).digest()


def new_data_key() -> bytes:
    """A random key for one record, 32 bytes."""
    return os.urandom(KEY_BYTES)


def seal(data_key: bytes, content: bytes, *, kind: str, record: str, version: int) -> Sealed:
    """Seal one version of a record.

    >>> key = new_data_key()
    >>> sealed = seal(key, b"content", kind="sample", record="SA-000001-X", version=1)
    >>> opened = unseal(key, sealed.blob, kind="sample", record="SA-000001-X", version=1)
    >>> opened.content, opened.digest == sealed.digest, len(sealed.blob)
    (b'content', True, 51)
    """
    nonce = os.urandom(_NONCE_BYTES)
    salted = os.urandom(_SALT_BYTES) + content
    blob = nonce + AESGCM(data_key).encrypt(nonce, salted, _bound(kind, record, version))
    return Sealed(blob, hashlib.sha256(salted).digest())


def unseal(data_key: bytes, blob: bytes, *, kind: str, record: str, version: int) -> Opened:
    """Open one version of a record.

    Raises
    ------
    SealBroken
        It does not open as this version of this record.
    """
    if len(blob) < _SHORTEST:
        raise SealBroken(SealFault.CUT_SHORT, kind, record, version)
    nonce, closed = blob[:_NONCE_BYTES], blob[_NONCE_BYTES:]
    try:
        salted = AESGCM(data_key).decrypt(nonce, closed, _bound(kind, record, version))
    except InvalidTag as reason:
        raise SealBroken(SealFault.NOT_AUTHENTIC, kind, record, version) from reason
    return Opened(salted[:_SALT_BYTES], salted[_SALT_BYTES:])


def _bound(kind: str, record: str, version: int) -> bytes:
    if "|" in kind or "|" in record:
        raise ValueError(f"a kind or record with | in its name: {kind}, {record}")
    return f"{FORMAT}|{kind}|{record}|{version}".encode()
