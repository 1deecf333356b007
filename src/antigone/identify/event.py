"""The whole event: every family's options, weighed together into one posterior."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations, permutations
from math import comb, perm

import numpy as np
from numpy.typing import NDArray

from antigone.core import (
    FamilyOptions,
    JointPosterior,
    flat_prior,
    joint_posterior,
    joint_posteriors,
    log_prior_by_count,
)
from antigone.domain import (
    Answer,
    Case,
    Family,
    InputRefused,
    JointFinding,
    Mode,
    PairPosterior,
    Place,
    Prior,
    Problem,
    Sensitivity,
)
from antigone.identify.pairwise import CaseNumbers, total
from antigone.identify.samples import unlisted_kin
from antigone.identify.sexes import log10_sex_lr, sexes_disagree

MOST_SETS = 20_000
"""Ways to place remains in one family beyond which only its likeliest remains are weighed jointly."""
WIDER_MISSING, WIDER_OUTSIDE, MOST_OUTSIDE = 10, 2, 0.99
"""The posterior is shown again with M ten times as large and q doubled."""


def joint_finding(
    case: Case, numbers: CaseNumbers | None = None, most_answers: int = 10, wider_prior: bool = True
) -> JointFinding:
    """The joint posterior of a case under one table (default: the first).

    wider_prior: the same again with M ten times as large and q doubled, as its sensitivity to the prior.
    InputRefused where casework has no prior. TooComplex where no exact sum fits.
    """
    numbers = numbers or CaseNumbers(case, case.tables[0])
    names = [[(family.name, m) for m in family.missing] for family in case.families]
    options = [family_options(case, numbers, family) for family in case.families]
    listed = sum(map(len, names))
    n = len(case.remains)
    if case.policy.mode is Mode.CONCORDANCE:
        result = joint_posterior(n, options, flat_prior(n), most_answers=most_answers)
        return _finding(case, numbers, names, result, ())
    prior = _prior(case)
    kin, same = unlisted_kin(numbers, prior.unlisted_kin)
    priors = [prior, _wider(prior)] if wider_prior else [prior]
    log_priors = [_log_prior(n, listed, p) for p in priors]
    result, *others = joint_posteriors(n, options, log_priors, kin, same, most_answers)
    sensitivity = tuple(
        Sensitivity("M x 10, q doubled", p.missing_total, p.outside, _pairs(case, names, other))
        for p, other in zip(priors[1:], others, strict=True)
    )
    return _finding(case, numbers, names, result, sensitivity)


def _wider(prior: Prior) -> Prior:
    """Ten times as many missing, and q doubled (never lowered, at most 0.99)."""
    outside = max(prior.outside, min(prior.outside * WIDER_OUTSIDE, MOST_OUTSIDE))
    return Prior(prior.missing_total * WIDER_MISSING, outside)


def family_options(case: Case, numbers: CaseNumbers, family: Family) -> FamilyOptions:
    """Every way to place remains on the family's missing persons, with the log10 LR of the set, sex included."""
    m = len(family.missing)
    sex = sex_matrix(case, numbers, family)
    weighed = weighed_remains(case, numbers, family, sex)
    n = len(weighed)
    placements, logs = [], []
    for k in range(1, min(m, n) + 1):
        for chosen in combinations(range(m), k):
            placed = np.array(list(permutations(weighed, k)), np.int64)
            allowed = np.isfinite(sex[placed, list(chosen)]).all(axis=1)
            placed = placed[allowed]
            if not len(placed):
                continue
            lr = total(numbers.set_log10_lr(family.name, [family.missing[j] for j in chosen], placed))
            rows = np.full((len(placed), m), -1, np.int64)
            rows[:, list(chosen)] = placed
            placements.append(rows)
            logs.append(lr + sex[placed, list(chosen)].sum(axis=1))
    if not placements:
        return FamilyOptions(np.zeros((0, m), np.int64), np.zeros(0))
    return FamilyOptions(np.concatenate(placements), np.concatenate(logs))


def weighed_remains(case: Case, numbers: CaseNumbers, family: Family, sex: NDArray[np.float64]) -> list[int]:
    """Remains that are weighed jointly in a family: all of them, or the likeliest where there are too many sets."""
    n, m = len(case.remains), len(family.missing)
    fitting = max((k for k in range(1, n + 1) if ways_to_place(k, m) <= MOST_SETS), default=0)
    if fitting >= n:
        return list(range(n))
    everybody = np.arange(n)[:, None]
    lr = [total(numbers.set_log10_lr(family.name, [missing], everybody)) for missing in family.missing]
    best = np.max(np.array(lr).T + sex, axis=1)
    return sorted(int(i) for i in np.argsort(-best)[:fitting])


def ways_to_place(remains: int, missing: int) -> int:
    """Ways to place some of the remains on some of a family's missing persons."""
    return sum(comb(missing, k) * perm(remains, k) for k in range(1, missing + 1))


def sex_matrix(case: Case, numbers: CaseNumbers, family: Family) -> NDArray[np.float64]:
    """(remains, missing) log10 LR of the sex seen; in concordance -inf where the sexes differ, else 0."""
    result = np.zeros((len(case.remains), len(family.missing)))
    for i, remains in enumerate(case.remains):
        partial = numbers.remains_dropout[i] > 0.0
        for j, missing in enumerate(family.missing):
            sex = family.pedigree.person(missing).sex
            if case.policy.mode is Mode.CONCORDANCE:
                result[i, j] = -np.inf if sexes_disagree(remains.profile, sex) else 0.0
            else:
                result[i, j] = log10_sex_lr(remains.profile, sex, case.policy.sex, partial)
    return result


def _prior(case: Case) -> Prior:
    if case.policy.prior is None:
        needed = "the number of ALL missing who could lie here (M) and the probability of none of them (q)"
        raise InputRefused([Problem("no-prior", Place(item=case.name), "no prior", needed)])
    return case.policy.prior


def _log_prior(remains: int, listed: int, prior: Prior) -> NDArray[np.float64]:
    try:
        return log_prior_by_count(remains, listed, prior.missing_total, prior.outside)
    except ValueError as error:
        place = Place(item="prior")
        raise InputRefused([Problem("prior-impossible", place, str(error), "M and q that allow it")]) from error


def _pairs(case: Case, names: Sequence[Sequence[tuple[str, str]]], result: JointPosterior) -> tuple[PairPosterior, ...]:
    return tuple(
        PairPosterior(remains.id, family, missing, float(result.pairs[f][i, m]))
        for i, remains in enumerate(case.remains)
        for f, members in enumerate(names)
        for m, (family, missing) in enumerate(members)
    )


def _finding(
    case: Case,
    numbers: CaseNumbers,
    names: Sequence[Sequence[tuple[str, str]]],
    result: JointPosterior,
    sensitivity: tuple[Sensitivity, ...],
) -> JointFinding:
    answers = []
    for answer in result.answers:
        assignment: dict[str, tuple[str, str] | None] = {r.id: None for r in case.remains}
        for members, placed in zip(names, answer.placements, strict=True):
            for name, i in zip(members, placed, strict=True):
                if i >= 0:
                    assignment[case.remains[i].id] = name
        answers.append(Answer(assignment, answer.log10_weight, answer.probability))
    nobody = {r.id: float(p) for r, p in zip(case.remains, result.nobody, strict=True)}
    absent = {
        name: float(p)
        for members, values in zip(names, result.absent, strict=True)
        for name, p in zip(members, values, strict=True)
    }
    pairs = _pairs(case, names, result)
    bounds = {r.id: float(b) for r, b in zip(case.remains, result.error_bound, strict=True)}
    worst = max(bounds.values(), default=0.0)
    return JointFinding(numbers.table.name, pairs, nobody, absent, tuple(answers), sensitivity, worst, bounds)
