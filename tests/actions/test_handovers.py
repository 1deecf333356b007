"""Handovers and containers: every container counted once, every difference told."""

from __future__ import annotations

import pytest

from tests.actions.family_records import agrees, not_here, problems, record, refused, sealed, state, told
from tests.actions.remains_path import announced, at_once, containers_of, party, receive
from tests.cast import Cast, do


def test_a_handover_says_who_hands_over_to_whom(cast: Cast) -> None:
    handover = announced(cast, "T-1; S-1", "T-2;", announced_containers="2", place="Place-1", agreement="Terms-1")
    row = record(handover)
    assert (row.from_party_id, row.to_party_id) == (party(cast["b.coordinator"]), party(cast["coordinator"]))
    assert (row.state, row.announced_containers) == ("announced", 2)
    assert sealed(handover) == {"place": "Place-1", "agreement": "Terms-1", "note": ""}
    listed = containers_of(handover)
    assert {tag: (one.seal, one.state) for tag, one in listed.items()} == {
        "T-1": ("S-1", "announced"),
        "T-2": ("", "announced"),
    }
    assert agrees()


def test_a_handover_is_between_two_parties_one_of_them_ones_own(cast: Cast) -> None:
    own, other, neutral = (party(cast[name]) for name in ("coordinator", "b.coordinator", "intermediary"))
    coordinator = cast["coordinator"]
    assert refused("handover-to-itself", coordinator, "register_handover", from_party=own, to_party=own) == {
        "party": own
    }
    assert refused("handover-of-others", coordinator, "register_handover", from_party=other, to_party=neutral) == {
        "from_party": other,
        "to_party": neutral,
    }


def test_a_list_with_a_tag_twice_is_refused_whole(cast: Cast) -> None:
    from antigone.register.models import Handover

    typed = {"from_party": party(cast["b.coordinator"]), "to_party": party(cast["coordinator"])}
    found = problems(cast["coordinator"], "register_handover", containers=f"T-1;\n;S-2\nT-1;\n{'T' * 65};", **typed)
    assert found == [("tag-twice", "tag", "T-1"), ("empty-cell", "tag", ""), ("too-long", "tag", "T" * 65)]
    assert not Handover.objects.exists()


def test_a_receipt_tells_every_difference_from_the_list(cast: Cast) -> None:
    handover = announced(
        cast, "T-1; S-1", "T-2; S-2", "T-3; S-3", "T-4; S-4", "T-5; S-5", "T-6;", announced_containers="6"
    )
    receive(
        cast, handover, "T-1; received; intact", "T-2; missing; none", "T-3; other-tag=T-30; intact",
        "T-4; received; broken", "T-5; received; none", "T-6; received; none", "T-7; extra; other",
        "T-8; extra; intact", took_place_on="2026-03-01",
    )  # fmt: skip
    listed = containers_of(handover)
    assert {tag: (one.state, one.seal_found) for tag, one in listed.items()} == {
        "T-1": ("received", "intact"),
        "T-2": ("missing", ""),
        "T-3": ("received", "intact"),
        "T-4": ("received", "broken"),
        "T-5": ("received", "none"),
        "T-6": ("received", "none"),
        "T-7": ("extra", "other"),
        "T-8": ("extra", "intact"),
    }
    assert sealed(str(listed["T-3"].pk))["found_tag"] == "T-30"
    assert state(handover) == "received"
    assert record(handover).took_place_on.isoformat() == "2026-03-01"
    numbers = {tag: str(one.pk) for tag, one in listed.items()}
    for code, tags in {
        "container-missing": {"T-2"},
        "container-other-tag": {"T-3"},
        "seal-broken": {"T-4"},
        "seal-none": {"T-5"},
        "seal-other": {"T-7"},
        "container-extra": {"T-7", "T-8"},
    }.items():
        assert told(code) == {("a.coordinator", numbers[tag]) for tag in tags}, code
    assert told("container-number-differs") == {("a.coordinator", handover)}
    assert agrees()


def test_all_rows_of_a_receipt_are_checked_before_anything_is_written(cast: Cast) -> None:
    handover = announced(cast, "T-1; S-1", "T-2; S-2", "T-3; S-3", "T-4; S-4")
    rows = [
        "T-1; here; intact", "T-2; extra; intact", "T-9; received; intact", "T-3; missing; broken",
        "T-8; extra; open", "T-8; extra; intact", "T-3; other-tag=T-2; intact",
    ]  # fmt: skip
    assert problems(cast["coordinator"], "receive_handover", handover=handover, containers="\n".join(rows)) == [
        ("unknown-word", "state", "here"),
        ("tag-on-list", "tag", "T-2"),
        ("tag-not-on-list", "tag", "T-9"),
        ("seal-of-missing", "seal", "broken"),
        ("unknown-word", "seal", "open"),
        ("tag-on-list", "state", "T-2"),
        ("tag-twice", "tag", "T-8"),
        ("tag-twice", "tag", "T-2"),
        ("tag-twice", "tag", "T-3"),
        ("container-not-said", "containers", "T-4"),
    ]
    assert state(handover) == "announced"
    assert {one.state for one in containers_of(handover).values()} == {"announced"}


def test_a_handover_is_received_once(cast: Cast) -> None:
    handover = announced(cast, "T-1; S-1")
    receive(cast, handover, "T-1; received; intact")
    again = {"handover": handover, "containers": "T-1; received; intact"}
    assert refused("handover-received", cast["coordinator"], "receive_handover", **again) == {"handover": handover}


def test_two_who_receive_at_once(cast: Cast) -> None:
    from antigone.actions import Done

    handover = announced(cast, "T-1; S-1")
    results = at_once(*[lambda: do(
        cast["coordinator"], "receive_handover", handover=handover, containers="T-1; received; intact\nT-2; extra; none"
    )] * 2)  # fmt: skip
    assert sorted(type(result).__name__ for result in results) == ["Done", "NotNow"]
    assert any(isinstance(result, Done) for result in results)
    assert len(containers_of(handover)) == 2
    assert agrees()


def test_a_container_is_on_the_list_before_and_beyond_it_after(cast: Cast) -> None:
    coordinator = cast["coordinator"]
    handover = announced(cast)
    first = do(
        coordinator, "register_container", handover=handover, tag="T-1", seal="S-1", claimed_name="Surname-7"
    ).record
    assert (state(first), sealed(first)["claimed_name"]) == ("announced", "Surname-7")
    assert refused("tag-taken", coordinator, "register_container", handover=handover, tag="T-1") == {
        "tag": "T-1",
        "handover": handover,
        "container": first,
    }
    early = {"handover": handover, "tag": "T-2", "seal_found": "intact"}
    assert refused("handover-not-received", coordinator, "register_container", **early) == {"handover": handover}
    receive(cast, handover, "T-1; received; intact")
    late = do(coordinator, "register_container", **early).record
    assert (state(late), record(late).seal_found) == ("extra", "intact")
    assert told("container-extra") == {("a.coordinator", late)}


def test_two_containers_with_one_tag_at_once(cast: Cast) -> None:
    from antigone.register.refusals import NotNow

    handover = announced(cast)
    results = at_once(*[lambda: do(cast["coordinator"], "register_container", handover=handover, tag="T-1")] * 2)
    refusals = [result for result in results if isinstance(result, NotNow)]
    assert [refusal.code for refusal in refusals] == ["tag-taken"]
    assert list(containers_of(handover)) == ["T-1"]


def test_a_correction_keeps_what_was_there(cast: Cast) -> None:
    from antigone.register.models import Change

    coordinator = cast["coordinator"]
    handover = announced(cast, "T-1; S-1", "T-2; S-2")
    receive(cast, handover, "T-1; missing; none", "T-2; received; intact")
    one = str(containers_of(handover)["T-1"].pk)
    do(
        coordinator, "correct_container", container=one, tag="T-10", state="received", seal_found="intact",
        reason="It stood in the second truck",
    )  # fmt: skip
    assert (record(one).tag, state(one), sealed(one)["reason"]) == ("T-10", "received", "It stood in the second truck")
    assert told("container-received") == {("a.coordinator", one)}
    assert Change.objects.filter(record=one).count() == 3
    correct = {"container": one, "reason": "Reason-1"}
    assert refused("tag-taken", coordinator, "correct_container", tag="T-2", **correct)["tag"] == "T-2"
    do(cast["examiner"], "open_container", container=one)
    assert refused("container-state-fixed", coordinator, "correct_container", state="missing", **correct) == {
        "container": one,
        "state": "opened",
    }
    assert problems(coordinator, "correct_container", **correct) == [("nothing-to-correct", "", "")]
    assert agrees()


def test_a_correction_of_what_was_not_seen_is_overtaken(cast: Cast) -> None:
    from antigone.register.refusals import Overtaken

    one = str(containers_of(announced(cast, "T-1; S-1"))["T-1"].pk)
    typed = {"container": one, "reason": "Reason-1", "seen_version": "1"}
    do(cast["coordinator"], "correct_container", seal="S-2", **typed)
    with pytest.raises(Overtaken) as overtaken:
        do(cast["coordinator"], "correct_container", seal="S-3", **typed)
    assert (overtaken.value.identifier, overtaken.value.by) == (one, cast["coordinator"].user)


def test_the_other_party_sees_a_handover_and_changes_nothing(cast: Cast) -> None:
    from antigone.register import doors

    handover = announced(cast, "T-1; S-1")
    one = str(containers_of(handover)["T-1"].pk)
    other = cast["b.coordinator"]
    assert doors.handovers.get(other, handover).pk == handover
    for verb, typed in {
        "register_container": {"tag": "T-5"},
        "receive_handover": {"containers": "T-1; received; intact"},
    }.items():
        assert refused("handover-of-other-party", other, verb, handover=handover, **typed) == {"handover": handover}
    not_here(other, "correct_container", container=one, seal="S-9", reason="Reason-1")
    not_here(cast["b.examiner"], "open_container", container=one)


def test_others_may_not(cast: Cast) -> None:
    from antigone.register.refusals import NotAllowed

    handover = announced(cast, "T-1; S-1")
    one = str(containers_of(handover)["T-1"].pk)
    for name in ("registrar", "examiner", "intermediary", "auditor", "administrator"):
        with pytest.raises(NotAllowed):
            do(cast[name], "receive_handover", handover=handover, containers="T-1; received; intact")
    for name in ("coordinator", "laboratory", "intermediary"):
        with pytest.raises(NotAllowed):
            do(cast[name], "open_container", container=one)
