"""Families, their relatives, and the pedigrees they declare."""

from __future__ import annotations

from tests.actions.family_records import (
    DAY,
    agrees,
    computed,
    consent_of,
    household,
    not_here,
    problems,
    record,
    refused,
    sealed,
    state,
    told,
)
from tests.cast import Cast, do


def test_a_family_begins_with_its_missing_persons(cast: Cast) -> None:
    registrar = cast["registrar"]
    one, two = (
        do(registrar, "register_missing_person", surname="Surname-1", sex=sex).record for sex in ("male", "female")
    )
    family = do(registrar, "register_family", missing=f"{one}, {two}", note="Two of one house").record
    assert [record(person).family_id for person in (one, two)] == [family, family]
    assert sealed(family) == {
        "pedigree": [
            {"person": one, "father": None, "mother": None, "sex": "male"},
            {"person": two, "father": None, "mother": None, "sex": "female"},
        ],
        "note": "Two of one house",
    }
    assert refused("person-in-family", registrar, "register_family", missing=one) == {
        "missing_person": one,
        "family": family,
    }
    assert agrees()


def test_the_other_side_reaches_no_family(cast: Cast) -> None:
    house = household(cast)
    other = cast["b.registrar"]
    not_here(other, "register_family", missing=house.person)
    not_here(other, "declare_pedigree", family=house.family, members=f"{house.person} - - male")
    not_here(other, "add_relative", family=house.family, surname="Surname-2", scope="none", given_on=DAY)
    not_here(other, "correct_relative", relative=house.mother, surname="Surname-2", reason="Reason")
    assert state(house.family) == "open"


def test_a_pedigree_names_everybody_of_the_family_and_nobody_else(cast: Cast) -> None:
    house, stranger = household(cast), household(cast, "Surname-2")
    registrar = cast["registrar"]
    found = problems(
        registrar, "declare_pedigree", family=house.family, members=f"{stranger.mother} - - female\na-b - - male"
    )
    assert found == [
        ("identifier-form", "members", "a-b"),
        ("not-of-family", "members", stranger.mother),
        ("pedigree-lacks-person", "members", house.person),
        ("pedigree-lacks-person", "members", house.mother),
    ]


def test_an_impossible_pedigree_is_refused(cast: Cast) -> None:
    house = household(cast)
    registrar = cast["registrar"]
    one_parent = f"{house.person} - {house.mother} male\n{house.mother} - - female"
    assert problems(registrar, "declare_pedigree", family=house.family, members=one_parent) == [
        ("one-parent", "members", "only a mother")
    ]
    wrong_sex = f"{house.person} - - female\n{house.mother} - - female"
    assert problems(registrar, "declare_pedigree", family=house.family, members=wrong_sex) == [
        ("sex-differs", "members", "female")
    ]
    bad_word = f"{house.person} - - male\n{house.mother} - - female\nX! - - male"
    assert problems(registrar, "declare_pedigree", family=house.family, members=bad_word) == [
        ("pedigree-word", "members", "X!")
    ]


def test_identifiers_in_a_pedigree_are_read_as_they_are_typed(cast: Cast) -> None:
    house = household(cast)
    typed = f"{house.person.lower().replace('-', '')} F {house.mother} male\nF - - male\n{house.mother} - - female"
    do(cast["registrar"], "declare_pedigree", family=house.family, members=typed)
    assert sealed(house.family)["pedigree"][0]["person"] == house.person


def test_geneticists_hear_of_a_new_pedigree_once_something_was_computed(cast: Cast) -> None:
    house = household(cast)
    assert told("pedigree-declared") == set()
    computed(cast, house)
    members = f"{house.person} - - male\n{house.mother} - - female"
    do(cast["registrar"], "declare_pedigree", family=house.family, members=members)
    assert told("pedigree-declared") == {("a.geneticist", house.family)}


def test_whoever_saw_an_older_pedigree_is_overtaken(cast: Cast) -> None:
    import pytest

    from antigone.register.refusals import Overtaken

    house = household(cast)
    members = f"{house.person} - - male\n{house.mother} - - female"
    with pytest.raises(Overtaken) as found:
        do(cast["registrar"], "declare_pedigree", family=house.family, members=members, seen_version="1")
    assert found.value.by == cast["registrar"].user


def test_a_relative_comes_with_what_they_allow(cast: Cast) -> None:
    house = household(cast)
    assert (record(house.consent).scope, record(house.consent).family_id) == ("kinship", house.family)
    assert sealed(house.mother)["surname"] == "Surname-1"
    assert problems(
        cast["registrar"], "add_relative", family=house.family, surname="Surname-2", scope="none", given_on="2999-01-01"
    ) == [("date-ahead", "given_on", "2999-01-01")]


def test_a_correction_changes_what_it_names(cast: Cast) -> None:
    house = household(cast)
    registrar = cast["registrar"]
    do(registrar, "correct_relative", relative=house.mother, contact="Street 1", relation="mother", reason="Form 1")
    do(registrar, "correct_relative", relative=house.mother, surname="Surname-9", cleared="contact", reason="Form 2")
    found = sealed(house.mother)
    assert [found[name] for name in ("surname", "relation", "contact", "sex", "reason")] == [
        "Surname-9",
        "mother",
        "",
        "female",
        "Form 2",
    ]
    assert problems(registrar, "correct_relative", relative=house.mother, cleared="surname", reason="Form 3") == [
        ("unknown-word", "cleared", "surname")
    ]
    assert problems(registrar, "correct_relative", relative=house.mother, reason="Form 4") == [
        ("nothing-to-correct", "", "")
    ]


def test_a_relative_who_moves_takes_their_consents_along(cast: Cast) -> None:
    house, new = household(cast), household(cast, "Surname-2")
    do(cast["registrar"], "correct_relative", relative=house.mother, family=new.family, reason="Named twice")
    assert record(house.mother).family_id == new.family
    assert record(consent_of(house.mother)).family_id == new.family
    assert sealed(house.family)["pedigree"] == [
        {"person": house.person, "father": "F", "mother": "N1", "sex": "male"},
        {"person": "F", "father": None, "mother": None, "sex": "male"},
        {"person": "N1", "father": None, "mother": None, "sex": "female"},
    ]
    assert agrees()
