"""Genes go from parents to children; whatever breaks that is written down in the truth."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import polars as pl
import pytest

from antigone.simulate import Mutation, War
from antigone.simulate.kinds import CHILD, FATHER, MISSING, MOTHER, PARENTS, PARTNER, SLOTS
from tests.simulate.wars import NO_FAULT, war, with_rates


def incompatible(child: np.ndarray, parent: np.ndarray, side: int) -> np.ndarray:
    """(family, locus): the child's allele of this side is none of the parent's two."""
    return (child[:, :, side, None] != parent).all(axis=2)


@pytest.fixture(scope="module")
def clean() -> War:
    return war(NO_FAULT)


@pytest.mark.parametrize("slot", PARENTS, ids=[SLOTS[slot] for slot in PARENTS])
def test_without_faults_every_locus_is_inherited(clean: War, slot: int) -> None:
    genes = clean.drop.genes
    father, mother = PARENTS[slot]
    for side, parent in ((0, mother), (1, father)):
        wrong = incompatible(genes[slot], genes[parent], side)
        by_locus = dict(zip(clean.alleles.loci, wrong.sum(axis=0).tolist(), strict=True))
        assert by_locus == dict.fromkeys(clean.alleles.loci, 0)


def test_both_alleles_of_a_parent_are_passed_on_equally_often(clean: War) -> None:
    child, mother = clean.drop.genes[MISSING][:, :, 0], clean.drop.genes[MOTHER]
    told = mother[:, :, 0] != mother[:, :, 1]
    first = (child == mother[:, :, 0])[told]
    assert abs(first.mean() - 0.5) < 5 * 0.5 / np.sqrt(first.size)


def calls(war: War) -> pl.DataFrame:
    """Calls of remains that lost nothing, with the family and missing person of the truth."""
    remains = war.truth["remains"].join(war.truth["missing"], on="person").select("remains", "family", "missing")
    profiles = war.case["profiles"].drop("family", "sample", "kit")
    found = profiles.join(remains, left_on="person", right_on="remains").drop("person")
    return found.filter(pl.col("allele2").is_not_null() & (pl.col("locus") != "AMEL"))


def test_without_faults_remains_share_an_allele_with_the_typed_parent(clean: War) -> None:
    relatives = clean.case["profiles"].filter(pl.col("person").is_in(["mother", "father"]))
    pairs = calls(clean).join(relatives, on=["family", "locus"], suffix="_parent")
    assert len(pairs) > 2000
    shares = pl.any_horizontal(
        pl.col(own).eq_missing(pl.col(f"{other}_parent"))
        for own in ("allele1", "allele2")
        for other in ("allele1", "allele2")
    )
    assert pairs.filter(~shares).is_empty()


def test_declared_fathers_are_excluded_as_often_as_they_are_not_the_fathers() -> None:
    rate = 0.05
    found = war(with_rates(NO_FAULT, false_paternity=rate))
    genes = found.drop.genes
    excluded = incompatible(genes[MISSING], genes[FATHER], 1).sum(axis=1) >= 3
    families = found.truth["families"]["family"].to_list()
    declared = found.case["persons"].filter((pl.col("person") == "missing") & pl.col("father").is_not_null())["family"]
    rows = [families.index(name) for name in declared]
    assert abs(excluded[rows].mean() - rate) < 5 * np.sqrt(rate * (1 - rate) / len(rows))
    listed = set(found.truth["paternity"].filter(pl.col("child") == "missing")["family"])
    assert {families[row] for row in np.flatnonzero(excluded)} <= listed
    assert len(listed) <= excluded.sum() + 2


def test_a_missing_person_of_two_families_is_one_person() -> None:
    found = war(with_rates(NO_FAULT, second_registration=0.1))
    families = found.truth["families"].with_row_index("row")
    pairs = families.join(families, left_on="second_of", right_on="family", suffix="_first")
    assert len(pairs) > 100
    again, first = pairs["row"].to_numpy(), pairs["row_first"].to_numpy()
    genes = found.drop.genes
    assert (genes[MISSING, again] == genes[MISSING, first]).all()
    assert not incompatible(genes[CHILD], genes[MISSING], 1).any()
    assert (genes[PARTNER, again] != genes[PARTNER, first]).any()
    missing = found.truth["missing"].join(pairs.select("family", "second_of"), on="family")
    other = found.truth["missing"].rename({"family": "second_of"})
    both = missing.join(other, on="second_of", suffix="_first")
    assert (both["person"] == both["person_first"]).all()


def test_mutations_of_the_truth_are_those_of_the_genes() -> None:
    found = war(replace(NO_FAULT, mutation=Mutation(rate_female=0.005, rate_male=0.01)))
    slot, family, locus, side, before, after = found.drop.mutations.T
    genes = found.drop.genes
    assert (genes[slot, family, locus, side] == after).all()
    parents = np.array([PARENTS.get(s, (-1, -1))[::-1] for s in range(len(SLOTS))])[slot, side]
    assert (genes[parents, family, locus] == before[:, None]).any(axis=1).all()
    assert (before != after).all()
    assert len(found.truth["mutations"]) == len(slot)
    persons = found.case["persons"]
    meioses = persons["father"].is_not_null().sum() * len(found.alleles.loci)
    assert abs(len(slot) - meioses * 0.015) < 5 * np.sqrt(meioses * 0.015)
    fathers = (side == 1).mean()
    assert abs(fathers - 2 / 3) < 5 * 0.47 / np.sqrt(len(slot))


def test_stepwise_families_change_by_whole_repeats() -> None:
    found = war(replace(NO_FAULT, mutation=Mutation(rate_female=0.01, rate_male=0.01, stepwise_share=0.5)))
    rows = found.truth["mutations"].join(found.truth["families"], on="family")
    steps = (rows["from"].cast(pl.String).cast(float) - rows["to"].cast(pl.String).cast(float)).abs().round(1)
    whole = steps % 1 == 0
    assert whole.filter(rows["mutation"] == "stepwise").all()
    assert (steps.filter(rows["mutation"] == "stepwise") == 1).mean() > 0.75
    assert not whole.filter(rows["mutation"] == "equal").all()
