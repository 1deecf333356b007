"""Which samples look like one person, and what remains nobody listed may be to each other."""

from __future__ import annotations

from dataclasses import replace
from math import log10

import pytest

from antigone.core.alike import WRONGLY_READ
from antigone.domain import Call, Case, Pedigree
from antigone.identify.pairwise import CaseNumbers
from antigone.identify.samples import (
    alike_samples,
    case_samples,
    families_with_alike_relatives,
    like_relatives,
    same_remains,
    unlisted_kin,
)
from tests.identify.cases import LOCI, PARENTS, P, case, family, with_remains

N = len(LOCI)
SAME = N * log10(1 / (2 * P**2))
"""log10 LR of two equal heterozygous profiles: one person against two unrelated ones."""


def numbers(given: Case) -> CaseNumbers:
    return CaseNumbers(given, given.tables[0])


def alike(given: Case) -> list[tuple[str, str]]:
    return [(p.first.name, p.second.name) for p in alike_samples(given, numbers(given))]


def remains(**alleles: str) -> Case:
    return case([family("A", PARENTS)], alleles)


def test_two_equal_profiles() -> None:
    (pair,) = alike_samples(remains(R="8,12", S="8,12", T="20,21"), numbers(remains(R="8,12", S="8,12", T="20,21")))
    assert (pair.first.name, pair.second.name, pair.log10_lr) == ("R", "S", pytest.approx(SAME))


def test_a_partial_sample_and_one_misread_call_are_still_one_person() -> None:
    assert alike(with_remains(remains(R="20,21", S="20"), "S", dropout=0.3)) == [("R", "S")]
    misread = {**remains(R="8,12").remains[0].profile.calls, LOCI[0]: Call(("20", "21"))}
    given = with_remains(remains(R="8,12", S="8,12"), "S", calls=misread)
    (pair,) = alike_samples(given, numbers(given))
    assert pair.log10_lr == pytest.approx(SAME * (N - 1) / N + WRONGLY_READ)


def test_brothers_are_not_one_person() -> None:
    """They share both alleles at every second locus, and one at the others."""
    half = {x: Call(("8", "12") if n % 2 else ("8", "13")) for n, x in enumerate(LOCI)}
    assert alike(with_remains(remains(R="8,12", S="8,12"), "S", calls=half)) == []


def test_samples_in_which_nothing_was_seen_are_no_samples() -> None:
    assert [s.name for s in case_samples(remains(R="", S="8,12"))] == ["A / father", "A / mother", "S"]
    assert alike(remains(R="", S="")) == []


def test_remains_that_look_like_a_typed_relative() -> None:
    given = remains(R="8,9")
    pairs = alike_samples(given, numbers(given))
    assert like_relatives(given, pairs) == {"R": "A / father"}
    assert families_with_alike_relatives(pairs) == set()


def test_the_missing_persons_own_earlier_sample_is_meant_to_look_like_them() -> None:
    given = case([family("A", {**PARENTS, "son": "8,10"})], {"R": "8,10"})
    pairs = alike_samples(given, numbers(given))
    assert [(p.first.name, p.second.name) for p in pairs] == [("A / son", "R")]
    assert like_relatives(given, pairs) == {}


def test_two_relatives_with_one_profile_unless_declared_as_twins() -> None:
    own = family("A", {"one": "8,10", "two": "8,10"}, daughters=("one", "two"))
    given = case([own], {"R": "8,11"})
    assert families_with_alike_relatives(alike_samples(given, numbers(given))) == {"A"}
    twins = replace(own, pedigree=Pedigree(own.pedigree.persons, (frozenset({"one", "two"}),)))
    assert alike(case([twins], {"R": "8,11"})) == []


def test_the_fullest_of_the_remains_of_one_person_stands_for_the_others() -> None:
    given = with_remains(remains(R="8,12", S="8,12", T="8,12", U="20,21"), "R", calls={
        x: Call(("8", "12")) for x in LOCI[:9]
    })  # fmt: skip
    pairs = alike_samples(given, numbers(given))
    assert same_remains(pairs, ["R", "S", "T", "U"]) == {"R": "S", "S": "S", "T": "S", "U": "U"}


def test_what_two_remains_nobody_listed_may_be_to_each_other() -> None:
    """R and S share one allele at every locus: brothers, father and son, or one man misread throughout."""
    given = remains(R="8,12", S="8,13")
    kin, same = unlisted_kin(numbers(given), 1e-3)
    brothers, father_and_son = 1 / 4 + 1 / 2 / (4 * P), 1 / (4 * P)
    one_man = 10 ** (N * WRONGLY_READ)
    assert kin[0, 1] == kin[1, 0] == pytest.approx(1e-3 * (brothers**N + father_and_son**N + one_man))
    assert same[0, 1] == same[1, 0] == pytest.approx(1e-3 * one_man)
    assert kin[0, 0] == same[0, 0] == 0.0
    assert not any(weights.any() for weights in unlisted_kin(numbers(given), 0.0))
