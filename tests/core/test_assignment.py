"""The best assignment and its prices against trying every one."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from numpy.typing import NDArray

from antigone.core.assignment import best_assignment


def best_by_trying(weights: NDArray[np.float64]) -> float:
    """The largest sum over all ways to give each row one column of its own, or none."""
    n, m = weights.shape
    best = 0.0
    for chosen in product(range(-1, m), repeat=n):
        used = [j for j in chosen if j >= 0]
        if len(used) == len(set(used)):
            best = max(best, float(sum(weights[i, j] for i, j in enumerate(chosen) if j >= 0)))
    return best


def random_weights(seed: int) -> NDArray[np.float64]:
    rng = np.random.default_rng(seed)
    weights = rng.normal(0.0, 5.0, (int(rng.integers(1, 5)), int(rng.integers(1, 5))))
    weights[rng.random(weights.shape) < 0.25] = -np.inf
    return weights


@pytest.mark.parametrize("seed", range(60))
def test_against_trying_every_assignment(seed: int) -> None:
    weights = random_weights(seed)
    chosen, row_price, column_price = best_assignment(weights)
    used = chosen[chosen >= 0]
    assert len(set(used.tolist())) == len(used)
    total = sum(weights[i, j] for i, j in enumerate(chosen) if j >= 0)
    assert total == pytest.approx(best_by_trying(weights))
    # The prices certify it: they bound every weight, and their sum is the sum reached.
    assert np.all(weights <= row_price[:, None] + column_price[None, :] + 1e-9)
    assert np.all(row_price >= -1e-9)
    assert row_price.sum() + column_price.sum() == pytest.approx(total, abs=1e-9)


def test_a_row_that_would_lose_stays_out() -> None:
    assert best_assignment(np.array([[-1.0], [-2.0]]))[0].tolist() == [-1, -1]


def test_a_row_gives_way_to_another_along_the_path() -> None:
    assert best_assignment(np.array([[5.0, 4.0], [5.0, -np.inf]]))[0].tolist() == [1, 0]
