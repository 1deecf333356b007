"""log10 likelihood of typed persons in a pedigree, locus by locus: the one engine.

Observations are allele codes, one row per sample: (a, b) two alleles seen; (a, a) a homozygote the
laboratory vouches for; (a, -1) one allele seen; (-1, -1) tested, nothing seen; (-2, -2) not tested;
wider rows hold further alleles (drop-in).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike, NDArray

from antigone.core.loci import LocusModel
from antigone.core.mutation import is_always_lumpable
from antigone.core.pedigrees import MALE, Shape
from antigone.core.plans import Pattern, PlanSet, plan_set
from antigone.core.structure import EXACT, SOFT, UNTYPED

Floats = NDArray[np.float64]
Codes = NDArray[np.int16]
CASES_PER_CHUNK = 2048
"""Cases, times the seatings of each, that one thread takes at a time."""
MOST_LANES = 32
"""Cases computed side by side."""
LANE_MEMORY = 1 << 20
"""Bytes of tables that stay near the processor: fewer lanes where one case needs much."""


@dataclass(frozen=True, slots=True, eq=False)
class LocusSet:
    """Loci side by side, padded to the largest: made once, used for many likelihoods."""

    sizes: NDArray[np.int64]
    frequencies: Floats
    female: Floats
    male: Floats
    mutates: NDArray[np.bool_]
    silent: NDArray[np.int64]
    lumpable: NDArray[np.bool_]
    x_linked: NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.sizes)

    def locus(self, index: int) -> LocusModel:
        """One of the loci, without the padding."""
        k = int(self.sizes[index])
        female, male = (np.ascontiguousarray(m[index, :k, :k]) for m in (self.female, self.male))
        p, silent, x_linked = self.frequencies[index, :k], int(self.silent[index]), bool(self.x_linked[index])
        if not self.mutates[index]:
            return LocusModel(p, silent=silent, x_linked=x_linked)
        return LocusModel(p, female, male, silent, x_linked)

    def without_mutation(self) -> LocusSet:
        """The same loci with alleles that never change."""
        nobody = np.zeros_like(self.mutates)
        return replace(self, mutates=nobody, lumpable=~nobody)


def locus_set(loci: Sequence[LocusModel]) -> LocusSet:
    """Pad and stack the models of several loci."""
    sizes = np.array([len(locus.frequencies) for locus in loci], np.int64)
    n, k = len(loci), int(sizes.max())
    frequencies, female, male = np.zeros((n, k)), np.zeros((n, k, k)), np.zeros((n, k, k))
    mutates, lumpable = np.zeros(n, np.bool_), np.ones(n, np.bool_)
    for i, locus in enumerate(loci):
        size = sizes[i]
        frequencies[i, :size] = locus.frequencies
        if locus.female is not None or locus.male is not None:
            mutates[i] = True
            for stack, matrix in ((female, locus.female), (male, locus.male)):
                stack[i, :size, :size] = np.eye(size) if matrix is None else matrix
                lumpable[i] &= matrix is None or is_always_lumpable(matrix)
    silent = np.array([locus.silent for locus in loci], np.int64)
    x_linked = np.array([locus.x_linked for locus in loci], np.bool_)
    return LocusSet(sizes, frequencies, female, male, mutates, silent, lumpable, x_linked)


def log10_likelihood(
    shape: Shape,
    locus: LocusModel,
    observations: ArrayLike,
    dropout: ArrayLike | None = None,
    dropin: ArrayLike | None = None,
    theta: float = 0.0,
    rows: Sequence[int] | None = None,
) -> float:
    """log10 P(observations | pedigree) at one locus, -inf where it is impossible.

    observations: (rows, width) allele codes. dropout, dropin: (rows,). rows: by row the person it was
    taken from (default: row i is person i); several rows of one person are independent samples.

    >>> from antigone.core import LocusModel, Shape, log10_likelihood
    >>> trio = Shape(father=(-1, -1, 0), mother=(-1, -1, 1), sex=(1, 2, 1))
    >>> locus = LocusModel(np.array([0.5, 0.3, 0.2]))
    >>> 10 ** log10_likelihood(trio, locus, [[0, 0], [1, 1], [0, 1]])  # p0^2 p1^2
    0.0225...
    """
    observed = np.asarray(observations, np.int16)[None, None]
    result = log10_likelihoods(shape, locus_set([locus]), observed, dropout, dropin, theta, rows)
    return float(result[0, 0])


def log10_likelihoods(
    shape: Shape,
    loci: LocusSet,
    observations: ArrayLike,
    dropout: ArrayLike | None = None,
    dropin: ArrayLike | None = None,
    theta: float = 0.0,
    rows: Sequence[int] | None = None,
) -> Floats:
    """(typings, loci) log10 likelihoods of many typings of one pedigree.

    observations: (typings, loci, rows, width). dropout, dropin: (rows,) or (typings, rows).
    TooComplex where an exact computation would not fit in memory.
    """
    observed = np.ascontiguousarray(observations, np.int16)
    n_typings, n_loci, n_rows, _ = observed.shape
    lost = per_typing(dropout, n_typings, n_rows)
    foreign = per_typing(dropin, n_typings, n_rows)
    persons = list(range(n_rows)) if rows is None else list(rows)
    kinds = row_kinds(shape, loci, observed, lost, foreign, persons)
    out = np.empty((n_typings, n_loci))
    for kind, states, x_linked, mutates, cases in _by_pattern(kinds, loci, observed.shape[3]):
        pattern = pattern_of(shape, kind, persons, x_linked, states, theta)
        if not np.any(kind):
            out[cases[:, 0], cases[:, 1]] = 0.0
            continue
        _run(plan_set(pattern), loci, mutates, states, observed, lost, foreign, theta, cases, out)
    return out


def row_kinds(
    shape: Shape, loci: LocusSet, observed: Codes, dropout: Floats, dropin: Floats, persons: Sequence[int]
) -> NDArray[np.int8]:
    """(typings, loci, rows) UNTYPED, EXACT or SOFT: whether a row leaves one genotype, or a weight for each."""
    first, second = observed[..., 0], observed[..., 1]
    male = np.array([shape.sex[i] == MALE for i in persons])
    haploid = loci.x_linked[None, :, None] & male[None, None, :]
    silent = (loci.silent >= 0)[None, :, None]
    clean = ((dropout == 0.0) & (dropin == 0.0))[:, None, :]
    further = np.any(observed[..., 2:] >= 0, axis=-1)
    two = (first >= 0) & (second >= 0) & ((first != second) | ~silent) & ~haploid
    one = (first >= 0) & ((second < 0) | (second == first)) & haploid
    kinds = np.where(clean & ~further & (two | one), EXACT, SOFT).astype(np.int8)
    certain = (dropout == 0.0)[:, None, :]
    says_nothing = (first == -2) | ((first == -1) & certain & ~silent)
    kinds[says_nothing] = UNTYPED
    return kinds


def per_typing(values: ArrayLike | None, n_typings: int, n_rows: int) -> Floats:
    """(typings, rows) of a figure given once, by row, or by typing and row; 0 where it is not given."""
    if values is None:
        return np.zeros((n_typings, n_rows))
    array = np.asarray(values, np.float64)
    return np.ascontiguousarray(np.broadcast_to(array, (n_typings, n_rows)))


def pattern_of(
    shape: Shape,
    kinds: NDArray[np.int8],
    persons: Sequence[int],
    x_linked: bool,
    states: int,
    theta: float,
    query: int = -1,
) -> Pattern:
    """The pattern of cases whose rows are of these kinds; `query`: the person whose genotype is asked for."""
    typing = [UNTYPED] * len(shape)
    own: list[list[int]] = [[] for _ in range(len(shape))]
    for row, person in enumerate(persons):
        if kinds[row] != UNTYPED:
            own[person].append(row)
            typing[person] = SOFT if len(own[person]) > 1 else int(kinds[row])
    return Pattern(shape, tuple(typing), tuple(map(tuple, own)), x_linked, states, theta, query)


def _by_pattern(
    kinds: NDArray[np.int8], loci: LocusSet, width: int
) -> list[tuple[NDArray[np.int8], int, bool, bool, NDArray[np.int64]]]:
    """Cases that share their plans: [(kinds of rows, bound on states, X-linked, mutates, cases)]."""
    n_typings, n_loci, n_rows = kinds.shape
    most_shown = width * n_rows + 2
    bound = np.where(loci.lumpable, np.minimum(loci.sizes, most_shown), loci.sizes)
    bound = np.where(bound > 16, -(-bound // 16) * 16, -(-bound // 4) * 4)
    bound = np.where(loci.lumpable, min(most_shown, int(loci.sizes.max())), bound)
    groups: dict[tuple[bytes, int, bool, bool], list[NDArray[np.int64]]] = {}
    for locus in range(n_loci):
        column = np.ascontiguousarray(kinds[:, locus])
        if n_typings == 1 or (column == column[0]).all():
            found = [(column[0], np.arange(n_typings))]
        else:
            unique, inverse = np.unique(column, axis=0, return_inverse=True)
            found = [(unique[g], np.flatnonzero(inverse.ravel() == g)) for g in range(len(unique))]
        for kind, typings in found:
            shared = (kind.tobytes(), int(bound[locus]), bool(loci.x_linked[locus]), bool(loci.mutates[locus]))
            cases = np.stack([typings, np.full(len(typings), locus)], axis=1)
            groups.setdefault(shared, []).append(cases)
    return [
        (np.frombuffer(kind, np.int8), states, x, mutates, np.concatenate(parts))
        for (kind, states, x, mutates), parts in groups.items()
    ]


def _run(
    plans: PlanSet,
    loci: LocusSet,
    mutates: bool,
    states: int,
    observed: Codes,
    dropout: Floats,
    dropin: Floats,
    theta: float,
    cases: NDArray[np.int64],
    out: Floats,
) -> None:
    from antigone.core.kernels.elimination import many_likelihoods, some_likelihoods

    lanes = int(np.clip(LANE_MEMORY // (8 * plans.table_bound), 1, MOST_LANES))
    arguments = (
        plans.plans, plans.starts, plans.shares, plans.draws, mutates, theta, plans.urn, loci.sizes,
        loci.frequencies, loci.female, loci.male, loci.silent, loci.lumpable, observed, dropout, dropin,
        cases, states, plans.states_bound, plans.table_bound, lanes,
    )  # fmt: skip
    chunks = min(math.ceil(len(cases) * len(plans.shares) / CASES_PER_CHUNK), len(cases))
    if chunks == 1:
        some_likelihoods(*arguments, 0, len(cases), out)
    else:
        many_likelihoods(*arguments, chunks, out)
