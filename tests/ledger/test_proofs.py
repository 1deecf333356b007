"""Proofs: published ones, those of the recursive definition, and every altered one refused."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from antigone.ledger import (
    EMPTY_ROOT,
    consistency_proof,
    inclusion_proof,
    leaf_hash,
    root_of,
    verify_consistency,
    verify_inclusion,
)
from tests.ledger.altered_proofs import Consistency, Inclusion
from tests.ledger.published import CONSISTENCY, INCLUSION, LEAF_HASHES, LEAVES, ROOTS
from tests.ledger.slow_trees import slow_consistency, slow_inclusion, slow_root


@st.composite
def trees(draw: st.DrawFn) -> tuple[list[bytes], int]:
    """Leaves that all differ, and a place among them."""
    leaves = draw(st.lists(st.binary(max_size=8), min_size=1, max_size=40, unique=True))
    return leaves, draw(st.integers(0, len(leaves) - 1))


@pytest.mark.parametrize(("index", "size", "proof"), INCLUSION)
def test_published_inclusion(index: int, size: int, proof: list[bytes]) -> None:
    assert inclusion_proof(LEAF_HASHES[:size], index) == proof
    assert verify_inclusion(LEAF_HASHES[index], index, size, proof, ROOTS[size])


@pytest.mark.parametrize(("old", "new", "proof"), CONSISTENCY)
def test_published_consistency(old: int, new: int, proof: list[bytes]) -> None:
    assert consistency_proof(LEAF_HASHES[:new], old) == proof
    assert verify_consistency(old, ROOTS[old], new, ROOTS[new], proof)


@given(trees())
def test_inclusion_in_any_tree(tree: tuple[list[bytes], int]) -> None:
    leaves, index = tree
    hashes = [leaf_hash(leaf) for leaf in leaves]
    true = Inclusion(hashes[index], index, len(leaves), tuple(inclusion_proof(hashes, index)), root_of(hashes))
    assert list(true.proof) == slow_inclusion(index, leaves)
    assert true.holds()
    assert [what for what, altered in true.altered() if altered.holds()] == []


@given(trees())
def test_consistency_of_any_tree(tree: tuple[list[bytes], int]) -> None:
    leaves, before = tree
    old = before + 1
    hashes = [leaf_hash(leaf) for leaf in leaves]
    proof = consistency_proof(hashes, old)
    true = Consistency(old, slow_root(leaves[:old]), len(leaves), slow_root(leaves), tuple(proof))
    assert proof == slow_consistency(old, leaves)
    assert true.holds()
    assert [what for what, altered in true.altered() if altered.holds()] == []


@given(trees())
def test_another_beginning_is_not_consistent(tree: tuple[list[bytes], int]) -> None:
    leaves, changed = tree
    hashes = [leaf_hash(leaf) for leaf in leaves]
    rewritten = [*hashes]
    rewritten[changed] = leaf_hash(leaves[changed] + b"changed")
    more = [leaf_hash(b"another leaf")]
    for old in range(changed + 1, len(leaves) + 1):
        proof = consistency_proof(rewritten + more, old)
        assert not verify_consistency(old, root_of(hashes[:old]), len(leaves) + 1, root_of(rewritten + more), proof)


def test_every_tree_begins_with_the_one_without_leaves() -> None:
    assert consistency_proof(LEAF_HASHES, 0) == []
    assert verify_consistency(0, EMPTY_ROOT, 8, ROOTS[8], [])
    assert verify_consistency(0, EMPTY_ROOT, 0, EMPTY_ROOT, [])
    assert not verify_consistency(0, ROOTS[1], 8, ROOTS[8], [])
    assert not verify_consistency(0, EMPTY_ROOT, 0, ROOTS[1], [])
    assert not verify_consistency(0, EMPTY_ROOT, 8, ROOTS[8], [EMPTY_ROOT])
    assert not verify_consistency(1, ROOTS[1], 0, EMPTY_ROOT, [])


def test_nothing_is_in_the_tree_without_leaves() -> None:
    assert not verify_inclusion(LEAF_HASHES[0], 0, 0, [], EMPTY_ROOT)
    assert not verify_inclusion(LEAF_HASHES[0], 0, 0, [], LEAF_HASHES[0])


@pytest.mark.parametrize("index", [-1, 8, 9])
def test_a_leaf_that_is_not_there_has_no_proof(index: int) -> None:
    with pytest.raises(ValueError, match=f"a tree of 8 leaves has no leaf {index}"):
        inclusion_proof(LEAF_HASHES, index)


@pytest.mark.parametrize("old", [-1, 9])
def test_a_tree_cannot_grow_from_a_larger_one(old: int) -> None:
    with pytest.raises(ValueError, match=f"a tree of 8 leaves cannot have grown from {old}"):
        consistency_proof(LEAF_HASHES, old)


def test_leaves_may_come_one_by_one() -> None:
    assert inclusion_proof(map(leaf_hash, LEAVES), 5) == INCLUSION[2][2]


def test_the_work_grows_with_the_leaves_and_not_with_their_square() -> None:
    """One step of 2**15 leaves takes about 30 ms; the square of them would take half an hour."""
    hashes = [leaf_hash(number.to_bytes(4, "big")) for number in range(1 << 15)]
    begin = time.perf_counter()
    proof = inclusion_proof(hashes, 4321)
    assert consistency_proof(hashes, 30_000)
    assert time.perf_counter() - begin < 20
    assert verify_inclusion(hashes[4321], 4321, len(hashes), proof, root_of(hashes))
