"""The joint event in numbers that can be written down; the general case stands in tests/core/test_joint.py."""

from __future__ import annotations

from dataclasses import replace
from math import inf, log10

import pytest

from antigone.domain import Call, Case, JointFinding, Mode, Prior
from antigone.identify import event, joint_finding
from antigone.identify.event import family_options, sex_matrix, ways_to_place
from antigone.identify.pairwise import CaseNumbers
from tests.identify.cases import DUO, LOCI, PARENTS, PLAIN, M, Q, case, family, of_one, with_remains
from tests.refusals import problems_of

TWO_LOCI = replace(PLAIN, loci_left_out=LOCI[2:])
"""Ratios small enough for posteriors in between."""
FATHER = family("A", {"father": "8,9"})


def numbers(given: Case) -> CaseNumbers:
    return CaseNumbers(given, given.tables[0])


def pair(joint: JointFinding, remains: str, missing: str = "son", of: str = "A") -> float:
    return next(p.probability for p in joint.pairs if (p.remains, p.family, p.missing) == (remains, of, missing))


def refused(given: Case) -> list[str]:
    return [problem.code for problem in problems_of(joint_finding, given)]


def test_one_pair_by_bayes_theorem() -> None:
    joint = joint_finding(case([FATHER], {"R": "8,10"}, TWO_LOCI))
    expected = of_one(DUO**2)
    assert pair(joint, "R") == pytest.approx(expected)
    assert joint.nobody_listed["R"] == pytest.approx(1 - expected)
    assert joint.not_among_these["A", "son"] == pytest.approx(1 - expected)
    assert joint.answers[0].assignment == {"R": None}
    assert joint.answers[1].assignment == {"R": ("A", "son")}


def test_the_posterior_stands_again_under_ten_times_m_and_twice_q() -> None:
    (wider,) = joint_finding(case([FATHER], {"R": "8,10"}, TWO_LOCI)).sensitivity
    assert (wider.missing_total, wider.outside) == (10 * M, 2 * Q)
    assert wider.pairs[0].probability == pytest.approx(of_one(DUO**2, 10 * M, 2 * Q))


def test_without_evidence_the_posterior_is_the_prior() -> None:
    joint = joint_finding(case([family("A", {}), FATHER], {"R": ""}, TWO_LOCI))
    assert pair(joint, "R") == pytest.approx((1 - Q) / M)


def test_two_remains_and_one_missing_cannot_both_be_him() -> None:
    policy = replace(TWO_LOCI, prior=Prior(M, Q, unlisted_kin=0.0))
    joint = joint_finding(case([FATHER], {"R": "8,10", "S": "9,12"}, policy))
    assert pair(joint, "R") == pytest.approx(pair(joint, "S"))
    assert joint.not_among_these["A", "son"] == pytest.approx(1 - pair(joint, "R") - pair(joint, "S"))


def test_brothers_share_their_remains_by_halves() -> None:
    joint = joint_finding(case([family("A", PARENTS, sons=("one", "two"))], {"R": "8,10"}))
    assert pair(joint, "R", "one") == pytest.approx(0.5, rel=1e-9)
    assert pair(joint, "R", "two") == pair(joint, "R", "one")


def test_casework_without_a_prior_is_refused() -> None:
    assert refused(case([FATHER], {"R": "8,10"}, replace(PLAIN, prior=None))) == ["no-prior"]


@pytest.mark.parametrize("prior", [Prior(1, Q), Prior(2, 0.0, "a closed list")])
def test_a_prior_that_allows_no_answer_is_refused(prior: Prior) -> None:
    """Two missing are listed and M is 1; three remains of two missing, and none of nobody counted."""
    given = case([FATHER, family("B", PARENTS)], {"R": "8,10", "S": "12,13", "T": "14,15"}, replace(PLAIN, prior=prior))
    assert refused(given) == ["prior-impossible"]


def test_concordance_needs_no_prior_and_counts_every_assignment_alike() -> None:
    peers = replace(TWO_LOCI, mode=Mode.CONCORDANCE, prior=None)
    joint = joint_finding(case([FATHER], {"R": "8,10"}, peers))
    assert pair(joint, "R") == pytest.approx(DUO**2 / (1 + DUO**2))
    assert joint.sensitivity == ()


WOMAN = {**dict.fromkeys(LOCI, Call(("8", "10"))), "AMEL": Call(("X", "X"))}


def test_sex_weighs_in_casework_and_filters_in_concordance() -> None:
    ours = with_remains(case([FATHER], {"R": "8,10", "S": "8,12"}), "R", calls=WOMAN)
    peers = replace(ours, policy=replace(PLAIN, mode=Mode.CONCORDANCE))
    weight = log10(0.01 / (0.95 * 0.01 + 0.05 * (1 - 1e-4)))
    assert sex_matrix(ours, numbers(ours), FATHER)[:, 0].tolist() == [pytest.approx(weight), 0.0]
    assert sex_matrix(peers, numbers(peers), FATHER)[:, 0].tolist() == [-inf, 0.0]
    assert pair(joint_finding(peers), "R") == 0.0
    assert family_options(peers, numbers(peers), FATHER).placements.tolist() == [[1]]


def test_every_way_to_place_remains_in_a_family() -> None:
    brothers = family("A", PARENTS, sons=("one", "two"))
    given = case([brothers], {"R": "8,10", "S": "9,11"})
    options = family_options(given, numbers(given), brothers)
    placed = {tuple(row) for row in options.placements.tolist()}
    assert placed == {(0, -1), (1, -1), (-1, 0), (-1, 1), (0, 1), (1, 0)}


def test_a_family_that_no_remains_fit_has_no_options() -> None:
    peers = replace(PLAIN, mode=Mode.CONCORDANCE)
    given = with_remains(case([FATHER], {"R": "8,10"}, peers), "R", calls=WOMAN)
    assert family_options(given, numbers(given), FATHER).placements.shape == (0, 1)


def test_where_there_are_too_many_ways_the_likeliest_remains_are_weighed(monkeypatch: pytest.MonkeyPatch) -> None:
    brothers = family("A", PARENTS, sons=("one", "two"))
    given = case([brothers], {"S": "20,21", "R": "8,10", "T": "9,11"})
    assert [ways_to_place(n, 2) for n in (1, 2, 3)] == [2, 6, 12]
    monkeypatch.setattr(event, "MOST_SETS", 6)
    options = family_options(given, numbers(given), brothers)
    assert set(options.placements.ravel().tolist()) == {-1, 1, 2}
