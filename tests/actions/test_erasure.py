"""Erasure: what is destroyed, what stays, and when it is refused."""

from __future__ import annotations

import pytest

from tests.actions.family_records import (
    DAY,
    agrees,
    computed,
    contact,
    enter,
    household,
    not_here,
    record,
    refused,
    sealed,
    settle,
    state,
    told,
)
from tests.cast import Cast, do


def _entry(number: int) -> str:
    from antigone.register.models import LedgerEntry

    return str(LedgerEntry.objects.get(index=number).reason)


def _keys(*identifiers: str) -> list[object]:
    return [record(identifier).wrapped_key for identifier in identifiers]


def test_an_erased_relative_leaves_figures_and_an_unnamed_place(cast: Cast) -> None:
    house = household(cast)
    made = computed(cast, house)
    paper = do(cast["registrar"], "add_document", about=house.mother, title="Letter of Surname-1").record
    done = do(cast["registrar"], "erase_relative", relative=house.mother, ground="asked_by_the_person")
    gone = (house.mother, house.consent, made.profile, made.sample, paper)
    assert [state(identifier) for identifier in gone] == ["erased"] * len(gone)
    assert _keys(*gone) == [None] * len(gone)
    assert (sealed(house.mother), sealed(made.profile), sealed(paper)) == ({}, {}, {})
    assert (state(made.finding), record(made.finding).log10_lr) == ("erased_inputs", "2.5")
    assert sealed(made.finding)["by_locus"] == {"TH01": "2.5"}
    assert [row["person"] for row in sealed(house.family)["pedigree"]] == [house.person, "F", "N1"]
    assert _entry(done.entry) == "asked_by_the_person"
    assert ("a.signatory", made.decision) in told("inputs-erased")
    assert told("sample-to-destroy") == {("a.laboratory", made.sample)}
    assert agrees()


def test_what_the_profiles_said_of_an_erased_relative_is_erased(cast: Cast) -> None:
    from antigone.register.models import GeneticFamily

    house = household(cast)
    checks = enter(
        cast["geneticist"], "check_family", GeneticFamily, None, {"checks": []}, state="consistent", family=house.family
    )
    do(cast["registrar"], "erase_relative", relative=house.mother, ground="asked_by_the_person")
    assert (state(checks), sealed(checks)) == ("erased", {})


def test_an_erased_relative_logs_in_no_more(cast: Cast) -> None:
    house = household(cast)
    user = contact(cast, house.mother).user
    do(cast["registrar"], "erase_relative", relative=house.mother, ground="asked_by_the_person")
    assert (state(user), record(user).is_active) == ("suspended", False)


def test_nothing_is_done_with_an_erased_relative(cast: Cast) -> None:
    house = household(cast)
    registrar = cast["registrar"]
    erased = {"relative": house.mother}
    do(registrar, "erase_relative", **erased, ground="court_order")
    closed = {"record": house.mother, "state": "erased"}
    assert refused("record-closed", registrar, "erase_relative", **erased, ground="court_order") == closed
    assert refused("record-closed", registrar, "correct_relative", **erased, surname="X", reason="Y") == closed
    assert refused("record-closed", registrar, "record_consent", **erased, scope="kinship", given_on=DAY) == closed


def test_an_erased_person_cannot_be_read_or_found(cast: Cast) -> None:
    from antigone.register import doors
    from antigone.register.opening import keyring

    house = household(cast)
    registrar = cast["registrar"]
    own = do(registrar, "take_reference_sample", missing_person=house.person, material="tooth", taken_on=DAY).record
    do(registrar, "erase", missing_person=house.person, ground="entered_in_error")
    assert (state(house.person), sealed(house.person), state(own)) == ("erased", {}, "erased")
    named = doors.missing_persons_named(registrar, "Surname-1", keyring().index_key)
    assert house.person not in {person.pk for person in named}
    assert [row["person"] for row in sealed(house.family)["pedigree"]] == ["N1", "F", house.mother]
    assert (sealed(house.mother)["surname"], state(house.family)) == ("Surname-1", "open")
    assert agrees()


def test_records_merged_into_an_erased_person_are_erased_with_it(cast: Cast) -> None:
    house = household(cast)
    registrar = cast["registrar"]
    second = do(registrar, "register_missing_person", surname="Surname-1").record
    do(registrar, "merge_duplicates", first=house.person, second=second, reason="Same number")
    assert refused("record-closed", registrar, "erase", missing_person=second, ground="court_order") == {
        "record": second,
        "state": "merged",
    }
    do(registrar, "erase", missing_person=house.person, ground="court_order")
    assert (state(second), sealed(second)) == ("erased", {})


def test_nobody_is_erased_under_whose_name_remains_lie(cast: Cast) -> None:
    house = household(cast)
    made = computed(cast, house)
    registrar = cast["registrar"]
    erasure = {"missing_person": house.person, "ground": "asked_by_the_family"}
    assert refused("decision-standing", registrar, "erase", **erasure) == {
        "decision": made.decision,
        "missing_person": house.person,
    }
    settle(cast, made)
    enter(cast["geneticist"], "propose", type(record(made.proposal)), made.proposal, state="open")
    assert refused("proposal-open", registrar, "erase", **erasure) == {
        "proposal": made.proposal,
        "missing_person": house.person,
    }
    settle(cast, made)
    do(registrar, "erase", **erasure)
    assert state(house.person) == "erased"


def test_the_last_of_a_family_closes_it(cast: Cast) -> None:
    house = household(cast)
    registrar = cast["registrar"]
    do(registrar, "erase_relative", relative=house.mother, ground="asked_by_the_person")
    do(registrar, "erase", missing_person=house.person, ground="asked_by_the_family")
    assert state(house.family) == "closed"
    closed = {"record": house.family, "state": "closed"}
    more = {"surname": "Surname-3", "scope": "none", "given_on": DAY}
    assert refused("record-closed", registrar, "add_relative", family=house.family, **more) == closed
    assert refused("record-closed", registrar, "declare_pedigree", family=house.family, members="A - - male") == closed


def test_the_other_side_erases_nothing(cast: Cast) -> None:
    house = household(cast)
    not_here(cast["b.registrar"], "erase", missing_person=house.person, ground="court_order")
    not_here(cast["b.registrar"], "erase_relative", relative=house.mother, ground="court_order")


def test_whoever_looked_at_an_older_version_erases_nothing(cast: Cast) -> None:
    from antigone.register.refusals import Overtaken

    house = household(cast)
    with pytest.raises(Overtaken):
        do(cast["registrar"], "erase", missing_person=house.person, ground="court_order", seen_version="1")
    assert state(house.person) == "missing"
