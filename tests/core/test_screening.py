"""Sums of look-ups against plain addition; nothing lost, nothing counted twice."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from antigone.core import exact_sums, lookup_tables, screen
from antigone.core import screening as module

Drawn = tuple[list[NDArray[np.float64]], NDArray[np.int64], NDArray[np.uint16]]


def draw(seed: int, targets: int, queries: int, loci: int = 7) -> Drawn:
    rng = np.random.default_rng(seed)
    tables = [rng.normal(-0.5, 1.2, (int(rng.integers(2, 9)), int(rng.integers(2, 6)))) for _ in range(loci)]
    for table in tables:
        table[0, 0] = -np.inf
    rows = np.stack([rng.integers(-1, len(table), targets) for table in tables], axis=1)
    codes = np.stack([rng.integers(0, table.shape[1], queries) for table in tables]).astype(np.uint16)
    return tables, rows, codes


def by_addition(drawn: Drawn) -> NDArray[np.float64]:
    tables, rows, codes = drawn
    total = np.zeros((len(rows), codes.shape[1]))
    for i in range(len(rows)):
        for j in range(codes.shape[1]):
            total[i, j] = sum(t[rows[i, x], codes[x, j]] for x, t in enumerate(tables) if rows[i, x] >= 0)
    return total


@pytest.mark.parametrize(("seed", "targets", "queries"), [(1, 5, 9), (2, 70, 30), (3, 1, 1), (4, 130, 3)])
def test_kept_pairs_and_sums_below(seed: int, targets: int, queries: int) -> None:
    tables, rows, codes = drawn = draw(seed, targets, queries)
    total, keep, bound = by_addition(drawn), 0.5, -3.0
    found = screen(lookup_tables(tables, rows), codes, keep, bound)
    expected = np.argwhere(total >= keep)
    np.testing.assert_array_equal(np.column_stack([found.targets, found.queries]), expected)
    np.testing.assert_allclose(found.sums, total[total >= keep], atol=1e-5)
    np.testing.assert_array_equal(found.target_bounded, (total < bound).sum(axis=1))
    np.testing.assert_array_equal(found.query_bounded, (total < bound).sum(axis=0))
    below = np.where(total >= keep, 0.0, np.maximum(10.0**total, 1e-3))
    np.testing.assert_allclose(found.target_below, below.sum(axis=1), rtol=1e-5)
    np.testing.assert_allclose(found.query_below, below.sum(axis=0), rtol=1e-5)
    exact = exact_sums(tables, rows, codes, found.targets, found.queries).sum(axis=1)
    np.testing.assert_allclose(exact, total[total >= keep], atol=1e-12)


def test_each_unordered_pair_of_a_set_once() -> None:
    tables, rows, codes = drawn = draw(5, 40, 40)
    found = screen(lookup_tables(tables, rows), codes, -np.inf, -np.inf, np.arange(1, 41))
    np.testing.assert_array_equal(np.column_stack([found.targets, found.queries]), np.argwhere(np.tri(40, k=-1).T > 0))
    np.testing.assert_allclose(found.sums, by_addition(drawn)[np.triu_indices(40, 1)], atol=1e-5)


def test_a_tile_without_room_is_compared_again(monkeypatch: pytest.MonkeyPatch) -> None:
    tables, rows, codes = draw(6, 90, 50)
    plenty = screen(lookup_tables(tables, rows), codes, -2.0, -6.0)
    monkeypatch.setattr(module, "ROOM_PER_TARGET", 1)
    little = screen(lookup_tables(tables, rows), codes, -2.0, -6.0)
    for column in ("targets", "queries", "sums", "target_below", "query_below", "query_bounded"):
        np.testing.assert_array_equal(getattr(plenty, column), getattr(little, column))


def test_more_queries_than_one_block() -> None:
    tables, rows, codes = draw(7, 3, 2)
    many = np.tile(codes, 2500)
    found = screen(lookup_tables(tables, rows), many, -np.inf, -np.inf)
    assert len(found.sums) == 3 * 5000
    np.testing.assert_allclose(
        found.sums.reshape(3, 2500, 2), np.repeat(found.sums.reshape(3, 5000)[:, None, :2], 2500, 1)
    )


def test_nothing_to_compare() -> None:
    tables, rows, codes = draw(8, 3, 4)
    assert len(screen(lookup_tables(tables, rows[:0]), codes, 0.0, -6.0).sums) == 0
    assert len(screen(lookup_tables(tables, rows), codes[:, :0], 0.0, -6.0).sums) == 0
