"""Whole columns of identifiers as numbers."""

from __future__ import annotations

import numpy as np
import polars as pl
from numpy.typing import ArrayLike, NDArray

ABSENT = -1
"""Number of a cell that is empty, and place of a key that is not there."""


def codes(cells: pl.Series) -> NDArray[np.int32]:
    """(rows,) place of each cell among the column's categories; ABSENT for an empty cell.

    >>> codes(pl.Series(["a", None, "b", "a"], dtype=pl.Enum(["b", "a"]))).tolist()
    [1, -1, 0, 1]
    """
    return cells.to_physical().cast(pl.Int32).fill_null(ABSENT).to_numpy()


def pair_keys(first: NDArray[np.integer], second: NDArray[np.integer], seconds: int) -> NDArray[np.int64]:
    """(rows,) one number for both, at least 0; each is ABSENT or more, and the second below `seconds`.

    >>> pair_keys(np.array([-1, 0, 0]), np.array([2, -1, 2]), 3)
    array([3, 4, 7])
    """
    return (first.astype(np.int64) + 1) * (seconds + 1) + second + 1


def numbered(keys: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """((rows,) number of each key in the order of first appearance, (keys,) row where it appears first).

    Runs of one key are looked at once, so that rows in order cost little.

    >>> numbered(np.array([7, 7, 3, 7, 9]))
    (array([0, 0, 1, 0, 2]), array([0, 2, 4]))
    """
    begins = np.flatnonzero(np.append(True, keys[1:] != keys[:-1])[: len(keys)])
    _, first, inverse = np.unique(keys[begins], return_index=True, return_inverse=True)
    order = np.argsort(first)
    number = np.empty(len(order), np.int64)
    number[order] = np.arange(len(order))
    lengths = np.diff(np.append(begins, len(keys)))
    return np.repeat(number[inverse], lengths), begins[first[order]]


def places(keys: NDArray[np.int64], wanted: NDArray[np.int64]) -> NDArray[np.int64]:
    """(wanted,) index in `keys` of each wanted key, the first where it is there twice; ABSENT where it is not.

    >>> places(np.array([5, 8, 5]), np.array([8, 5, 6]))
    array([ 1,  0, -1])
    """
    order = np.argsort(keys, kind="stable")
    after = np.append(keys[order], 0)
    at = np.searchsorted(after[:-1], wanted)
    found = (at < len(keys)) & (after[at] == wanted)
    return np.where(found, np.append(order, ABSENT)[at], ABSENT)


def gathered(values: pl.Series, index: ArrayLike) -> pl.Series:
    """values[index]; null where the index is ABSENT.

    >>> gathered(pl.Series(["a", "b"]), [1, -1]).to_list()
    ['b', None]
    """
    wanted = pl.Series("index", np.asarray(index), pl.Int64)
    return values.gather(wanted.replace(ABSENT, None)) if (wanted == ABSENT).any() else values.gather(wanted)
