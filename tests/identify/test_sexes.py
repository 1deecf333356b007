"""Sex as an observation with error, by hand."""

from __future__ import annotations

from math import log10

import pytest

from antigone.domain import Call, Profile, Sex, SexPolicy
from antigone.identify.sexes import log10_sex_lr, observed_sex

RULES = SexPolicy()
X_ONLY, X_AND_Y = {"AMEL": Call(("X", "X"))}, {"AMEL": Call(("X", "Y"))}
MEN = RULES.male_share


def seen(calls: dict[str, Call], recorded: Sex = Sex.UNKNOWN) -> Profile:
    return Profile("s", calls, recorded_sex=recorded)


@pytest.mark.parametrize(("profile", "sex"), [
    (seen({}), Sex.UNKNOWN),
    (seen({}, Sex.FEMALE), Sex.FEMALE),
    (seen(X_ONLY, Sex.MALE), Sex.FEMALE),
    (seen(X_AND_Y), Sex.MALE),
    (seen({"AMEL": Call(())}, Sex.MALE), Sex.MALE),
    (seen({**X_ONLY, "DYS391": Call(("10",))}), Sex.MALE),
    (seen({**X_ONLY, "DYS391": Call(())}), Sex.FEMALE),
])  # fmt: skip
def test_y_markers_before_amelogenin_before_what_was_written(profile: Profile, sex: Sex) -> None:
    assert observed_sex(profile) is sex


@pytest.mark.parametrize(("profile", "partial", "given_male", "given_female"), [
    (seen(X_AND_Y), False, 0.99, 1e-4),
    (seen(X_AND_Y), True, 0.8, 1e-4),
    (seen(X_ONLY), False, 0.01, 1 - 1e-4),
    (seen(X_ONLY), True, 0.2, 1 - 1e-4),
    (seen({}, Sex.MALE), False, 0.95, 0.05),
    (seen({}, Sex.FEMALE), True, 0.05, 0.95),
])  # fmt: skip
def test_ratio_against_anybody(profile: Profile, partial: bool, given_male: float, given_female: float) -> None:
    anybody = MEN * given_male + (1 - MEN) * given_female
    assert log10_sex_lr(profile, Sex.MALE, RULES, partial) == pytest.approx(log10(given_male / anybody))
    assert log10_sex_lr(profile, Sex.FEMALE, RULES, partial) == pytest.approx(log10(given_female / anybody))


def test_nothing_is_said_where_nothing_was_seen_or_the_sex_is_unknown() -> None:
    assert log10_sex_lr(seen({}), Sex.MALE, RULES, False) == 0.0
    assert log10_sex_lr(seen(X_ONLY), Sex.UNKNOWN, RULES, False) == 0.0


def test_a_wrong_sex_weighs_and_does_not_exclude() -> None:
    against = log10_sex_lr(seen(X_AND_Y), Sex.FEMALE, RULES, False)
    assert -4.1 < against < -3.9
