"""Familias' mutation models by number, and ours.

0 equal, 1 proportional, 2 stepwise, 3 stepwise made stationary, 4 stepwise with microvariants.
What our named models cannot say (number 3; different kinds for females and males) is read as a
custom matrix, which says the same.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from antigone.core import mutation
from antigone.domain import MutationKind, MutationModel
from antigone.intake.collector import Collector
from antigone.intake.fam_parts import FamLocus

_KINDS = {
    0: MutationKind.EQUAL,
    1: MutationKind.PROPORTIONAL,
    2: MutationKind.STEPWISE,
    4: MutationKind.STEPWISE,
}
_STATIONARY = 3

Matrix = NDArray[np.float64]
Rows = tuple[tuple[float, ...], ...]


def mutation_of(locus: FamLocus, collector: Collector) -> MutationModel:
    """The model of one locus; MutationModel() where nothing mutates."""
    if _still(locus.model_female, locus.rate_female, locus.rate2_female) and _still(
        locus.model_male, locus.rate_male, locus.rate2_male
    ):
        return MutationModel()
    if not _steps_are_numbers(locus, collector):
        return MutationModel()
    kinds = {_KINDS.get(locus.model_female), _KINDS.get(locus.model_male)}
    kind = kinds.pop()
    if kinds or kind is None:
        return _custom(locus, collector)
    return MutationModel(
        kind, locus.rate_female, locus.rate_male, locus.range_female, locus.range_male,
        locus.rate2_female, locus.rate2_male,
    )  # fmt: skip


def _still(model: int, rate: float, rate2: float) -> bool:
    return rate == 0.0 and (rate2 == 0.0 or model < 2)


def _steps_are_numbers(locus: FamLocus, collector: Collector) -> bool:
    """Stepwise models count repeats: an allele such as "Rest allele" has none."""
    if max(locus.model_female, locus.model_male) < 2:
        return True
    for name, _ in locus.alleles:
        try:
            float(name)
        except ValueError:
            collector.add(
                "stepwise-allele", row=locus.line, item=locus.name, found=f"allele {name}",
                needed="repeat numbers, or mutation model 0 (equal) or 1 (proportional)",
            )  # fmt: skip
            return False
    return True


def _custom(locus: FamLocus, collector: Collector) -> MutationModel:
    try:
        female = _matrix(locus, locus.model_female, locus.rate_female, locus.range_female, locus.rate2_female)
        male = _matrix(locus, locus.model_male, locus.rate_male, locus.range_male, locus.rate2_male)
    except ValueError as error:
        collector.add("mutation-impossible", row=locus.line, item=locus.name, found=str(error),
                      needed="lower rates")  # fmt: skip
        return MutationModel()
    return MutationModel(
        MutationKind.CUSTOM, locus.rate_female, locus.rate_male,
        alleles=tuple(name for name, _ in locus.alleles),
        matrix_female=_rows(female), matrix_male=_rows(male),
    )  # fmt: skip


def _matrix(locus: FamLocus, model: int, rate: float, step_range: float, rate2: float) -> Matrix:
    frequencies = np.array([frequency for _, frequency in locus.alleles])
    if model == 0:
        return mutation.equal(len(frequencies), rate)
    if model == 1:
        return mutation.proportional(frequencies, rate)
    repeats = np.array([float(name) for name, _ in locus.alleles])
    matrix = mutation.stepwise(repeats, rate, step_range, rate2)
    return stationary(matrix, frequencies) if model == _STATIONARY else matrix


def stationary(matrix: Matrix, frequencies: Matrix) -> Matrix:
    """(k, k): the rows of `matrix` scaled so that `frequencies` (k,) no longer change.

    Method PM of Simonsson & Mostad (FSI: Genetics 23, 2016): with v the stationary distribution of
    `matrix`, row i moves d_i = R v_i / (S p_i) times as often, where R and S are the mutation rates
    under p and under v. ValueError where a row would have to move more often than always.
    """
    k = len(frequencies)
    moves = matrix - np.eye(k)
    if not moves.any():
        return matrix
    system = moves.T.copy()
    system[-1] = 1.0
    v = np.linalg.solve(system, np.append(np.zeros(k - 1), 1.0))
    leaving = 1.0 - np.diag(matrix)
    scale = (frequencies @ leaving) * v / ((v @ leaving) * frequencies)
    if np.any(scale * leaving > 1.0):
        raise ValueError("the rates are too high for a stationary model of these frequencies")
    return np.asarray(np.eye(k) + scale[:, None] * moves, dtype=np.float64)


def _rows(matrix: Matrix) -> Rows:
    return tuple(tuple(float(x) for x in row) for row in matrix)
