"""The LR of remains against a missing person as a sum of look-ups, one per locus."""

from __future__ import annotations

import math

import numba as nb
import numpy as np

LN10 = math.log(10.0)
BLOCK = 2048
"""Queries compared at a time: their sums stay in the nearest cache."""


@nb.njit(cache=True)
def weigh_some(distributions, starts, genotypes, weights, begin, end, out):
    """out[row, o] = sum over genotypes of P(o | genotype) x distributions[row, genotype], rows begin..end.

    starts: (outcomes + 1,) stretches of `genotypes` and `weights`.
    """
    for row in range(begin, end):
        d = distributions[row]
        for o in range(len(starts) - 1):
            total = 0.0
            for i in range(starts[o], starts[o + 1]):
                total += weights[i] * d[genotypes[i]]
            out[row, o] = total


@nb.njit(cache=True, parallel=True, nogil=True)
def weigh_many(distributions, starts, genotypes, weights, chunks, out):
    """`weigh_some` for all rows, in chunks over the processors."""
    n = len(distributions)
    for chunk in nb.prange(chunks):
        weigh_some(distributions, starts, genotypes, weights, chunk * n // chunks, (chunk + 1) * n // chunks, out)


@nb.njit(cache=True)
def sum_lookups(tables, starts, codes, begin, n, sums, speaking):
    """sums[:n] = sum over the loci of one target's entries for the queries begin..begin + n, four loci at a time.

    starts: (loci,); speaking: room for the loci that say anything.
    """
    loci = 0
    for locus in range(len(starts)):
        if starts[locus] >= 0:
            speaking[loci] = locus
            loci += 1
    sums[:n] = 0.0
    done = 0
    while done + 4 <= loci:
        a, b, c, d = speaking[done], speaking[done + 1], speaking[done + 2], speaking[done + 3]
        row_a, row_b, row_c, row_d = tables[starts[a] :], tables[starts[b] :], tables[starts[c] :], tables[starts[d] :]
        seen_a, seen_b = codes[a, begin : begin + n], codes[b, begin : begin + n]
        seen_c, seen_d = codes[c, begin : begin + n], codes[d, begin : begin + n]
        for j in range(n):
            sums[j] += (row_a[seen_a[j]] + row_b[seen_b[j]]) + (row_c[seen_c[j]] + row_d[seen_d[j]])
        done += 4
    for i in range(done, loci):
        row = tables[starts[speaking[i]] :]
        seen = codes[speaking[i], begin : begin + n]
        for j in range(n):
            sums[j] += row[seen[j]]


@nb.njit(cache=True)
def compare_tile(
    tables, starts, first_query, codes, keep, bound, begin, end, found_target, found_query, found_sum, below,
    bounded, above, query_below, query_bounded,
):  # fmt: skip
    """Targets begin..end against all queries; returns how many pairs are kept (more than fit are counted only).

    below: sum of LR of pairs between bound and keep, by target and by query; bounded: pairs below the bound;
    above: (targets, 2) pairs with an LR of at least 1, and of at least 100.
    """
    n_queries = codes.shape[1]
    sums, speaking = np.empty(BLOCK, np.float32), np.empty(len(codes), np.int64)
    room, found = len(found_sum), 0
    for first in range(0, n_queries, BLOCK):
        n = min(BLOCK, n_queries - first)
        for target in range(begin, end):
            skip = max(first_query[target] - first, 0)
            if skip >= n:
                continue
            sum_lookups(tables, starts[target], codes, first, n, sums, speaking)
            weak, few, one, hundred = 0.0, 0, 0, 0
            for j in range(skip, n):
                value = sums[j]
                if value < bound:
                    few += 1
                    query_bounded[first + j] += 1
                    continue
                if value >= 0.0:
                    one += 1
                    if value >= 2.0:
                        hundred += 1
                if value < keep:
                    ratio = math.exp(value * LN10)
                    weak += ratio
                    query_below[first + j] += ratio
                else:
                    if found < room:
                        found_target[found], found_query[found], found_sum[found] = target, first + j, value
                    found += 1
            below[target] += weak
            bounded[target] += few
            above[target, 0] += one
            above[target, 1] += hundred
    return found


@nb.njit(cache=True, parallel=True, nogil=True)
def compare(
    tables, starts, first_query, codes, keep, bound, tiles, found, found_target, found_query, found_sum, below,
    bounded, above, query_below, query_bounded,
):  # fmt: skip
    """`compare_tile` for every tile of targets; found, found_* and query_* by tile."""
    n = len(starts)
    for tile in nb.prange(tiles):
        found[tile] = compare_tile(
            tables, starts, first_query, codes, keep, bound, tile * n // tiles, (tile + 1) * n // tiles,
            found_target[tile], found_query[tile], found_sum[tile], below, bounded, above,
            query_below[tile], query_bounded[tile],
        )  # fmt: skip
