"""Roots: published ones, the recursive definition, and a root continued from its frontier."""

from __future__ import annotations

import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from antigone.ledger import EMPTY_ROOT, Frontier, leaf_hash, root_of
from tests.ledger.published import LEAF_HASHES, LEAVES, ROOTS
from tests.ledger.slow_trees import slow_root

leaves = st.lists(st.binary(max_size=8), max_size=40)


def test_published_leaf_hashes() -> None:
    assert [leaf_hash(leaf) for leaf in LEAVES] == LEAF_HASHES


@pytest.mark.parametrize("size", range(9))
def test_published_roots(size: int) -> None:
    assert root_of(map(leaf_hash, LEAVES[:size])) == ROOTS[size]


@given(leaves)
def test_the_root_is_the_recursive_one(given_leaves: list[bytes]) -> None:
    assert root_of(map(leaf_hash, given_leaves)) == slow_root(given_leaves)


@given(leaves, leaves)
def test_a_root_goes_on_from_its_frontier(before: list[bytes], after: list[bytes]) -> None:
    frontier = Frontier()
    frontier.extend(map(leaf_hash, before))
    kept = Frontier.from_bytes(frontier.to_bytes())
    for leaf in after:
        kept.append(leaf_hash(leaf))
    assert (kept.size, kept.root()) == (len(before) + len(after), slow_root(before + after))
    assert (frontier.size, frontier.root()) == (len(before), slow_root(before))


def test_a_copy_grows_by_itself() -> None:
    frontier = Frontier()
    frontier.append(leaf_hash(b"a"))
    twin = frontier.copy()
    twin.append(leaf_hash(b"b"))
    assert (frontier.size, frontier.root()) == (1, slow_root([b"a"]))
    assert (twin.size, twin.root()) == (2, slow_root([b"a", b"b"]))


def test_the_frontier_keeps_one_hash_for_each_bit_of_the_size() -> None:
    frontier = Frontier()
    assert frontier.to_bytes() == bytes(8)
    assert Frontier.from_bytes(bytes(8)).root() == EMPTY_ROOT
    frontier.extend(leaf_hash(leaf) for leaf in LEAVES[:7])
    assert frontier.to_bytes() == (7).to_bytes(8, "big") + ROOTS[4] + slow_root(LEAVES[4:6]) + LEAF_HASHES[6]


@pytest.mark.parametrize("change", [lambda kept: kept[:-1], lambda kept: kept + bytes(32), lambda kept: kept[:5]])
def test_a_frontier_of_another_length_is_refused(change) -> None:
    frontier = Frontier()
    frontier.extend(LEAF_HASHES[:5])
    with pytest.raises(ValueError, match=r"the frontier of \d+ leaves has \d+ bytes, these are \d+"):
        Frontier.from_bytes(change(frontier.to_bytes()))


def test_a_leaf_that_is_no_hash_is_refused_and_those_before_it_stand() -> None:
    frontier = Frontier()
    with pytest.raises(ValueError, match="leaf 1 of the tree has 3 bytes, not 32"):
        frontier.extend([LEAF_HASHES[0], b"abc"])
    assert (frontier.size, frontier.root()) == (1, ROOTS[1])


def test_a_long_tree_takes_no_memory() -> None:
    tracemalloc.start()
    root_of(leaf_hash(number.to_bytes(4, "big")) for number in range(20_000))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 20_000
