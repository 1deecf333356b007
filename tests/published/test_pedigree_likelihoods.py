"""180 random pedigrees answered by pedprobr 1.1.0: autosomal, X, loops, inbreeding, mutation, theta.

The set asks for theta on autosomes only; on X, where pedprobr counts a man's one allele twice,
`tests/core/test_likelihood.py` has the figure by hand and the enumeration instead.
"""

from __future__ import annotations

import math

import numpy as np
import pytest

from antigone.core.mutation import dawid, equal, onestep, proportional, stepwise
from antigone.domain import MutationKind, MutationModel
from tests.published.comparison import TOLERANCE, natural
from tests.published.peer_cases import Marker, kinship_cases, pedigree_likelihoods
from tests.reference import enumeration


def test_all_are_there() -> None:
    cases = pedigree_likelihoods()
    assert len(cases) == 180
    assert sum(math.isinf(loglik) for _, loglik, _ in cases.values()) == 5
    assert not [q for q, _, _ in cases.values() if q.theta > 0.0 and q.marker.model.x_linked]


@pytest.mark.parametrize("case_id", pedigree_likelihoods())
def test_likelihood(case_id: str) -> None:
    question, expected, _ = pedigree_likelihoods()[case_id]
    got = natural(question)
    if math.isinf(expected):
        assert got == -math.inf
    else:
        assert got == pytest.approx(expected, abs=TOLERANCE, rel=0.0)


@pytest.mark.parametrize(
    "case_id",
    [
        case_id
        for case_id, (q, _, _) in pedigree_likelihoods().items()
        if len(q.pedigree.persons) <= 5 and len(q.marker.alleles) <= 3
    ],
)
def test_the_twin_agrees_with_the_peer_too(case_id: str) -> None:
    question, expected, _ = pedigree_likelihoods()[case_id]
    counted = enumeration.likelihood(
        question.shape(), question.marker.model, question.observations(), theta=question.theta
    )
    got = math.log(counted) if counted > 0.0 else -math.inf
    assert got == expected or got == pytest.approx(expected, abs=TOLERANCE, rel=0.0)


def _made_here(marker: Marker, model: MutationModel, sex: str) -> np.ndarray:
    rate, step = (model.rate_female, model.range_female) if sex == "female" else (model.rate_male, model.range_male)
    fractional = model.fractional_rate_female if sex == "female" else model.fractional_rate_male
    frequencies, k = marker.model.frequencies, len(marker.alleles)
    if model.kind is MutationKind.EQUAL:
        return equal(k, rate)
    if model.kind is MutationKind.PROPORTIONAL:
        return proportional(frequencies, rate)
    repeats = np.array([float(a) for a in marker.alleles])
    if model.kind is MutationKind.STEPWISE:
        return stepwise(repeats, rate, step, fractional)
    if model.kind is MutationKind.ONESTEP:
        return onestep(repeats, rate)
    return dawid(repeats, frequencies, rate, step)


def _named_models() -> dict[str, Marker]:
    named = {f"{case_id}": q.marker for case_id, (q, _, _) in pedigree_likelihoods().items()}
    for case in kinship_cases().values():
        named |= {f"{case.id}-{m.name}": m for m in case.markers}
    by_model = {key: m for key, m in named.items() if m.mutation.kind not in (MutationKind.NONE, MutationKind.CUSTOM)}
    return {key: m for key, m in by_model.items() if key.startswith(("mut", "X", "theta", "founder"))} | {
        f"{m.mutation.kind}-{m.name}": m for m in by_model.values() if len(m.alleles) > 5
    }


@pytest.mark.parametrize("name", _named_models())
def test_mutation_matrix(name: str) -> None:
    """Our matrix of this model and rate is the peer's (pedmut 0.9.1)."""
    marker = _named_models()[name]
    for sex, peer in (("female", marker.model.female), ("male", marker.model.male)):
        assert peer is not None
        np.testing.assert_allclose(_made_here(marker, marker.mutation, sex), peer, rtol=0.0, atol=1e-12)
