"""The sex seen on remains, as an observation with error: it weighs, it never filters in silence."""

from __future__ import annotations

import math

from antigone.domain import Chromosome, Profile, Sex, SexPolicy, chromosome_of


def observed_sex(profile: Profile) -> Sex:
    """What the sample shows: Y markers first, then amelogenin, then what was written down."""
    if any(chromosome_of(locus) is Chromosome.Y and call.alleles for locus, call in profile.calls.items()):
        return Sex.MALE
    amelogenin = profile.calls.get("AMEL")
    if amelogenin is not None and amelogenin.alleles:
        return Sex.MALE if "Y" in amelogenin.alleles else Sex.FEMALE
    return profile.recorded_sex


def log10_sex_lr(profile: Profile, missing: Sex, policy: SexPolicy, partial: bool) -> float:
    """log10 P(what was seen | the missing person's sex) / P(what was seen | anybody).

    Anybody is male with `male_share`. 0 where nothing was seen or the person's sex is unknown.
    """
    seen = observed_sex(profile)
    if seen is Sex.UNKNOWN or missing is Sex.UNKNOWN:
        return 0.0
    given_male = _seen_given(seen, profile, Sex.MALE, policy, partial)
    given_female = _seen_given(seen, profile, Sex.FEMALE, policy, partial)
    anybody = policy.male_share * given_male + (1.0 - policy.male_share) * given_female
    return math.log10((given_male if missing is Sex.MALE else given_female) / anybody)


def sexes_disagree(profile: Profile, sex: Sex) -> bool:
    """Both sexes are known, and they differ."""
    seen = observed_sex(profile)
    return Sex.UNKNOWN not in (seen, sex) and seen is not sex


def _seen_given(seen: Sex, profile: Profile, sex: Sex, policy: SexPolicy, partial: bool) -> float:
    typed = any(
        chromosome_of(locus) in (Chromosome.SEX, Chromosome.Y) and call.alleles for locus, call in profile.calls.items()
    )
    if not typed:
        return 1.0 - policy.recorded_wrong if seen is sex else policy.recorded_wrong
    x_only = policy.x_only_given_male_partial if partial else policy.x_only_given_male
    if sex is Sex.MALE:
        return 1.0 - x_only if seen is Sex.MALE else x_only
    return policy.xy_given_female if seen is Sex.MALE else 1.0 - policy.xy_given_female
