"""All pairs of samples: against looking at each pair by itself."""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np
import pytest
from numpy.typing import NDArray

from antigone.core import Alleles, LocusModel, alike_log10_lr, alike_pairs, locus_set
from antigone.core.alike import AlikePairs
from antigone.core.alike_lanes import kinds_of
from tests.reference import alike as twin
from tests.reference.random_cases import random_question

Rows = NDArray[np.int_]
KINDS = ("plain", "theta", "silent", "dropout", "dropin")


def random_rows(rng: np.random.Generator, shape: tuple[int, int], alleles: int, people: int) -> Rows:
    """(samples, loci, 4) of a few people: full, in part, misread, with a foreign allele, not tested."""
    samples, loci = shape
    genotypes = rng.integers(alleles, size=(people, loci, 2))
    rows = np.full((samples, loci, 4), -1)
    rows[..., :2] = genotypes[rng.integers(people, size=samples)]
    misread = rng.random((samples, loci)) < 0.1
    rows[misread, 0] = rng.integers(alleles, size=misread.sum())
    partial = rng.random(samples) < 0.5
    one_seen = (rng.random((samples, loci)) < 0.3) & partial[:, None]
    rows[one_seen, 1] = -1
    rows[(rng.random((samples, loci)) < 0.1) & partial[:, None]] = -1
    rows[(rng.random((samples, loci)) < 0.05) & ~one_seen, 2] = alleles - 1
    rows[rng.random((samples, loci)) < rng.choice([0.05, 0.5], samples, p=[0.8, 0.2])[:, None]] = -2
    return rows


def found(blocks: list[AlikePairs]) -> tuple[list[tuple[int, ...]], int]:
    """As the twin says it; the blocks must follow each other."""
    assert all(one.end == two.begin for one, two in pairwise(blocks))
    columns = [np.concatenate([np.column_stack([b.pairs, b.differing, b.compared]) for b in blocks])]
    return [tuple(map(int, row)) for row in columns[0]], sum(b.too_few for b in blocks)


@pytest.mark.parametrize("triangle", [True, False])
@pytest.mark.parametrize("seed", range(12))
def test_every_pair_is_judged_as_by_itself(seed: int, triangle: bool) -> None:
    rng = np.random.default_rng([1, seed])
    loci, alleles = (6, 9, 13, 23)[seed % 4], (3, 12, 60)[seed % 3]
    rows = random_rows(rng, (24, loci), alleles, 6)
    first, second = (rows, None) if triangle else (rows[:9], rows[9:])
    most, fewest = int(rng.integers(4)), int(rng.integers(2, loci))
    expected = twin.alike(first, second, alleles, most, fewest)
    answer = alike_pairs(Alleles.of(first), None if second is None else Alleles.of(second), most, fewest)
    blocks = list(answer)
    assert found(blocks) == expected
    assert sum(b.looked_at for b in blocks) == (276 if triangle else 9 * 15)


def test_the_random_cases_hold_what_they_are_for() -> None:
    rows = random_rows(np.random.default_rng(2), (24, 9), 12, 6)
    pairs, too_few = twin.alike(rows, None, 12, 2, 5)
    assert len(pairs) > 10
    assert too_few > 10
    assert {differing for *_, differing, _ in pairs} == {0, 1, 2}


@pytest.mark.parametrize("shape", [(150, None), (2, 2100)], ids=["several tiles", "several blocks of lanes"])
def test_nothing_is_lost_between_tiles_and_blocks(shape: tuple[int, int | None]) -> None:
    rng = np.random.default_rng(3)
    first = random_rows(rng, (shape[0], 7), 12, 9)
    second = None if shape[1] is None else random_rows(rng, (shape[1], 7), 12, 9)
    answer = list(alike_pairs(Alleles.of(first), None if second is None else Alleles.of(second), 1, 4))
    assert found(answer) == twin.alike(first, second, 12, 1, 4)


def test_genotypes_that_share_a_class_are_told_apart() -> None:
    genotypes = [(low, high) for high in range(40) for low in range(high + 1)]
    rows = np.array(genotypes)[[0, 254, 508], None]
    (block,) = alike_pairs(Alleles.of(np.repeat(rows, 8, axis=1)), most_differing=7)
    assert len(block.pairs) == 0


def test_any_cut_gives_the_same() -> None:
    rows = Alleles.of(random_rows(np.random.default_rng(4), (30, 9), 12, 4))
    whole = found(list(alike_pairs(rows, None, 2, 5)))
    one_by_one = list(alike_pairs(rows, None, 2, 5, most_pairs=1))
    assert found(one_by_one) == whole
    assert all(len(b.pairs) <= 1 or b.end == b.begin + 1 for b in one_by_one)
    parts = [b for begin in range(0, 30, 7) for b in alike_pairs(rows, None, 2, 5, begin, min(begin + 7, 30))]
    assert found(parts) == whole


def test_no_samples_and_nothing_shown() -> None:
    nothing = Alleles.of(np.full((3, 9, 2), -1))
    (block,) = alike_pairs(nothing)
    assert (block.looked_at, block.too_few, len(block.pairs)) == (3, 3, 0)
    assert list(alike_pairs(Alleles.of(np.zeros((0, 9, 2), np.int16)), nothing)) == []
    (block,) = alike_pairs(nothing, Alleles.of(np.zeros((0, 9, 2), np.int16)))
    assert (block.looked_at, block.too_few) == (0, 0)


def test_what_cannot_be_compared_is_refused() -> None:
    with pytest.raises(ValueError, match="64 loci"):
        Alleles.of(np.zeros((1, 64, 2)))
    with pytest.raises(ValueError, match="allele number 254"):
        Alleles.of([[[0, 254]]])
    with pytest.raises(ValueError, match="9 loci against 8"):
        alike_pairs(Alleles.of(np.zeros((1, 9, 2))), Alleles.of(np.zeros((1, 8, 2))))


@pytest.mark.parametrize("high", [3, 5000])
def test_rows_of_a_kind_are_found_with_a_table_and_by_sorting(high: int) -> None:
    rng = np.random.default_rng(6)
    rows = rng.integers(-2, high, (20, 5))[rng.integers(20, size=100)]
    one_of_each, kind = kinds_of(rows)
    assert (rows[one_of_each][kind] == rows).all()
    assert len(one_of_each) == len({tuple(row) for row in rows.tolist()})


def random_loci(kind: str, seed: int) -> list[LocusModel]:
    return [random_question(7 * n + seed, kind).locus for n in range(3)]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("seed", range(3))
def test_likelihood_ratios_as_by_counting_every_case(kind: str, seed: int) -> None:
    rng = np.random.default_rng([5, seed])
    loci = random_loci(kind, seed)
    fewest = min(len(locus.frequencies) for locus in loci)
    rows = random_rows(rng, (10, 3), fewest, 3)
    rows[..., 2][kind != "dropin"] = -1
    for i, locus in enumerate(loci):
        rows[:, i][rows[:, i] == locus.silent] = (locus.silent + 1) % fewest
    rates = rng.choice([0.0, 0.1, 0.35] if kind in ("dropout", "dropin") else [0.0], (5, 2))
    foreign = rng.choice([0.0, 0.05] if kind == "dropin" else [0.0], (5, 2))
    theta = 0.03 if kind in ("theta", "dropin") else 0.0
    same, over_brothers = alike_log10_lr(locus_set(loci), rows[:5], rows[5:], rates, foreign, theta)
    for n in range(5):
        by_locus = [
            twin.log10_lr(locus, np.stack([rows[n, i], rows[5 + n, i]]), tuple(rates[n]), tuple(foreign[n]), theta)
            for i, locus in enumerate(loci)
        ]
        expected = sum(max(one, -3.0) for one, _ in by_locus)
        assert same[n] == pytest.approx(expected, abs=1e-9)
        assert over_brothers[n] == pytest.approx(expected - sum(b for _, b in by_locus), abs=1e-9)


def test_x_linked_loci_are_left_out_and_few_pairs_are_weighed_twice() -> None:
    p = np.array([0.2, 0.8])
    loci = locus_set([LocusModel(p), LocusModel(p, x_linked=True)])
    same, over_brothers = alike_log10_lr(loci, np.zeros((2, 2, 2)), [[[0, 0], [1, 1]], [[1, 1], [0, 0]]], floor=0.0)
    assert same == pytest.approx([math.log10(25.0), -3.0])
    assert over_brothers[0] == pytest.approx(math.log10(4 / 1.2**2))
    assert math.isnan(over_brothers[1])


def test_no_pairs_have_no_ratios() -> None:
    none = np.zeros((0, 1, 2), np.int16)
    same, over_brothers = alike_log10_lr(locus_set([LocusModel(np.array([0.5, 0.5]))]), none, none)
    assert len(same) == len(over_brothers) == 0
