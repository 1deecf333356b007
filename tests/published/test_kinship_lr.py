"""62 questions of kinship answered by forrel 1.9.0: every marker's likelihood, and the LR in all."""

from __future__ import annotations

import pytest

from tests.published.comparison import TOLERANCE, kinship_figures
from tests.published.peer_cases import kinship_cases


def test_all_are_there() -> None:
    cases = kinship_cases().values()
    assert len(cases) == 62
    assert sum(len(h) for case in cases for h in case.likelihood.values()) > 2_000


@pytest.mark.parametrize("case_id", kinship_cases())
def test_kinship(case_id: str) -> None:
    compared = list(kinship_figures(kinship_cases()[case_id]))
    assert compared
    assert [figure for figure in compared if not figure.difference <= TOLERANCE] == []
