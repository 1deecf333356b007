"""A table of log10 LR entry by entry: two likelihoods of everybody typed, the remains among them."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from antigone.core import LocusModel, Outcomes, locus_set, log10_likelihoods, with_founders
from antigone.core.pedigrees import FEMALE, MALE, UNKNOWN, Shape

FAMILIES = {
    "mother": (Shape((-1, -1, 0), (-1, -1, 1), (MALE, FEMALE, MALE)), (1,), 2),
    "both parents": (Shape((-1, -1, 0), (-1, -1, 1), (MALE, FEMALE, MALE)), (0, 1), 2),
    "two siblings": (Shape((-1, -1, 0, 0, 0), (-1, -1, 1, 1, 1), (MALE, FEMALE, MALE, FEMALE, MALE)), (3, 4), 2),
    "child and its mother": (Shape((-1, -1, 0), (-1, -1, 1), (MALE, FEMALE, UNKNOWN)), (1, 2), 0),
    "uncle": (Shape((-1, -1, 0, 0, -1, 2), (-1, -1, 1, 1, -1, 4), (1, 2, 1, 1, 2, 1)), (3,), 5),
    "half brother": (Shape((-1, -1, -1, 0, 2), (-1, -1, -1, 1, 1), (1, 2, 1, 1, 1)), (4,), 3),
    "twin": (Shape((-1, -1), (-1, -1), (MALE, MALE), (0, 0)), (0,), 1),
}
"""The pedigree, those who are typed, and the missing person."""


def every_outcome(k: int, dropouts: tuple[float, ...], dropin: float = 0.0) -> Outcomes:
    """All that two alleles can show, on a sample of each dropout, and nothing tested."""
    codes = [(a, b) for a in range(k) for b in range(a, k)] + [(a, -1) for a in range(k)] + [(-1, -1), (-2, -2)]
    lost = np.repeat(dropouts, len(codes))
    return Outcomes(np.array(codes * len(dropouts), np.int16), lost, np.full(len(lost), dropin))


def by_engine(
    shape: Shape, locus: LocusModel, shown: NDArray[np.int16], typed: list[int], person: int, outcomes: Outcomes,
    theta: float, dropout: NDArray[np.float64], dropin: NDArray[np.float64],
) -> NDArray[np.float64]:  # fmt: skip
    """(outcomes,) log10 LR as two likelihoods of everybody typed, the remains among them."""
    n, width = len(outcomes), max(outcomes.codes.shape[1], shown.shape[1])
    rows = np.full((n, 1, len(typed) + 1, width), -1, np.int16)
    rows[:, 0, :-1, : shown.shape[1]] = shown
    rows[:, 0, :-1][:, shown[:, 0] == -2] = -2
    rows[:, 0, -1, : outcomes.codes.shape[1]] = outcomes.codes
    rows[rows[..., 0] == -2] = -2
    lost = np.column_stack([np.tile(dropout, (n, 1)), outcomes.dropout])
    foreign = np.column_stack([np.tile(dropin, (n, 1)), outcomes.dropin])
    arguments = (locus_set([locus]), rows, lost, foreign, theta)
    related = log10_likelihoods(shape, *arguments, rows=[*typed, person])[:, 0]
    apart = with_founders(shape, [shape.sex[person]])
    unrelated = log10_likelihoods(apart, *arguments, rows=[*typed, len(shape)])[:, 0]
    with np.errstate(invalid="ignore"):
        return np.where(np.isneginf(unrelated), 0.0, related - unrelated)
