"""Sealed values as the engine takes them: the register and the second program build the same questions of them."""

from __future__ import annotations

import pytest

from antigone.domain import Call, InputRefused, Policy, Sex
from antigone.identify import kinship
from antigone.intake import (
    FAMILY_HYPOTHESIS,
    PAIR_HYPOTHESES,
    family_question,
    figure_holds,
    figure_text,
    pair_question,
    pedigree_members,
    pedigree_of,
    profile_of,
    read_table,
)
from tests.refusals import problems_of
from tests.verify.genes import Genes, child, somebody

MEMBERS = [
    {"person": "MP", "father": "F", "mother": "RE", "sex": "male"},
    {"person": "F", "father": None, "mother": None, "sex": "male"},
    {"person": "RE", "father": None, "mother": None, "sex": "female"},
]
POLICY = Policy()
TABLES = (read_table("Norway"),)


def profile(name: str, genes: Genes, **plain: str):
    calls = {locus: "/".join(pair) for locus, pair in genes.items()}
    return profile_of(
        name, {"quality": "full", **plain}, {"autosomal": calls, "x": None, "y": {"DYS391": "10"}}, POLICY
    )


def test_a_profile_record_is_read_as_the_laboratory_meant_it() -> None:
    plain = {"quality": "full", "kit": "Identifiler", "dropout": "", "dropin": "0.01"}
    sealed = {"autosomal": {"vWA": "17", "AMEL": "X/Y"}, "x": {"DXS10103": "16.0"}, "y": {}, "mtdna": {"263": "G"}}
    read = profile_of("PR", plain, sealed, POLICY)
    assert read.calls == {"vWA": Call(("17",)), "AMEL": Call(("X", "Y")), "DXS10103": Call(("16",))}
    assert (read.kit, read.dropin, read.dropout) == ("Identifiler", 0.01, None)


@pytest.mark.parametrize(
    ("plain", "dropout"),
    [
        ({"quality": "full"}, None),
        ({"quality": "partial"}, POLICY.dropout.partial),
        ({"quality": "poor"}, POLICY.dropout.poor),
        ({"quality": "poor", "dropout": "0.05"}, 0.05),
        ({"quality": "full", "dropout": "0"}, 0.0),
    ],
)
def test_what_the_laboratory_states_of_dropout_goes_before_the_class(plain: dict, dropout: float | None) -> None:
    assert profile_of("PR", plain, {}, POLICY).dropout == dropout


def test_a_pedigree_is_read_back_as_it_was() -> None:
    pedigree = pedigree_of(MEMBERS)
    assert pedigree.person("MP").sex is Sex.MALE
    assert pedigree_members(pedigree) == MEMBERS
    assert [p.code for p in problems_of(pedigree_of, [], "FA")] == ["no-pedigree"]
    lone = [{"person": "MP", "father": "F", "mother": None, "sex": "male"}, MEMBERS[1]]
    assert [p.code for p in problems_of(pedigree_of, lone)] == ["one-parent"]


def test_a_second_run_of_the_same_genotype_changes_nothing() -> None:
    mother = somebody(1)
    son = child(somebody(2), mother, 3)
    of_family = {"PR1": ("RE", profile("PR1", mother))}
    one = pair_question("q", pedigree_of(MEMBERS), "MP", of_family, {"PR2": profile("PR2", son)}, TABLES, POLICY)
    runs = {name: profile(name, son) for name in ("PR2", "PR3")}
    two = pair_question("q", pedigree_of(MEMBERS), "MP", of_family, runs, TABLES, POLICY)
    same = PAIR_HYPOTHESES[0]
    assert kinship(one).log10_lr[same] == pytest.approx(kinship(two).log10_lr[same], abs=1e-9)


def test_nobody_who_is_typed_is_left_out_in_silence() -> None:
    aunt = {"PR1": ("RE-AUNT", profile("PR1", somebody(1)))}
    with pytest.raises(InputRefused) as refused:
        pair_question("q", pedigree_of(MEMBERS), "MP", aunt, {}, TABLES, POLICY)
    assert [(p.code, p.place.item) for p in refused.value.problems] == [("pedigree-lacks-person", "RE-AUNT")]
    with pytest.raises(InputRefused):
        family_question("q", pedigree_of(MEMBERS), aunt, TABLES, POLICY)


def test_a_mother_who_is_none_stands_out_of_the_family() -> None:
    mother = somebody(1)
    son = child(somebody(2), mother, 3)
    for other, fits in ((mother, True), (somebody(9), False)):
        typed = {"PR1": ("RE", profile("PR1", other)), "PR2": ("MP", profile("PR2", son))}
        asked = family_question("q", pedigree_of(MEMBERS), typed, TABLES, POLICY)
        assert (kinship(asked, FAMILY_HYPOTHESIS).log10_lr["RE"] < 0) is fits
        strict = family_question("q", pedigree_of(MEMBERS), typed, TABLES, POLICY, strict=True)
        by_locus = kinship(strict, FAMILY_HYPOTHESIS).log10_reference_by_locus[FAMILY_HYPOTHESIS]
        assert (min(by_locus.values()) > -1e9) is fits


def test_a_figure_holds_for_what_two_machines_may_differ_by_and_no_more() -> None:
    assert figure_text(-18.8160259) == "-18.816025"
    assert figure_holds("-18.816025", -18.8160269)
    assert not figure_holds("-18.816025", -18.81603)
    assert figure_holds("-Infinity", float("-inf"))
    assert not figure_holds("-Infinity", -300.0)
    with pytest.raises(ValueError, match="both hypotheses are impossible"):
        figure_text(float("nan"))
