"""Everybody against everybody: sums of look-ups in tables of log10 LR, weak pairs summed, strong ones kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from antigone.core.likelihood import Floats

Ints = NDArray[np.int64]
TARGETS_PER_TILE = 64
ROOM_PER_TARGET = 64
"""Kept pairs for which a tile has room at first; a tile with more is compared again."""


@dataclass(frozen=True, slots=True, eq=False)
class LookupTables:
    """Tables of all loci behind each other.

    values: float32, the rows of every locus's table. starts: (targets, loci) where a target's row begins,
    -1 where the locus says nothing for it.
    """

    values: NDArray[np.float32]
    starts: Ints


@dataclass(frozen=True, slots=True, eq=False)
class Screened:
    """Pairs with a sum of at least `keep`, by target then query, and what lies below.

    sums: (pairs,) float32 log10 LR. target_below, query_below: sum of the LRs of all other pairs, those
    below `bound` taken as 10 ** bound each; target_bounded, query_bounded: how many were so taken. target_above:
    (targets, 2) pairs with an LR of at least 1, and of at least 100.
    """

    targets: Ints
    queries: Ints
    sums: NDArray[np.float32]
    target_below: Floats
    target_bounded: Ints
    target_above: Ints
    query_below: Floats
    query_bounded: Ints


def lookup_tables(tables: Sequence[Floats], rows: Ints) -> LookupTables:
    """Tables (rows, outcomes) by locus, and by target and locus the row, -1 for none, as one array.

    >>> lookup_tables([np.zeros((2, 3)), np.ones((1, 2))], np.array([[1, 0], [0, -1]])).starts.tolist()
    [[3, 6], [0, -1]]
    """
    widths = np.array([table.shape[1] for table in tables], np.int64)
    offsets = np.cumsum([0, *(table.size for table in tables)])
    values = np.empty(max(int(offsets[-1]), 1), np.float32)
    for table, at in zip(tables, offsets, strict=False):
        values[at : at + table.size] = table.ravel()
    return LookupTables(values, np.where(rows < 0, -1, offsets[:-1] + rows * widths))


def screen(
    tables: LookupTables, codes: NDArray[np.uint16], keep: float, bound: float, first_query: Ints | None = None
) -> Screened:
    """All targets against all queries.

    codes: (loci, queries) the outcome each query shows, by its number in the table of the locus. keep, bound:
    log10. first_query: (targets,) the first query a target is compared with (default all): a set against
    itself is compared above the diagonal. The answer does not depend on how many processors there are.
    """
    from antigone.core.kernels.lookups import compare

    n, n_queries = len(tables.starts), codes.shape[1]
    tiles = max(1, -(-n // TARGETS_PER_TILE))
    first = np.zeros(n, np.int64) if first_query is None else first_query
    below, bounded, above = np.zeros(n), np.zeros(n, np.int64), np.zeros((n, 2), np.int64)
    query_below, query_bounded = np.zeros((tiles, n_queries)), np.zeros((tiles, n_queries), np.int64)
    room = min(TARGETS_PER_TILE * ROOM_PER_TARGET, TARGETS_PER_TILE * max(n_queries, 1))
    found = np.zeros(tiles, np.int64)
    shape = (tiles, room)
    kept = (np.empty(shape, np.int32), np.empty(shape, np.int32), np.empty(shape, np.float32))
    codes = np.ascontiguousarray(codes)
    compare(
        tables.values, tables.starts, first, codes, keep, bound, tiles, found, *kept, below, bounded,
        above, query_below, query_bounded,
    )  # fmt: skip
    parts = [
        _tile_again(tables, first, codes, keep, bound, tile, tiles, int(found[tile]))
        if found[tile] > room
        else tuple(column[tile, : found[tile]] for column in kept)
        for tile in range(tiles)
    ]
    targets, queries, sums = (np.concatenate([part[i] for part in parts]) for i in range(3))
    order = np.lexsort((queries, targets))
    least = 10.0**bound
    return Screened(
        targets[order].astype(np.int64), queries[order].astype(np.int64), sums[order].astype(np.float32),
        below + least * bounded, bounded, above,
        query_below.sum(axis=0) + least * query_bounded.sum(axis=0), query_bounded.sum(axis=0),
    )  # fmt: skip


def _tile_again(
    tables: LookupTables, first: Ints, codes: NDArray[np.uint16], keep: float, bound: float, tile: int, tiles: int,
    found: int,
) -> tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.float32]]:  # fmt: skip
    """The kept pairs of a tile that had no room for them."""
    from antigone.core.kernels.lookups import compare_tile

    n, n_queries = len(tables.starts), codes.shape[1]
    kept = (np.empty(found, np.int32), np.empty(found, np.int32), np.empty(found, np.float32))
    spare = (
        np.zeros(n),
        np.zeros(n, np.int64),
        np.zeros((n, 2), np.int64),
        np.zeros(n_queries),
        np.zeros(n_queries, np.int64),
    )
    begin, end = tile * n // tiles, (tile + 1) * n // tiles
    compare_tile(tables.values, tables.starts, first, codes, keep, bound, begin, end, *kept, *spare)
    return kept


def exact_sums(tables: Sequence[Floats], rows: Ints, codes: NDArray[np.uint16], targets: Ints, queries: Ints) -> Floats:
    """(pairs, loci) float64 entries of the tables for chosen pairs; 0 where the locus says nothing."""
    out = np.zeros((len(targets), len(tables)))
    for locus, table in enumerate(tables):
        row = rows[targets, locus]
        says = row >= 0
        out[says, locus] = table[row[says], codes[locus, queries[says]]]
    return out
