"""The tables of log10 LR of a block of targets: one row for all whose typed members show the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from antigone.core import (
    GenotypePair,
    LocusModel,
    Outcomes,
    OutcomeWeights,
    Shape,
    TooComplex,
    genotype_pair,
    log10_lr_table,
    outcome_weights,
)
from antigone.identify.bulk_encode import Calls
from antigone.identify.targets import Group

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class QueryCodes:
    """What the queries show: by locus the outcomes that occur among them, how genotypes give them, and
    (loci, queries) which each shows.
    """

    outcomes: tuple[Outcomes, ...]
    weights: tuple[OutcomeWeights, ...]
    codes: NDArray[np.uint16]


@dataclass(frozen=True, slots=True, eq=False)
class LocusRows:
    """The different rows of one locus: `pairs` of genotype distributions by part, haploid or not the same within
    one; `of`: (targets,) the row of each target over all parts; `says`: whether anything is typed for it here.
    """

    pairs: tuple[GenotypePair, ...]
    of: Ints
    says: NDArray[np.bool_]

    def table(self, locus: LocusModel, outcomes: Outcomes, weights: OutcomeWeights | None = None) -> Floats:
        """(rows, outcomes) log10 LR; weights: of the outcomes on persons with two alleles, where they are kept."""
        parts = [log10_lr_table(locus, pair, outcomes, None if pair.haploid else weights) for pair in self.pairs]
        return np.concatenate(parts) if parts else np.zeros((0, len(outcomes)))


def query_codes(calls: Calls, samples: Ints) -> QueryCodes:
    """The outcomes among these samples, numbered anew."""
    outcomes, codes = [], []
    for locus, dictionary in enumerate(calls.dictionaries):
        used, number = np.unique(calls.numbers[samples, locus], return_inverse=True)
        outcomes.append(Outcomes(dictionary.codes[used], dictionary.dropout[used], dictionary.dropin[used]))
        codes.append(number.ravel().astype(np.uint16))
    weights = (outcome_weights(calls.models.locus(i), shown, False) for i, shown in enumerate(outcomes))
    return QueryCodes(tuple(outcomes), tuple(weights), np.array(codes, np.uint16).reshape(len(codes), len(samples)))


def locus_rows(
    groups: Sequence[Group], chosen: Sequence[Ints], calls: Calls, locus: int, theta: float, plain: set[Shape]
) -> LocusRows:
    """Genotype distributions at one locus for the chosen targets of each group, behind each other.

    chosen: by group, places in its list of targets. plain: shapes for which theta > 0 is known to be too much;
    those found here are added, and computed with theta 0.
    """
    dictionary, model = calls.dictionaries[locus], calls.models.locus(locus)
    pairs: list[GenotypePair] = []
    places: list[Ints] = []
    says: list[NDArray[np.bool_]] = []
    rows = 0
    for group, own in zip(groups, chosen, strict=True):
        numbers = calls.numbers[group.samples[own], locus].astype(np.int64)
        first, which = _different(numbers, len(dictionary))
        shown = numbers[first]
        places.append(rows + which)
        says.append((dictionary.codes[shown, 0] >= 0).any(axis=1)[which])
        if len(first):
            pairs.append(_pair(group, model, dictionary, shown, theta, plain))
            rows += len(first)
    of = np.concatenate([np.zeros(0, np.int64), *places])
    order = np.argsort([pair.haploid for pair in pairs], kind="stable")
    return LocusRows(
        tuple(_side_by_side(pairs, haploid) for haploid in sorted({p.haploid for p in pairs})),
        _moved(of, [len(pair.related) for pair in pairs], order),
        np.concatenate([np.zeros(0, np.bool_), *says]),
    )


def _side_by_side(pairs: Sequence[GenotypePair], haploid: bool) -> GenotypePair:
    """All rows that are haploid, or not, as one."""
    own = [pair for pair in pairs if pair.haploid == haploid]
    if len(own) == 1:
        return own[0]
    first = own[0].unrelated  # with theta it depends on who is typed, even where a group has one row
    same = len(first) == 1 and all(np.array_equal(pair.unrelated, first) for pair in own)
    unrelated = [p.unrelated if same else np.broadcast_to(p.unrelated, p.related.shape) for p in own]
    return GenotypePair(
        np.concatenate([p.related for p in own]), unrelated[0] if same else np.concatenate(unrelated), haploid
    )


def _moved(of: Ints, sizes: Sequence[int], order: Ints) -> Ints:
    """Row numbers once the parts, of these sizes, stand in this order."""
    if len(sizes) < 2 or (np.diff(order) > 0).all():
        return of
    starts = np.cumsum([0, *sizes])
    now = np.concatenate([np.arange(starts[part], starts[part + 1]) for part in order])
    number = np.empty(len(now), np.int64)
    number[now] = np.arange(len(now))
    return number[of]


def _pair(
    group: Group, model: LocusModel, dictionary: Outcomes, shown: Ints, theta: float, plain: set[Shape]
) -> GenotypePair:
    arguments = (group.shape, model, dictionary.codes[shown], group.person, dictionary.dropout[shown],
                 dictionary.dropin[shown])  # fmt: skip
    if group.shape not in plain:
        try:
            return genotype_pair(*arguments, theta, group.typed)
        except TooComplex:
            if theta == 0.0:
                raise
            plain.add(group.shape)
    return genotype_pair(*arguments, 0.0, group.typed)


def _different(numbers: Ints, calls: int) -> tuple[Ints, Ints]:
    """(a row of each kind, (rows,) which kind each is) of rows of call numbers, column by column."""
    key = np.zeros(len(numbers), np.int64)
    first = np.arange(min(len(numbers), 1))
    for column in numbers.T:
        _, first, key = np.unique(key * calls + column, return_index=True, return_inverse=True)
        key = key.ravel()
    return first, key
