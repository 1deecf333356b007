"""62 questions of kinship answered by forrel 1.9.0: every marker's likelihood, and the LR in all."""

from __future__ import annotations

import math

import pytest

from antigone.core import log10_likelihood
from tests.published.peer_cases import Kinship, Marker, kinship_cases

TOLERANCE = 1e-9


def natural(case: Kinship, hypothesis: str, marker: Marker) -> float:
    """Natural log likelihood at one marker, unconnected pedigrees of a hypothesis added up."""
    if case.theta > 0.0:
        assert len(case.hypotheses[hypothesis]) == 1, "with theta the urn is shared: one pedigree only"
    total = math.fsum(
        log10_likelihood(q.shape(), marker.model, q.observations(), theta=q.theta)
        for q in case.questions(hypothesis, marker)
    )
    return total * math.log(10)


def test_all_are_there() -> None:
    cases = kinship_cases().values()
    assert len(cases) == 62
    assert sum(len(h) for case in cases for h in case.likelihood.values()) > 2_000


@pytest.mark.parametrize("case_id", kinship_cases())
def test_kinship(case_id: str) -> None:
    case = kinship_cases()[case_id]
    totals = dict.fromkeys(case.hypotheses, 0.0)
    for hypothesis in case.hypotheses:
        for marker in case.markers:
            got, peer = natural(case, hypothesis, marker), case.likelihood[hypothesis][marker.name]
            totals[hypothesis] += got
            if peer == 0.0:
                assert got == -math.inf, (hypothesis, marker.name)
            else:
                assert got == pytest.approx(math.log(peer), abs=TOLERANCE, rel=0.0), (hypothesis, marker.name)
    for hypothesis, lr in case.lr_total.items():
        if lr == 0.0:
            assert totals[hypothesis] == -math.inf
        else:
            got = totals[hypothesis] - totals[case.reference]
            assert got == pytest.approx(math.log(lr), abs=TOLERANCE, rel=0.0)
