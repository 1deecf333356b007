"""Chance figures within a family that misses several."""

from __future__ import annotations

import numpy as np
import pytest

from antigone import read_case_columns
from antigone.domain import Comparison
from antigone.identify import Screening
from antigone.identify.search_kin import chance_among_kin


@pytest.fixture(scope="module")
def screening() -> Screening:
    case = read_case_columns("examples/eight-remains")
    return Screening(case.persons, case.profiles, case.tables, case.policy)


def target(screening: Screening, name: str) -> int:
    return screening.sides[Comparison.KINSHIP][0].ids.index(name)


def test_brothers_stand_in_for_each_other_as_the_true_person_does(screening: Screening) -> None:
    """Mother and sister typed: what one brother shows has the distribution of what the other shows."""
    elder, younger = (target(screening, f"F3 / {who} brother") for who in ("elder", "younger"))
    thresholds = np.array([-2.0, 3.0, 8.0, 15.0])
    both = [chance_among_kin(screening.search, np.full(4, t), thresholds) for t in (elder, younger)]
    np.testing.assert_allclose(both[0], both[1], rtol=1e-9)
    assert (np.diff(both[0]) < 0).all()
    assert both[0][0] > 0.999
    assert 0.9 < both[0][2] < 0.99
    assert 0.05 < both[0][3] < 0.5


def test_a_family_that_misses_one_alone_has_no_figure(screening: Screening) -> None:
    alone = target(screening, "F1 / son")
    assert np.isnan(chance_among_kin(screening.search, np.array([alone]), np.array([3.0]))).all()


def test_in_company_the_figures_stay(screening: Screening) -> None:
    elder, alone = target(screening, "F3 / elder brother"), target(screening, "F1 / son")
    mixed = chance_among_kin(screening.search, np.array([alone, elder, alone, elder]), np.array([1.0, 3.0, 2.0, 8.0]))
    apart = chance_among_kin(screening.search, np.array([elder, elder]), np.array([3.0, 8.0]))
    np.testing.assert_array_equal(mixed[[1, 3]], apart)
    assert np.isnan(mixed[[0, 2]]).all()
