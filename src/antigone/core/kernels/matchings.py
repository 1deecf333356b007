"""Sums and maxima over all assignments: families one after another, the set of used remains as state."""

from __future__ import annotations

import math

import numba as nb
import numpy as np


@nb.njit(cache=True)
def popcount(mask):
    count = 0
    while mask:
        mask &= mask - 1
        count += 1
    return count


@nb.njit(cache=True)
def unassigned_weights(alone, together):
    """(2 ** n,) weight of a set of remains nobody lists: products of `alone`, pairs of kin included.

    alone: (n,). together: (n, n) weight of two of them as kin nobody listed, relative to unrelated.
    """
    n = len(alone)
    weights = np.zeros(1 << n)
    weights[0] = 1.0
    for members in range(1, 1 << n):
        i = 0
        while not members >> i & 1:
            i += 1
        others = members & ~(1 << i)
        total = weights[others]
        for j in range(i + 1, n):
            if others >> j & 1:
                total += together[i, j] * alone[j] * weights[others & ~(1 << j)]
        weights[members] = alone[i] * total
    return weights


@nb.njit(cache=True, parallel=True)
def forward(before, masks, weights, most, after):
    """after[used] = sum over the family's options s within `used` of before[used - s] weight[s].

    most: more remains than this cannot be used yet.
    """
    for index in nb.prange(len(before)):
        used, total = np.int64(index), 0.0
        if popcount(used) > most:
            after[used] = 0.0
            continue
        for o in range(len(masks)):
            if used & masks[o] == masks[o]:
                total += before[used ^ masks[o]] * weights[o]
        after[used] = total


@nb.njit(cache=True, parallel=True)
def backward(after, best_after, masks, weights, logs, most, before, best_before):
    """The same from the end: sums into `before`, log maxima into `best_before`."""
    for index in nb.prange(len(after)):
        used, total, best = np.int64(index), 0.0, -math.inf
        if popcount(used) > most:
            before[used], best_before[used] = 0.0, -math.inf
            continue
        for o in range(len(masks)):
            if used & masks[o] == 0:
                total += after[used | masks[o]] * weights[o]
                value = best_after[used | masks[o]] + logs[o]
                if value > best:
                    best = value
        before[used] = total
        best_before[used] = best


@nb.njit(cache=True, parallel=True)
def option_shares(before, after, masks, weights, shares):
    """shares[o] = total weight of all assignments in which the family takes option o."""
    for o in nb.prange(len(masks)):
        total = 0.0
        for used in range(len(before)):
            if used & masks[o] == 0 and before[used] != 0.0:
                total += before[used] * after[used | masks[o]]
        shares[o] = total * weights[o]


@nb.njit(cache=True)
def by_size(values, n):
    """(n + 1,) sums of values[mask] by the number of members of the mask."""
    sums = np.zeros(n + 1)
    for mask in range(len(values)):
        sums[popcount(mask)] += values[mask]
    return sums


@nb.njit(cache=True)
def weigh_ends(free, by_count, ends):
    """ends[used] = weight of the unassigned rest times the prior's factor for so many assigned."""
    everybody = len(free) - 1
    for used in range(len(free)):
        ends[used] = free[everybody ^ used] * by_count[popcount(used)]


@nb.njit(cache=True)
def left_over(last, ends, n):
    """(n,) total weight of the assignments in which each remains is nobody's."""
    sums = np.zeros(n)
    for used in range(len(last)):
        weight = last[used] * ends[used]
        if weight != 0.0:
            for i in range(n):
                if not used >> i & 1:
                    sums[i] += weight
    return sums
