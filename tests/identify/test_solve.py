"""One case as a whole: what a finding holds beside its figures."""

from __future__ import annotations

from dataclasses import replace
from math import log10

import numpy as np
import pytest

from antigone.domain import Mode, MutationKind, MutationModel
from antigone.identify import solve
from antigone.identify.provenance import digest_of
from tests.identify.cases import ALLELES, LOCI, PARENTS, PLAIN, TRIO, M, Q, case, family, table, with_remains
from tests.refusals import problems_of

GIVEN = case([family("A", PARENTS), family("B", {"father": "12,13"})], {"R": "8,10", "S": "12,8"})


def test_every_remains_is_compared_with_every_missing_person() -> None:
    finding = solve(GIVEN)
    assert {(p.remains, p.family) for p in finding.pairs} == {(r, f) for r in "RS" for f in "AB"}
    pair = next(p for p in finding.pairs if (p.remains, p.family) == ("R", "A"))
    assert pair.log10_lr == pytest.approx(len(LOCI) * log10(TRIO))
    assert pair.log10_lr_by_locus == pytest.approx(dict.fromkeys(LOCI, log10(TRIO)))
    assert (pair.compared_loci, pair.typed_relatives, pair.log10_lr_sex) == (15, 2, 0.0)


def test_loci_without_a_call_are_not_compared() -> None:
    calls = dict(list(GIVEN.remains[0].profile.calls.items())[:4])
    pair = solve(with_remains(GIVEN, "R", calls=calls)).pairs[0]
    assert pair.compared_loci == 4


def test_a_case_needs_remains_and_families() -> None:
    assert [problem.code for problem in problems_of(solve, case([], {}))] == ["no-remains", "no-families"]


def test_m_q_and_their_reason_stand_in_the_finding() -> None:
    prior = replace(PLAIN.prior, reason="losses of the sector") if PLAIN.prior else None
    finding = solve(replace(GIVEN, policy=replace(PLAIN, prior=prior)))
    assert (finding.missing_total, finding.outside, finding.prior_reason) == (M, Q, "losses of the sector")
    peers = solve(replace(GIVEN, policy=replace(PLAIN, mode=Mode.CONCORDANCE)))
    assert (peers.missing_total, peers.outside) == (None, None)


def test_the_table_with_the_least_certain_answer_is_shown_first() -> None:
    rare = {a: 0.01 if a in ("8", "10", "12") else 0.97 / 17 for a in ALLELES}
    finding = solve(replace(GIVEN, tables=(table("Rare", p=rare), table())))
    shown = [finding.joint, *finding.other_joints]
    assert [joint.table for joint in shown] == ["Uniform", "Rare"]
    assert shown[0].answers[0].probability <= shown[1].answers[0].probability


def test_as_many_answers_as_asked_for() -> None:
    assert len(solve(GIVEN, most_answers=2).joint.answers) == 2


def test_how_it_was_made() -> None:
    made = solve(replace(GIVEN, digests={"persons.csv": "ab"})).provenance
    assert made.software.startswith("antigone")
    assert made.policy_digest == digest_of(PLAIN)
    assert made.input_digests == {"persons.csv": "ab"}
    assert set(made.table_digests) == {"Uniform"}
    assert set(made.profile_digests) == {"A / father", "A / mother", "B / father", "R", "S"}


def test_any_change_of_the_policy_changes_its_digest() -> None:
    assert digest_of(PLAIN) == digest_of(replace(PLAIN))
    assert digest_of(PLAIN) != digest_of(replace(PLAIN, theta=0.01))


@pytest.mark.parametrize(("kind", "stationary", "lumpable"), [
    (MutationKind.NONE, True, True), (MutationKind.EQUAL, False, True), (MutationKind.PROPORTIONAL, True, True),
    (MutationKind.STEPWISE, False, False), (MutationKind.DAWID, True, False),
])  # fmt: skip
def test_what_the_mutation_model_is_checked_for(kind: MutationKind, stationary: bool, lumpable: bool) -> None:
    skewed = {a: 0.24 if a == "20" else 0.04 for a in ALLELES}
    policy = replace(PLAIN, mutation=MutationModel(kind, 0.001, 0.002))
    finding = solve(replace(GIVEN, policy=policy, tables=(table(p=skewed),)))
    assert finding.not_stationary == (() if stationary else LOCI)
    assert finding.not_lumpable == (() if lumpable else LOCI)


def test_a_custom_matrix_is_checked_locus_by_locus() -> None:
    """8 and 9 seldom turn into each other, and 10 into nothing: the unseen rest may stand as one."""
    rows = np.eye(len(ALLELES))
    rows[0, :2], rows[1, :2] = (0.99, 0.01), (0.02, 0.98)
    as_rows = tuple(tuple(map(float, row)) for row in rows)
    custom = MutationModel(MutationKind.CUSTOM, alleles=ALLELES, matrix_female=as_rows, matrix_male=as_rows)
    finding = solve(replace(GIVEN, policy=replace(PLAIN, mutation_by_locus={LOCI[1]: custom})))
    assert finding.not_stationary == (LOCI[1],)
    assert finding.not_lumpable == ()
