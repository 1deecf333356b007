"""Mutation matrices from model and rate, and the properties a matrix can have.

Row = parental allele, column = transmitted allele. `equal`, `proportional` and `stepwise` are the
models of Familias (Egeland, Kling & Mostad 2015, chapter 2); `onestep` and `dawid` those of pedmut
(Dawid, Mortera & Pascali 2001; Vigeland & Egeland 2021).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float64]
SUM_TOLERANCE, ENTRY_TOLERANCE = 1e-9, 1e-12
"""How far a sum over a row or column, or a single entry, may be off by rounding."""


def equal(k: int, rate: float) -> Matrix:
    """(k, k): every other allele is equally likely, `rate` in all."""
    if k == 1:
        return np.ones((1, 1))
    matrix = np.full((k, k), rate / (k - 1))
    np.fill_diagonal(matrix, 1.0 - rate)
    return matrix


def proportional(frequencies: Matrix, rate: float) -> Matrix:
    """(k, k): the new allele is drawn from the population; `rate` is the expected mutation rate."""
    heterozygosity = 1.0 - float(np.sum(frequencies**2))
    if heterozygosity == 0.0:
        return np.eye(len(frequencies))
    scale = rate / heterozygosity
    matrix = np.tile(scale * frequencies, (len(frequencies), 1))
    np.fill_diagonal(matrix, 1.0 - scale * (1.0 - frequencies))
    if matrix.min() < 0.0:
        raise ValueError(f"rate {rate} is too high for a proportional model of these frequencies")
    return matrix


def stepwise(repeats: Matrix, rate: float, step_range: float, fractional_rate: float) -> Matrix:
    """(k, k): a jump of n whole repeats is `step_range` ** n likely; `fractional_rate` is the rate
    of jumps to alleles whose repeat number differs by a fraction, all equally likely.

    repeats: (k,) repeat numbers, 9.3 for nine repeats and three bases.
    """
    k = len(repeats)
    matrix = np.zeros((k, k))
    tenths = np.round(repeats * 10).astype(int)
    for i in range(k):
        whole = (tenths - tenths[i]) % 10 == 0
        steps = np.abs(tenths - tenths[i]) // 10
        weights = np.where(whole & (steps > 0), step_range ** steps.astype(float), 0.0)
        to_fraction = int(np.sum(~whole))
        to_whole = weights.sum()
        total_whole = rate if to_whole > 0.0 else 0.0
        total_fraction = fractional_rate if to_fraction > 0 else 0.0
        if to_whole > 0.0:
            matrix[i] = total_whole * weights / to_whole
        if to_fraction > 0:
            matrix[i, ~whole] = total_fraction / to_fraction
        matrix[i, i] = 1.0 - total_whole - total_fraction
    if matrix.min() < 0.0:
        raise ValueError(f"rates {rate} and {fractional_rate} add up to more than 1")
    return matrix


def onestep(repeats: Matrix, rate: float) -> Matrix:
    """(k, k): one repeat up or down, equally likely; at an end of the ladder the only way there is.

    ValueError unless the alleles are whole repeats.
    """
    if not np.allclose(repeats, np.round(repeats)):
        raise ValueError("a onestep model needs whole repeat numbers")
    neighbour = np.abs(repeats[:, None] - repeats[None, :]) == 1
    counts = neighbour.sum(axis=1)
    matrix: Matrix = np.where(neighbour, rate / np.maximum(counts, 1)[:, None], 0.0)
    np.fill_diagonal(matrix, 1.0 - np.where(counts > 0, rate, 0.0))
    return matrix


def dawid(repeats: Matrix, frequencies: Matrix, rate: float, step_range: float) -> Matrix:
    """(k, k): stationary and reversible stepwise model of Dawid, Mortera & Pascali (2001, 2002).

    M[i, j] = a step_range ** |i - j| / p_i off the diagonal, `a` such that the expected mutation
    rate is `rate`. ValueError where a row would exceed 1.
    """
    steps = np.abs(repeats[:, None] - repeats[None, :])
    weights = step_range**steps
    np.fill_diagonal(weights, 0.0)
    total = weights.sum()
    scale = rate / total if total > 0.0 else 0.0
    matrix: Matrix = scale * weights / frequencies[:, None]
    np.fill_diagonal(matrix, 1.0 - matrix.sum(axis=1))
    if matrix.min() < 0.0:
        raise ValueError(f"rate {rate} is too high for a dawid model of these frequencies")
    return matrix


def is_stochastic(matrix: Matrix) -> bool:
    """Every entry a probability and every row summing to 1."""
    return bool(matrix.min() >= -SUM_TOLERANCE and np.allclose(matrix.sum(axis=1), 1.0, atol=SUM_TOLERANCE, rtol=0.0))


def is_stationary(matrix: Matrix, frequencies: Matrix) -> bool:
    """The frequencies are the same after a generation of mutation."""
    return bool(np.allclose(frequencies @ matrix, frequencies, atol=SUM_TOLERANCE, rtol=0.0))


def is_lumpable(matrix: Matrix, group: list[int]) -> bool:
    """The alleles of `group` may stand as one (Kemeny & Snell 1976, theorem 6.3.2)."""
    others = [j for j in range(len(matrix)) if j not in group]
    if not group or not others:
        return True
    return bool(np.all(np.ptp(matrix[np.ix_(group, others)], axis=0) <= ENTRY_TOLERANCE))


def is_always_lumpable(matrix: Matrix) -> bool:
    """Any set of alleles may stand as one: off the diagonal a column is constant."""
    k = len(matrix)
    if k < 3:
        return True
    off = np.where(np.eye(k, dtype=bool), np.nan, matrix)
    return bool(np.all(np.nanmax(off, axis=0) - np.nanmin(off, axis=0) <= ENTRY_TOLERANCE))
