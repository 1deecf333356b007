"""What is drawn is drawn as often as the scenario says."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest

from antigone.simulate import War
from antigone.simulate.genes import draw_founders
from tests.simulate.wars import FAMILIES, NO_FAULT, REMAINS, WAR, war, with_rates


@pytest.fixture(scope="module")
def full() -> War:
    return war(WAR)


def within(count: int, trials: int, rate: float) -> bool:
    """Within five standard errors, and one more for whole numbers."""
    return abs(count - trials * rate) <= 5.0 * np.sqrt(trials * rate * (1.0 - rate)) + 1.0


def test_kinds_of_relatives(full: War) -> None:
    first = full.truth["families"].filter(pl.col("second_of").is_null())
    drawn = dict(first["kind"].value_counts().iter_rows())
    for entry in WAR.relatives:
        assert within(drawn[entry.kind], len(first), entry.share), entry.kind
    assert sum(drawn.values()) == len(first)


def test_families(full: War) -> None:
    rates, truth = WAR.rates, full.truth
    families, missing, persons = truth["families"], truth["missing"], truth["persons"]
    first = families["second_of"].is_null()
    assert len(families) == FAMILIES
    assert within((~first).sum(), first.sum(), rates.second_registration)
    brothers = missing.filter(pl.col("missing") == "missing-brother")
    assert within(len(brothers), first.sum(), rates.brothers)
    listed = missing["person"].unique()
    alive = persons.filter(pl.col("fate") == "prisoner")
    assert within(len(alive), len(listed), rates.prisoners)
    of_families = persons.filter(pl.col("person").is_in(missing.filter(pl.col("missing") == "missing")["person"]))
    assert within((of_families["population"] == "Africa").sum(), len(of_families), rates.second_population)
    assert within((families["mutation"] == "stepwise").sum(), FAMILIES, WAR.mutation.stepwise_share)


def test_remains(full: War) -> None:
    rates, truth = WAR.rates, full.truth
    remains = truth["remains"].join(truth["persons"], on="person")
    assert len(remains) == REMAINS
    assert within((remains["party"] == "B").sum(), REMAINS, rates.other_side)
    listed = remains["person"].is_in(truth["missing"]["person"].to_list())
    assert within(listed.sum(), REMAINS, (1 - rates.nobody_registered) * (1 - rates.other_side))
    assert within(REMAINS - remains["person"].n_unique(), REMAINS, rates.further_part)
    for quality in WAR.qualities:
        assert within((remains["quality"] == quality.name).sum(), REMAINS, quality.share), quality.name


def test_bags(full: War) -> None:
    rates, case, truth = WAR.rates, full.case, full.truth
    assert within(REMAINS - case["contents"]["container"].n_unique(), REMAINS, rates.shared_bag)
    received = truth["containers"].filter(pl.col("container").is_in(case["contents"]["container"].to_list()))
    named = received.filter(pl.col("papers") != "none")
    known = len(received) * (1 - rates.other_side * (1 - rates.wrong_papers))
    assert within(len(named), round(known), rates.named)
    wrong = rates.wrong_papers / (1 - rates.other_side * (1 - rates.wrong_papers))
    assert within((named["papers"] == "wrong").sum(), len(named), wrong)
    tags = case["containers"].join(truth["containers"], on="container", suffix="_true")
    assert 0 < tags.filter(pl.col("tag") != pl.col("tag_true")).height <= 5 + 2 * rates.wrong_tag * len(tags)


def test_laboratory(full: War) -> None:
    rates, truth = WAR.rates, full.truth
    relatives, remains = truth["relatives"], truth["remains"]
    assert within((relatives["truly"] != "as given").sum(), len(relatives), rates.given_as_another * 0.98)
    assert within(relatives["typed_as"].is_not_null().sum(), len(relatives), rates.swapped_relatives)
    assert within(remains["typed_as"].is_not_null().sum(), len(remains), rates.swapped_remains)
    for laboratory in WAR.laboratories:
        assert within((relatives["laboratory"] == laboratory.name).sum(), len(relatives), laboratory.share)
    calls = full.case["profiles"].filter((pl.col("locus") != "AMEL") & pl.col("allele2").is_not_null())
    assert within(len(truth["typing_errors"]), len(calls), rates.typing_error)


def test_dropout_is_that_of_the_class(full: War) -> None:
    """Heterozygotes of partial samples show one allele as often as one of the two is lost."""
    clean = war(with_rates(NO_FAULT, second_population=0.0))
    loci = len(clean.alleles.loci)
    remains = clean.truth["remains"]
    for quality in WAR.qualities[1:]:
        chosen = remains.filter(pl.col("quality") == quality.name)["sample"]
        rows = clean.case["profiles"].filter(pl.col("sample").is_in(chosen.to_list()) & (pl.col("locus") != "AMEL"))
        nothing = rows["allele1"].is_null().sum()
        heterozygous = 1.0 - float(np.mean([np.sum(clean.alleles.frequencies[0, n] ** 2) for n in range(loci)]))
        d, f = quality.dropout, quality.failed
        lost = f + (1 - f) * d * d
        assert within(nothing, len(rows), lost), quality.name
        seen_both = rows.filter(pl.col("allele2").is_not_null())
        assert abs(len(seen_both) / len(rows) - (1 - f) * (1 - d) ** 2 * heterozygous) < 0.03
        assert seen_both.filter(pl.col("allele1") == pl.col("allele2")).is_empty()


def test_founders_have_the_frequencies_of_their_table(full: War) -> None:
    """Chi-square by locus, alleles expected fewer than five times pooled; a generous limit."""
    rng = np.random.default_rng(11)
    for population in (0, 1):
        codes = draw_founders(full.alleles, np.full(4000, population), rng)
        for n, locus in enumerate(full.alleles.loci):
            expected = full.alleles.frequencies[population, n] * 8000
            counted = np.bincount(codes[:, n].ravel(), minlength=len(expected))
            assert counted[expected == 0.0].sum() == 0
            often = expected >= 5.0
            pooled = np.append(expected[often], expected[~often].sum())
            found = np.append(counted[often], counted[~often].sum())
            kept = pooled > 0
            chi = np.sum((found[kept] - pooled[kept]) ** 2 / pooled[kept])
            freedom = kept.sum() - 1
            assert chi < freedom + 5.0 * np.sqrt(2.0 * freedom) + 5.0, locus


def test_dropped_founders_are_drawn_from_the_population_of_their_family(full: War) -> None:
    missing = full.truth["missing"].filter(pl.col("missing") == "missing")
    truth = missing.join(full.truth["persons"], on="person", maintain_order="left")
    african = (truth["population"] == "Africa").to_numpy()
    only_africa = (full.alleles.frequencies[0] == 0.0) & (full.alleles.frequencies[1] > 0.0)
    mothers = full.drop.genes[3]
    seen = only_africa[np.arange(mothers.shape[1])[:, None], mothers]
    assert seen[african].any()
    assert not seen[~african].any()
