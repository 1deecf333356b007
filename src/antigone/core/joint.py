"""Who is who, jointly: the exact posterior over all assignments of remains to missing persons.

Weight of an assignment = prior of its number of identified x product over families of LR(set placed
in the family) x weight of the remains left over. The sum over assignments runs family by family with
the set of used remains as state, so it is exact; only how often a state is visited depends on the data.
"""

from __future__ import annotations

import heapq
import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from antigone.core.components import LN10, FamilyOptions, components
from antigone.core.event_sums import Component, finish_all
from antigone.core.left_out import LeftOut

Floats = NDArray[np.float64]
TIE_DIGITS = 9
"""Answers whose log10 weights agree to so many digits are equally good, and listed in the order of the case."""
IMPERCEPTIBLE = 1e-17
"""A weight that vanishes beside that of unrelated persons, 1, in double precision."""


@dataclass(frozen=True, slots=True)
class JointAnswer:
    """placements: by family, by missing person, the index of the remains or -1."""

    placements: tuple[tuple[int, ...], ...]
    log10_weight: float
    probability: float


@dataclass(frozen=True, slots=True, eq=False)
class JointPosterior:
    """pairs: by family (remains, missing) probabilities. nobody: (remains,) of nobody listed.
    absent: by family (missing,) not among these remains. error_bound: (remains,) on any
    probability of these remains, for what was left out of the sum; zeros where nothing was.
    """

    pairs: tuple[Floats, ...]
    nobody: Floats
    absent: tuple[Floats, ...]
    answers: tuple[JointAnswer, ...]
    log10_total: float
    error_bound: Floats


def joint_posterior(
    remains: int,
    families: Sequence[FamilyOptions],
    log_prior: Floats,
    kin: Floats | None = None,
    same: Floats | None = None,
    most_answers: int = 10,
) -> JointPosterior:
    """The posterior of every pair, of nobody listed, of not among these, and the best answers.

    log_prior: see `log_prior_by_count`. kin: (remains, remains) weight of two unassigned remains as
    kin nobody listed, relative to unrelated; None for none. same: the same as one person, of whom one part
    may be placed and the other not (a little too much where that other is also weighed as kin of a third).
    TooComplex where no exact sum fits.
    ValueError where every assignment is impossible.
    """
    return joint_posteriors(remains, families, [log_prior], kin, same, most_answers)[0]


def joint_posteriors(
    remains: int,
    families: Sequence[FamilyOptions],
    log_priors: Sequence[Floats],
    kin: Floats | None = None,
    same: Floats | None = None,
    most_answers: int = 10,
) -> list[JointPosterior]:
    """`joint_posterior` under several priors; the best answers under the first alone."""
    together, one = (_perceptible(weights, remains) for weights in (kin, same))
    slope = _slope(log_priors[0])
    parts, left_out = components(remains, families, together, slope)
    one = np.where(left_out.kin > 0.0, 0.0, one)
    solved = [Component(part, families, together - left_out.kin, one, slope) for part in parts]
    found = []
    for n, log_prior in reversed(list(enumerate(log_priors))):
        found.append(_under_prior(remains, families, solved, log_prior, slope, left_out, most_answers, last=n == 0))
    return found[::-1]


def _perceptible(weights: Floats | None, remains: int) -> Floats:
    if weights is None:
        return np.zeros((remains, remains))
    return np.where(np.asarray(weights) < IMPERCEPTIBLE, 0.0, weights)


def _under_prior(
    remains: int,
    families: Sequence[FamilyOptions],
    solved: list[Component],
    log_prior: Floats,
    slope: float,
    left_out: LeftOut,
    most_answers: int,
    last: bool,
) -> JointPosterior:
    residual = log_prior - slope * np.arange(remains + 1)
    top = residual[np.isfinite(residual)].max()
    total = finish_all(solved, np.exp(residual - top), remains, last)
    if total <= 0.0:
        raise ValueError("every assignment of these remains is impossible")
    log_scale = top + sum(part.log_scale for part in solved)
    pairs = tuple(np.zeros((remains, f.placements.shape[1])) for f in families)
    absent = tuple(np.ones(f.placements.shape[1]) for f in families)
    nobody = np.zeros(remains)
    for part in solved:
        part.add_probabilities(pairs, absent, nobody)
    log_total = math.log(total) + log_scale
    groups = [(part.remains, [family.number for family in part.families]) for part in solved]
    error_bound = left_out.error_bounds(groups, nobody, absent)
    answers = _best_answers(solved, families, residual, log_total, most_answers) if last and most_answers else []
    return JointPosterior(pairs, nobody, absent, tuple(answers), log_total / LN10, error_bound)


def _slope(log_prior: Floats) -> float:
    """Average change of the log prior per identified remains: takes the bulk of the prior into the weights."""
    counts = np.flatnonzero(np.isfinite(log_prior))
    if len(counts) < 2:
        return 0.0
    return float((log_prior[counts[-1]] - log_prior[counts[0]]) / (counts[-1] - counts[0]))


def _best_answers(
    parts: list[Component],
    families: Sequence[FamilyOptions],
    residual: Floats,
    log_total: float,
    most: int,
) -> list[JointAnswer]:
    """The best answers; across components, among the best of each."""
    lists = [[options for _, options in islice(part.answers(), most)] for part in parts]
    if any(not found for found in lists):
        return []

    def log_weight(index: tuple[int, ...]) -> float:
        return _log_weight(parts, [found[i] for found, i in zip(lists, index, strict=True)], residual)

    first = (0,) * len(lists)
    heap, seen = [(-log_weight(first), first)], {first}
    answers: list[JointAnswer] = []
    while heap and len(answers) < most:
        value, index = heapq.heappop(heap)
        chosen = {f: o for found, i in zip(lists, index, strict=True) for f, o in found[i].items()}
        placements = tuple(_placed(f, chosen.get(n, -1)) for n, f in enumerate(families))
        answers.append(JointAnswer(placements, -value / LN10, math.exp(-value - log_total)))
        for n, found in enumerate(lists):
            further = (*index[:n], index[n] + 1, *index[n + 1 :])
            if further[n] < len(found) and further not in seen:
                seen.add(further)
                heapq.heappush(heap, (-log_weight(further), further))
    return sorted(answers, key=lambda answer: (-round(answer.log10_weight, TIE_DIGITS), answer.placements))


def _placed(family: FamilyOptions, option: int) -> tuple[int, ...]:
    if option < 0:
        return tuple(-1 for _ in range(family.placements.shape[1]))
    return tuple(int(i) for i in family.placements[option])


def _log_weight(parts: list[Component], chosen: list[dict[int, int]], residual: Floats) -> float:
    """Natural log of prior x LRs x weight of the unassigned, for one answer of all components."""
    identified, value = 0, 0.0
    for part, options in zip(parts, chosen, strict=True):
        used = 0
        for family in part.families:
            position = int(np.flatnonzero(family.options == options[family.number])[0])
            used |= int(family.masks[position])
            value += float(family.logs[position])
        value += part.log_scale + math.log(part.leftover[used])
        identified += used.bit_count()
    return value + float(residual[identified])
