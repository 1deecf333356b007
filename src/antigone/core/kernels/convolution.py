"""Sums of independent log LRs over loci: histograms poured, convolved, cut at thresholds, and sampled.

A histogram is a run of atoms (grid point, mass), ascending; grid points are whole multiples of one step.
All runs of all loci lie behind each other: run r is atoms[starts[r]:starts[r + 1]], and row i of locus l is
run first_row[l] + i. Masses have a first axis: the mass that is convolved and, where there is a second
one, the unrelated mass beside it. Everything that is added up is positive: no digit is lost to cancellation.
"""

from __future__ import annotations

import math

import numba as nb
import numpy as np

DOWN, SPLIT, UP = -1, 0, 1
RESTART = -1
"""In a program of loci: begin again with nothing convolved."""


@nb.njit(cache=True)
def locate_row(true, unrelated, step, x):
    """x[outcome] = log10(true / unrelated) / step, -inf where the true person never shows it; (lowest, highest)."""
    low, high = np.inf, -np.inf
    for o in range(len(true)):
        x[o] = -np.inf
        if true[o] > 0.0:
            x[o] = math.log10(true[o] / unrelated[o]) / step if unrelated[o] > 0.0 else np.inf
            low, high = min(low, x[o]), max(high, x[o])
    return low, high


@nb.njit(cache=True, parallel=True, nogil=True)
def locate(true, unrelated, step, x, lowest, highest):
    """`locate_row` for all rows; unrelated: (rows, outcomes) or (1, outcomes)."""
    per_row = 1 if len(unrelated) > 1 else 0
    for i in nb.prange(len(true)):
        lowest[i], highest[i] = locate_row(true[i], unrelated[int(i) * per_row], step, x[i])


@nb.njit(cache=True)
def pour_row(x, masses, unrelated, rounding, decay, lowest, out):
    """out[:, grid point - lowest] = mass (and unrelated mass), rounded to the grid.

    SPLIT shares a mass between its two neighbours so that the sum of mass and the sum of
    mass exp(-decay grid point) are kept (decay 0: the sum of mass times grid point).
    """
    for o in range(len(x)):
        if x[o] == -np.inf:
            continue
        below = math.floor(x[o])
        at = int(below) - lowest
        if rounding == SPLIT:
            rest = 1.0 - (x[o] - below)
            share = math.expm1(decay * rest) / math.expm1(decay) if decay > 0.0 else rest
            out[0, at] += share * masses[o]
            out[0, at + 1] += (1.0 - share) * masses[o]
            continue
        if rounding == UP and x[o] > below:
            at += 1
        out[0, at] += masses[o]
        if len(out) > 1:
            out[1, at] += unrelated[o]


@nb.njit(cache=True, parallel=True, nogil=True)
def pour(x, masses, unrelated, rounding, decay, lowest, out):
    """`pour_row` for all rows; out: (rows, 1 or 2, grid points)."""
    per_row = 1 if len(unrelated) > 1 else 0
    for i in nb.prange(len(x)):
        pour_row(x[i], masses[i], unrelated[int(i) * per_row], rounding, decay, lowest, out[i])


@nb.njit(cache=True)
def convolve(now, length, pad, grid, masses, first, last, out):
    """out = now * atoms first..last, for every mass; returns the new length.

    now: (masses, pad + length + pad or more), zeros on both sides of the part in use; out: (masses, enough).
    Four atoms at a time, so that the compiler works on neighbours together.
    """
    base = grid[first]
    new_length = length + grid[last - 1] - base
    for m in range(len(now)):
        source, mass = now[m], masses[m]
        whole = out[m]
        for j in range(new_length):
            whole[j] = 0.0
        for a in range(first, last, 4):
            b, c, d = min(a + 1, last - 1), min(a + 2, last - 1), min(a + 3, last - 1)
            m0 = mass[a]
            m1 = mass[b] if a + 1 < last else 0.0
            m2 = mass[c] if a + 2 < last else 0.0
            m3 = mass[d] if a + 3 < last else 0.0
            n = length + grid[d] - grid[a]
            target = whole[grid[a] - base : grid[a] - base + n]
            x0 = source[pad : pad + n]
            x1 = source[pad - (grid[b] - grid[a]) :][:n]
            x2 = source[pad - (grid[c] - grid[a]) :][:n]
            x3 = source[pad - (grid[d] - grid[a]) :][:n]
            for j in range(n):
                target[j] += m0 * x0[j] + m1 * x1[j] + m2 * x2[j] + m3 * x3[j]
    return new_length


@nb.njit(cache=True)
def keep_what_counts(out, length, negligible, now, pad):
    """Copy `out` to `now` without ends of negligible first mass: (points cut below, new length, mass cut)."""
    mass = out[0]
    begin, end = 0, length
    below = above = 0.0
    while begin < length - 1 and below + mass[begin] <= negligible:
        below += mass[begin]
        begin += 1
    while end > begin + 1 and above + mass[end - 1] <= negligible:
        end -= 1
        above += mass[end]
    n = end - begin
    for m in range(len(now)):
        now[m, pad : pad + n] = out[m, begin:end]
        now[m, pad + n : pad + n + pad] = 0.0
    return begin, n, below + above


@nb.njit(cache=True)
def cut(now, pad, length, low, tilt, tilt_low, cells, shares, begin, end, weight, cut_mass, sums, results):
    """results[:, threshold] += weight x (first mass from the threshold on, first mass below, unrelated mass from it on,
    mass cut away), for thresholds begin..end.

    cells: grid point that holds the threshold; shares: the part of that point's mass that counts as from it on.
    tilt[g - tilt_low]: unrelated mass per first mass at grid point g, where there is no second mass.
    """
    mass = now[0, pad : pad + length]
    above, below, unrelated = sums[0], sums[1], sums[2]
    above[length] = below[0] = unrelated[length] = 0.0
    for j in range(length):
        below[j + 1] = below[j] + mass[j]
    if len(now) > 1:
        second = now[1, pad : pad + length]
        for j in range(length - 1, -1, -1):
            above[j] = above[j + 1] + mass[j]
            unrelated[j] = unrelated[j + 1] + second[j]
    else:
        for j in range(length - 1, -1, -1):
            above[j] = above[j + 1] + mass[j]
            unrelated[j] = unrelated[j + 1] + mass[j] * tilt[low + j - tilt_low]
    for i in range(begin, end):
        j, share = cells[i] - low, shares[i]
        if j < 0:
            j, share = 0, 1.0
        elif j >= length:
            j, share = length - 1, 0.0
        rest = 1.0 - share
        results[0, i] += weight * (share * above[j] + rest * above[j + 1])
        results[1, i] += weight * (share * below[j] + rest * below[j + 1])
        results[2, i] += weight * (share * unrelated[j] + rest * unrelated[j + 1])
        results[3, i] += weight * cut_mass


@nb.njit(cache=True)
def some_tails(
    rows_of, targets, loci, weights, first_row, starts, grid, masses, tilt, tilt_low, threshold_starts, cells,
    shares, negligible, width, pad, begin, end, results,
):  # fmt: skip
    """`cut` for targets[begin:end] after every step of the program `loci` whose weight is not 0."""
    now = np.zeros((len(masses), width + 2 * pad))
    out = np.zeros((len(masses), width))
    sums = np.zeros((3, width + 1))
    for number in range(begin, end):
        rows = rows_of[targets[number]]
        low, length, cut_mass = 0, 1, 0.0
        now[:, pad] = 1.0
        now[:, pad + 1 : 2 * pad + 1] = 0.0
        for s in range(len(loci)):
            if loci[s] == RESTART:
                low, length, cut_mass = 0, 1, 0.0
                now[:, pad] = 1.0
                now[:, pad + 1 : 2 * pad + 1] = 0.0
            elif rows[loci[s]] >= 0:
                run = first_row[loci[s]] + rows[loci[s]]
                first, last = starts[run], starts[run + 1]
                new_length = convolve(now, length, pad, grid, masses, first, last, out)
                skipped, length, lost = keep_what_counts(out, new_length, negligible, now, pad)
                low += grid[first] + skipped
                cut_mass += lost
            if weights[s] > 0.0:
                cut(
                    now, pad, length, low, tilt, tilt_low, cells, shares, threshold_starts[number],
                    threshold_starts[number + 1], weights[s], cut_mass, sums, results,
                )  # fmt: skip


@nb.njit(cache=True, parallel=True, nogil=True)
def many_tails(
    rows_of, targets, loci, weights, first_row, starts, grid, masses, tilt, tilt_low, threshold_starts, cells,
    shares, negligible, width, pad, chunks, results,
):  # fmt: skip
    """`some_tails` for all targets, in chunks over the processors."""
    n = len(targets)
    for chunk in nb.prange(chunks):
        some_tails(
            rows_of, targets, loci, weights, first_row, starts, grid, masses, tilt, tilt_low, threshold_starts,
            cells, shares, negligible, width, pad, chunk * n // chunks, (chunk + 1) * n // chunks, results,
        )  # fmt: skip
