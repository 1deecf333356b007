"""The recursive definitions of RFC 9162 (2.1.1, 2.1.3.1, 2.1.4.1), word for word and slow."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256


def split(n: int) -> int:
    """The largest power of two below n."""
    k = 1
    while k * 2 < n:
        k *= 2
    return k


def slow_root(leaves: Sequence[bytes]) -> bytes:
    """Over the leaves themselves, not their hashes."""
    n = len(leaves)
    if n == 0:
        return sha256(b"").digest()
    if n == 1:
        return sha256(b"\x00" + leaves[0]).digest()
    k = split(n)
    return sha256(b"\x01" + slow_root(leaves[:k]) + slow_root(leaves[k:])).digest()


def slow_inclusion(m: int, leaves: Sequence[bytes]) -> list[bytes]:
    n = len(leaves)
    if n == 1:
        return []
    k = split(n)
    if m < k:
        return [*slow_inclusion(m, leaves[:k]), slow_root(leaves[k:])]
    return [*slow_inclusion(m - k, leaves[k:]), slow_root(leaves[:k])]


def slow_consistency(m: int, leaves: Sequence[bytes]) -> list[bytes]:
    """For 0 < m <= n."""
    return _sub_proof(m, leaves, True)


def _sub_proof(m: int, leaves: Sequence[bytes], known: bool) -> list[bytes]:
    n = len(leaves)
    if m == n:
        return [] if known else [slow_root(leaves)]
    k = split(n)
    if m <= k:
        return [*_sub_proof(m, leaves[:k], known), slow_root(leaves[k:])]
    return [*_sub_proof(m - k, leaves[k:], False), slow_root(leaves[:k])]
