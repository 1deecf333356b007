"""A true proof, altered in every way that must make it false. All leaves of the tree must differ.

The size alone is not among them: trees of several sizes have proofs of one shape. What binds the size is the
checkpoint, which signs it together with the root.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from antigone.ledger import EMPTY_ROOT, verify_consistency, verify_inclusion


@dataclass(frozen=True)
class Inclusion:
    leaf: bytes
    index: int
    size: int
    proof: tuple[bytes, ...]
    root: bytes

    def holds(self) -> bool:
        return verify_inclusion(self.leaf, self.index, self.size, self.proof, self.root)

    def altered(self) -> Iterator[tuple[str, Inclusion]]:
        for wrong in {*range(-1, self.size + 2), self.index ^ 2} - {self.index}:
            yield "another index", replace(self, index=wrong)
        yield "twice the size", replace(self, size=self.size * 2)
        yield "half the size", replace(self, size=self.size // 2)
        yield "one bit of the leaf", replace(self, leaf=flipped(self.leaf, self.size))
        yield "one bit of the root", replace(self, root=flipped(self.root, self.index))
        yield "no root", replace(self, root=EMPTY_ROOT)
        yield "a leaf too short", replace(self, leaf=self.leaf[:-1])
        for what, proof in altered_lists(self.proof, self.root):
            yield what, replace(self, proof=proof)


@dataclass(frozen=True)
class Consistency:
    old_size: int
    old_root: bytes
    new_size: int
    new_root: bytes
    proof: tuple[bytes, ...]

    def holds(self) -> bool:
        return verify_consistency(self.old_size, self.old_root, self.new_size, self.new_root, self.proof)

    def altered(self) -> Iterator[tuple[str, Consistency]]:
        for wrong in {*range(-1, self.new_size + 2)} - {self.old_size}:
            yield "another old size", replace(self, old_size=wrong)
        yield "one bit of the old root", replace(self, old_root=flipped(self.old_root, self.new_size))
        yield "an old root too short", replace(self, old_root=self.old_root[1:])
        if self.old_size:
            yield "half the new size", replace(self, new_size=self.new_size // 2)
            yield "twice the new size", replace(self, new_size=self.new_size * 2)
            yield "one bit of the new root", replace(self, new_root=flipped(self.new_root, self.old_size))
        if self.old_root != self.new_root:
            yield "the roots exchanged", replace(self, old_root=self.new_root, new_root=self.old_root)
        for what, proof in altered_lists(self.proof, self.new_root):
            yield what, replace(self, proof=proof)


def altered_lists(proof: tuple[bytes, ...], other: bytes) -> Iterator[tuple[str, tuple[bytes, ...]]]:
    for at, value in enumerate(proof):
        yield "one bit of the proof", (*proof[:at], flipped(value, at), *proof[at + 1 :])
        yield "a hash left out", (*proof[:at], *proof[at + 1 :])
        yield "a hash too short", (*proof[:at], value[:-1], *proof[at + 1 :])
    for at in range(len(proof) + 1):
        yield "a hash too many", (*proof[:at], other, *proof[at:])
        yield "an empty hash too many", (*proof[:at], b"", *proof[at:])


def flipped(value: bytes, bit: int) -> bytes:
    """The value with one bit changed; which one follows from a number."""
    changed = bytearray(value)
    changed[bit * 7 % len(value)] ^= 1 << (bit % 8)
    return bytes(changed)
