"""Merkle trees as in RFC 6962 and RFC 9162: the hashes, the root, and a root that can be continued.

A tree over n leaves is split at the largest power of two below n. Its *peaks* are the roots of its whole
subtrees, from left to right, one for each bit that is set in n; they are all that is needed to go on.
"""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256

HASH_SIZE = 32
EMPTY_ROOT = sha256(b"").digest()
"""Root of the tree without leaves (RFC 9162, 2.1.1)."""


def leaf_hash(data: bytes) -> bytes:
    """SHA-256 of a zero byte and the leaf's bytes (RFC 9162, 2.1.1).

    >>> leaf_hash(b"").hex()[:16]
    '6e340b9cffb37a98'
    """
    return sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """SHA-256 of a byte one and the two hashes below (RFC 9162, 2.1.1)."""
    return sha256(b"\x01" + left + right).digest()


def root_of(leaf_hashes: Iterable[bytes]) -> bytes:
    """Root over these leaf hashes, in one pass and with memory for the logarithm of their number.

    Raises
    ------
    ValueError
        A leaf hash is not 32 bytes long.

    >>> root_of([]) == EMPTY_ROOT, root_of([leaf_hash(b"")]) == leaf_hash(b"")
    (True, True)
    """
    frontier = Frontier()
    frontier.extend(leaf_hashes)
    return frontier.root()


class Frontier:
    """The right edge of a growing tree: its size and its peaks.

    >>> frontier = Frontier()
    >>> frontier.extend([leaf_hash(b"a"), leaf_hash(b"b"), leaf_hash(b"c")])
    >>> kept = Frontier.from_bytes(frontier.to_bytes())
    >>> kept.append(leaf_hash(b"d"))
    >>> kept.size, kept.root() == root_of(leaf_hash(leaf) for leaf in (b"a", b"b", b"c", b"d"))
    (4, True)
    """

    __slots__ = ("_peaks", "_size")

    def __init__(self) -> None:
        self._size = 0
        self._peaks: list[bytes] = []

    @property
    def size(self) -> int:
        """Number of leaves."""
        return self._size

    def append(self, leaf: bytes) -> None:
        """Add one leaf hash (32 bytes; ValueError otherwise)."""
        self.extend((leaf,))

    def extend(self, leaf_hashes: Iterable[bytes]) -> None:
        """Add leaf hashes in their order (each 32 bytes; ValueError otherwise, those before it are added)."""
        peaks, size, digest = self._peaks, self._size, sha256
        try:
            for node in leaf_hashes:
                if len(node) != HASH_SIZE:
                    raise ValueError(f"leaf {size} of the tree has {len(node)} bytes, not {HASH_SIZE}")
                filled = size
                while filled & 1:  # every bit carried over joins two subtrees of one height
                    node = digest(b"\x01" + peaks.pop() + node).digest()
                    filled >>= 1
                peaks.append(node)
                size += 1
        finally:
            self._size = size

    def root(self) -> bytes:
        """Root of the tree as it stands; a tree without leaves has EMPTY_ROOT."""
        if not self._peaks:
            return EMPTY_ROOT
        *others, root = self._peaks
        for peak in reversed(others):
            root = node_hash(peak, root)
        return root

    def copy(self) -> Frontier:
        """Another one of the same size and root, that grows by itself."""
        twin = Frontier()
        twin._size, twin._peaks = self._size, self._peaks.copy()
        return twin

    def to_bytes(self) -> bytes:
        """The size as 8 bytes, most significant first, then every peak from left to right, 32 bytes each."""
        return self._size.to_bytes(8, "big") + b"".join(self._peaks)

    @classmethod
    def from_bytes(cls, kept: bytes) -> Frontier:
        """The tree that `to_bytes` wrote down; ValueError where the length does not fit the size."""
        size = int.from_bytes(kept[:8], "big")
        needed = 8 + HASH_SIZE * size.bit_count()
        if len(kept) != needed:
            raise ValueError(f"the frontier of {size} leaves has {needed} bytes, these are {len(kept)}")
        frontier = cls()
        frontier._size = size
        frontier._peaks = [kept[begin : begin + HASH_SIZE] for begin in range(8, needed, HASH_SIZE)]
        return frontier
