"""LR of remains placed in a family, by small algebra."""

from __future__ import annotations

from dataclasses import replace
from math import inf, log10

import numpy as np
import pytest
from numpy.testing import assert_allclose

from antigone.domain import Call, Case, MutationKind, MutationModel, Profile, Sex
from antigone.identify import set_log10_lr
from antigone.identify.pairwise import CaseNumbers, x_loci_left_out
from tests.identify.cases import ALLELES, DUO, LOCI, PARENTS, PLAIN, TRIO, P, case, family, table, with_remains

ALONE = family("A", {"father": "8,9"})


def lrs(given: Case) -> np.ndarray:
    """(remains, loci) log10 LR against the only missing person."""
    numbers = CaseNumbers(given, given.tables[0])
    (own,) = given.families
    return numbers.set_log10_lr(own.name, own.missing, np.arange(len(given.remains))[:, None])


def test_two_parents_one_parent_and_a_stranger() -> None:
    assert_allclose(lrs(case([family("A", PARENTS)], {"R": "8,10"})), log10(TRIO))
    assert_allclose(lrs(case([ALONE], {"R": "8,10", "S": "12,13"}))[0], log10(DUO))
    assert np.all(lrs(case([ALONE], {"S": "12,13"})) == -inf)


def test_with_theta_everybody_typed_is_drawn_from_one_urn() -> None:
    """Father a,b; remains a,c. H1: a from the father, c the third draw. H2: a and c third and fourth."""
    theta = 0.03
    third = {x: (n * theta + (1 - theta) * P) / (1 + theta) for x, n in (("a", 1), ("c", 0))}
    c_fourth = (1 - theta) * P / (1 + 2 * theta)
    h1, h2 = 0.5 * third["c"], 2 * third["a"] * c_fourth
    given = case([ALONE], {"R": "8,10"}, replace(PLAIN, theta=theta))
    assert_allclose(lrs(given), log10(h1 / h2))


def test_dropout_of_the_remains() -> None:
    """Father a,b; remains show a alone, each allele lost with probability d."""
    d = 0.2
    given = with_remains(case([ALONE], {"R": "8"}), "R", dropout=d)
    seen_aa, seen_ax = 1 - d**2, (1 - d) * d
    h1 = 0.5 * (P * seen_aa + (1 - P) * seen_ax) + 0.5 * P * seen_ax
    h2 = P**2 * seen_aa + 2 * P * (1 - P) * seen_ax
    assert_allclose(lrs(given), log10(h1 / h2))


def test_mutation_makes_a_stranger_possible() -> None:
    rate = 0.01
    policy = replace(PLAIN, mutation=MutationModel(MutationKind.EQUAL, rate, rate))
    h1 = 2 * P * rate / 19  # one of the two alleles arose from the father's by mutation
    assert_allclose(lrs(case([ALONE], {"S": "12,13"}, policy)), log10(h1 / (2 * P**2)))


def test_loci_at_which_the_family_contradicts_itself_say_nothing() -> None:
    torn = family("A", {"father": "8,9", "mother": "10,11", "sister": "20,21"}, daughters=["sister"])
    assert np.all(lrs(case([torn], {"R": "8,10"})) == 0.0)


def test_a_set_of_two_is_weighed_together() -> None:
    """Nobody of the family typed: two remains as two brothers, sharing one allele at each locus."""
    brothers = family("A", {}, sons=("one", "two"))
    given = case([brothers], {"R": "8,10", "S": "8,11"})
    expected = len(LOCI) * log10(1 / 4 + 1 / 2 / (4 * P))
    assert set_log10_lr(given, "A", {"one": "R", "two": "S"}) == pytest.approx(expected)
    assert set_log10_lr(given, "A", {"one": "R"}) == pytest.approx(0.0)


def test_incompatible_loci_without_mutation_or_dropout() -> None:
    policy = replace(PLAIN, mutation=MutationModel(MutationKind.EQUAL, 0.01, 0.01))
    mixed = {locus: Call(("12", "13") if locus == LOCI[3] else ("8", "13")) for locus in LOCI}
    given = with_remains(case([ALONE], {"R": "8,10"}, policy), "R", calls=mixed, dropout=0.1)
    found = CaseNumbers(given, given.tables[0]).incompatible("A", "son")
    assert np.flatnonzero(found[0]).tolist() == [3]


X_LOCUS = "DXS10103"


def with_x(sex: Sex) -> Case:
    """Mother typed a,b on the X; remains a man showing a."""
    mother = Profile("mother", {X_LOCUS: Call(("8", "9"))})
    own = replace(family("A", {}), profiles={"mother": mother})
    persons = tuple(replace(p, sex=sex) if p.id == "son" else p for p in own.pedigree.persons)
    own = replace(own, pedigree=replace(own.pedigree, persons=persons))
    given = case([own], {"R": ""}, tables=[table(loci=(X_LOCUS, *LOCI))])
    return with_remains(given, "R", calls={X_LOCUS: Call(("8",)), LOCI[0]: Call(("8", "9"))})


def test_a_man_has_one_allele_on_the_x() -> None:
    numbers = CaseNumbers(with_x(Sex.MALE), table(loci=(X_LOCUS, *LOCI)))
    lr = numbers.set_log10_lr("A", ["son"], np.array([[0]]))
    assert lr[0, numbers.encoding.loci.index(X_LOCUS)] == pytest.approx(log10(0.5 / P))


def test_x_loci_are_left_out_where_a_sex_is_unknown() -> None:
    assert x_loci_left_out(with_x(Sex.MALE)) == ()
    assert x_loci_left_out(with_x(Sex.UNKNOWN)) == (X_LOCUS,)
    assert CaseNumbers(with_x(Sex.UNKNOWN), table(loci=(X_LOCUS, *LOCI))).encoding.loci == LOCI[:1]


def test_frequencies_of_the_table_decide() -> None:
    rare = {a: 0.01 if a == "8" else 0.99 / 19 for a in ALLELES}
    given = case([ALONE], {"R": "8,10"}, tables=[table("Rare", p=rare)])
    assert_allclose(lrs(given), log10(1 / (4 * 0.01)))


def test_unknown_names_are_refused_by_name() -> None:
    with pytest.raises(KeyError):
        set_log10_lr(case([ALONE], {"R": "8,10"}), "A", {"son": "nobody"})
