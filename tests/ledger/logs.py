"""A small log with its key, to be witnessed and proven; keys are the same in every run."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256

from antigone.ledger import (
    Checkpoint,
    ConsistencyFile,
    InclusionFile,
    KeyKind,
    Note,
    SignerKey,
    consistency_proof,
    inclusion_proof,
    leaf_hash,
    root_of,
    sign_checkpoint,
)


def key_of(name: str, kind: KeyKind = KeyKind.NOTE, other: str = "") -> SignerKey:
    """The key of this name; `other` makes further ones of the same name."""
    return SignerKey(name, sha256(f"{name} {other}".encode()).digest(), kind)


class Log:
    """Leaves and a key."""

    def __init__(self, leaves: Sequence[bytes], key: SignerKey | None = None) -> None:
        self.leaves = list(leaves)
        self.hashes = [leaf_hash(leaf) for leaf in leaves]
        self.key = key or key_of("antigone.example/side-a")

    def checkpoint(self, size: int) -> Note:
        return sign_checkpoint(Checkpoint(self.key.name, size, root_of(self.hashes[:size])), self.key)

    def grown(self, old: int, new: int) -> ConsistencyFile:
        proof = consistency_proof(self.hashes[:new], old)
        return ConsistencyFile(old, root_of(self.hashes[:old]), tuple(proof), self.checkpoint(new))

    def holds(self, index: int, size: int) -> InclusionFile:
        proof = inclusion_proof(self.hashes[:size], index)
        return InclusionFile(index, tuple(proof), self.checkpoint(size), self.leaves[index])
