"""What is odd about an input: each warning where it belongs, and nowhere else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from antigone.domain import Call, Case, Family, Pedigree, Person, Sex
from antigone.identify.checks import LINKED_PAIR, input_warnings, not_identifiable, typed_relatives
from antigone.identify.pairwise import CaseNumbers
from antigone.identify.samples import alike_samples
from tests.identify.cases import ALLELES, LOCI, PARENTS, PLAIN, case, family, profile, table, with_remains

SOUND = case([family("A", PARENTS)], {"R": "8,10", "S": "12,13"})


def warned(given: Case) -> list[tuple[str, Mapping[str, str]]]:
    """Without the warning that every case here deserves: nothing may mutate in it."""
    numbers = CaseNumbers(given, given.tables[0])
    found = input_warnings(given, numbers, alike_samples(given, numbers))
    assert ("no-mutation", {}) in found
    return [(code, facts) for code, facts in found if code != "no-mutation"]


def codes(given: Case) -> set[str]:
    return {code for code, _ in warned(given)}


def test_a_sound_case_has_no_warnings() -> None:
    assert warned(SOUND) == []


def test_a_family_that_contradicts_itself_is_named_with_its_loci() -> None:
    mother = profile("A-mother", "10,11")
    daughter = replace(profile("A-d", "9,11"), calls={**profile("", "9,11").calls, LOCI[2]: Call(("20", "21"))})
    own = family("A", PARENTS, daughters=["d"])
    own = replace(own, profiles={**own.profiles, "mother": mother, "d": daughter})
    assert warned(case([own], {"R": "8,10"})) == [("family-inconsistent", {"family": "A", "loci": LOCI[2]})]


def test_loci_and_alleles_that_a_table_lacks() -> None:
    short = table("Short", LOCI[1:], dict.fromkeys(ALLELES[:-1], 1 / 19))
    given = case([family("A", PARENTS)], {"R": "8,10", "S": "27,12"}, tables=[table(), short])
    found = warned(given)
    assert found[0] == ("locus-not-in-table", {"locus": LOCI[0], "table": "Short"})
    assert found[1:] == [("allele-absent", {"locus": x, "allele": "27", "table": "Short"}) for x in LOCI[1:]]


def test_few_loci_and_the_class_of_a_sample() -> None:
    given = with_remains(SOUND, "R", calls=dict(list(SOUND.remains[0].profile.calls.items())[:4]))
    assert warned(given) == [
        ("few-loci", {"sample": "R", "loci": "4"}),
        ("dropout-class", {"sample": "R", "class": "poor", "d": "0.3"}),
    ]
    stated = with_remains(given, "R", dropout=0.2)
    assert codes(stated) == {"few-loci"}


def test_loci_left_out_and_linked_loci_are_told() -> None:
    loci = (*LOCI, *LINKED_PAIR)
    own = family("A", {})
    own = replace(own, profiles={n: replace(profile(n, a, loci), dropout=0.0) for n, a in PARENTS.items()})
    given = case([own], {}, tables=[table(loci=loci)])
    assert warned(given) == [("linked-pair", {"loci": "vWA / D12S391"})]
    without = replace(given, policy=replace(PLAIN, loci_left_out=("D12S391",)))
    assert warned(without) == [("left-out", {"locus": "D12S391"})]


def spouse_alone() -> Family:
    persons = (Person("he", sex=Sex.MALE), Person("wife", sex=Sex.FEMALE))
    return Family("W", Pedigree(persons), ("he",), {"wife": profile("wife", "8,9")})


def test_who_no_typed_relative_says_anything_about() -> None:
    assert not_identifiable(case([family("A", PARENTS), spouse_alone()], {})) == (("W", "he"),)


def test_a_missing_father_is_reached_through_his_missing_son() -> None:
    """The wife is of no descent with him, but their missing son would be; he is reached through the son."""
    persons = (Person("he", sex=Sex.MALE), Person("wife", sex=Sex.FEMALE), Person("son", "he", "wife", Sex.MALE))
    own = Family("W", Pedigree(persons), ("he", "son"), {"wife": profile("wife", "8,9")})
    assert not_identifiable(case([own], {})) == ()
    assert [typed_relatives(own, m, LOCI) for m in own.missing] == [0, 1]


def test_typed_relatives_share_descent() -> None:
    own = family("A", {**PARENTS, "sister": "8,10"}, daughters=["sister"])
    assert typed_relatives(own, "son", LOCI) == 3
    assert typed_relatives(spouse_alone(), "he", LOCI) == 0
