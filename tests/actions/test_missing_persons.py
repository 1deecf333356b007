"""Missing persons: corrected, merged, found alive."""

from __future__ import annotations

from tests.actions.family_records import (
    DAY,
    agrees,
    computed,
    enter,
    household,
    not_here,
    problems,
    record,
    refused,
    sealed,
    settle,
    state,
    told,
)
from tests.cast import Cast, do


def test_a_correction_replaces_what_it_names_and_keeps_the_rest(cast: Cast) -> None:
    registrar = cast["registrar"]
    person = do(
        registrar, "register_missing_person", surname="Surname-1", unit="Unit 1", last_seen=DAY, born="1990-01-01"
    ).record
    do(
        registrar, "correct_missing_person", missing_person=person, surname="Surname-2", last_seen="2026-02-01",
        cleared="born", reason="Passport",
    )  # fmt: skip
    found = sealed(person)
    assert [found[name] for name in ("surname", "unit", "last_seen", "born", "reason")] == [
        "Surname-2",
        "Unit 1",
        "2026-02-01",
        "",
        "Passport",
    ]
    assert record(person).missing_since.isoformat() == "2026-02-01"
    assert problems(registrar, "correct_missing_person", missing_person=person, reason="None") == [
        ("nothing-to-correct", "", "")
    ]
    not_here(cast["b.registrar"], "correct_missing_person", missing_person=person, surname="X", reason="Y")
    assert agrees()


def test_a_corrected_name_is_found_and_the_former_is_not(cast: Cast) -> None:
    from antigone.register import doors
    from antigone.register.opening import keyring

    registrar = cast["registrar"]
    person = do(registrar, "register_missing_person", surname="Alpha").record
    do(registrar, "correct_missing_person", missing_person=person, surname="Beta", reason="Misread")
    key = keyring().index_key
    found = {name: doors.missing_persons_named(registrar, name, key).count() for name in ("Alpha", "Beta")}
    assert found == {"Alpha": 0, "Beta": 1}


def test_a_cleared_day_is_cleared_in_the_column_too(cast: Cast) -> None:
    registrar = cast["registrar"]
    person = do(registrar, "register_missing_person", surname="Surname-1", last_seen=DAY).record
    do(registrar, "correct_missing_person", missing_person=person, cleared="last_seen", reason="Not certain")
    assert record(person).missing_since is None


def test_a_person_entered_in_the_wrong_family_moves(cast: Cast) -> None:
    house, new = household(cast), household(cast, "Surname-2")
    do(cast["registrar"], "correct_missing_person", missing_person=house.person, family=new.family, reason="Mix-up")
    assert record(house.person).family_id == new.family
    assert [row["person"] for row in sealed(house.family)["pedigree"]] == ["N1", "F", house.mother]


def test_a_merged_record_goes_on_in_the_other(cast: Cast) -> None:
    house = household(cast)
    registrar = cast["registrar"]
    second = do(registrar, "register_missing_person", surname="Surname-1").record
    sample = do(registrar, "take_reference_sample", missing_person=second, material="hair", taken_on=DAY).record
    do(registrar, "merge_duplicates", first=house.person, second=second, reason="Same number")
    assert (state(second), record(second).merged_into_id, state(house.person)) == ("merged", house.person, "missing")
    assert (record(sample).missing_person_id, sealed(second)["reason"]) == (second, "Same number")
    assert told("persons-merged") == {("a.geneticist", second)}
    for first, other in ((second, house.person), (house.person, second)):
        assert refused("record-closed", registrar, "merge_duplicates", first=first, second=other, reason="X") == {
            "record": second,
            "state": "merged",
        }
    assert agrees()


def test_the_family_of_a_duplicate_becomes_the_family_of_the_person(cast: Cast) -> None:
    house = household(cast)
    registrar = cast["registrar"]
    first = do(registrar, "register_missing_person", surname="Surname-1").record
    do(registrar, "merge_duplicates", first=first, second=house.person, reason="Same number")
    assert record(first).family_id == house.family
    assert sealed(house.family)["pedigree"][0] == {
        "person": first,
        "father": "F",
        "mother": house.mother,
        "sex": "male",
    }


def test_duplicates_of_two_families_are_merged_once_one_of_them_has_no_relatives(cast: Cast) -> None:
    house, other = household(cast), household(cast, "Surname-2")
    registrar = cast["registrar"]
    merge = {"first": house.person, "second": other.person, "reason": "Mother and wife came apart"}
    assert refused("families-differ", registrar, "merge_duplicates", **merge) == {
        "first_family": house.family,
        "second_family": other.family,
        "relatives": other.mother,
    }
    do(registrar, "correct_relative", relative=other.mother, family=house.family, reason="Same family")
    do(registrar, "merge_duplicates", **merge)
    assert (state(other.person), state(other.family), state(house.family)) == ("merged", "closed", "open")


def test_two_of_one_pedigree_become_one_where_their_parents_agree(cast: Cast) -> None:
    registrar = cast["registrar"]
    one, two = (do(registrar, "register_missing_person", surname="Surname-1", sex="male").record for _ in range(2))
    members = f"{one} F M male\n{two} - - male\nF - - male\nM - - female\nC {two} W male\nW - - female"
    family = do(registrar, "register_family", missing=f"{one} {two}", members=members).record
    merge = {"first": one, "second": two, "reason": "Same number"}
    assert refused("pedigree-lines-differ", registrar, "merge_duplicates", **merge)["family"] == family
    do(registrar, "declare_pedigree", family=family, members=members.replace(f"{two} - -", f"{two} F M"))
    do(registrar, "merge_duplicates", **merge)
    lines = {row["person"]: row["father"] for row in sealed(family)["pedigree"]}
    assert lines == {one: "F", "F": None, "M": None, "C": one, "W": None}


def test_what_is_settled_of_a_person_stays_with_the_record_that_goes_on(cast: Cast) -> None:
    from antigone.register.models import MissingPerson

    registrar = cast["registrar"]
    one, two = (do(registrar, "register_missing_person", surname="Surname-1").record for _ in range(2))
    enter(registrar, "sign", MissingPerson, two, state="identified")
    facts = {"first": one, "second": two, "state": "identified"}
    assert refused("merge-other-way", registrar, "merge_duplicates", first=one, second=two, reason="X") == facts
    enter(registrar, "sign", MissingPerson, one, state="buried")
    assert refused("both-settled", registrar, "merge_duplicates", first=one, second=two, reason="X") == facts
    assert problems(registrar, "merge_duplicates", first=one, second=one, reason="X") == [
        ("same-record", "second", one)
    ]
    not_here(cast["b.registrar"], "merge_duplicates", first=one, second=two, reason="X")


def test_a_person_before_the_board_is_not_merged_away(cast: Cast) -> None:
    from antigone.register.models import Decision

    house = household(cast)
    made = computed(cast, house)
    enter(cast["signatory"], "reverse", Decision, made.decision, state="reversed")
    first = do(cast["registrar"], "register_missing_person", surname="Surname-1").record
    merge = {"first": first, "second": house.person, "reason": "X"}
    assert refused("proposal-open", cast["registrar"], "merge_duplicates", **merge) == {
        "proposal": made.proposal,
        "missing_person": house.person,
    }


def test_whoever_is_found_alive_contests_the_decision(cast: Cast) -> None:
    house = household(cast)
    made = computed(cast, house)
    registrar = cast["registrar"]
    do(registrar, "record_found_alive", missing_person=house.person, reason="Came home")
    assert (state(house.person), state(made.decision)) == ("alive", "contested")
    offices = ("signatory", "second_signatory", "coordinator", "liaison", "burial_officer")
    assert told("identified-person-alive") == {(f"a.{name}", made.decision) for name in offices}
    assert told("proposed-person-alive") == {(f"a.{name}", made.proposal) for name in ("signatory", "second_signatory")}
    assert refused("alive-already", registrar, "record_found_alive", missing_person=house.person, reason="X") == {
        "missing_person": house.person
    }
    not_here(cast["b.registrar"], "record_found_alive", missing_person=house.person, reason="X")
    assert agrees()


def test_a_wrong_report_of_life_is_corrected_once_no_decision_stands(cast: Cast) -> None:
    house = household(cast)
    made = computed(cast, house)
    registrar = cast["registrar"]
    again = {"missing_person": house.person, "missing_again": "yes", "reason": "Another person"}
    assert refused("person-not-alive", registrar, "correct_missing_person", **again) == {
        "missing_person": house.person,
        "state": "missing",
    }
    do(registrar, "record_found_alive", missing_person=house.person, reason="By telephone")
    assert refused("decision-standing", registrar, "correct_missing_person", **again)["decision"] == made.decision
    settle(cast, made)
    do(registrar, "correct_missing_person", **again)
    assert state(house.person) == "missing"
