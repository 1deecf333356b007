"""The frequency part of the policy, by hand."""

from __future__ import annotations

import pytest
from numpy.testing import assert_allclose

from antigone.core import FrequenciesRefused, apply_policy
from antigone.core.frequencies import MINIMUM_WITHOUT_SIZE, minimum_frequency
from antigone.domain import FrequencyPolicy

NO_MINIMUM = FrequencyPolicy(minimum=0.0)


@pytest.mark.parametrize(("policy", "size", "of_table", "least"), [
    (FrequencyPolicy(minimum=0.02), 100, 0.03, 0.02),
    (FrequencyPolicy(minimum=0.0), 100, 0.03, 0.0),
    (FrequencyPolicy(), 100, 0.03, 0.03),
    (FrequencyPolicy(), 250, None, 5 / 500),
    (FrequencyPolicy(), None, None, MINIMUM_WITHOUT_SIZE),
])  # fmt: skip
def test_minimum_of_the_policy_then_the_table_then_its_size(
    policy: FrequencyPolicy, size: int | None, of_table: float | None, least: float
) -> None:
    assert minimum_frequency(policy, size, of_table) == pytest.approx(least)


def test_a_sum_slightly_off_is_rescaled() -> None:
    applied = apply_policy([0.5, 0.49], 0, NO_MINIMUM)
    assert_allclose(applied.frequencies, [0.5 / 0.99, 0.49 / 0.99])
    assert (applied.rest, applied.silent) == (-1, -1)


def test_a_sum_rounded_in_print_is_used_as_it_stands() -> None:
    assert apply_policy([0.5, 0.4999999], 0, NO_MINIMUM).frequencies.tolist() == [0.5, 0.4999999]


def test_a_larger_gap_becomes_the_rest() -> None:
    applied = apply_policy([0.5, 0.4], 0, NO_MINIMUM)
    assert_allclose(applied.frequencies, [0.5, 0.4, 0.1])
    assert applied.rest == 2


def test_an_absent_allele_takes_its_share_of_the_rest() -> None:
    applied = apply_policy([0.5, 0.2], 2, FrequencyPolicy(absent="rest", minimum=0.0))
    assert_allclose(applied.frequencies, [0.5, 0.2, 0.1, 0.1, 0.1])
    assert applied.rest == 4


def test_an_absent_allele_takes_the_minimum_and_the_rest_stays() -> None:
    applied = apply_policy([0.5, 0.2], 1, FrequencyPolicy(minimum=0.05))
    assert_allclose(applied.frequencies, [0.95 * 0.5, 0.95 * 0.2, 0.05, 0.95 * 0.3])


def test_rare_alleles_are_raised_to_the_minimum() -> None:
    applied = apply_policy([0.99, 0.01], 0, FrequencyPolicy(minimum=0.1))
    assert_allclose(applied.frequencies, [0.9, 0.1])


def test_raising_one_allele_may_push_another_below() -> None:
    """0.1 is scaled down to 0.09 to make room for the third, and is then raised too."""
    applied = apply_policy([0.9, 0.1, 0.0], 0, FrequencyPolicy(minimum=0.1))
    assert_allclose(applied.frequencies, [0.8, 0.1, 0.1])


def test_a_minimum_above_half_of_an_equal_share_is_that_half() -> None:
    assert_allclose(apply_policy([1.0, 0.0], 0, FrequencyPolicy(minimum=0.4)).frequencies, [0.75, 0.25])


def test_the_silent_allele_comes_last_and_keeps_its_frequency() -> None:
    applied = apply_policy([0.6, 0.4], 0, NO_MINIMUM, silent=0.01)
    assert_allclose(applied.frequencies, [0.6 * 0.99, 0.4 * 0.99, 0.01])
    assert applied.silent == 2


@pytest.mark.parametrize(("listed", "absent", "policy", "code", "found"), [
    ([0.5, -0.1], 0, FrequencyPolicy(), "negative", -0.1),
    ([0.7, 0.6], 0, FrequencyPolicy(), "above-one", 1.3),
    ([0.5, 0.5], 2, FrequencyPolicy(absent="refuse"), "absent-allele", 2),
    ([0.5, 0.5], 1, NO_MINIMUM, "absent-allele", 1),
    ([0.0, 0.0], 0, FrequencyPolicy(), "no-mass", 0.0),
])  # fmt: skip
def test_what_is_refused(listed: list[float], absent: int, policy: FrequencyPolicy, code: str, found: float) -> None:
    with pytest.raises(FrequenciesRefused) as refused:
        apply_policy(listed, absent, policy)
    assert (refused.value.code, refused.value.found) == (code, pytest.approx(found))


def test_refusing_needs_an_absent_allele() -> None:
    assert apply_policy([0.5, 0.5], 0, FrequencyPolicy(absent="refuse", minimum=0.0)).frequencies.sum() == 1.0
