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
    partners = np.zeros(n, np.int64)
    for i in range(n):
        for j in range(n):
            if together[i, j] > 0.0:
                partners[i] |= 1 << j
    for members in range(1, 1 << n):
        i = 0
        while not members >> i & 1:
            i += 1
        others = members & ~(1 << i)
        total = weights[others]
        possible = others & partners[i]
        for j in range(i + 1, n if possible else 0):
            if possible >> j & 1:
                total += together[i, j] * alone[j] * weights[others & ~(1 << j)]
        weights[members] = alone[i] * total
    return weights


@nb.njit(cache=True)
def add_members(target, source, weight, low):
    """target[m] += weight source[m without low] for all m that hold `low`.

    Runs below the lowest member of `low` lie side by side; short ones are written out, so that the
    compiler works on neighbours together.
    """
    size = len(target)
    run = low & -low if low else size
    if run != low:
        for start in range(0, size, run):
            if start & low == low:
                for m in range(start, start + run):
                    target[m] += weight * source[m ^ low]
    elif run == 1:
        for m in range(0, size, 2):
            target[m + 1] += weight * source[m]
    elif run == 2:
        for m in range(0, size, 4):
            target[m + 2] += weight * source[m]
            target[m + 3] += weight * source[m + 1]
    else:
        for start in range(0, size, 2 * run):
            for m in range(start, start + run):
                target[m + run] += weight * source[m]


@nb.njit(cache=True, fastmath={"reassoc", "contract"})
def meet(reached, behind, sums, weight, low):
    """Over all m that hold nothing of `low`: sums[m] += weight behind[m with low]; return the sum of
    reached[m] behind[m with low].
    """
    size = len(reached)
    run = low & -low if low else size
    total = 0.0
    if run == low and run == 1:
        for m in range(0, size, 2):
            x = behind[m + 1]
            total += reached[m] * x
            sums[m] += weight * x
        return total
    if run == low and run == 2:
        for m in range(0, size, 4):
            x, y = behind[m + 2], behind[m + 3]
            total += reached[m] * x + reached[m + 1] * y
            sums[m] += weight * x
            sums[m + 1] += weight * y
        return total
    step = 2 * run if run == low else run
    for start in range(0, size, step):
        if start & low == 0:
            for m in range(start, start + run):
                x = behind[m + low]
                total += reached[m] * x
                sums[m] += weight * x
    return total


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


@nb.njit(cache=True)
def is_empty(values):
    for m in range(len(values)):
        if values[m] != 0.0:
            return False
    return True


@nb.njit(cache=True, parallel=True, nogil=True)
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
                    add_members(target, source, weights[o], low)


@nb.njit(cache=True, parallel=True, nogil=True)
def backward(before, after, masks, weights, target):
    """(options,) total weight of all assignments in which the family takes each option.

    before: sums from the beginning, without the family; after: sums from the end, behind it. Leaves in
    `target` the sums from the end with the family, where `before` reaches; it may be `before` itself.
    """
    block = min(len(before), BLOCK)
    parts = np.zeros((len(before) // block, len(masks)))
    for index in nb.prange(len(before) // block):
        here = np.int64(index)
        reached = before[here * block : (here + 1) * block].copy()
        sums = target[here * block : (here + 1) * block]
        sums[:] = 0.0
        if is_empty(reached):
            continue
        for o in range(len(masks)):
            high, low = masks[o] // block, masks[o] % block
            if here & high == 0:
                other = here | high
                behind = after[other * block : (other + 1) * block]
                parts[here, o] = meet(reached, behind, sums, weights[o], low)
    return parts.sum(axis=0) * weights


@nb.njit(cache=True, parallel=True, nogil=True)
def best_backward(after, masks, logs, before):
    """Log of the best completion instead of the sum of all."""
    block = min(len(after), BLOCK)
    for index in nb.prange(len(after) // block):
        here = np.int64(index)
        target = before[here * block : (here + 1) * block]
        target[:] = -np.inf
        for o in range(len(masks)):
            high, low = masks[o] // block, masks[o] % block
            if here & high == 0:
                other = here | high
                max_shifted(target, after[other * block : (other + 1) * block], logs[o], low)


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
