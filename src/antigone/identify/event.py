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
    Shape,
    TooComplex,
    flat_prior,
    joint_posterior,
    joint_posteriors,
    log10_likelihoods,
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
    Sex,
)
from antigone.identify.checks import alike_pairs
from antigone.identify.pairwise import CaseNumbers, total
from antigone.identify.sexes import log10_sex_lr, observed_sex

MOST_SETS = 400_000
"""Ways to place remains in one family beyond which no exact joint answer is tried."""
WIDER_MISSING, WIDER_OUTSIDE, MOST_OUTSIDE = 10, 2, 0.99
"""The posterior is shown again with M ten times as large and q doubled."""


def joint_finding(case: Case, numbers: CaseNumbers | None = None, most_answers: int = 10) -> JointFinding:
    """The joint posterior of a case under one table (default: the first), with its sensitivity to the prior.

    InputRefused where casework has no prior. TooComplex where no exact sum fits.
    """
    numbers = numbers or CaseNumbers(case, case.tables[0])
    names = [[(family.name, m) for m in family.missing] for family in case.families]
    options = [family_options(case, numbers, family) for family in case.families]
    listed = sum(map(len, names))
    n = len(case.remains)
    if case.policy.mode is Mode.CONCORDANCE:
        result = joint_posterior(n, options, flat_prior(n), None, most_answers)
        return _finding(case, numbers, names, result, ())
    prior = _prior(case)
    kin = unlisted_kin(case, numbers, prior.unlisted_kin)
    wider = Prior(prior.missing_total * WIDER_MISSING, min(prior.outside * WIDER_OUTSIDE, MOST_OUTSIDE))
    log_priors = [_log_prior(n, listed, p) for p in (prior, wider)]
    result, under_wider = joint_posteriors(n, options, log_priors, kin, most_answers)
    pairs = _pairs(case, names, under_wider)
    sensitivity = [Sensitivity("M x 10, q doubled", wider.missing_total, wider.outside, pairs)]
    return _finding(case, numbers, names, result, tuple(sensitivity))


def family_options(case: Case, numbers: CaseNumbers, family: Family) -> FamilyOptions:
    """Every way to place remains on the family's missing persons, with the log10 LR of the set, sex included."""
    n, m = len(case.remains), len(family.missing)
    sets = sum(comb(m, k) * perm(n, k) for k in range(1, m + 1))
    if sets > MOST_SETS:
        raise TooComplex(f"family {family.name}: {sets} ways to place {n} remains on {m} missing persons")
    sex = sex_matrix(case, numbers, family)
    placements, logs = [], []
    for k in range(1, min(m, n) + 1):
        for chosen in combinations(range(m), k):
            placed = np.array(list(permutations(range(n), k)), np.int64)
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


def sex_matrix(case: Case, numbers: CaseNumbers, family: Family) -> NDArray[np.float64]:
    """(remains, missing) log10 LR of the sex seen; in concordance -inf where the sexes differ, else 0."""
    result = np.zeros((len(case.remains), len(family.missing)))
    for i, remains in enumerate(case.remains):
        partial = numbers.remains_dropout[i] > 0.0
        for j, missing in enumerate(family.missing):
            sex = family.pedigree.person(missing).sex
            if case.policy.mode is Mode.CONCORDANCE:
                seen = observed_sex(remains.profile)
                differs = Sex.UNKNOWN not in (sex, seen) and sex is not seen
                result[i, j] = -np.inf if differs else 0.0
            else:
                result[i, j] = log10_sex_lr(remains.profile, sex, case.policy.sex, partial)
    return result


def unlisted_kin(case: Case, numbers: CaseNumbers, prior: float) -> NDArray[np.float64]:
    """(remains, remains) prior x LR that two remains are brothers nobody listed, against unrelated.

    Pairs that look like one person are left out: they are to be joined or told apart first.
    """
    n = len(case.remains)
    weights = np.zeros((n, n))
    pairs = np.array(list(combinations(range(n), 2)), np.int64).reshape(-1, 2)
    if prior == 0.0 or not len(pairs):
        return weights
    brothers = Shape((-1, -1, 0, 0), (-1, -1, 1, 1), (1, 2, 2, 2))
    apart = Shape((-1, -1), (-1, -1), (2, 2))
    observed = numbers.remains_rows[pairs].transpose(0, 2, 1, 3)
    lost, foreign = numbers.remains_dropout[pairs], numbers.remains_dropin[pairs]
    arguments = (numbers.encoding.models, observed, lost, foreign, case.policy.theta)
    autosomal = ~numbers.encoding.models.x_linked
    related = log10_likelihoods(brothers, *arguments, rows=[2, 3])[:, autosomal]
    unrelated = log10_likelihoods(apart, *arguments)[:, autosomal]
    lr = (related - unrelated).sum(axis=1)
    alike = {frozenset(pair) for pair in alike_pairs(case, numbers)}
    for (i, j), value in zip(pairs, lr, strict=True):
        if frozenset((case.remains[i].id, case.remains[j].id)) not in alike:
            weights[i, j] = weights[j, i] = prior * 10.0 ** min(float(value), 300.0)
    return weights


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
    return JointFinding(numbers.table.name, pairs, nobody, absent, tuple(answers), sensitivity, result.error_bound)
