"""What was told to whom: families, papers, notices, and bulk reading."""

from __future__ import annotations

import pytest

from tests.actions.family_records import (
    DAY,
    agrees,
    computed,
    household,
    not_here,
    problems,
    record,
    refused,
    sealed,
    state,
)
from tests.cast import Cast, do


def test_a_decision_says_which_relatives_were_told(cast: Cast) -> None:
    house = household(cast)
    made = computed(cast, house)
    liaison = cast["liaison"]
    telling = {"decision": made.decision, "relative": house.mother, "on": DAY}
    do(liaison, "inform_family", **telling)
    told = {"relative": house.mother, "on": DAY, "by": liaison.user}
    assert record(made.decision).told == [told]
    assert refused("told-already", liaison, "inform_family", **telling) == {"relative": house.mother, "on": DAY}
    assert problems(liaison, "inform_family", **{**telling, "on": "2999-01-01"}) == [("date-ahead", "on", "2999-01-01")]
    not_here(cast["b.liaison"], "inform_family", **telling)
    assert agrees()


def test_a_relative_of_another_family_is_not_told(cast: Cast) -> None:
    house, other = household(cast), household(cast, "Surname-2")
    made = computed(cast, house)
    telling = {"decision": made.decision, "relative": other.mother, "on": DAY}
    assert refused("relative-of-other-family", cast["liaison"], "inform_family", **telling) == {
        "relative": other.mother,
        "missing_person": house.person,
    }


def test_a_document_is_about_a_record_that_its_author_sees(cast: Cast) -> None:
    house = household(cast)
    paper = {"about": house.person, "title": "Extract", "sha256": "AB" * 32, "dated": DAY}
    document = do(cast["registrar"], "add_document", **paper).record
    found = record(document)
    assert (found.about, found.sha256, found.state) == (house.person, "ab" * 32, "kept")
    assert sealed(document) == {"title": "Extract", "note": ""}
    assert problems(cast["registrar"], "add_document", **{**paper, "sha256": "ab"}) == [("digest-form", "sha256", "ab")]
    not_here(cast["b.registrar"], "add_document", **paper)
    not_here(cast["coordinator"], "add_document", **paper)


def test_a_notice_is_acknowledged_by_its_addressee_once(cast: Cast) -> None:
    from antigone.register.models import Notice

    house = household(cast)
    computed(cast, house)
    do(cast["registrar"], "record_found_alive", missing_person=house.person, reason="Came home")
    notice = Notice.objects.filter(addressee=cast["signatory"].user, code="identified-person-alive").get().pk
    not_here(cast["second_signatory"], "acknowledge_notice", notice=notice)
    do(cast["signatory"], "acknowledge_notice", notice=notice)
    assert state(notice) == "read"
    assert refused("notice-read", cast["signatory"], "acknowledge_notice", notice=notice) == {"notice": notice}


def test_reading_more_than_a_page_leaves_an_entry_and_changes_nothing(cast: Cast) -> None:
    from antigone.actions.bulk_reading import PAGE, note_reading
    from antigone.domain import Kind
    from antigone.register.models import LedgerEntry

    registrar = cast["registrar"]
    assert note_reading(registrar, Kind.SAMPLE, PAGE, "page") is None
    done = note_reading(registrar, Kind.SAMPLE, PAGE + 1, "search")
    assert done is not None
    assert done.record == registrar.user
    entry = LedgerEntry.objects.get(index=done.entry)
    found = (entry.verb, entry.actor, entry.reason, entry.changes_count)
    assert found == ("read_in_bulk", registrar.user, f"sample {PAGE + 1} search", 0)
    assert agrees()


def test_a_family_contact_reads_nothing_in_bulk(cast: Cast) -> None:
    from antigone.actions.bulk_reading import PAGE, note_reading
    from antigone.domain import Kind
    from antigone.register.refusals import NotAllowed
    from tests.actions.family_records import contact

    house = household(cast)
    with pytest.raises(NotAllowed):
        note_reading(contact(cast, house.mother), Kind.CONSENT, PAGE + 1, "page")
