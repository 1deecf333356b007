"""What a person's genotype can be, given what was seen of the others in the pedigree."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

from antigone.core.likelihood import (
    LANE_MEMORY,
    MOST_LANES,
    Codes,
    Floats,
    locus_set,
    pattern_of,
    per_typing,
    row_kinds,
)
from antigone.core.loci import LocusModel
from antigone.core.mutation import is_always_lumpable
from antigone.core.pedigrees import Shape
from antigone.core.plans import PlanSet, plan_set

CASES_PER_CHUNK = 256
"""Cases, times the seatings and ways of each, that one thread takes at a time."""
MEMORY_OF_LANES = 16 * LANE_MEMORY
"""Tables over a person's two alleles are large: more of them side by side, even beyond the nearest cache."""


def genotype_numbers(k: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """(first, second) allele of each of the k (k + 1) / 2 genotypes, in the order of all tables here.

    >>> [list(map(int, pair)) for pair in zip(*genotype_numbers(3))]
    [[0, 0], [0, 1], [0, 2], [1, 1], [1, 2], [2, 2]]
    """
    first, second = np.triu_indices(k)
    return first, second


def genotype_distribution(
    shape: Shape,
    locus: LocusModel,
    observations: ArrayLike,
    person: int,
    dropout: ArrayLike | None = None,
    dropin: ArrayLike | None = None,
    theta: float = 0.0,
) -> Floats:
    """(K, K) P(genotype of `person` | what was seen of the others); [a, b] with a <= b, 0 elsewhere.

    An X-linked male stands on the diagonal. ValueError where the others' observations are impossible.
    """
    found = genotype_distributions(shape, locus, np.asarray(observations)[None], person, dropout, dropin, theta)[0]
    if not found.any():
        raise ValueError("what was seen of the others is impossible in this pedigree")
    k = len(locus.frequencies)
    distribution = np.zeros((k, k))
    distribution[genotype_numbers(k)] = found
    return distribution


def genotype_distributions(
    shape: Shape,
    locus: LocusModel,
    observations: ArrayLike,
    person: int,
    dropout: ArrayLike | None = None,
    dropin: ArrayLike | None = None,
    theta: float = 0.0,
    rows: Sequence[int] | None = None,
) -> Floats:
    """(typings, K (K + 1) / 2) P(genotype of `person` | what was seen of the others), genotypes in the order of
    `genotype_numbers`; a row of zeros where the others' observations are impossible.

    observations: (typings, rows, width); what was seen of `person` is left out. dropout, dropin, rows: as in
    `log10_likelihoods`. TooComplex where an exact computation would not fit in memory.
    """
    observed = np.array(observations, np.int16)
    n, n_rows, width = observed.shape
    persons = list(range(n_rows)) if rows is None else list(rows)
    observed[:, [i == person for i in persons]] = -2
    loci = locus_set([locus])
    lost, foreign = per_typing(dropout, n, n_rows), per_typing(dropin, n, n_rows)
    kinds = row_kinds(shape, loci, observed[:, None], lost, foreign, persons)[:, 0]
    k = len(locus.frequencies)
    out = np.zeros((n, k * (k + 1) // 2))
    arrivals = _arrivals(locus)
    most = k if arrivals is None else min(k, n_rows * width + 1 + 4)
    patterns, which = np.unique(kinds, axis=0, return_inverse=True)
    for number, kind in enumerate(patterns):
        plans = plan_set(pattern_of(shape, kind, persons, locus.x_linked, most, theta, person))
        cases = np.flatnonzero(which.ravel() == number)
        _run(plans, locus, arrivals, most, theta, observed, lost, foreign, cases, out)
    return out


def _arrivals(locus: LocusModel) -> Floats | None:
    """(2, 2) alpha, beta of female and male: any other allele becomes allele c with probability alpha + beta p_c.

    So it is under `equal` and `proportional`, and without mutation. Alleles nobody shows then differ by their
    frequencies alone: a genotype's probability is a polynomial in those of its alleles not shown, of degree one in
    each, and of degree two where it has one of them twice. None where it is not so.
    """
    p = locus.frequencies
    k = len(p)
    if k < 3:
        return None
    found = np.zeros((2, 2))
    for sex, matrix in enumerate((locus.female, locus.male)):
        if matrix is None:
            continue
        if not is_always_lumpable(matrix):
            return None
        arrives = np.append(matrix[1, :1], matrix[0, 1:])
        low, high = int(np.argmin(p)), int(np.argmax(p))
        beta = (arrives[high] - arrives[low]) / (p[high] - p[low]) if p[high] > p[low] else 0.0
        found[sex] = arrives[low] - beta * p[low], beta
        if not np.allclose(found[sex, 0] + beta * p, arrives, rtol=1e-11, atol=1e-16):
            return None
    return found


def _run(
    plans: PlanSet, locus: LocusModel, arrivals: Floats | None, most: int, theta: float, observed: Codes,
    lost: Floats, foreign: Floats,
    cases: NDArray[np.int64], out: Floats,
) -> None:  # fmt: skip
    from antigone.core.kernels.elimination import many_genotypes, some_genotypes

    k = len(locus.frequencies)
    mutates = locus.female is not None or locus.male is not None
    female = np.eye(k) if locus.female is None else locus.female
    male = np.eye(k) if locus.male is None else locus.male
    lanes = int(np.clip(MEMORY_OF_LANES // (8 * plans.table_bound), 1, MOST_LANES))
    arguments = (
        plans.plans, plans.starts, plans.shares, plans.draws, mutates, theta, plans.urn, k, locus.frequencies,
        female, male, np.zeros((2, 2)) if arrivals is None else arrivals, arrivals is not None, locus.silent,
        observed,
        lost, foreign, cases, plans.states_bound, plans.table_bound, most, lanes,
    )  # fmt: skip
    chunks = min(math.ceil(len(cases) * len(plans.shares) / CASES_PER_CHUNK), len(cases))
    if chunks == 1:
        some_genotypes(*arguments, 0, len(cases), out)
    else:
        many_genotypes(*arguments, chunks, out)
