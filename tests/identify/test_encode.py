"""Names into indices: classes of dropout, calls, loci, mutation, pedigrees."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from numpy.testing import assert_allclose

from antigone.core import mutation
from antigone.domain import (
    KITS,
    Call,
    FrequencyPolicy,
    FrequencyTable,
    LocusFrequencies,
    MutationKind,
    MutationModel,
    Pedigree,
    Person,
    Policy,
    Profile,
    Sex,
)
from antigone.identify.encode import Encoding, encode_loci, encode_pedigree, sample_class
from tests.identify.cases import LOCI, PLAIN, profile, table
from tests.refusals import problems_of

ONE = ("TH01",)


def encoded(frequencies: dict[str, float], call: Call, policy: Policy = PLAIN, **locus: float) -> Encoding:
    """One locus, one sample."""
    of_table = FrequencyTable("One", "made up", {"TH01": LocusFrequencies(frequencies, **locus)})
    return encode_loci(of_table, [Profile("s", {"TH01": call})], policy)


def codes_refused(frequencies: dict[str, float], call: Call, policy: Policy = PLAIN) -> list[str]:
    return [problem.code for problem in problems_of(encoded, frequencies, call, policy)]


@pytest.mark.parametrize(("called", "word", "d"), [
    (15, "full", 0.0), (14, "full", 0.0), (13, "partial", 0.1), (8, "partial", 0.1), (7, "poor", 0.3), (0, "poor", 0.3),
])  # fmt: skip
def test_class_of_a_sample_by_its_share_of_the_fifteen_loci_of_its_kit(called: int, word: str, d: float) -> None:
    sample = profile("s", "8,9", LOCI[:called])
    encoding = encode_loci(table(), [profile("full", "8,9")], PLAIN)
    assert sample_class(sample, LOCI, PLAIN) == word
    assert encoding.dropout(sample) == d
    assert encoding.dropout(replace(sample, dropout=0.03)) == 0.03


def test_a_kit_sets_the_loci_that_are_expected() -> None:
    kit = KITS["GlobalFiler"]
    sample = replace(profile("s", "8,9", kit[:10]), kit="GlobalFiler")
    assert sample_class(sample, kit[:10], PLAIN) == "poor"


def test_without_a_kit_the_smallest_that_holds_all_tested_loci_is_expected() -> None:
    assert sample_class(profile("s", "8,9", LOCI[:10]), LOCI, PLAIN) == "partial"  # 10 of the 15 of Identifiler
    assert sample_class(profile("s", "8,9", (*LOCI[:9], "SE33")), LOCI, PLAIN) == "poor"  # 10 of 21 of GlobalFiler


def test_loci_of_no_kit_are_measured_against_those_of_the_case() -> None:
    own = ("D1S1", "D1S2", "D1S3", "D1S4")
    assert sample_class(profile("s", "8,9", own), own, PLAIN) == "full"
    assert sample_class(profile("s", "8,9", own[:2]), own, PLAIN) == "partial"


def test_a_locus_where_nothing_was_seen_is_not_called() -> None:
    sample = Profile("s", {**profile("s", "8,9", LOCI[:4]).calls, **profile("s", "", LOCI[4:]).calls})
    assert sample_class(sample, LOCI, PLAIN) == "poor"


@pytest.mark.parametrize(("call", "full", "partial"), [
    (Call(("8", "9")), [0, 1, -1, -1], [0, 1, -1, -1]),
    (Call(("9", "8")), [0, 1, -1, -1], [0, 1, -1, -1]),
    (Call(("8",)), [0, -1, -1, -1], [0, -1, -1, -1]),
    (Call(("8", "8")), [0, 0, -1, -1], [0, -1, -1, -1]),
    (Call(("8", "8"), homozygous=True), [0, 0, -1, -1], [0, 0, -1, -1]),
    (Call(("8",), homozygous=True), [0, 0, -1, -1], [0, 0, -1, -1]),
    (Call(()), [-1] * 4, [-1] * 4),
    (Call(("8", "10", "9")), [0, 1, 2, -1], [0, 1, 2, -1]),
])  # fmt: skip
def test_calls_as_codes(call: Call, full: list[int], partial: list[int]) -> None:
    """A single allele of a partial sample is "a, unknown" unless the laboratory vouches for it."""
    encoding = encode_loci(table(loci=ONE), [profile("s", "8,9", ONE)], PLAIN)
    sample = Profile("s", {"TH01": call})
    assert encoding.profile_row(replace(sample, dropout=0.0))[0].tolist() == full
    assert encoding.profile_row(replace(sample, dropout=0.1))[0].tolist() == partial


def test_what_was_not_tested_is_not_what_was_not_seen() -> None:
    encoding = encode_loci(table(), [profile("s", "8,9")], PLAIN)
    assert encoding.profile_row(Profile("none", {}))[0].tolist() == [-2] * 4


def test_loci_are_those_typed_in_the_table_and_not_left_out() -> None:
    policy = replace(PLAIN, loci_left_out=(LOCI[0],))
    sample = Profile("s", {**profile("s", "8,9").calls, "AMEL": Call(("X",)), "DYS391": Call(("10",))})
    encoding = encode_loci(table(loci=LOCI[:4]), [sample], policy, skip=[LOCI[1]])
    assert encoding.loci == LOCI[2:4]


def test_an_absent_allele_comes_after_those_of_the_table() -> None:
    policy = replace(PLAIN, frequency=FrequencyPolicy(minimum=0.05))
    encoding = encoded({"6": 0.5, "7": 0.5}, Call(("7", "9.3")), policy)
    assert encoding.codes[0] == {"6": 0, "7": 1, "9.3": 2}
    assert_allclose(encoding.models.frequencies[0], [0.475, 0.475, 0.05])


def test_what_the_policy_refuses() -> None:
    assert codes_refused({"6": 0.8, "7": 0.5}, Call(("6",))) == ["frequencies-above-one"]
    assert codes_refused({"6": 1.2, "7": -0.2}, Call(("6",))) == ["frequencies-negative"]
    refuse = replace(PLAIN, frequency=FrequencyPolicy(absent="refuse"))
    assert codes_refused({"6": 1.0}, Call(("7",)), refuse) == ["frequencies-absent-allele"]
    too_high = replace(PLAIN, mutation=MutationModel(MutationKind.PROPORTIONAL, 0.9, 0.9))
    assert codes_refused({"6": 0.9, "7": 0.1}, Call(("6",)), too_high) == ["mutation-impossible"]
    named = replace(PLAIN, mutation=MutationModel(MutationKind.ONESTEP, 0.01, 0.01))
    assert codes_refused({"6": 0.9, "7.3": 0.1}, Call(("6",)), named) == ["mutation-impossible"]


def test_a_table_without_any_locus_of_the_case_is_refused() -> None:
    refused = problems_of(encode_loci, table(loci=("D1S1656",)), [profile("s", "8,9", ONE)], PLAIN)
    assert [problem.code for problem in refused] == ["no-common-locus"]


P = np.array([0.5, 0.3, 0.2])
NAMES = np.array([6.0, 7.0, 9.0])


@pytest.mark.parametrize(("kind", "female", "male"), [
    (MutationKind.EQUAL, mutation.equal(3, 0.01), mutation.equal(3, 0.02)),
    (MutationKind.PROPORTIONAL, mutation.proportional(P, 0.01), mutation.proportional(P, 0.02)),
    (MutationKind.STEPWISE, mutation.stepwise(NAMES, 0.01, 0.2, 0.0), mutation.stepwise(NAMES, 0.02, 0.3, 0.0)),
    (MutationKind.ONESTEP, mutation.onestep(NAMES, 0.01), mutation.onestep(NAMES, 0.02)),
    (MutationKind.DAWID, mutation.dawid(NAMES, P, 0.01, 0.2), mutation.dawid(NAMES, P, 0.02, 0.3)),
])  # fmt: skip
def test_each_kind_becomes_its_matrix_mothers_and_fathers_apart(
    kind: MutationKind, female: mutation.Matrix, male: mutation.Matrix
) -> None:
    policy = replace(PLAIN, mutation=MutationModel(kind, 0.01, 0.02, 0.2, 0.3))
    models = encoded({"6": 0.5, "7": 0.3, "9": 0.2}, Call(("6",)), policy).models
    assert_allclose(models.female[0], female)
    assert_allclose(models.male[0], male)


def test_rest_and_silent_allele_neither_arise_nor_mutate() -> None:
    policy = replace(PLAIN, mutation=MutationModel(MutationKind.EQUAL, 0.01, 0.01))
    models = encoded({"6": 0.5, "7": 0.2}, Call(("6",)), policy, silent=0.1).models
    assert_allclose(models.frequencies[0], [0.5, 0.2, 0.2, 0.1])
    assert_allclose(models.female[0], [[0.99, 0.01, 0, 0], [0.01, 0.99, 0, 0], [0, 0, 1, 0], [0, 0, 0, 1]])


def test_a_custom_matrix_is_put_into_the_order_of_the_table() -> None:
    rows = ((0.7, 0.3), (0.1, 0.9))
    custom = MutationModel(MutationKind.CUSTOM, alleles=("7", "6"), matrix_female=rows, matrix_male=rows)
    policy = replace(PLAIN, mutation_by_locus={"TH01": custom})
    assert_allclose(encoded({"6": 0.5, "7": 0.5}, Call(("6",)), policy).models.male[0], [[0.9, 0.1], [0.3, 0.7]])
    assert codes_refused({"6": 0.5, "8": 0.5}, Call(("6",)), policy) == ["mutation-impossible"]
    assert codes_refused({"6": 1.0}, Call(("6",)), policy) == ["mutation-impossible"]


def test_pedigree_as_arrays() -> None:
    persons = (
        Person("a", "f", "m", Sex.MALE), Person("f", sex=Sex.MALE), Person("m", sex=Sex.FEMALE), Person("b", "f", "m"),
    )  # fmt: skip
    shape, index = encode_pedigree(Pedigree(persons, (frozenset({"a", "b"}),), {"f": 0.25}))
    assert index == {"a": 0, "f": 1, "m": 2, "b": 3}
    assert (shape.father, shape.mother) == ((1, -1, -1, 1), (2, -1, -1, 2))
    assert shape.twin == (0, -1, -1, 0)
    assert shape.inbreeding == (0.0, 0.25, 0.0, 0.0)
