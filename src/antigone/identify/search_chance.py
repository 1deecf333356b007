"""Chance figures of a block: how often unrelated remains are as strong, how often the right ones fall below.

Under the first frequency table; X-linked loci, where males differ, are left out. Remains of one class of
sample show what its dropout lets them show, at the loci where they showed anything.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from antigone.core import (
    GenotypePair,
    LocusModel,
    LogLRHistograms,
    Outcomes,
    expected_chance_hits,
    genotype_numbers,
    log_lr_histogram,
    outcome_weights,
    side_by_side,
    tails,
    weighed_outcomes,
)
from antigone.identify.search_tables import LocusRows

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
GRID = np.arange(-3.0, 12.01, 0.5)
"""log10 LR at which the chance hits of the whole search are expected."""
SAMPLED_TARGETS = 24
"""Targets of each stratum of a block for which these are computed."""
DRAWS = 80
MOST_KINDS = 3
"""Kinds of sample (dropout and drop-in) told apart; others are taken as the nearest."""
BANDS = (0, 13, 18, 22)
"""Loci from which a band of loci typed among the relatives begins."""


@dataclass(frozen=True, slots=True, eq=False)
class RemainsKind:
    """Remains of one dropout and drop-in: sets (sets, loci) of loci that showed something, and how many had each."""

    dropout: float
    dropin: float
    sets: NDArray[np.bool_]
    counts: Floats


@dataclass(frozen=True, slots=True, eq=False)
class BlockChance:
    """of: (pairs,) expected unrelated remains at least as strong, its standard error. below: (targets,)
    P(the true person, fully typed, is below the floor). typed: (targets,) loci typed among the relatives.
    strata: rows (group of targets, band, threshold, expected, variance, targets).
    """

    of: Floats
    error: Floats
    below: Floats
    typed: Ints
    strata: Floats


def remains_kinds(called: NDArray[np.bool_], dropout: Floats, dropin: Floats) -> tuple[RemainsKind, ...]:
    """The remains of a search by kind of sample. called: (remains, loci)."""
    if not len(called):
        return ()
    rates = np.stack([dropout, dropin], axis=1)
    different, which, counts = np.unique(rates, axis=0, return_inverse=True, return_counts=True)
    kept = np.sort(np.argsort(-counts, kind="stable")[:MOST_KINDS])
    nearest = np.abs(different[:, None] - different[kept][None]).sum(axis=2).argmin(axis=1)[which.ravel()]
    kinds = []
    for number, (lost, foreign) in enumerate(different[kept]):
        sets, times = np.unique(called[nearest == number], axis=0, return_counts=True)
        kinds.append(RemainsKind(float(lost), float(foreign), sets, times.astype(np.float64)))
    return tuple(kinds)


def block_chance(
    loci: Sequence[tuple[LocusModel, LocusRows]],
    everybody: Sequence[RemainsKind],
    here: Sequence[RemainsKind],
    group: Ints,
    floor: float,
    target: Ints,
    threshold: Floats,
    keys: Ints,
) -> BlockChance:
    """everybody: all remains of the search, for `of`; here: those of the block, for `strata`. group: (targets,) the
    group of each. target, threshold: (pairs,) place of the candidate's target, its log10 LR. keys: (targets,) numbers
    that decide each target's draws, whatever block it is in.
    """
    if not len(group):
        nothing = np.zeros(0)
        return BlockChance(nothing, nothing, nothing, np.zeros(0, np.int64), np.zeros((0, 6)))
    used = [i for i, (model, _) in enumerate(loci) if not model.x_linked]
    rows_of = np.stack([loci[i][1].of for i in used], axis=1).astype(np.int32)
    typed = np.stack([loci[i][1].says for i in used], axis=1).sum(axis=1)
    band = np.searchsorted(BANDS, typed, side="right")
    sampled = _sampled(group * 100 + band)
    asked, place = np.unique(target, return_inverse=True)
    every = np.arange(len(group))
    some = np.unique(np.concatenate([asked, sampled]))
    of, variance = np.zeros(len(target)), np.zeros(len(target))
    on_grid = np.zeros((len(sampled), len(GRID)))
    below = np.ones(len(group))
    all_kinds, own_kinds = ({(k.dropout, k.dropin): k for k in kinds} for kinds in (everybody, here))
    for number, rate in enumerate(sorted({*all_kinds, *own_kinds})):
        whole, part = all_kinds.get(rate), own_kinds.get(rate)
        needed = every if number == 0 else some
        histograms, rows = _histograms([loci[i] for i in used], rows_of, needed, rate)
        if whole is not None and len(target):
            hits = expected_chance_hits(
                histograms, rows[np.searchsorted(needed, asked)], whole.sets[:, used], whole.counts, threshold,
                place.ravel(), DRAWS, number, keys[asked],
            )  # fmt: skip
            of, variance = of + hits.value, variance + hits.error**2
        if part is not None and len(sampled):
            hits = expected_chance_hits(
                histograms, rows[np.searchsorted(needed, sampled)], part.sets[:, used], part.counts, GRID, None, DRAWS,
                number, keys[sampled],
            )  # fmt: skip
            on_grid += hits.value
        if number == 0:
            below = tails(histograms, rows, [floor]).missed[:, 0]
    return BlockChance(of, np.sqrt(variance), below, typed, _strata(group, band, sampled, on_grid))


def _histograms(
    loci: Sequence[tuple[LocusModel, LocusRows]], rows_of: NDArray[np.int32], needed: Ints, rate: tuple[float, float]
) -> tuple[LogLRHistograms, NDArray[np.int32]]:
    """Of the rows that the needed targets have, and (needed, loci) the place of each among them."""
    found, rows = [], []
    for locus, (model, own) in enumerate(loci):
        chosen, place = np.unique(rows_of[needed, locus], return_inverse=True)
        found.append(_histogram(model, own.pairs[0], chosen, *rate))
        rows.append(place.ravel().astype(np.int32))
    return side_by_side(found), np.stack(rows, axis=1)


def _histogram(model: LocusModel, pair: GenotypePair, chosen: Ints, dropout: float, dropin: float) -> LogLRHistograms:
    related = pair.related[chosen]
    unrelated = pair.unrelated if len(pair.unrelated) == 1 else pair.unrelated[chosen]
    related = np.where(related.any(axis=1, keepdims=True), related, unrelated)
    if dropout > 0.0 or dropin > 0.0:
        outcomes = _what_can_be_seen(len(model.frequencies), dropout, dropin, model.silent)
        weights = outcome_weights(model, outcomes, haploid=False)
        related, unrelated = (_seen(weighed_outcomes(weights, d)) for d in (related, unrelated))
    impossible = (unrelated <= 0.0) & (related > 0.0)
    return log_lr_histogram(np.where(impossible, 0.0, related), unrelated)


def _seen(masses: Floats) -> Floats:
    """Given that anything was seen."""
    given: Floats = masses / masses.sum(axis=1, keepdims=True)
    return given


def _what_can_be_seen(k: int, dropout: float, dropin: float, silent: int) -> Outcomes:
    """Two alleles, or one with the other unknown."""
    first, second = genotype_numbers(k)
    pairs = np.stack([first, np.where(first == second, -1, second)], axis=1).astype(np.int16)
    pairs = pairs[(pairs != silent).all(axis=1)] if silent >= 0 else pairs
    return Outcomes(pairs, np.full(len(pairs), dropout), np.full(len(pairs), dropin))


def _sampled(strata: Ints) -> Ints:
    """Some targets of every stratum, spread evenly."""
    chosen = [np.zeros(0, np.int64)]
    for stratum in np.unique(strata):
        own = np.flatnonzero(strata == stratum)
        chosen.append(own[np.unique(np.linspace(0, len(own) - 1, SAMPLED_TARGETS).astype(np.int64))])
    return np.concatenate(chosen)


def _strata(group: Ints, band: Ints, sampled: Ints, values: Floats) -> Floats:
    rows = []
    for key in np.unique(group * 100 + band):
        of_key = np.flatnonzero(group[sampled] * 100 + band[sampled] == key)
        targets = int((group * 100 + band == key).sum())
        mean = values[of_key].mean(axis=0)
        spread = values[of_key].var(axis=0, ddof=1) if len(of_key) > 1 else np.zeros(len(GRID))
        share = 1.0 - len(of_key) / targets
        variance = targets**2 * spread / len(of_key) * share
        for t, expected, v in zip(GRID, mean * targets, variance, strict=True):
            rows.append((key // 100, key % 100, t, expected, v, targets))
    return np.array(rows, np.float64).reshape(-1, 6)
