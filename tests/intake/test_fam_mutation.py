"""Familias' mutation models by number."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from antigone.core.mutation import equal, is_stationary, is_stochastic, stepwise
from antigone.domain import MutationKind, MutationModel
from antigone.intake.collector import Collector
from antigone.intake.fam_mutation import mutation_of, stationary
from antigone.intake.fam_parts import FamLocus

LOCUS = FamLocus(
    "TH01", 0.001, 0.002, 2, 2, 0.1, 0.1, 0.0, 0.0, 0.0, 500, 0.0, 0.0,
    (("6", 0.2), ("7", 0.3), ("8", 0.4), ("9.3", 0.1)), 1,
)  # fmt: skip
P = np.array([0.2, 0.3, 0.4, 0.1])


@pytest.mark.parametrize(
    ("number", "kind"),
    [(0, MutationKind.EQUAL), (1, MutationKind.PROPORTIONAL), (2, MutationKind.STEPWISE),
     (4, MutationKind.STEPWISE)],
)  # fmt: skip
def test_models_with_a_name(number: int, kind: MutationKind) -> None:
    model = mutation_of(replace(LOCUS, model_female=number, model_male=number), Collector("x.fam"))
    assert (model.kind, model.rate_female, model.rate_male) == (kind, 0.001, 0.002)


def test_nothing_mutates() -> None:
    still = replace(LOCUS, model_female=3, model_male=0, rate_female=0.0, rate_male=0.0)
    assert mutation_of(still, Collector("x.fam")) == MutationModel()


def test_different_kinds_become_matrices() -> None:
    model = mutation_of(replace(LOCUS, model_male=0), Collector("x.fam"))
    assert model.kind is MutationKind.CUSTOM
    assert model.alleles == ("6", "7", "8", "9.3")
    np.testing.assert_allclose(np.array(model.matrix_male), equal(4, 0.002))
    np.testing.assert_allclose(np.array(model.matrix_female), stepwise(np.array([6, 7, 8, 9.3]), 0.001, 0.1, 0.0))


def test_stationary_model_keeps_frequencies_and_rate() -> None:
    steps = stepwise(np.array([6.0, 7.0, 8.0, 9.3]), 0.01, 0.1, 0.001)
    matrix = stationary(steps, P)
    assert is_stochastic(matrix)
    assert is_stationary(matrix, P)
    assert P @ np.diag(matrix) == pytest.approx(P @ np.diag(steps))


def test_stationary_number_is_read_as_matrix() -> None:
    file = replace(LOCUS, model_female=3, model_male=3, rate2_female=0.001, rate2_male=0.001)
    model = mutation_of(file, Collector("x.fam"))
    assert is_stationary(np.array(model.matrix_female), P)


def test_rates_too_high_for_a_stationary_model() -> None:
    file = replace(
        LOCUS, model_female=3, model_male=3, rate_female=0.8, rate_male=0.8, rate2_female=0.1,
        rate2_male=0.1, alleles=(("6", 0.01), ("7", 0.01), ("8", 0.97), ("9.3", 0.01)),
    )  # fmt: skip
    collector = Collector("x.fam")
    mutation_of(file, collector)
    assert [problem.code for problem in collector.problems] == ["mutation-impossible"]
