"""Questions of kinship: ratios by hand, and what is refused."""

from __future__ import annotations

from dataclasses import replace
from math import inf, isnan, log10

import pytest

from antigone.domain import Call, KinshipQuestion, Pedigree, Person, Profile, Sex
from antigone.identify import kinship, question_of_pair, solve
from tests.identify.cases import ALLELES, DUO, LOCI, PARENTS, PLAIN, P, case, family, profile, table
from tests.refusals import problems_of

MAN, WOMAN = Person("man", sex=Sex.MALE), Person("woman", sex=Sex.FEMALE)
CHILD, STRANGER = Person("child", "man", "woman"), Person("child")
FATHER, UNRELATED = Pedigree((MAN, WOMAN, CHILD)), Pedigree((MAN, STRANGER))
UNCLE = Pedigree((
    Person("gf", sex=Sex.MALE), Person("gm", sex=Sex.FEMALE), Person("man", "gf", "gm", Sex.MALE),
    Person("brother", "gf", "gm", Sex.MALE), WOMAN, Person("child", "brother", "woman"),
))  # fmt: skip
SMALL = case([family("A", PARENTS)], {"R": "8,10", "S": "12,13"})


def asked(child: str = "8,10", **changes: object) -> KinshipQuestion:
    hypotheses = {"father": FATHER, "uncle": UNCLE, "unrelated": UNRELATED}
    profiles = {"man": profile("man", "8,9"), "child": profile("child", child)}
    return replace(KinshipQuestion("who is he", hypotheses, profiles, (table(),), PLAIN), **changes)


def test_against_the_last_hypothesis() -> None:
    finding = kinship(asked())
    assert finding.reference == "unrelated"
    assert finding.log10_lr["father"] == pytest.approx(len(LOCI) * log10(DUO))
    assert finding.log10_lr["uncle"] == pytest.approx(len(LOCI) * log10(0.5 + 0.5 * DUO))
    assert finding.log10_lr["unrelated"] == 0.0


def test_against_a_hypothesis_that_is_named() -> None:
    finding = kinship(asked(), "father")
    assert finding.log10_lr["uncle"] == pytest.approx(len(LOCI) * log10((0.5 + 0.5 * DUO) / DUO))


def test_likelihoods_by_locus_stand_beside_those_of_the_reference() -> None:
    finding = kinship(asked())
    assert finding.log10_likelihood_by_locus["unrelated"][LOCI[0]] == pytest.approx(2 * log10(2 * P * P))
    assert finding.log10_reference_by_locus["father"] == finding.log10_likelihood_by_locus["unrelated"]


def test_the_lowest_over_the_tables_decides_each_hypothesis() -> None:
    rare = table("Rare", p={a: 0.01 if a == "8" else 0.99 / 19 for a in ALLELES})
    finding = kinship(asked(tables=(rare, table())))
    assert finding.deciding_table["father"] == "Uniform"
    assert finding.log10_lr["father"] == finding.log10_lr_by_table["Uniform"]["father"]
    assert set(finding.table_digests) == {"Rare", "Uniform"}


def test_impossible_under_one_hypothesis_or_under_the_reference() -> None:
    assert kinship(asked("20,21")).log10_lr["father"] == -inf
    assert kinship(asked("20,21"), "father").log10_lr["unrelated"] == inf


def test_two_impossible_hypotheses_have_no_ratio() -> None:
    """The child is neither the man's nor, at another locus, the other man's."""
    other = Pedigree((MAN, Person("other", sex=Sex.MALE), WOMAN, Person("child", "other", "woman")))
    calls = dict.fromkeys(LOCI, Call(("8", "10")))
    profiles = {
        "man": profile("man", "8,9"),
        "other": profile("other", "8,9"),
        "child": Profile("child", calls),
    }
    own = {**profiles["man"].calls, LOCI[0]: Call(("20", "21"))}
    theirs = {**profiles["other"].calls, LOCI[1]: Call(("20", "21"))}
    profiles |= {"man": Profile("man", own), "other": Profile("other", theirs)}
    with_other = Pedigree((*FATHER.persons, Person("other", sex=Sex.MALE)))
    finding = kinship(asked(hypotheses={"man": with_other, "other": other}, profiles=profiles))
    assert isnan(finding.log10_lr["man"])


def test_persons_of_unknown_sex_leave_the_x_out() -> None:
    calls = {"DXS10103": Call(("8",)), LOCI[0]: Call(("8", "9"))}
    question = asked(profiles={"man": Profile("man", calls)}, tables=(table(loci=("DXS10103", *LOCI)),))
    assert set(kinship(question).log10_likelihood_by_locus["father"]) == {LOCI[0]}


def test_one_pedigree_alone_has_its_likelihood() -> None:
    finding = kinship(asked(hypotheses={"father": FATHER}))
    assert finding.log10_lr == {"father": 0.0}
    assert finding.log10_likelihood_by_locus["father"][LOCI[0]] == pytest.approx(log10(2 * P * P * P / 2))


@pytest.mark.parametrize(("question", "reference", "code"), [
    (asked(hypotheses={}), None, "no-hypothesis"),
    (asked(), "cousin", "unknown-hypothesis"),
    (asked(tables=(table(loci=("D1S1656",)),)), None, "no-common-locus"),
])  # fmt: skip
def test_what_is_refused(question: KinshipQuestion, reference: str | None, code: str) -> None:
    assert [problem.code for problem in problems_of(kinship, question, reference)] == [code]


@pytest.mark.parametrize("remains", ["R", "S"])
@pytest.mark.parametrize("theta", [0.0, 0.02])
def test_a_pair_of_a_case_has_the_ratio_that_solve_gives_it(remains: str, theta: float) -> None:
    given = replace(SMALL, policy=replace(PLAIN, theta=theta))
    finding = kinship(question_of_pair(given, remains, "A", "son"))
    (pair,) = [p for p in solve(given).pairs if p.remains == remains]
    assert finding.log10_lr[f"{remains} is A / son"] == pytest.approx(pair.log10_lr - pair.log10_lr_sex)
    assert finding.reference == f"{remains} is unrelated"


def test_remains_that_have_the_name_of_a_relative_stay_themselves() -> None:
    given = case([family("A", PARENTS)], {"father": "8,10"})
    finding = kinship(question_of_pair(given, "father", "A", "son"))
    assert finding.log10_lr["father is A / son"] == pytest.approx(solve(given).pairs[0].log10_lr)


@pytest.mark.parametrize(("remains", "of", "missing", "expected"), [
    ("X", "A", "son", ["unknown-remains"]),
    ("R", "B", "son", ["unknown-family"]),
    ("R", "A", "father", ["unknown-missing"]),
    ("X", "B", "father", ["unknown-remains", "unknown-family"]),
])  # fmt: skip
def test_a_pair_that_the_case_does_not_have(remains: str, of: str, missing: str, expected: list[str]) -> None:
    refused = problems_of(question_of_pair, SMALL, remains, of, missing)
    assert [problem.code for problem in refused] == expected
    assert all("one of" in problem.needed for problem in refused)
