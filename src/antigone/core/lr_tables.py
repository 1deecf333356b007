"""Tables of log10 LR: what each observation on remains says for a missing person, locus by locus.

LR = sum_g P(o | g) P(g | relatives, the remains are the missing person) over the same sum with
P(g | relatives, the remains are unrelated). With theta the second depends on the relatives too: the
alleles they show are in the urn (Balding & Nichols 1994).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from antigone.core.genotypes import genotype_distributions
from antigone.core.likelihood import Codes, Floats
from antigone.core.loci import LocusModel
from antigone.core.pedigrees import MALE, Shape, with_founders

WORTH_A_CHUNK = 200_000
"""Multiplications that one thread takes at a time."""


@dataclass(frozen=True, slots=True, eq=False)
class Outcomes:
    """What can be observed on a sample at one locus.

    codes: (outcomes, width) int16 allele codes; dropout, dropin: (outcomes,) of the sample they are seen on.
    """

    codes: Codes
    dropout: Floats
    dropin: Floats

    def __len__(self) -> int:
        return len(self.codes)


@dataclass(frozen=True, slots=True, eq=False)
class GenotypePair:
    """(rows, G) distributions of a person's genotype: `related` as the missing person, `unrelated`.

    unrelated has one row where it is the same for all. A row of zeros: the relatives contradict each
    other, and the locus says nothing. haploid: one allele (X of a male), on the diagonal.
    """

    related: Floats
    unrelated: Floats
    haploid: bool


def genotype_pair(
    shape: Shape,
    locus: LocusModel,
    observations: ArrayLike,
    person: int,
    dropout: ArrayLike | None = None,
    dropin: ArrayLike | None = None,
    theta: float = 0.0,
    rows: Sequence[int] | None = None,
) -> GenotypePair:
    """Genotypes of the missing `person` and of somebody unrelated of the same sex, given typed relatives.

    observations: (typings, rows, width); dropout, dropin, rows: as in `log10_likelihoods`. TooComplex as there.
    """
    observed = np.asarray(observations, np.int16)
    arguments = (dropout, dropin, theta)
    persons = list(range(observed.shape[1])) if rows is None else list(rows)
    related = genotype_distributions(shape, locus, observed, person, *arguments, persons)
    sex = shape.sex[person]
    haploid = locus.x_linked and sex == MALE
    if theta == 0.0:
        nobody = np.full((1, 1, 2), -2, np.int16)
        unrelated = genotype_distributions(Shape((-1,), (-1,), (sex,)), locus, nobody, 0)
    else:
        unrelated = genotype_distributions(
            with_founders(shape, [sex]), locus, observed, len(shape), *arguments, persons
        )
    return GenotypePair(related, unrelated, haploid)


def log10_lr_table(
    locus: LocusModel, pair: GenotypePair, outcomes: Outcomes, weights: OutcomeWeights | None = None
) -> Floats:
    """(rows, outcomes) log10 LR of each outcome; 0 where the relatives contradict each other, -inf for LR 0.

    An outcome that nobody at all can show (without dropout or drop-in) says nothing: 0. weights: those of
    `outcome_weights`, where they are kept.
    """
    if weights is None:
        weights = outcome_weights(locus, outcomes, pair.haploid)
    related, unrelated = weighed_outcomes(weights, pair.related), weighed_outcomes(weights, pair.unrelated)
    with np.errstate(divide="ignore", invalid="ignore"):
        table: Floats = np.log10(related) - np.log10(unrelated)
    table[np.isnan(table) | np.isposinf(table)] = 0.0
    table[~pair.related.any(axis=1)] = 0.0
    return table


@dataclass(frozen=True, slots=True, eq=False)
class OutcomeWeights:
    """P(outcome | genotype), only where it is not 0: stretches of genotypes and weights by outcome."""

    starts: NDArray[np.int64]
    genotypes: NDArray[np.int64]
    weights: Floats


def outcome_weights(locus: LocusModel, outcomes: Outcomes, haploid: bool) -> OutcomeWeights:
    """P(outcome | genotype) for every genotype, in the order of `genotype_numbers`."""
    from antigone.core.kernels import elimination

    k = len(locus.frequencies)
    dense = np.zeros((len(outcomes), k * (k + 1) // 2))
    codes = outcomes.codes.astype(np.int64)
    elimination.outcome_weights(
        codes, outcomes.dropout, outcomes.dropin, int(locus.silent), locus.frequencies, haploid, dense
    )
    which, genotypes = np.nonzero(dense)
    starts = np.searchsorted(which, np.arange(len(outcomes) + 1))
    return OutcomeWeights(starts, genotypes, dense[which, genotypes])


def weighed_outcomes(weights: OutcomeWeights, distributions: Floats) -> Floats:
    """(rows, outcomes) P(outcome) for persons whose genotypes have these distributions (rows, G).

    >>> locus = LocusModel(np.array([0.4, 0.6]))
    >>> one_seen = Outcomes(np.array([[0, -1]], np.int16), np.array([0.1]), np.zeros(1))
    >>> weights = outcome_weights(locus, one_seen, haploid=False)
    >>> weighed_outcomes(weights, np.array([[0.16, 0.48, 0.36]])).round(4).tolist()  # 0.16 x 0.99 + 0.48 x 0.09
    [[0.2016]]
    """
    from antigone.core.kernels.lookups import weigh_many, weigh_some

    n = len(distributions)
    out = np.empty((n, len(weights.starts) - 1))
    arguments = (np.ascontiguousarray(distributions), weights.starts, weights.genotypes, weights.weights)
    chunks = min(n * len(weights.weights) // WORTH_A_CHUNK, n)
    if chunks < 2:
        weigh_some(*arguments, 0, n, out)
    else:
        weigh_many(*arguments, chunks, out)
    return out
