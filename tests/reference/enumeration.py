"""The likelihood by counting every case: each founder allele, each transmission, added up.

Slow, and written to be checked by eye. It shares no code with the engine. Founders' alleles come
from an urn (Balding & Nichols 1994); everything else is Mendel.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from antigone.core.loci import LocusModel
from antigone.core.pedigrees import MALE, Shape

Genotype = tuple[int, ...]
"""(from the father, from the mother); one allele only for a male at an X-linked locus."""
Genotypes = dict[int, Genotype]
Rows = NDArray[np.int_]
Rates = Sequence[float] | None


def likelihood(
    shape: Shape,
    locus: LocusModel,
    observations: Rows,
    dropout: Rates = None,
    dropin: Rates = None,
    theta: float = 0.0,
) -> float:
    """Probability of everything seen; linear, not logged."""
    return math.fsum(w for _, w in _cases(shape, locus, observations, dropout, dropin, theta))


def genotype_distribution(
    shape: Shape,
    locus: LocusModel,
    observations: Rows,
    person: int,
    dropout: Rates = None,
    dropin: Rates = None,
    theta: float = 0.0,
) -> NDArray[np.float64]:
    """(K, K): probability of the genotype a <= b of `person`, given what was seen of the others."""
    others = observations.copy()
    others[person] = -2
    k = len(locus.frequencies)
    table = np.zeros((k, k))
    for genotypes, weight in _cases(shape, locus, others, dropout, dropin, theta):
        table[min(genotypes[person]), max(genotypes[person])] += weight
    return np.asarray(table / table.sum())


def seen_probability(genotype: Genotype, row: Sequence[int], locus: LocusModel, dropout: float, dropin: float) -> float:
    """P(what the laboratory wrote | genotype)."""
    calls = [int(a) for a in row if a >= 0]
    if row[0] == -2:
        return 1.0
    if not calls and dropout == 0.0 and locus.silent < 0:
        return 1.0
    seen = set(calls)
    visible = set(genotype) - {locus.silent}
    if len(calls) == 2 and len(seen) == 1 and len(genotype) == 2:  # vouched homozygous
        if visible != seen:
            return 0.0
        return _visible_part(genotype, seen, locus.silent, dropout) * (1.0 - dropin)
    if len(calls) == 1 and dropout == 0.0 and seen <= visible:  # the other allele is unknown
        return 1.0 - dropin
    foreign = seen - visible
    extra = math.prod(dropin * float(locus.frequencies[a]) for a in foreign) if foreign else 1.0 - dropin
    return extra * _visible_part(genotype, seen & visible, locus.silent, dropout)


def _visible_part(genotype: Genotype, seen: set[int], silent: int, dropout: float) -> float:
    """P(of the alleles of the genotype exactly `seen` show): each copy is lost or not."""
    total = 0.0
    copies = [a for a in genotype if a != silent]
    for lost in range(2 ** len(copies)):
        shown = {a for bit, a in enumerate(copies) if not lost >> bit & 1}
        if shown == seen:
            total += dropout ** lost.bit_count() * (1.0 - dropout) ** (len(copies) - lost.bit_count())
    return total


def _cases(
    shape: Shape, locus: LocusModel, observations: Rows, dropout: Rates, dropin: Rates, theta: float
) -> Iterator[tuple[Genotypes, float]]:
    """Every way all genotypes can be, with its probability times that of what was seen."""
    n = len(shape)
    d = [0.0] * n if dropout is None else list(dropout)
    c = [0.0] * n if dropin is None else list(dropin)

    def extend(known: Genotypes, drawn: Genotype) -> Iterator[tuple[Genotypes, float]]:
        i = next((i for i in range(n) if i not in known and _parents_known(shape, i, known)), None)
        if i is None:
            yield known, 1.0
            return
        for genotype, probability, now_drawn in _possible(shape, locus, i, known, drawn, theta):
            weight = probability * seen_probability(genotype, observations[i], locus, d[i], c[i])
            if weight > 0.0:
                for case, rest in extend({**known, i: genotype}, now_drawn):
                    yield case, weight * rest

    return extend({}, ())


def _parents_known(shape: Shape, i: int, known: Genotypes) -> bool:
    return shape.father[i] < 0 or (shape.father[i] in known and shape.mother[i] in known)


def _possible(
    shape: Shape, locus: LocusModel, i: int, known: Genotypes, drawn: Genotype, theta: float
) -> Iterator[tuple[Genotype, float, Genotype]]:
    """Genotypes of person i, their probability given those known, and all founder alleles drawn."""
    one_allele = locus.x_linked and shape.sex[i] == MALE
    twin = next((j for j in known if shape.twin[i] >= 0 and shape.twin[j] == shape.twin[i]), None)
    if twin is not None:
        yield known[twin], 1.0, drawn
    elif shape.father[i] >= 0:
        from_mother = _transmitted(known[shape.mother[i]], locus.female, len(locus.frequencies))
        from_father = _transmitted(known[shape.father[i]], locus.male, len(locus.frequencies))
        for m, p_m in from_mother.items():
            if one_allele:
                yield (m,), p_m, drawn
            else:
                for f, p_f in from_father.items():
                    yield (f, m), p_f * p_m, drawn
    else:
        inbred = shape.inbreeding[i]
        for a, p_a in _urn(locus, drawn, theta):
            if one_allele:
                yield (a,), p_a, (*drawn, a)
                continue
            if inbred > 0.0:
                yield (a, a), p_a * inbred, (*drawn, a)
            for b, p_b in _urn(locus, (*drawn, a), theta):
                yield (a, b), p_a * p_b * (1.0 - inbred), (*drawn, a, b)


def _urn(locus: LocusModel, drawn: Genotype, theta: float) -> Iterator[tuple[int, float]]:
    n = len(drawn)
    for x, p in enumerate(locus.frequencies):
        yield x, (drawn.count(x) * theta + (1.0 - theta) * float(p)) / (1.0 + (n - 1) * theta)


def _transmitted(parent: Genotype, mutation: NDArray[np.float64] | None, k: int) -> dict[int, float]:
    """Allele the child receives -> probability."""
    chances: dict[int, float] = defaultdict(float)
    steps = np.eye(k) if mutation is None else mutation
    for allele in parent:
        for x in np.flatnonzero(steps[allele]):
            chances[int(x)] += float(steps[allele, x]) / len(parent)
    return chances
