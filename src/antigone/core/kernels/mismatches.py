"""Every sample against every other: loci at which two samples cannot be one person.

Samples compared with stand in lanes, the last axis of the planes, so that the compiler counts many of them
in one step; a block of lanes stays in the first cache while the samples of a tile go over it. The counters
hold the loci at which nothing differs. A class of genotypes may hold several of them, so the counters are
an upper bound; what passes is compared again by the calls themselves.
"""

from __future__ import annotations

import numba as nb
import numpy as np

BLOCK = 2048
"""Lanes worked on together."""
TILE = 64
"""Samples that go over one block of lanes before the next block is read."""


@nb.njit(cache=True)
def ones(mask):
    """Number of ones among the lower 63 bits."""
    mask -= (mask >> 1) & 0x5555555555555555
    mask = (mask & 0x3333333333333333) + ((mask >> 2) & 0x3333333333333333)
    mask = (mask + (mask >> 4)) & 0x0F0F0F0F0F0F0F0F
    mask += mask >> 8
    mask += mask >> 16
    return (mask + (mask >> 32)) & 0x7F


@nb.njit(cache=True)
def compare_calls(first, second):
    """(differing, compared) loci of two samples; first, second: (loci, 2) codes."""
    differing = compared = 0
    for locus in range(len(first)):
        a, b = first[locus, 0], first[locus, 1]
        c, d = second[locus, 0], second[locus, 1]
        if a == 0 or c == 0:
            continue
        compared += 1
        if b != 0 and d != 0:
            differing += a != c or b != d
        elif b != 0:
            differing += c != a and c != b
        elif d != 0:
            differing += a != c and a != d
    return differing, compared


@nb.njit(cache=True)
def add_genotypes(count, seen, genotype):
    """One more where the lane's genotype is of this class, or nothing is known of it. The highest count."""
    top = np.uint8(0)
    for s in range(len(count)):
        count[s] = np.uint8(count[s] + np.uint8((seen[s] == genotype) | (seen[s] == 0)))
        top = max(top, count[s])
    return top


@nb.njit(cache=True)
def add_four_genotypes(count, seen_1, seen_2, seen_3, seen_4, genotypes):
    """The same for four loci in one go, which saves most reading and writing of the counters."""
    top = np.uint8(0)
    g1, g2, g3, g4 = genotypes
    for s in range(len(count)):
        count[s] = np.uint8(
            count[s]
            + np.uint8((seen_1[s] == g1) | (seen_1[s] == 0))
            + np.uint8((seen_2[s] == g2) | (seen_2[s] == 0))
            + np.uint8((seen_3[s] == g3) | (seen_3[s] == 0))
            + np.uint8((seen_4[s] == g4) | (seen_4[s] == 0))
        )
        top = max(top, count[s])
    return top


@nb.njit(cache=True)
def add_genotypes_or_single(count, seen, single, genotype, low, high):
    """The same where a lane may show one allele of two: that one must be of the genotype low/high."""
    top = np.uint8(0)
    for s in range(len(count)):
        agrees = (seen[s] == genotype) | (seen[s] == 0) | (single[s] == low) | (single[s] == high)
        count[s] = np.uint8(count[s] + np.uint8(agrees))
        top = max(top, count[s])
    return top


@nb.njit(cache=True)
def add_holding(count, low, high, allele):
    """One more where the lane's genotype holds the allele, or is not known in full. The highest count."""
    top = np.uint8(0)
    for s in range(len(count)):
        agrees = (low[s] == allele) | (high[s] == allele) | (low[s] == 0)
        count[s] = np.uint8(count[s] + np.uint8(agrees))
        top = max(top, count[s])
    return top


@nb.njit(cache=True)
def count_agreeing(count, sample, known, n_known, half_known, n_half, planes, begin, end, most_differing):
    """Fill `count` for the lanes begin..end; False as soon as every one of them differs too often.

    A locus can only add to what differs, so a block that is given up would have been given up at the end.
    """
    calls, classes = sample
    genotypes, singles, low, high = planes
    count[:] = 0
    done = 0
    while len(singles) == 0 and done + 4 <= n_known:
        i, j, k, m = known[done], known[done + 1], known[done + 2], known[done + 3]
        of_four = (classes[i], classes[j], classes[k], classes[m])
        done += 4
        top = add_four_genotypes(
            count, genotypes[i, begin:end], genotypes[j, begin:end], genotypes[k, begin:end],
            genotypes[m, begin:end], of_four,
        )  # fmt: skip
        if top + most_differing < done:
            return False
    for n in range(done, n_known):
        i = known[n]
        if len(singles) == 0:
            top = add_genotypes(count, genotypes[i, begin:end], classes[i])
        else:
            lanes, alone = genotypes[i, begin:end], singles[i, begin:end]
            top = add_genotypes_or_single(count, lanes, alone, classes[i], calls[i, 0], calls[i, 1])
        if top + most_differing < n + 1:
            return False
    for n in range(n_half):
        i = half_known[n]
        top = add_holding(count, low[i, begin:end], high[i, begin:end], calls[i, 0])
        if top + most_differing < n_known + n + 1:
            return False
    return True


@nb.njit(cache=True)
def with_too_few(shown, lanes_shown, fewest_loci):
    """Number of lanes that share fewer loci than this with a sample; bits say which loci show something."""
    too_few = 0
    for s in range(len(lanes_shown)):
        too_few += ones(lanes_shown[s] & shown) < fewest_loci
    return too_few


@nb.njit(cache=True)
def compare_tile(
    rows, starts, first, lanes, planes, most_differing, fewest_loci, fills, found, too_few, places, out
):  # fmt: skip
    """The samples `rows` (at most TILE) against all lanes from `starts` on; see `compare`."""
    calls, classes, shown = first
    lane_calls, samples, lanes_shown, common, fewest_shown = lanes
    partners, differing, compared = out
    n_loci, n_lanes = calls.shape[1], len(samples)
    known, half_known = np.empty((TILE, n_loci), np.int64), np.empty((TILE, n_loci), np.int64)
    n_known, n_half = np.zeros(TILE, np.int64), np.zeros(TILE, np.int64)
    for r in range(len(rows)):
        for locus in range(n_loci):
            if calls[rows[r], locus, 1] != 0:
                known[r, n_known[r]] = locus
                n_known[r] += 1
            elif calls[rows[r], locus, 0] != 0:
                half_known[r, n_half[r]] = locus
                n_half[r] += 1
    counters = np.zeros(BLOCK, np.uint8)
    for block in range(len(common)):
        end = min((block + 1) * BLOCK, n_lanes)
        for r in range(len(rows)):
            begin = max(block * BLOCK, starts[r])
            if begin >= end:
                continue
            i, n_shown = rows[r], n_known[r] + n_half[r]
            surely = max(ones(common[block] & shown[i]), fewest_shown[block] + n_shown - n_loci)
            if not fills and surely < fewest_loci:
                too_few[r] += with_too_few(shown[i], lanes_shown[begin:end], fewest_loci)
            count = counters[: end - begin]
            sample = (calls[i], classes[i])
            if not count_agreeing(
                count, sample, known[r], n_known[r], half_known[r], n_half[r], planes, begin, end, most_differing
            ):  # fmt: skip
                continue
            for s in range(end - begin):
                if count[s] + most_differing < n_shown:
                    continue
                d, c = compare_calls(calls[i], lane_calls[begin + s])
                if d > most_differing or c < fewest_loci:
                    continue
                if fills:
                    place = places[r] + found[r]
                    partners[place], differing[place], compared[place] = samples[begin + s], d, c
                found[r] += 1


@nb.njit(cache=True, parallel=True, nogil=True)
def compare(rows, starts, first, lanes, planes, most_differing, fewest_loci, fills, found, too_few, places, out):
    """Count, by row, the lanes that may be the same person and those that share too few loci; or write them down.

    rows: (rows,) samples of `first`. starts: (rows,) first lane each is compared with. first: calls
    (samples, loci, 2), classes of genotypes (samples, loci), bits of the loci that show something (samples,).
    lanes: calls (lanes, loci, 2), numbers of the samples (lanes,), bits (lanes,), and by block of lanes the bits
    all have and the fewest loci one shows. planes, each (loci, lanes): class of the genotype (0 nothing shown,
    255 not known in full), the one allele where only one is shown (0 nothing shown, 255 the genotype is known;
    no loci where all genotypes are known), lower and higher allele of a known genotype (else 0).
    found, too_few: (rows,) counts, from 0. places: (rows,) where a row's partners begin in `out`, (partner,
    differing, compared), when `fills`.
    """
    tiles = (len(rows) + TILE - 1) // TILE
    for early in nb.prange((tiles + 1) // 2):
        late = tiles - 1 - early  # where each is compared with those after it, two such tiles make even shares
        for tile in range(early, late + 1, max(late - early, 1)):
            part = slice(tile * TILE, min((tile + 1) * TILE, len(rows)))
            compare_tile(
                rows[part], starts[part], first, lanes, planes, most_differing, fewest_loci, fills, found[part],
                too_few[part], places[part], out,
            )  # fmt: skip
