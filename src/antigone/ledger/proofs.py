"""Proofs over a Merkle tree (RFC 9162, 2.1.3 and 2.1.4): that a leaf is in it, and that it only grew.

The tree is built level by level: two neighbours become their parent, a last node without a neighbour goes
up as it is. That is the tree of the RFC, and a proof is the neighbours along one way up.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from antigone.ledger.merkle import EMPTY_ROOT, HASH_SIZE, node_hash


def inclusion_proof(leaf_hashes: Iterable[bytes], index: int) -> list[bytes]:
    """Hashes beside the way from leaf `index` to the root, from below (RFC 9162, 2.1.3.1).

    leaf_hashes: of the whole tree, 32 bytes each; about as many hashes are computed.

    Raises
    ------
    ValueError
        The tree has no such leaf.
    """
    level = list(leaf_hashes)
    if not 0 <= index < len(level):
        raise ValueError(f"a tree of {len(level)} leaves has no leaf {index}")
    return _neighbours(level, index)


def consistency_proof(leaf_hashes: Iterable[bytes], old_size: int) -> list[bytes]:
    """Hashes that show that the tree of the first `old_size` leaves is the beginning of this one (RFC 9162, 2.1.4.1).

    leaf_hashes: of the whole tree as it is now, 32 bytes each. The proof is empty where nothing was added, and
    from the tree without leaves, which every tree begins with.

    Raises
    ------
    ValueError
        The tree has fewer leaves than `old_size`.
    """
    level = list(leaf_hashes)
    if not 0 <= old_size <= len(level):
        raise ValueError(f"a tree of {len(level)} leaves cannot have grown from {old_size}")
    if old_size in (0, len(level)):
        return []
    index = old_size - 1
    while index & 1:  # up to the largest whole subtree that ends where the old tree ended
        level, index = _parents(level), index >> 1
    # Where that subtree is the whole old tree, the reader has its hash already: it is the old root.
    begin = [level[index]] if index else []
    return begin + _neighbours(level, index)


def _neighbours(level: list[bytes], index: int) -> list[bytes]:
    proof = []
    while len(level) > 1:
        beside = index ^ 1
        if beside < len(level):
            proof.append(level[beside])
        level, index = _parents(level), index >> 1
    return proof


def _parents(level: list[bytes]) -> list[bytes]:
    left = iter(level)
    above = [node_hash(one, two) for one, two in zip(left, left, strict=False)]
    if len(level) & 1:
        above.append(level[-1])
    return above


def verify_inclusion(leaf: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes) -> bool:
    """Whether the tree of this size and root has this leaf hash at this index (RFC 9162, 2.1.3.2).

    Every hash must be 32 bytes long and every hash of the proof must be used.
    """
    if not 0 <= index < size or not _are_hashes(leaf, root, *proof):
        return False
    last, node = size - 1, leaf
    for beside in proof:
        if last == 0:
            return False
        if index & 1 or index == last:
            node = node_hash(beside, node)
            index, last = _up_while_last(index, last)
        else:
            node = node_hash(node, beside)
        index, last = index >> 1, last >> 1
    return last == 0 and node == root


def verify_consistency(old_size: int, old_root: bytes, new_size: int, new_root: bytes, proof: Sequence[bytes]) -> bool:
    """Whether the tree of the new size and root begins with all leaves of the old one (RFC 9162, 2.1.4.2).

    Between equal sizes, and from the tree without leaves, the proof must be empty and the roots must be those
    such trees have.
    """
    if not 0 <= old_size <= new_size or not _are_hashes(old_root, new_root, *proof):
        return False
    if (old_size == 0 and old_root != EMPTY_ROOT) or (new_size == 0 and new_root != EMPTY_ROOT):
        return False
    if old_size in (0, new_size):
        return not proof and (old_size == 0 or old_root == new_root)
    return _grew(old_size, old_root, new_size, new_root, proof)


def _grew(old_size: int, old_root: bytes, new_size: int, new_root: bytes, proof: Sequence[bytes]) -> bool:
    """`verify_consistency` where 0 < old size < new size."""
    index, last = old_size - 1, new_size - 1
    while index & 1:
        index, last = index >> 1, last >> 1
    path = list(proof) if index else [old_root, *proof]
    if not path:
        return False
    old = new = path[0]
    for beside in path[1:]:
        if last == 0:
            return False
        if index & 1 or index == last:
            old, new = node_hash(beside, old), node_hash(beside, new)
            index, last = _up_while_last(index, last)
        else:
            new = node_hash(new, beside)
        index, last = index >> 1, last >> 1
    return last == 0 and old == old_root and new == new_root


def _up_while_last(index: int, last: int) -> tuple[int, int]:
    """Up past the levels on which the last node had no neighbour and went up as it was."""
    while index and not index & 1:
        index, last = index >> 1, last >> 1
    return index, last


def _are_hashes(*hashes: bytes) -> bool:
    return all(len(value) == HASH_SIZE for value in hashes)
