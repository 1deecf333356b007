"""Importance sampling of sums of log LRs over loci, for locus sets of many kinds.

Histograms are laid out as in `convolution`. Every target has a generator of its own (LFSR113, L'Ecuyer 1999:
four words of 32 bits), so that its draws depend on nothing but its own state.
"""

from __future__ import annotations

import math

import numba as nb
import numpy as np

WORD = 0xFFFFFFFF
LN10 = math.log(10.0)
SLOTS = 64
"""Equal shares of a table that know where to begin to look."""


@nb.njit(cache=True)
def uniform(state):
    """The next number in [0, 1); state: (4,) int64, at least 2, 8, 16 and 128."""
    a, b, c, d = state[0], state[1], state[2], state[3]
    a = (((a & 0xFFFFFFFE) << 18) & WORD) ^ ((((a << 6) & WORD) ^ a) >> 13)
    b = (((b & 0xFFFFFFF8) << 2) & WORD) ^ ((((b << 2) & WORD) ^ b) >> 27)
    c = (((c & 0xFFFFFFF0) << 7) & WORD) ^ ((((c << 13) & WORD) ^ c) >> 21)
    d = (((d & 0xFFFFFF80) << 13) & WORD) ^ ((((d << 3) & WORD) ^ d) >> 12)
    state[0], state[1], state[2], state[3] = a, b, c, d
    return (a ^ b ^ c ^ d) * 2.0**-32


@nb.njit(cache=True)
def first_above(cumulative, n, value):
    """The first of n ascending entries that is above `value`; the last one if none is."""
    low, high = 0, n - 1
    while low < high:
        middle = (low + high) >> 1
        if cumulative[middle] > value:
            high = middle
        else:
            low = middle + 1
    return low


@nb.njit(cache=True)
def fill_tables(rows, first_row, starts, grid, mass, tilts, tilt_low, begins, counts, cumulative, guide, totals):
    """cumulative[level, locus]: running sums of mass x tilt over the row's atoms; totals: their ends.

    guide[level, locus, slot]: the first atom above that share of the total. begins, counts: (loci,) the row's
    atoms; count 0 where the locus says nothing.
    """
    for locus in range(len(rows)):
        counts[locus] = 0
        if rows[locus] < 0:
            continue
        run = first_row[locus] + rows[locus]
        begin = starts[run]
        n = starts[run + 1] - begin
        begins[locus], counts[locus] = begin, n
        for level in range(len(tilts)):
            total = 0.0
            for a in range(n):
                total += mass[begin + a] * tilts[level, grid[begin + a] - tilt_low]
                cumulative[level, locus, a] = total
            totals[level, locus] = total
            a = 0
            for slot in range(SLOTS):
                while a < n - 1 and cumulative[level, locus, a] <= total * slot / SLOTS:
                    a += 1
                guide[level, locus, slot] = a


@nb.njit(cache=True)
def draw_once(level, chosen, grid, begins, counts, cumulative, guide, totals, state, product):
    """Draw an outcome at every locus of `chosen`; the sum of their grid points. product[level] *= the loci's totals."""
    place = 0
    product[:] = 1.0
    for i in range(len(chosen)):
        locus = chosen[i]
        if counts[locus] == 0:
            continue
        u = uniform(state)
        a = guide[level, locus, int(u * SLOTS)]
        u *= totals[level, locus]
        while a < counts[locus] - 1 and cumulative[level, locus, a] <= u:
            a += 1
        place += grid[begins[locus] + a]
        for k in range(len(product)):
            product[k] *= totals[k, locus]
    return place


@nb.njit(cache=True)
def some_draws(
    rows_of, targets, states, set_starts, set_loci, up_to, first_row, starts, grid, mass, levels, draws, tilts,
    tilt_low, step, threshold_starts, cells, shares, most_atoms, lowest, width, begin, end, results,
):  # fmt: skip
    """results[:, threshold] = sum and sum of squares of the weights of all draws that reach the threshold.

    levels: exponents of LR, draws: how many of each. A draw's set is taken from up_to, the running multiplicities,
    one from each of as many equal strata as the level has draws. lowest: (targets,) least sum of grid points.
    """
    n_levels, n_loci = len(levels), rows_of.shape[1]
    cumulative, totals = np.empty((n_levels, n_loci, most_atoms)), np.empty((n_levels, n_loci))
    guide = np.empty((n_levels, n_loci, SLOTS), np.int64)
    begins, counts, product = np.empty(n_loci, np.int64), np.empty(n_loci, np.int64), np.empty(n_levels)
    once, squared = np.zeros(width + 1), np.zeros(width + 1)
    state = np.empty(4, np.int64)
    number_of_sets, all_draws = up_to[-1], draws.sum()
    for number in range(begin, end):
        state[:] = states[number]
        fill_tables(
            rows_of[targets[number]], first_row, starts, grid, mass, tilts, tilt_low, begins, counts, cumulative,
            guide, totals,
        )  # fmt: skip
        low, high = width, -1
        for level in range(n_levels):
            for i in range(draws[level]):
                u = (i + uniform(state)) * number_of_sets / draws[level]
                s = first_above(up_to, len(up_to), u)
                chosen = set_loci[set_starts[s] : set_starts[s + 1]]
                place = draw_once(level, chosen, grid, begins, counts, cumulative, guide, totals, state, product)
                density = 0.0
                for k in range(n_levels):
                    density += draws[k] * math.exp(levels[k] * LN10 * step * place) / product[k]
                weight = number_of_sets * all_draws / density
                at = place - lowest[number]
                once[at] += weight
                squared[at] += weight * weight
                low, high = min(low, at), max(high, at)
        add_up(once, squared, low, high, lowest[number], threshold_starts[number], threshold_starts[number + 1],
               cells, shares, results)  # fmt: skip


@nb.njit(cache=True)
def add_up(once, squared, low, high, lowest, begin, end, cells, shares, results):
    """Sums from each threshold on; `once` and `squared`, filled from low to high, are left empty."""
    for at in range(high - 1, low - 1, -1):
        once[at] += once[at + 1]
        squared[at] += squared[at + 1]
    for i in range(begin, end):
        cell, share = cells[i] - lowest, shares[i]
        if cell < low:
            cell, share = low, 1.0
        elif cell > high:
            continue
        beyond, beyond_squared = 0.0, 0.0
        if cell < high:
            beyond, beyond_squared = once[cell + 1], squared[cell + 1]
        results[0, i] = share * once[cell] + (1.0 - share) * beyond
        results[1, i] = share * share * squared[cell] + (1.0 - share * share) * beyond_squared
    for at in range(low, high + 1):
        once[at] = squared[at] = 0.0


@nb.njit(cache=True, parallel=True, nogil=True)
def many_draws(
    rows_of, targets, states, set_starts, set_loci, up_to, first_row, starts, grid, mass, levels, draws, tilts,
    tilt_low, step, threshold_starts, cells, shares, most_atoms, lowest, width, chunks, results,
):  # fmt: skip
    """`some_draws` for all targets, in chunks over the processors."""
    n = len(targets)
    for chunk in nb.prange(chunks):
        some_draws(
            rows_of, targets, states, set_starts, set_loci, up_to, first_row, starts, grid, mass, levels, draws,
            tilts, tilt_low, step, threshold_starts, cells, shares, most_atoms, lowest, width,
            chunk * n // chunks, (chunk + 1) * n // chunks, results,
        )  # fmt: skip
