"""Sums and maxima over all assignments: families one after another, the set of used remains as state."""

from __future__ import annotations

import numba as nb
import numpy as np

BLOCK = 1 << 13
"""Masks worked on together: two such blocks of doubles fit into the second-level cache."""


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


@nb.njit(cache=True)
def add_shifted(target, source, weight, low, to_without):
    """target[m] += weight source[m without low] for all m that hold `low`; or the other way round.

    to_without: target[m] += weight source[m with low] for all m that hold nothing of `low`. Runs below
    the lowest member of `low` lie side by side.
    """
    size = len(target)
    run = low & -low if low else size
    wanted = 0 if to_without else low
    if run == low:
        into, out_of = (0, low) if to_without else (low, 0)
        for start in range(0, size, 2 * run):
            for m in range(start, start + run):
                target[m + into] += weight * source[m + out_of]
        return
    for start in range(0, size, run):
        if start & low == wanted:
            for m in range(start, start + run):
                target[m] += weight * source[m ^ low]


@nb.njit(cache=True)
def max_shifted(target, source, log_weight, low):
    """target[m] = max(target[m], log_weight + source[m with low]) for all m that hold nothing of `low`."""
    size = len(target)
    run = low & -low if low else size
    step = 2 * run if run == low else run
    for start in range(0, size, step):
        if start & low == 0:
            for m in range(start, start + run):
                value = log_weight + source[m + low]
                target[m] = value if value > target[m] else target[m]


@nb.njit(cache=True, fastmath={"reassoc", "contract"})
def dot_shifted(before, after, low):
    """Sum of before[m] after[m with low] over all m that hold nothing of `low`."""
    size = len(before)
    run = low & -low if low else size
    step = 2 * run if run == low else run
    total = 0.0
    for start in range(0, size, step):
        if start & low == 0:
            for m in range(start, start + run):
                total += before[m] * after[m + low]
    return total


@nb.njit(cache=True)
def is_empty(values):
    for m in range(len(values)):
        if values[m] != 0.0:
            return False
    return True


@nb.njit(cache=True, parallel=True)
def forward(before, masks, weights, after):
    """after[used] = sum over the family's options s within `used` of before[used - s] weight[s].

    In blocks that stay near the processor: a mask is a block's number and a place in the block.
    """
    block = min(len(before), BLOCK)
    for index in nb.prange(len(before) // block):
        here = np.int64(index)
        target = after[here * block : (here + 1) * block]
        target[:] = 0.0
        for o in range(len(masks)):
            high, low = masks[o] // block, masks[o] % block
            if here & high == high:
                other = here ^ high
                source = before[other * block : (other + 1) * block]
                if not is_empty(source):
                    add_shifted(target, source, weights[o], low, False)


@nb.njit(cache=True, parallel=True)
def backward(after, masks, weights, reached, before):
    """The same sums from the end, where `reached` from the beginning: over options s outside `used`."""
    block = min(len(after), BLOCK)
    for index in nb.prange(len(after) // block):
        here = np.int64(index)
        target = before[here * block : (here + 1) * block]
        target[:] = 0.0
        if is_empty(reached[here * block : (here + 1) * block]):
            continue
        for o in range(len(masks)):
            high, low = masks[o] // block, masks[o] % block
            if here & high == 0:
                other = here | high
                add_shifted(target, after[other * block : (other + 1) * block], weights[o], low, True)


@nb.njit(cache=True, parallel=True)
def best_backward(after, masks, logs, reached, before):
    """Log of the best completion instead of their sum."""
    block = min(len(after), BLOCK)
    for index in nb.prange(len(after) // block):
        here = np.int64(index)
        target = before[here * block : (here + 1) * block]
        target[:] = -np.inf
        if is_empty(reached[here * block : (here + 1) * block]):
            continue
        for o in range(len(masks)):
            high, low = masks[o] // block, masks[o] % block
            if here & high == 0:
                other = here | high
                max_shifted(target, after[other * block : (other + 1) * block], logs[o], low)


@nb.njit(cache=True, parallel=True)
def option_shares(before, after, masks, weights):
    """(options,) total weight of all assignments in which the family takes each option."""
    block = min(len(before), BLOCK)
    parts = np.zeros((len(before) // block, len(masks)))
    for index in nb.prange(len(before) // block):
        here = np.int64(index)
        x = before[here * block : (here + 1) * block]
        if is_empty(x):
            continue
        for o in range(len(masks)):
            high, low = masks[o] // block, masks[o] % block
            if here & high == 0:
                other = here | high
                parts[here, o] = dot_shifted(x, after[other * block : (other + 1) * block], low)
    return parts.sum(axis=0) * weights


@nb.njit(cache=True)
def by_size(values, n):
    """(n + 1,) sums of values[mask] by the number of members of the mask."""
    sums = np.zeros(n + 1)
    for mask in range(len(values)):
        sums[popcount(mask)] += values[mask]
    return sums


@nb.njit(cache=True)
def leftover_weights(free, same):
    """(2 ** n,) weight of the rest when `used` are placed: nobody listed, or a further part of one placed.

    free: (2 ** n,) of `unassigned_weights`. same: (n, n) weight of two remains as one person.
    """
    n = len(same)
    weights = np.empty(len(free))
    everybody = len(free) - 1
    for used in range(len(free)):
        weight = free[everybody ^ used]
        for i in range(n):
            if used >> i & 1:
                continue
            part = 0.0
            for j in range(n):
                if used >> j & 1:
                    part += same[i, j]
            weight *= 1.0 + part
        weights[used] = weight
    return weights


@nb.njit(cache=True)
def weigh_ends(leftover, by_count, ends):
    """ends[used] = weight of the rest times the prior's factor for so many placed."""
    for used in range(len(leftover)):
        ends[used] = leftover[used] * by_count[popcount(used)]


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
