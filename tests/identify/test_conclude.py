"""Numbers into words: each rule on the smallest case that calls for it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from antigone.domain import Call, Case, Conclusion, Family, Mode, Pedigree, Person, Policy, Prior, Sex, Status
from antigone.identify import solve
from tests.identify.cases import ALLELES, LOCI, PARENTS, PLAIN, case, family, profile, table, with_remains
from tests.identify.test_checks import spouse_alone

PEERS = replace(PLAIN, mode=Mode.CONCORDANCE, prior=None)
FEW = replace(PLAIN, loci_left_out=LOCI[3:])
TWO_SONS = family("A", PARENTS, sons=("one", "two"))


def concluded(given: Case) -> list[Conclusion]:
    return list(solve(given).conclusions)


def only(given: Case) -> Conclusion:
    (conclusion,) = concluded(given)
    return conclusion


def said(conclusion: Conclusion) -> tuple[Status, str | None, str, tuple[str, ...]]:
    return conclusion.status, conclusion.remains, conclusion.rule, conclusion.reasons


def test_two_parents_and_a_high_posterior_are_a_match() -> None:
    finding = solve(case([family("A", PARENTS)], {"R": "8,10", "S": "20,21"}))
    (conclusion,) = finding.conclusions
    assert said(conclusion) == (Status.MATCH, "R", "match-undisputed", ())
    assert conclusion.posterior == next(p.probability for p in finding.joint.pairs if p.remains == "R")
    assert finding.remains_conclusions == {"R": Status.MATCH, "S": Status.EXCLUDED}


def test_one_relative_is_not_enough_however_high_the_posterior() -> None:
    conclusion = only(case([family("A", {"father": "8,9"})], {"R": "8,10"}, replace(PLAIN, prior=Prior(2, 0.01))))
    assert conclusion.posterior is not None
    assert conclusion.posterior > 0.9999
    assert said(conclusion) == (Status.PROBABLE, "R", "probable-posterior", ("one-relative-only",))


def test_a_low_posterior_is_possible_and_says_what_is_missing() -> None:
    conclusion = only(case([family("A", PARENTS)], {"R": "8,10"}, replace(FEW, prior=Prior(50_000, 0.1))))
    assert said(conclusion)[:3] == (Status.POSSIBLE, "R", "possible-posterior")
    assert {"below-match-posterior", "weak-under-wider-prior"} <= set(conclusion.reasons)


def test_a_posterior_that_falls_under_the_wider_prior_is_not_a_match() -> None:
    """LR 50^3 on M = 20: 0.99984; on M = 200 and q = 0.2: 0.998. A stricter threshold lies in between."""
    limits = replace(PLAIN.thresholds, match_posterior=0.9998, probable_posterior=0.999)
    conclusion = only(
        case([family("A", PARENTS)], {"R": "8,10"}, replace(FEW, prior=Prior(20, 0.1), thresholds=limits))
    )
    assert said(conclusion) == (Status.PROBABLE, "R", "probable-posterior", (
        "weak-under-wider-prior", "rests-on-one-relative",
    ))  # fmt: skip


def test_nobody_fits() -> None:
    given = case([family("A", PARENTS)], {"R": "20,21", "S": ""})
    assert said(only(given)) == (Status.NO_MATCH, None, "none-above", ())
    assert said(only(case([family("A", PARENTS)], {"R": "20,21"}))) == (Status.NO_MATCH, None, "all-excluded", ())
    far = replace(PLAIN, prior=Prior(10_000, 0.1))
    assert said(only(case([family("A", PARENTS)], {"S": ""}, far))) == (Status.NO_MATCH, None, "none-above", ())


def test_no_informative_relative() -> None:
    found = concluded(case([spouse_alone(), family("A", PARENTS)], {"R": "8,10"}))
    assert [said(c)[:3] for c in found] == [
        (Status.NOT_IDENTIFIABLE, None, "no-informative-relative"),
        (Status.MATCH, "R", "match-undisputed"),
    ]


def test_two_brothers_and_their_two_remains_are_symmetric_and_each_is_named_once() -> None:
    found = concluded(case([TWO_SONS], {"R": "8,10", "S": "9,11"}))
    assert [c.status for c in found] == [Status.SYMMETRIC, Status.SYMMETRIC]
    assert {c.remains for c in found} == {"R", "S"}
    assert all(c.posterior == pytest.approx(0.5) and "symmetric-with" in c.reasons for c in found)


def test_brothers_told_apart_by_a_child_of_one_are_not_symmetric() -> None:
    own = family("A", {**PARENTS, "child": "8,20", "wife": "20,21"}, sons=("one", "two"))
    persons = (*own.pedigree.persons, *family("x", {}).pedigree.persons[1:2])
    persons = tuple(replace(p, id="wife") if n == len(persons) - 1 else p for n, p in enumerate(persons))
    child = replace(persons[2], id="child", father="one", mother="wife")
    own = replace(own, pedigree=replace(own.pedigree, persons=(*persons, child)))
    found = concluded(case([own], {"R": "8,10", "S": "9,11"}))
    assert [(c.status, c.remains) for c in found] == [(Status.MATCH, "R"), (Status.MATCH, "S")]


def test_remains_of_one_person_are_weighed_once_and_are_no_match_before_they_are_joined() -> None:
    finding = solve(case([family("A", PARENTS)], {"R": "8,10", "S": "8,10"}))
    assert said(finding.conclusions[0]) == (Status.PROBABLE, "R", "probable-posterior", ("duplicate-remains",))
    assert finding.remains_conclusions == {"R": Status.PROBABLE, "S": Status.PROBABLE}
    posteriors = {p.remains: p.probability for p in finding.joint.pairs}
    assert posteriors["R"] == posteriors["S"]


def test_two_families_that_both_fit_leave_too_small_a_lead() -> None:
    found = concluded(case([family("A", PARENTS), family("B", PARENTS)], {"R": "8,10"}))
    assert [c.status for c in found] == [Status.POSSIBLE, Status.POSSIBLE]
    assert all("lead-too-small" in c.reasons for c in found)


def test_a_family_that_contradicts_itself_gives_no_match() -> None:
    torn = family("A", {**PARENTS, "sister": "9,11"}, daughters=["sister"])
    sister = replace(torn.profiles["sister"], calls={**torn.profiles["sister"].calls, LOCI[0]: Call(("20", "21"))})
    torn = replace(torn, profiles={**torn.profiles, "sister": sister})
    assert said(only(case([torn], {"R": "8,10"}))) == (
        Status.PROBABLE, "R", "probable-posterior", ("inconsistent-family",),
    )  # fmt: skip


def test_a_sex_that_disagrees_stands_against_a_match() -> None:
    woman = {**dict.fromkeys(LOCI, Call(("8", "10"))), "AMEL": Call(("X", "X"))}
    given = with_remains(case([family("A", PARENTS)], {"R": "8,10"}), "R", calls=woman)
    strict = replace(PLAIN, sex=replace(PLAIN.sex, x_only_given_male=1e-4))
    assert said(only(replace(given, policy=strict))) == (Status.PROBABLE, "R", "probable-posterior", ("sex-disagrees",))


def test_tables_that_name_different_remains_disagree() -> None:
    """Rare 8: R fits better. Rare 9: S does. Every figure is the lower of the two."""
    rare_8 = {a: 0.001 if a == "8" else 0.999 / 19 for a in ALLELES}
    rare_9 = {a: 0.001 if a == "9" else 0.999 / 19 for a in ALLELES}
    given = case([family("A", PARENTS)], {"R": "8,10", "S": "9,10"},
                 tables=[table("Rare 8", p=rare_8), table("Rare 9", p=rare_9)])  # fmt: skip
    assert "tables-disagree" in only(given).reasons


def test_the_lowest_figure_over_the_tables_decides() -> None:
    """The same case, under a table that alone would give more."""
    rare = {a: 0.01 if a == "8" else 0.99 / 19 for a in ALLELES}
    given = case([family("A", PARENTS)], {"R": "8,10"}, FEW, [table("Rare", p=rare), table()])
    finding = solve(given)
    (pair,) = finding.pairs
    assert pair.deciding_table == "Uniform"
    assert pair.log10_lr == min(pair.log10_lr_by_table.values())
    posteriors = [joint.pairs[0].probability for joint in (finding.joint, *finding.other_joints)]
    assert finding.conclusions[0].posterior == min(posteriors)


@pytest.mark.parametrize(("remains", "policy", "expected"), [
    ({"R": "8,10"}, PEERS, (Status.MATCH, "R", "match-undisputed", ())),
    ({"R": "8,10", "S": "8,11"}, PEERS, (Status.POSSIBLE, "R", "possible-posterior", ("lead-too-small",))),
    ({"R": "20,21"}, PEERS, (Status.NO_MATCH, None, "all-excluded", ())),
    ({"R": ""}, PEERS, (Status.POSSIBLE, "R", "possible-posterior", ("lead-too-small",))),
    ({"R": "8,10"}, replace(PEERS, loci_left_out=LOCI[2:]), (
        Status.PROBABLE, "R", "probable-posterior", ("lead-too-small",))),
])  # fmt: skip
def test_the_peers_rules(
    remains: dict[str, str], policy: Policy, expected: tuple[Status, str | None, str, tuple[str, ...]]
) -> None:
    assert said(only(case([family("A", PARENTS)], remains, policy))) == expected


def test_the_peers_words_for_brothers_and_for_nobody_informative() -> None:
    found = concluded(case([TWO_SONS, spouse_alone()], {"R": "8,10", "S": "9,11"}, PEERS))
    assert [c.status for c in found] == [Status.SYMMETRIC, Status.SYMMETRIC, Status.NOT_IDENTIFIABLE]


def test_more_than_two_incompatible_loci_exclude_in_concordance_alone() -> None:
    three_off = {x: Call(("8", "21") if x in LOCI[:3] else ("8", "10")) for x in LOCI}
    mutating = Policy().mutation
    for policy, excluded in ((replace(PEERS, mutation=mutating), True), (replace(PLAIN, mutation=mutating), False)):
        (pair,) = solve(with_remains(case([family("A", PARENTS)], {"R": "8,10"}, policy), "R", calls=three_off)).pairs
        assert pair.incompatible_loci == LOCI[:3]
        assert pair.excluded is excluded


def test_brothers_who_are_weak_alone_and_strong_together_are_not_passed_over() -> None:
    """An uncle typed at two loci speaks against each alone (LR 1/4); together they fit the two missing brothers."""
    persons = (
        Person("grandfather", sex=Sex.MALE),
        Person("grandmother", sex=Sex.FEMALE),
        Person("uncle", "grandfather", "grandmother", Sex.MALE),
        Person("father", "grandfather", "grandmother", Sex.MALE),
        Person("mother", sex=Sex.FEMALE),
        Person("one", "father", "mother", Sex.MALE),
        Person("two", "father", "mother", Sex.MALE),
    )
    uncle = replace(profile("uncle", "20,21", LOCI[:2]), dropout=0.0)
    given = Family("A", Pedigree(persons), ("one", "two"), {"uncle": uncle})
    policy = replace(PLAIN, prior=Prior(100, 0.1, unlisted_kin=0.0))
    finding = solve(case([given], {"R": "8,10", "S": "8,11"}, policy))
    assert all(pair.log10_lr < 0.0 for pair in finding.pairs)
    assert all(c.remains in ("R", "S") and c.status is not Status.NO_MATCH for c in finding.conclusions)
