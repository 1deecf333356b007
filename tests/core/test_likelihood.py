"""The engine against counting every case, and against algebra worked by hand."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import pytest
from numpy.typing import NDArray

from antigone.core import log10_likelihood
from antigone.core.loci import LocusModel
from antigone.core.mutation import equal
from antigone.core.pedigrees import FEMALE, MALE, UNKNOWN, Shape
from tests.reference import enumeration
from tests.reference.random_cases import KINDS, random_question

TOLERANCE = 1e-9
"""Largest difference of two natural logarithms."""

A, B, C, D = range(4)
NONE_SEEN, NOT_TESTED = (-1, -1), (-2, -2)
P = (0.1, 0.2, 0.3, 0.4)

PARENT_CHILD = Shape((-1, -1, 0), (-1, -1, 1), (MALE, FEMALE, MALE))
FULL_SIBLINGS = Shape((-1, -1, 0, 0), (-1, -1, 1, 1), (MALE, FEMALE, MALE, FEMALE))
HALF_SIBLINGS = Shape((-1, -1, -1, 0, 0), (-1, -1, -1, 1, 2), (MALE, FEMALE, FEMALE, MALE, MALE))
ONE_MAN = Shape((-1,), (-1,), (MALE,))
TWO_MEN = Shape((-1, -1), (-1, -1), (MALE, MALE))


def probability(
    shape: Shape,
    locus: LocusModel,
    observations: Sequence[Sequence[int]] | NDArray[np.int_],
    dropout: Sequence[float] | None = None,
    dropin: Sequence[float] | None = None,
    theta: float = 0.0,
) -> float:
    """The engine's likelihood, after it agreed with the count of every case."""
    rows = np.array(observations)
    counted = enumeration.likelihood(shape, locus, rows, dropout, dropin, theta)
    d = None if dropout is None else np.array(dropout)
    c = None if dropin is None else np.array(dropin)
    answer = log10_likelihood(shape, locus, rows, dropout=d, dropin=c, theta=theta)
    if counted == 0.0:
        assert answer == -math.inf
    else:
        assert answer * math.log(10) == pytest.approx(math.log(counted), abs=TOLERANCE, rel=0.0)
    return float(10.0**answer)


def autosomal(frequencies: Sequence[float] = P, silent: int = -1) -> LocusModel:
    return LocusModel(np.array(frequencies), silent=silent)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("seed", range(40))
def test_random_question(seed: int, kind: str) -> None:
    q = random_question(seed, kind)
    probability(q.shape, q.locus, q.observations, q.dropout, q.dropin, q.theta)


class TestTwoPersons:
    """LR against unrelated, from the algebra of identity by descent."""

    @staticmethod
    def lr(shape: Shape, first: int, second: int, g1: tuple[int, int], g2: tuple[int, int]) -> float:
        rows = [NOT_TESTED] * len(shape)
        rows[first], rows[second] = g1, g2
        unrelated = probability(TWO_MEN, autosomal(), [g1, g2])
        return probability(shape, autosomal(), rows) / unrelated

    @pytest.mark.parametrize(
        ("parent", "child", "expected"),
        [
            ((A, A), (A, A), 1 / P[A]),
            ((A, A), (A, B), 1 / (2 * P[A])),
            ((A, B), (A, A), 1 / (2 * P[A])),
            ((A, B), (A, B), (P[A] + P[B]) / (4 * P[A] * P[B])),
            ((A, B), (A, C), 1 / (4 * P[A])),
            ((A, A), (B, C), 0.0),
        ],
    )
    def test_parent_and_child(self, parent: tuple[int, int], child: tuple[int, int], expected: float) -> None:
        assert self.lr(PARENT_CHILD, 0, 2, parent, child) == pytest.approx(expected, rel=1e-12)

    @pytest.mark.parametrize(
        ("one", "other", "expected"),
        [
            ((A, A), (A, A), 0.25 + 0.5 / P[A] + 0.25 / P[A] ** 2),
            ((A, A), (A, B), 0.25 + 0.5 / (2 * P[A])),
            ((A, B), (A, B), 0.25 + 0.5 * (P[A] + P[B]) / (4 * P[A] * P[B]) + 0.25 / (2 * P[A] * P[B])),
            ((A, B), (A, C), 0.25 + 0.5 / (4 * P[A])),
            ((A, B), (C, D), 0.25),
        ],
    )
    def test_full_siblings(self, one: tuple[int, int], other: tuple[int, int], expected: float) -> None:
        assert self.lr(FULL_SIBLINGS, 2, 3, one, other) == pytest.approx(expected, rel=1e-12)

    @pytest.mark.parametrize(
        ("one", "other", "expected"),
        [
            ((A, A), (A, A), 0.5 + 0.5 / P[A]),
            ((A, B), (A, B), 0.5 + 0.5 * (P[A] + P[B]) / (4 * P[A] * P[B])),
            ((A, B), (A, C), 0.5 + 0.5 / (4 * P[A])),
            ((A, B), (C, D), 0.5),
        ],
    )
    def test_half_siblings(self, one: tuple[int, int], other: tuple[int, int], expected: float) -> None:
        assert self.lr(HALF_SIBLINGS, 3, 4, one, other) == pytest.approx(expected, rel=1e-12)

    def test_twins_are_one_person(self) -> None:
        twins = Shape((-1, -1, 0, 0), (-1, -1, 1, 1), (1, 2, 1, 1), twin=(-1, -1, 0, 0))
        assert self.lr(twins, 2, 3, (A, B), (A, B)) == pytest.approx(1 / (2 * P[A] * P[B]), rel=1e-12)
        assert self.lr(twins, 2, 3, (A, B), (A, C)) == 0.0

    def test_child_of_full_siblings_is_homozygous_more_often(self) -> None:
        father, mother = (-1, -1, 0, 0, 2), (-1, -1, 1, 1, 3)
        shape = Shape(father, mother, (MALE, FEMALE, MALE, FEMALE, UNKNOWN))
        got = probability(shape, autosomal(), [NOT_TESTED] * 4 + [(A, A)])
        assert got == pytest.approx(P[A] * 0.25 + P[A] ** 2 * 0.75, rel=1e-12)

    def test_inbred_founder(self) -> None:
        founder = Shape((-1,), (-1,), (MALE,), inbreeding=(0.2,))
        assert probability(founder, autosomal(), [(A, A)]) == pytest.approx(0.2 * P[A] + 0.8 * P[A] ** 2)
        assert probability(founder, autosomal(), [(A, B)]) == pytest.approx(0.8 * 2 * P[A] * P[B])


class TestMutation:
    """Exclusion without mutation, and what one mutated meiosis costs."""

    def test_father_and_mother_mutate_apart(self) -> None:
        locus = LocusModel(np.array(P), female=equal(4, 0.0004), male=equal(4, 0.003))
        from_father = probability(PARENT_CHILD, locus, [(A, A), (B, B), (B, C)])
        from_mother = probability(PARENT_CHILD, locus, [(A, A), (B, B), (A, C)])
        founders = P[A] ** 2 * P[B] ** 2
        # child B,C: the father's A became C; or the father's A became B and the mother's B became C
        assert from_father == pytest.approx(founders * (0.001 * (1 - 0.0004) + 0.001 * 0.0004 / 3), rel=1e-12)
        # child A,C: the mother's B became C; or the father's A became C and the mother's B became A
        assert from_mother == pytest.approx(founders * ((1 - 0.003) * 0.0004 / 3 + 0.001 * 0.0004 / 3), rel=1e-12)

    def test_without_mutation_it_is_impossible(self) -> None:
        assert probability(PARENT_CHILD, autosomal(), [(A, A), (B, B), (B, C)]) == 0.0


class TestTheta:
    """Balding & Nichols 1994: P(next = x) = (n_x theta + (1 - theta) p_x) / (1 + (n - 1) theta)."""

    T = 0.03
    PA, PB = (1 - T) * P[A], (1 - T) * P[B]

    def test_match_of_two_unrelated_homozygotes(self) -> None:
        both = probability(TWO_MEN, autosomal(), [(A, A), (A, A)], theta=self.T)
        one = probability(ONE_MAN, autosomal(), [(A, A)], theta=self.T)
        expected = (2 * self.T + self.PA) * (3 * self.T + self.PA) / ((1 + self.T) * (1 + 2 * self.T))
        assert both / one == pytest.approx(expected, rel=1e-12)

    def test_match_of_two_unrelated_heterozygotes(self) -> None:
        both = probability(TWO_MEN, autosomal(), [(A, B), (A, B)], theta=self.T)
        one = probability(ONE_MAN, autosomal(), [(A, B)], theta=self.T)
        expected = 2 * (self.T + self.PA) * (self.T + self.PB) / ((1 + self.T) * (1 + 2 * self.T))
        assert both / one == pytest.approx(expected, rel=1e-12)

    @pytest.mark.parametrize(
        ("parent", "child", "numerator", "denominator"),
        [
            ((A, A), (A, A), 1 + 2 * T, 3 * T + PA),
            ((A, A), (A, B), 1 + 2 * T, 2 * (2 * T + PA)),
            ((A, B), (A, C), 1 + 2 * T, 4 * (T + PA)),
            ((A, B), (A, A), 1 + 2 * T, 2 * (2 * T + PA)),
        ],
    )
    def test_parent_child_lr(
        self, parent: tuple[int, int], child: tuple[int, int], numerator: float, denominator: float
    ) -> None:
        """The paternity indices with subpopulations (Evett & Weir 1998, mother not typed)."""
        rows = [parent, NOT_TESTED, child]
        related = probability(PARENT_CHILD, autosomal(), rows, theta=self.T)
        unrelated = probability(TWO_MEN, autosomal(), [parent, child], theta=self.T)
        assert related / unrelated == pytest.approx(numerator / denominator, rel=1e-12)

    @pytest.mark.parametrize(("sex", "child"), [(MALE, (B, B)), (FEMALE, (A, B))])
    def test_x_trio_with_a_male_founder(self, sex: int, child: tuple[int, int]) -> None:
        """Father A, mother not typed, child with a maternal B; p_A 0.1, p_B 0.9, theta 0.03.

        By hand: two founder alleles count, the father's only A and the mother's B that was passed on:
        p_A (1 - theta) p_B = 0.1 x 0.97 x 0.9 = 0.0873. pedprobr 1.1.0 prints 0.01076, which is
        p_A (theta + (1 - theta) p_A) (1 - theta) p_B / (1 + theta): the man is counted as having
        drawn A twice, though he carries one X chromosome.
        """
        trio = Shape((-1, -1, 0), (-1, -1, 1), (MALE, FEMALE, sex))
        locus = LocusModel(np.array([0.1, 0.9]), x_linked=True)
        got = probability(trio, locus, [(A, A), NOT_TESTED, child], theta=0.03)
        assert got == pytest.approx(0.0873, rel=1e-12)

    def test_x_trio_with_a_typed_mother(self) -> None:
        """Father A, mother A,B, son B: urn A, then A and B in either order, then one half."""
        trio = Shape((-1, -1, 0), (-1, -1, 1), (MALE, FEMALE, MALE))
        locus = LocusModel(np.array(P), x_linked=True)
        got = probability(trio, locus, [(A, A), (A, B), (B, B)], theta=self.T)
        expected = P[A] * 2 * (self.T + self.PA) * self.PB / (1 + self.T) / 2
        assert got == pytest.approx(expected, rel=1e-12)


class TestSilentAllele:
    """An allele nobody sees, frequency s: father A,A and child B,B need not exclude each other."""

    S = 3
    LOCUS = LocusModel(np.array([0.5, 0.3, 0.15, 0.05]), silent=3)

    def test_vouched_homozygote(self) -> None:
        got = probability(ONE_MAN, self.LOCUS, [(A, A)])
        assert got == pytest.approx(0.5**2 + 2 * 0.5 * 0.05, rel=1e-12)

    def test_homozygous_father_and_other_homozygous_child(self) -> None:
        """Father A+silent passes the silent allele on; the mother gives B, or the child is B+silent."""
        got = probability(PARENT_CHILD, self.LOCUS, [(A, A), NOT_TESTED, (B, B)])
        assert got == pytest.approx((2 * 0.5 * 0.05) * 0.5 * 0.3, rel=1e-12)

    def test_nothing_seen_is_two_silent_alleles(self) -> None:
        assert probability(ONE_MAN, self.LOCUS, [NONE_SEEN]) == pytest.approx(0.05**2, rel=1e-12)

    def test_without_a_silent_allele_nothing_seen_says_nothing(self) -> None:
        assert probability(ONE_MAN, autosomal(), [NONE_SEEN]) == pytest.approx(1.0, rel=1e-12)

    def test_silent_allele_on_x(self) -> None:
        locus = LocusModel(np.array([0.5, 0.3, 0.15, 0.05]), silent=3, x_linked=True)
        assert probability(ONE_MAN, locus, [NONE_SEEN]) == pytest.approx(0.05, rel=1e-12)
        assert probability(ONE_MAN, locus, [(A, A)]) == pytest.approx(0.5, rel=1e-12)


class TestDropout:
    """Per-allele dropout d on one man: what is seen, from what he has."""

    d = 0.2
    HET, HOM = 2 * P[A] * P[B], P[A] ** 2

    def one(self, row: tuple[int, ...], d: float = d, c: float = 0.0, locus: LocusModel | None = None) -> float:
        return probability(ONE_MAN, locus or autosomal(), [row], dropout=[d], dropin=[c])

    def test_two_alleles(self) -> None:
        assert self.one((A, B)) == pytest.approx((1 - self.d) ** 2 * self.HET, rel=1e-12)

    def test_one_allele(self) -> None:
        carriers = 2 * P[A] * (1 - P[A])
        expected = self.d * (1 - self.d) * carriers + (1 - self.d**2) * self.HOM
        assert self.one((A, -1)) == pytest.approx(expected, rel=1e-12)

    def test_one_allele_vouched_homozygous(self) -> None:
        assert self.one((A, A)) == pytest.approx((1 - self.d**2) * self.HOM, rel=1e-12)

    def test_nothing(self) -> None:
        assert self.one(NONE_SEEN) == pytest.approx(self.d**2, rel=1e-12)

    def test_one_allele_without_dropout_leaves_the_other_open(self) -> None:
        assert self.one((A, -1), d=0.0) == pytest.approx(1 - (1 - P[A]) ** 2, rel=1e-12)

    def test_with_a_silent_allele(self) -> None:
        locus = autosomal(silent=D)
        visible_pairs = (P[A] * 2 * (P[B] + P[C])) * self.d * (1 - self.d)
        half_silent = 2 * P[A] * P[D] * (1 - self.d)
        expected = visible_pairs + half_silent + P[A] ** 2 * (1 - self.d**2)
        assert self.one((A, -1), locus=locus) == pytest.approx(expected, rel=1e-12)
        nothing = self.d**2 * (1 - P[D]) ** 2 + self.d * 2 * P[D] * (1 - P[D]) + P[D] ** 2
        assert self.one(NONE_SEEN, locus=locus) == pytest.approx(nothing, rel=1e-12)

    def test_male_on_x(self) -> None:
        locus = LocusModel(np.array(P), x_linked=True)
        assert self.one((A, -1), locus=locus) == pytest.approx((1 - self.d) * P[A], rel=1e-12)
        assert self.one((A, A), locus=locus) == pytest.approx((1 - self.d) * P[A], rel=1e-12)
        assert self.one(NONE_SEEN, locus=locus) == pytest.approx(self.d, rel=1e-12)

    def test_everything_that_can_be_seen_adds_up_to_one(self) -> None:
        pairs = [(a, b) for a in range(4) for b in range(a + 1, 4)]
        seen = [NONE_SEEN, *((a, -1) for a in range(4)), *pairs]
        assert math.fsum(self.one(row) for row in seen) == pytest.approx(1.0, rel=1e-12)

    def test_drop_in(self) -> None:
        c = 0.05
        with_foreign = c * P[C] * (1 - self.d) ** 2 * self.HET
        foreign_a = c * P[A] * (1 - self.d) ** 2 * 2 * P[B] * P[C]
        foreign_b = c * P[B] * (1 - self.d) ** 2 * 2 * P[A] * P[C]
        two = [(x, y, z) for x, y, z in ((A, B, C), (B, A, C), (C, A, B))]
        lost = sum(
            c * P[y] * c * P[z] * (self.d * (1 - self.d) * 2 * P[x] * P[D] + (1 - self.d**2) * P[x] ** 2)
            for x, y, z in two
        )
        all_foreign = c**3 * P[A] * P[B] * P[C] * self.d**2 * P[D] ** 2
        expected = with_foreign + foreign_a + foreign_b + lost + all_foreign
        assert self.one((A, B, C), c=c) == pytest.approx(expected, rel=1e-12)

    def test_no_drop_in_happened(self) -> None:
        assert self.one((A, B), c=0.05) > 0.95 * (1 - self.d) ** 2 * self.HET
        assert self.one(NONE_SEEN, c=0.05) == pytest.approx(0.95 * self.d**2, rel=1e-12)

    def test_lost_allele_explains_a_mother(self) -> None:
        """Mother A,B; her son shows C only: he lost hers. Without dropout of his, C,? must hold A or B."""
        rows = [NOT_TESTED, (A, B), (C, -1)]
        got = probability(PARENT_CHILD, autosomal(), rows, dropout=[0.0, 0.0, self.d])
        expected = self.HET * P[C] * self.d * (1 - self.d)
        assert got == pytest.approx(expected, rel=1e-12)
