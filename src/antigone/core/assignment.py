"""The best one-to-one assignment, with the dual prices that scale all others."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def best_assignment(weights: Floats) -> tuple[NDArray[np.int64], Floats, Floats]:
    """Maximise the sum of weights, each row with at most one column (leaving a row out counts 0).

    weights: (rows, columns), -inf where a row cannot have a column. Returns (column or -1 by row,
    row prices, column prices) with weights <= row price + column price. Shortest augmenting paths
    (Jonker & Volgenant 1987) on the problem padded with one empty column per row.
    """
    n, m = weights.shape
    finite = weights[np.isfinite(weights)]
    worst = -1e6 * (1.0 + (np.abs(finite).max() if finite.size else 0.0))
    cost = np.zeros((n, m + n))
    cost[:, :m] = -np.where(np.isfinite(weights), weights, worst)
    row_price, column_price = np.zeros(n), np.zeros(m + n)
    row_of = np.full(m + n, -1)
    for i in range(n):
        _augment(i, cost, row_price, column_price, row_of)
    chosen = np.full(n, -1)
    for j in range(m):
        if row_of[j] >= 0 and np.isfinite(weights[row_of[j], j]):
            chosen[row_of[j]] = j
    return chosen, -row_price, -column_price[:m]


def _augment(start: int, cost: Floats, row_price: Floats, column_price: Floats, row_of: NDArray[np.int64]) -> None:
    """Give row `start` a column, moving others along the shortest path."""
    n_columns = cost.shape[1]
    distance = np.full(n_columns, np.inf)
    previous = np.full(n_columns, -1)
    done = np.zeros(n_columns, bool)
    i, j_from, reached = start, -1, 0.0
    while True:
        through = reached + cost[i] - row_price[i] - column_price
        closer = ~done & (through < distance)
        distance[closer] = through[closer]
        previous[closer] = j_from
        j = int(np.argmin(np.where(done, np.inf, distance)))
        reached = distance[j]
        if row_of[j] < 0:
            break
        done[j] = True
        i, j_from = int(row_of[j]), j
    row_price[start] += reached
    for column in np.flatnonzero(done):
        row_price[row_of[column]] += reached - distance[column]
        column_price[column] -= reached - distance[column]
    while True:
        before = int(previous[j])
        row_of[j] = start if before < 0 else row_of[before]
        if before < 0:
            return
        j = before
