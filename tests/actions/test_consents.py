"""What relatives allow, what is taken from them, and what ends when they withdraw it."""

from __future__ import annotations

from tests.actions.family_records import (
    DAY,
    agrees,
    computed,
    consent_of,
    contact,
    household,
    not_here,
    problems,
    record,
    refused,
    state,
    told,
)
from tests.cast import Cast, do


def test_a_reference_sample_goes_as_far_as_the_consent(cast: Cast) -> None:
    house = household(cast)
    registrar = cast["registrar"]
    taken = {"material": "buccal_swab", "taken_on": DAY}
    sample = do(registrar, "take_reference_sample", relative=house.mother, **taken).record
    own = do(registrar, "take_reference_sample", missing_person=house.person, **taken).record
    assert (record(sample).scope, record(sample).relative_id, state(sample)) == ("kinship", house.mother, "taken")
    assert (record(own).scope, record(own).missing_person_id) == ("direct", house.person)
    assert problems(registrar, "take_reference_sample", **taken) == [("one-donor", "relative", "neither")]
    both = {"relative": house.mother, "missing_person": house.person}
    assert problems(registrar, "take_reference_sample", **both, **taken) == [("one-donor", "relative", "both")]
    not_here(cast["b.registrar"], "take_reference_sample", relative=house.mother, **taken)


def test_nothing_is_taken_without_consent(cast: Cast) -> None:
    house = household(cast)
    registrar = cast["registrar"]
    taken = {"relative": house.mother, "material": "blood", "taken_on": DAY}
    do(registrar, "record_consent", relative=house.mother, scope="none", given_on=DAY)
    assert refused("no-consent", registrar, "take_reference_sample", **taken) == {"relative": house.mother}
    do(registrar, "withdraw_consent", consent=consent_of(house.mother))
    assert refused("no-consent", registrar, "take_reference_sample", **taken) == {"relative": house.mother}


def test_a_new_consent_takes_the_place_of_the_former(cast: Cast) -> None:
    house = household(cast)
    registrar = cast["registrar"]
    new = do(registrar, "record_consent", relative=house.mother, scope="direct", given_on=DAY).record
    assert (state(house.consent), state(new), consent_of(house.mother)) == ("superseded", "given", new)
    assert refused("consent-not-standing", registrar, "withdraw_consent", consent=house.consent) == {
        "consent": house.consent,
        "state": "superseded",
    }
    not_here(cast["b.registrar"], "record_consent", relative=house.mother, scope="direct", given_on=DAY)


def test_samples_follow_a_consent_that_becomes_narrower_or_wider(cast: Cast) -> None:
    house = household(cast)
    registrar = cast["registrar"]

    def take() -> str:
        return do(registrar, "take_reference_sample", relative=house.mother, material="blood", taken_on=DAY).record

    wide = take()
    do(registrar, "record_consent", relative=house.mother, scope="direct", given_on=DAY)
    narrow = take()
    assert (state(wide), record(narrow).scope) == ("blocked", "direct")
    do(registrar, "record_consent", relative=house.mother, scope="kinship", given_on=DAY)
    assert (state(wide), state(narrow), record(narrow).scope) == ("blocked", "taken", "kinship")


def test_a_withdrawal_stops_use_and_reaches_everybody_concerned(cast: Cast) -> None:
    house = household(cast)
    made = computed(cast, house)
    do(cast["registrar"], "withdraw_consent", consent=house.consent, reason="By letter")
    assert state(house.consent) == "withdrawn"
    assert (state(made.sample), state(made.profile)) == ("blocked", "blocked")
    assert (state(made.finding), record(made.finding).log10_lr) == ("consent_withdrawn", "2.5")
    assert (state(made.proposal), state(made.decision)) == ("open", "standing")
    board = ("a.signatory", "a.second_signatory")
    rests = {(name, about) for name in board for about in (made.proposal, made.decision)}
    assert told("consent-withdrawn") == rests | {("a.geneticist", house.family)}
    assert told("sample-blocked") == {("a.laboratory", made.sample)}
    assert agrees()


def test_findings_made_with_other_profiles_stay_as_they_are(cast: Cast) -> None:
    house = household(cast)
    made = computed(cast, house)
    other = household(cast, "Surname-2")
    do(cast["registrar"], "withdraw_consent", consent=other.consent)
    assert (state(made.finding), state(made.profile), told("consent-withdrawn")) == ("computed", "current", set())


def test_a_family_contact_withdraws_their_own_consent_and_no_other(cast: Cast) -> None:
    house, other = household(cast), household(cast, "Surname-2")
    mother = contact(cast, house.mother)
    made = computed(cast, house)
    not_here(mother, "withdraw_consent", consent=other.consent)
    not_here(cast["b.registrar"], "withdraw_consent", consent=house.consent)
    do(mother, "withdraw_consent", consent=house.consent)
    assert state(made.profile) == "blocked"
    assert ("a.registrar", house.consent) in told("consent-withdrawn")


def test_a_family_contact_may_take_no_sample(cast: Cast) -> None:
    import pytest

    from antigone.register.refusals import NotAllowed

    house = household(cast)
    with pytest.raises(NotAllowed):
        do(
            contact(cast, house.mother),
            "take_reference_sample",
            relative=house.mother,
            material="blood",
            taken_on=DAY,
        )
