"""The sex seen on remains, as an observation with error: it weighs, it never filters in silence."""

from __future__ import annotations

import math
from dataclasses import dataclass

from antigone.domain import Chromosome, Profile, Sex, SexPolicy, chromosome_of


def observed_sex(profile: Profile) -> Sex:
    """What the sample shows: Y markers first, then amelogenin, then what was written down."""
    if any(chromosome_of(locus) is Chromosome.Y and call.alleles for locus, call in profile.calls.items()):
        return Sex.MALE
    amelogenin = profile.calls.get("AMEL")
    if amelogenin is not None and amelogenin.alleles:
        return Sex.MALE if "Y" in amelogenin.alleles else Sex.FEMALE
    return profile.recorded_sex


@dataclass(frozen=True, slots=True)
class SexSeen:
    """What a sample shows. typed: by amelogenin or Y markers, not only written down; partial: alleles may be lost."""

    sex: Sex
    typed: bool
    partial: bool


def log10_sex_lr(profile: Profile, missing: Sex, policy: SexPolicy, partial: bool) -> float:
    """`log10_sex_lr_of` what this profile shows."""
    typed = any(
        chromosome_of(locus) in (Chromosome.SEX, Chromosome.Y) and call.alleles for locus, call in profile.calls.items()
    )
    return log10_sex_lr_of(SexSeen(observed_sex(profile), typed, partial), missing, policy)


def log10_sex_lr_of(seen: SexSeen, missing: Sex, policy: SexPolicy) -> float:
    """log10 P(what was seen | the missing person's sex) / P(what was seen | anybody).

    Anybody is male with `male_share`. 0 where nothing was seen or the person's sex is unknown.
    """
    if seen.sex is Sex.UNKNOWN or missing is Sex.UNKNOWN:
        return 0.0
    given_male, given_female = (_seen_given(seen, sex, policy) for sex in (Sex.MALE, Sex.FEMALE))
    anybody = policy.male_share * given_male + (1.0 - policy.male_share) * given_female
    return math.log10((given_male if missing is Sex.MALE else given_female) / anybody)


def sexes_disagree(profile: Profile, sex: Sex) -> bool:
    """Both sexes are known, and they differ."""
    seen = observed_sex(profile)
    return Sex.UNKNOWN not in (seen, sex) and seen is not sex


def _seen_given(seen: SexSeen, sex: Sex, policy: SexPolicy) -> float:
    if not seen.typed:
        return 1.0 - policy.recorded_wrong if seen.sex is sex else policy.recorded_wrong
    x_only = policy.x_only_given_male_partial if seen.partial else policy.x_only_given_male
    if sex is Sex.MALE:
        return 1.0 - x_only if seen.sex is Sex.MALE else x_only
    return policy.xy_given_female if seen.sex is Sex.MALE else 1.0 - policy.xy_given_female
