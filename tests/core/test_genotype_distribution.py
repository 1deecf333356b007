"""The genotypes a person can have, given the others: engine against counting, and by hand."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from numpy.typing import NDArray

from antigone.core import genotype_distribution, genotype_distributions
from antigone.core.loci import LocusModel
from antigone.core.pedigrees import FEMALE, MALE, Shape
from tests.reference import enumeration
from tests.reference.random_cases import KINDS, possible_question

P = np.array([0.1, 0.2, 0.3, 0.4])
TRIO = Shape((-1, -1, 0), (-1, -1, 1), (MALE, FEMALE, MALE))


def distribution(
    shape: Shape,
    locus: LocusModel,
    observations: Sequence[Sequence[int]] | NDArray[np.int_],
    person: int,
    dropout: Sequence[float] | None = None,
    dropin: Sequence[float] | None = None,
    theta: float = 0.0,
) -> NDArray[np.float64]:
    """The engine's table, after it agreed with the count of every case."""
    rows = np.array(observations)
    counted = enumeration.genotype_distribution(shape, locus, rows, person, dropout, dropin, theta)
    d = None if dropout is None else np.array(dropout)
    c = None if dropin is None else np.array(dropin)
    table = genotype_distribution(shape, locus, rows, person, dropout=d, dropin=c, theta=theta)
    np.testing.assert_allclose(table, counted, rtol=1e-9, atol=1e-14)
    return table


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("seed", range(1000, 1014))
def test_random_question(seed: int, kind: str) -> None:
    person = seed % (2 + seed % 7)
    q = possible_question(seed, kind, person)
    table = distribution(q.shape, q.locus, q.observations, person, q.dropout, q.dropin, q.theta)
    assert table.sum() == pytest.approx(1.0, abs=1e-12)
    assert np.all(np.tril(table, -1) == 0.0)


def test_unrelated_person_follows_hardy_weinberg() -> None:
    table = distribution(TRIO, LocusModel(P), [(0, 1), (-2, -2), (-2, -2)], 1)
    expected = np.triu(2 * np.outer(P, P), 1) + np.diag(P**2)
    np.testing.assert_allclose(table, expected, rtol=1e-12)


def test_child_of_two_typed_parents() -> None:
    table = distribution(TRIO, LocusModel(P), [(0, 1), (1, 2), (-2, -2)], 2)
    expected = np.zeros((4, 4))
    expected[0, 1] = expected[0, 2] = expected[1, 1] = expected[1, 2] = 0.25
    np.testing.assert_allclose(table, expected, atol=1e-14)


def test_what_was_seen_of_the_person_itself_does_not_count() -> None:
    seen = distribution(TRIO, LocusModel(P), [(0, 1), (1, 2), (1, 1)], 2)
    unseen = distribution(TRIO, LocusModel(P), [(0, 1), (1, 2), (-2, -2)], 2)
    np.testing.assert_array_equal(seen, unseen)


def test_theta_pulls_towards_what_was_seen() -> None:
    """A stranger beside a man A,A: Balding & Nichols match probability in entry [A, A]."""
    t, two_men = 0.03, Shape((-1, -1), (-1, -1), (MALE, MALE))
    table = distribution(two_men, LocusModel(P), [(0, 0), (-2, -2)], 1, theta=t)
    expected = (2 * t + (1 - t) * P[0]) * (3 * t + (1 - t) * P[0]) / ((1 + t) * (1 + 2 * t))
    assert table[0, 0] == pytest.approx(expected, rel=1e-12)


def test_male_on_x_stands_on_the_diagonal() -> None:
    table = distribution(TRIO, LocusModel(P, x_linked=True), [(3, 3), (0, 1), (-2, -2)], 2)
    np.testing.assert_allclose(table, np.diag([0.5, 0.5, 0.0, 0.0]), atol=1e-14)


@pytest.mark.parametrize("mutates", [False, True])
def test_no_typing_gives_no_row(mutates: bool) -> None:
    """A block of a search may hold nobody of a structure."""
    female = np.full((4, 4), 0.25) if mutates else None
    nobody = np.zeros((0, 2, 2), np.int16)
    assert genotype_distributions(TRIO, LocusModel(P, female), nobody, 2, rows=[0, 1]).shape == (0, 10)
