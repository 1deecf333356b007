"""Two samples beside each other, call by call and case by case; shares no code with the comparison of many."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from antigone.core.loci import LocusModel
from antigone.core.pedigrees import Shape
from tests.reference import enumeration

Rows = NDArray[np.int_]
Pair = tuple[float, float]
TWO = Shape((-1, -1), (-1, -1), (2, 2))
BROTHERS = Shape((-1, -1, 0, 0), (-1, -1, 1, 1), (1, 2, 1, 1))
NOT_TESTED = -2


def differing_and_compared(first: Rows, second: Rows, alleles: int) -> tuple[int, int]:
    """Loci at which no genotype can have given both calls, and loci at which both show something."""
    differing = compared = 0
    for one, two in zip(first, second, strict=True):
        possible = possible_genotypes(one, alleles), possible_genotypes(two, alleles)
        if possible[0] and possible[1]:
            compared += 1
            differing += not possible[0] & possible[1]
    return differing, compared


def possible_genotypes(row: Sequence[int], alleles: int) -> set[tuple[int, int]]:
    """What was seen is right and nothing is foreign; empty where that tells nothing of the genotype."""
    seen = sorted({int(a) for a in row if a >= 0})
    if len(seen) == 2:
        return {(seen[0], seen[1])}
    if len(seen) != 1:
        return set()
    if row[1] == row[0]:
        return {(seen[0], seen[0])}
    return {(min(seen[0], other), max(seen[0], other)) for other in range(alleles)}


def alike(first: Rows, second: Rows | None, alleles: int, most: int, fewest: int) -> tuple[list[tuple[int, ...]], int]:
    """[(i, j, differing, compared)] of all pairs that are alike, and the number with too few loci."""
    found, too_few = [], 0
    for i, one in enumerate(first):
        for j, two in enumerate(first if second is None else second):
            if second is None and j <= i:
                continue
            differing, compared = differing_and_compared(one, two, alleles)
            too_few += compared < fewest
            if differing <= most and compared >= fewest:
                found.append((i, j, differing, compared))
    return found, too_few


def log10_lr(locus: LocusModel, rows: Rows, dropout: Pair, dropin: Pair, theta: float) -> tuple[float, float]:
    """One person, and full brothers, against unrelated persons; (0, 0) where those cannot show it either."""
    unrelated = enumeration.likelihood(TWO, locus, rows, dropout, dropin, theta)
    if unrelated == 0.0:
        return 0.0, 0.0
    family = np.concatenate([np.full_like(rows, NOT_TESTED), rows])
    brothers = enumeration.likelihood(BROTHERS, locus, family, (0.0, 0.0, *dropout), (0.0, 0.0, *dropin), theta)
    same = one_person(locus, rows, dropout, dropin, theta)
    return math.log10(same / unrelated) if same else -math.inf, math.log10(brothers / unrelated)


def one_person(locus: LocusModel, rows: Rows, dropout: Pair, dropin: Pair, theta: float) -> float:
    """Both samples from the same person, over all genotypes; theta as in Balding & Nichols 1994."""
    p, total = locus.frequencies, 0.0
    for a in range(len(p)):
        for b in range(len(p)):
            again = theta * (a == b) + (1.0 - theta) * p[b]
            seen = [
                enumeration.seen_probability((a, b), row, locus, lost, foreign)
                for row, lost, foreign in zip(rows, dropout, dropin, strict=True)
            ]
            total += p[a] * again * math.prod(seen)
    return float(total)
