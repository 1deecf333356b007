"""Every mutation model by algebra, and the three properties a matrix can have."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.testing import assert_allclose

from antigone.core.mutation import (
    Matrix,
    dawid,
    equal,
    is_always_lumpable,
    is_lumpable,
    is_stationary,
    is_stochastic,
    onestep,
    proportional,
    stepwise,
)

P = np.array([0.2, 0.5, 0.2, 0.1])
LADDER = np.array([7.0, 8.0, 9.0, 10.0])
RATE = 0.01
MODELS = {
    "equal": equal(4, RATE),
    "proportional": proportional(P, RATE),
    "stepwise": stepwise(LADDER, RATE, 0.1, 0.0),
    "onestep": onestep(LADDER, RATE),
    "dawid": dawid(LADDER, P, RATE, 0.1),
}


def expected_rate(matrix: Matrix) -> float:
    """Share of transmissions that mutate, the parents drawn from the population."""
    return float(P @ (1.0 - np.diag(matrix)))


@pytest.mark.parametrize("name", MODELS)
def test_every_model_is_stochastic_and_mutates_at_its_rate(name: str) -> None:
    assert is_stochastic(MODELS[name])
    assert expected_rate(MODELS[name]) == pytest.approx(RATE, rel=1e-12)


@pytest.mark.parametrize(("name", "stationary"), [
    ("equal", False), ("proportional", True), ("stepwise", False), ("onestep", False), ("dawid", True),
])  # fmt: skip
def test_stationary(name: str, stationary: bool) -> None:
    assert is_stationary(MODELS[name], P) is stationary


@pytest.mark.parametrize(("name", "always"), [
    ("equal", True), ("proportional", True), ("stepwise", False), ("onestep", False), ("dawid", False),
])  # fmt: skip
def test_always_lumpable_means_every_group_is(name: str, always: bool) -> None:
    matrix = MODELS[name]
    groups = [[i, j] for i in range(4) for j in range(i)] + [[0, 1, 2], [1, 2, 3]]
    assert is_always_lumpable(matrix) is always
    assert all(is_lumpable(matrix, group) for group in groups) is always


def test_equal() -> None:
    assert_allclose(equal(3, 0.02), [[0.98, 0.01, 0.01], [0.01, 0.98, 0.01], [0.01, 0.01, 0.98]])
    assert equal(1, 0.02).tolist() == [[1.0]]
    assert is_stationary(equal(4, RATE), np.full(4, 0.25))


def test_proportional_draws_the_new_allele_from_the_population() -> None:
    p = np.array([0.5, 0.3, 0.2])
    scale = RATE / (1 - 0.25 - 0.09 - 0.04)
    matrix = proportional(p, RATE)
    assert_allclose(matrix[0], [1 - scale * 0.5, scale * 0.3, scale * 0.2])
    assert proportional(np.array([1.0]), RATE).tolist() == [[1.0]]
    with pytest.raises(ValueError, match="too high"):
        proportional(np.array([0.98, 0.02]), 0.5)


def test_stepwise_counts_whole_repeats_and_treats_fractions_alike() -> None:
    matrix = stepwise(np.array([8.0, 9.0, 9.3, 11.0]), RATE, 0.1, 0.001)
    weight = 0.1 + 0.1**3
    assert_allclose(matrix[0], [1 - RATE - 0.001, RATE * 0.1 / weight, 0.001, RATE * 0.1**3 / weight])
    # 9.3 has no whole neighbour: it moves by the fractional rate alone, to all three alike
    assert_allclose(matrix[2], [0.001 / 3, 0.001 / 3, 1 - 0.001, 0.001 / 3])
    with pytest.raises(ValueError, match="more than 1"):
        stepwise(np.array([8.0, 9.0, 9.3]), 0.7, 0.1, 0.4)


def test_onestep_turns_back_at_the_ends_and_stays_where_nothing_is_near() -> None:
    matrix = onestep(np.array([7.0, 8.0, 9.0, 12.0]), RATE)
    assert_allclose(matrix[0], [1 - RATE, RATE, 0, 0])
    assert_allclose(matrix[1], [RATE / 2, 1 - RATE, RATE / 2, 0])
    assert_allclose(matrix[3], [0, 0, 0, 1])
    with pytest.raises(ValueError, match="whole repeat"):
        onestep(np.array([7.0, 7.3]), RATE)


def test_dawid_is_reversible() -> None:
    flow = P[:, None] * MODELS["dawid"]
    assert_allclose(flow, flow.T)
    assert flow[0, 2] / flow[0, 1] == pytest.approx(0.1)
    with pytest.raises(ValueError, match="too high"):
        dawid(np.array([7.0, 8.0]), np.array([0.999, 0.001]), 0.1, 0.5)


def test_a_matrix_is_not_stochastic_with_a_wrong_sum_or_a_negative_entry() -> None:
    assert not is_stochastic(np.array([[0.9, 0.2], [0.0, 1.0]]))
    assert not is_stochastic(np.array([[1.1, -0.1], [0.0, 1.0]]))


def test_one_group_may_be_lumpable_where_others_are_not() -> None:
    """7 and 9 both turn to 8 alike, and to nothing else; 7 and 8 do not move alike."""
    matrix = onestep(np.array([7.0, 8.0, 9.0]), RATE)
    assert is_lumpable(matrix, [0, 2])
    assert not is_lumpable(matrix, [0, 1])


@pytest.mark.parametrize("group", [[], [1], [0, 1, 2, 3]])
def test_nothing_one_allele_and_all_alleles_may_always_stand_as_one(group: list[int]) -> None:
    assert is_lumpable(MODELS["stepwise"], group)


def test_two_alleles_are_always_lumpable() -> None:
    assert is_always_lumpable(stepwise(np.array([7.0, 9.0]), RATE, 0.1, 0.0))
