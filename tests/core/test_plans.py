"""Limits of exact computation: said, and not exceeded in silence."""

from __future__ import annotations

import numpy as np
import pytest

from antigone.core import FEMALE, MALE, LocusModel, Shape, TooComplex, log10_likelihood
from antigone.core.plans import Pattern, plan_set
from antigone.core.structure import EXACT, UNTYPED

LOCUS = LocusModel(np.array([0.2, 0.3, 0.5]))
UNSEEN = [-2, -2]
PARENTS = [UNSEEN, UNSEEN]
CHILDREN = [[0, 1], [1, 2]]


def houses(couples: int) -> Shape:
    """Couples with two children each."""
    father, mother, sex = [], [], []
    for n in range(0, 4 * couples, 4):
        father += [-1, -1, n, n]
        mother += [-1, -1, n + 1, n + 1]
        sex += [MALE, FEMALE, MALE, MALE]
    return Shape(tuple(father), tuple(mother), tuple(sex))


def likelihood(couples: int, theta: float, parents: list[list[int]] = PARENTS) -> float:
    return log10_likelihood(houses(couples), LOCUS, [*parents, *CHILDREN] * couples, theta=theta)


def test_eight_free_draws_are_computed() -> None:
    two, one = likelihood(2, 0.0), likelihood(1, 0.0)
    assert two == pytest.approx(2 * one)
    assert likelihood(2, 1e-9) == pytest.approx(two, abs=1e-6)


def test_more_free_draws_are_refused_with_theta_and_computed_without() -> None:
    with pytest.raises(TooComplex, match="12 alleles of founders that are not fully typed"):
        likelihood(3, 0.05)
    assert likelihood(3, 0.0) == pytest.approx(3 * likelihood(1, 0.0))


def test_typed_founders_count_nothing_towards_the_limit() -> None:
    assert np.isfinite(likelihood(3, 0.05, [[0, 1], [1, 2]]))


def test_tables_beyond_memory_are_refused() -> None:
    """Ten men and ten women, every man with every woman the parents of one typed child."""
    n = 10
    father, mother = [-1] * (2 * n), [-1] * (2 * n)
    for man in range(n):
        father += [man] * n
        mother += list(range(n, 2 * n))
    sex = (MALE,) * n + (FEMALE,) * n + (MALE,) * (n * n)
    shape = Shape(tuple(father), tuple(mother), sex)
    typing = (UNTYPED,) * (2 * n) + (EXACT,) * (n * n)
    rows = ((),) * (2 * n) + tuple((i,) for i in range(n * n))
    with pytest.raises(TooComplex, match="entries are needed"):
        plan_set(Pattern(shape, typing, rows, x_linked=False, states=8))
