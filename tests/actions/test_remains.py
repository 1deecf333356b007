"""Remains: examined, split, joined and separated, and counted rightly whatever was done to them."""

from __future__ import annotations

from collections import defaultdict
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.actions.family_records import (
    Household,
    agrees,
    household,
    not_here,
    problems,
    record,
    refused,
    sealed,
    state,
    told,
)
from tests.actions.remains_path import (
    GRAVE,
    Matched,
    announced,
    at_once,
    compared,
    containers_of,
    matched,
    proposed,
    receive,
    sampled,
    to_laboratory,
    typed,
    units,
)
from tests.cast import Cast, cast_of, do
from tests.register_database import Templates


def test_a_container_is_opened_once_and_may_hold_several(cast: Cast) -> None:
    handover = announced(cast, "T-1; S-1", "T-2; S-2")
    opened_one, missing_one = (str(containers_of(handover)[tag].pk) for tag in ("T-1", "T-2"))
    examiner = cast["examiner"]
    assert refused("container-not-here", examiner, "open_container", container=opened_one) == {
        "container": opened_one,
        "state": "announced",
    }
    receive(cast, handover, "T-1; received; broken", "T-2; missing;")
    first = do(examiner, "open_container", container=opened_one, units="3", held_at="Room-1").record
    from antigone.register.models import Remains

    found = Remains.objects.filter(container=opened_one).order_by("pk")
    assert [(one.state, one.group, one.held_at) for one in found] == [("examined", one.pk, "Room-1") for one in found]
    assert (len(found), found[0].pk, state(opened_one)) == (3, first, "opened")
    assert told("container-opened") == {("a.coordinator", opened_one)}
    assert refused("container-opened", examiner, "open_container", container=opened_one) == {"container": opened_one}
    assert refused("container-not-here", examiner, "open_container", container=missing_one)["state"] == "missing"
    assert problems(examiner, "open_container", container=opened_one, units="0") == [("count", "units", "0")]
    assert agrees()


def test_two_who_open_one_container_at_once(cast: Cast) -> None:
    from antigone.register.models import Remains

    handover = announced(cast, "T-1; S-1")
    receive(cast, handover, "T-1; received; intact")
    container = str(containers_of(handover)["T-1"].pk)
    results = at_once(*[lambda: do(cast["examiner"], "open_container", container=container, units="2")] * 2)
    assert sum(type(result).__name__ == "Done" for result in results) == 1
    assert {type(result).__name__ for result in results} <= {"Done", "NotNow", "Overtaken"}
    assert Remains.objects.count() == 2


def test_a_description_keeps_the_earlier_ones(cast: Cast) -> None:
    from antigone.register.models import Change

    (one,) = units(cast, 1)
    examiner = cast["examiner"]
    do(examiner, "describe_remains", remains=one, description="Text-1", sex="unknown", belongings="A ring")
    do(examiner, "describe_remains", remains=one, sex="male", held_at="Room-2")
    found = sealed(one)
    assert (found["description"], found["sex"], found["belongings"]) == ("Text-1", "male", "A ring")
    assert record(one).held_at == "Room-2"
    versions = list(Change.objects.filter(record=one).order_by("version").values_list("version", flat=True))
    assert versions == list(range(1, record(one).version + 1))
    assert problems(examiner, "describe_remains", remains=one) == [("nothing-to-correct", "", "")]
    assert problems(examiner, "describe_remains", remains=one, held_at="R" * 65) == [("too-long", "held_at", "R" * 65)]


def test_the_parts_of_what_was_split_stand_alone(cast: Cast) -> None:
    one, two = units(cast, 2)
    examiner = cast["examiner"]
    sample = sampled(cast, one)
    do(examiner, "join_remains", remains=f"{one}, {two}", reason="They articulate")
    first = do(examiner, "split_remains", remains=one, parts="2", reason="Two left femora").record
    parts = [str(part.pk) for part in record(one).parts.order_by("pk")]
    assert (state(one), record(one).group, sealed(one)["reason"]) == ("split", one, "Two left femora")
    assert (len(parts), parts[0]) == (2, first)
    assert [record(part).group for part in parts] == parts
    assert {record(part).container_id for part in parts} == {record(one).container_id}
    assert record(two).group == two
    assert record(sample).remains_id == one
    assert ("a.geneticist", one) in told("remains-split")
    for verb, typed_more in {
        "split_remains": {"parts": "2", "reason": "Reason-1"},
        "describe_remains": {"sex": "male"},
    }.items():
        assert refused("remains-split", examiner, verb, remains=one, **typed_more) == {
            "remains": one,
            "parts": ", ".join(parts),
        }
    assert refused("remains-not-here", examiner, "take_sample", remains=one, material="bone")["state"] == "split"
    assert problems(examiner, "split_remains", remains=two, parts="1", reason="R") == [("count", "parts", "1")]
    assert agrees()


def test_joining_and_separating_across_handovers(cast: Cast) -> None:
    one, two = units(cast, 2)
    three, four = units(cast, 2)
    examiner = cast["examiner"]
    assert do(examiner, "join_remains", remains=f"{three}, {two}", reason="Reason-1").record == two
    assert do(examiner, "join_remains", remains=f"{four}, {three}", reason="Reason-2").record == two
    assert [record(unit).group for unit in (one, two, three, four)] == [one, two, two, two]
    assert {sealed(unit)["reason"] for unit in (two, three, four)} == {"Reason-2"}
    assert refused("joined-already", examiner, "join_remains", remains=f"{two}, {four}", reason="R") == {
        "remains": f"{two}, {four}"
    }
    assert problems(examiner, "join_remains", remains=one, reason="R") == [("too-few", "remains", one)]
    assert refused("not-one-group", examiner, "separate_remains", remains=f"{two}, {one}", reason="R") == {
        "remains": one,
        "group": two,
    }
    everyone = {"remains": f"{two}, {three}, {four}"}
    assert refused("whole-group", examiner, "separate_remains", reason="R", **everyone) == everyone
    assert do(examiner, "separate_remains", remains=f"{two}, {four}", reason="Reason-3").record == two
    assert [record(unit).group for unit in (one, two, three, four)] == [one, two, three, two]
    assert ("a.geneticist", two) in told("remains-joined") & told("remains-separated")
    assert agrees()


def test_a_finding_about_what_was_one_person_is_marked_when_it_is_so_no_more(cast: Cast) -> None:
    one, two = units(cast, 2)
    profiles = [typed(cast, sampled(cast, unit)) for unit in (one, two)]
    examiner = cast["examiner"]
    do(examiner, "join_remains", remains=f"{one}, {two}", reason="Reason-1")
    house = household(cast)
    both, single = compared(cast, house, one, *profiles), compared(cast, house, one, profiles[0])
    do(examiner, "separate_remains", remains=two, reason="Reason-2")
    assert (state(both), state(single)) == ("remains_changed", "computed")
    proposal = {"remains": one, "missing_person": house.person, "reasons": "R", "findings": both}
    assert refused("finding-not-usable", cast["geneticist"], "propose", **proposal) == {
        "finding": both,
        "state": "remains_changed",
    }


def test_what_the_board_has_before_it_is_not_regrouped(cast: Cast) -> None:
    match = matched(cast)
    (other,) = units(cast, 1)
    proposal = proposed(cast, match)
    examiner = cast["examiner"]
    facts = {"remains": match.remains, "proposal": proposal}
    joined = {"remains": f"{match.remains}, {other}", "reason": "R"}
    assert refused("remains-proposed", examiner, "join_remains", **joined) == facts
    assert refused("remains-proposed", examiner, "split_remains", remains=match.remains, parts="2", reason="R") == facts
    for name in ("signatory", "second_signatory"):
        do(cast[name], "sign", proposal=proposal)
    identified = {"remains": match.remains, "state": "identified"}
    assert refused("remains-not-open", examiner, "join_remains", **joined) == identified
    assert (
        refused("remains-not-open", examiner, "split_remains", remains=match.remains, parts="2", reason="R")
        == identified
    )


def test_two_joins_of_one_unit_at_once_leave_sound_groups(cast: Cast) -> None:
    one, two, three = units(cast, 3)
    attempts = [f"{one}, {two}", f"{two}, {three}"]
    at_once(*[lambda pair=pair: do(cast["examiner"], "join_remains", remains=pair, reason="R") for pair in attempts])
    _check_counts()
    assert agrees()


def test_a_join_of_what_was_not_seen_is_overtaken(cast: Cast) -> None:
    from antigone.register.refusals import Overtaken

    one, two = units(cast, 2)
    seen = str(record(one).version)
    do(cast["examiner"], "describe_remains", remains=one, description="Text-1", seen_version=seen)
    for verb, typed_more in {
        "join_remains": {"remains": f"{one}, {two}"},
        "split_remains": {"remains": one, "parts": "2"},
        "describe_remains": {"remains": one, "sex": "male"},
    }.items():
        reason = {} if verb == "describe_remains" else {"reason": "R"}
        with pytest.raises(Overtaken, match=one):
            do(cast["examiner"], verb, seen_version=seen, **typed_more, **reason)


def test_the_other_side_reaches_no_remains(cast: Cast) -> None:
    from antigone.register.refusals import NotAllowed

    one, two = units(cast, 2)
    sample = sampled(cast, one)
    other = cast["b.examiner"]
    not_here(other, "describe_remains", remains=one, sex="male")
    not_here(other, "split_remains", remains=one, parts="2", reason="R")
    not_here(other, "join_remains", remains=f"{one}, {two}", reason="R")
    not_here(other, "separate_remains", remains=one, reason="R")
    not_here(other, "take_sample", remains=one, material="bone")
    not_here(other, "move_sample", sample=sample, to="sent", laboratory=other.institution)
    for name in ("coordinator", "geneticist", "laboratory", "intermediary"):
        with pytest.raises(NotAllowed):
            do(cast[name], "split_remains", remains=one, parts="2", reason="R")
        with pytest.raises(NotAllowed):
            do(cast[name], "take_sample", remains=one, material="bone")


def test_a_sample_goes_where_it_may(cast: Cast) -> None:
    from antigone.register.refusals import NotAllowed

    (one,) = units(cast, 1)
    sample = sampled(cast, one)
    row = record(sample)
    assert (row.remains_id, row.state, row.scope, row.material) == (one, "taken", "kinship", "bone")
    examiner, laboratory = cast["examiner"], cast["laboratory"]
    assert refused("sample-move", laboratory, "move_sample", sample=sample, to="received") == {
        "sample": sample,
        "state": "taken",
        "to": "received",
    }
    assert problems(examiner, "move_sample", sample=sample, to="sent") == [("missing-field", "laboratory", "")]
    other = cast["b.laboratory"].institution
    assert refused(
        "laboratory-of-other-party", examiner, "move_sample", sample=sample, to="sent", laboratory=other
    ) == {"sample": sample, "laboratory": other}
    second = do(cast["administrator"], "add_institution", party=examiner.party, name="Laboratory 2").record
    do(examiner, "move_sample", sample=sample, to="sent", laboratory=second)
    assert refused("sample-elsewhere", laboratory, "move_sample", sample=sample, to="received") == {
        "sample": sample,
        "laboratory": second,
    }
    to_laboratory(cast, sample)
    with pytest.raises(NotAllowed):
        do(examiner, "move_sample", sample=sample, to="failed")
    do(laboratory, "move_sample", sample=sample, to="failed", seen_version=str(record(sample).version))
    assert told("sample-failed") == {("a.examiner", sample)}
    do(laboratory, "move_sample", sample=sample, to="used_up")
    assert refused("sample-move", laboratory, "move_sample", sample=sample, to="sent")["state"] == "used_up"
    assert agrees()


VERBS = ("join", "separate", "split", "open", "propose", "further", "sign", "reverse", "bury")
OPERATIONS = st.lists(
    st.tuples(st.sampled_from((*VERBS, "join", "join", "separate")), st.integers(0, 11), st.integers(0, 11)),
    min_size=6,
    max_size=20,
)


@settings(max_examples=30)
@given(operations=OPERATIONS)
def test_the_counts_hold_whatever_is_done_in_whatever_order(
    operations: list[tuple[str, int, int]], register_templates: Templates
) -> None:
    from antigone.domain import InputRefused
    from antigone.register.models import Remains
    from antigone.register.refusals import NotNow

    name = register_templates.fresh("sqlite")
    try:
        cast = cast_of()
        known = set(units(cast, 4))
        for operation in operations:
            with suppress(NotNow, InputRefused):
                _do(cast, operation)
            now = set(Remains.objects.values_list("pk", flat=True))
            assert known <= now
            known = now
            _check_counts()
        assert agrees()
    finally:
        register_templates.drop("sqlite", name)


def _do(cast: Cast, operation: tuple[str, int, int]) -> None:
    """One step: the numbers choose among the remains, proposals and decisions that there are."""
    from antigone.register.models import Decision, Proposal, Remains

    verb, first, second = operation
    everything = list(Remains.objects.order_by("pk"))
    counted = [one for one in everything if one.state != "split"]
    grouped = [one for one in counted if one.group != one.pk] or everything
    one, two = (str(_chosen(everything, number).pk) for number in (first, second))
    proposals, decisions = (list(model.objects.order_by("pk")) for model in (Proposal, Decision))
    examiner, sign = cast["examiner"], cast["signatory"]
    if verb == "open":
        units(cast, 2)
    elif verb == "split":
        do(examiner, "split_remains", remains=one, parts=str(2 + second % 2), reason="R")
    elif verb == "join":
        pair = f"{_chosen(counted, first).pk}, {_chosen(counted, second).pk}"
        do(examiner, "join_remains", remains=pair, reason="R")
    elif verb == "separate":
        do(examiner, "separate_remains", remains=str(_chosen(grouped, first).pk), reason="R")
    elif verb == "propose":
        proposed(cast, matched(cast, one, surname=f"Surname-{len(proposals)}"))
    elif verb == "further" and decisions:
        person = _chosen(decisions, first).missing_person
        house = Household(str(person.pk), str(person.family_id), "", "")
        finding = compared(cast, house, two, typed(cast, sampled(cast, two)))
        proposed(cast, Matched(house, two, "", "", "", finding), further="yes")
    elif verb == "sign" and proposals:
        for actor in (sign, cast["second_signatory"]):
            do(actor, "sign", proposal=str(_chosen(proposals, -1 - first).pk))
    elif verb == "reverse" and decisions:
        do(sign, "reverse", decision=str(_chosen(decisions, first).pk), reason="R")
    elif verb == "bury":
        sampled(cast, one)
        do(cast["burial_officer"], "bury", remains=one, **GRAVE)


def _chosen(among: list[Any], number: int) -> Any:
    return among[number % len(among)]


def _check_counts() -> None:
    """What must hold of containers, remains and persons among the remains at every moment."""
    from antigone.register.models import Change, Remains

    everything = list(Remains.objects.all())
    by_pk = {one.pk: one for one in everything}
    counted = [one for one in everything if one.state != "split"]
    members = defaultdict(set)
    for one in counted:
        members[one.group].add(one.pk)
    assert all(group == min(those) for group, those in members.items())
    assert sum(map(len, members.values())) == len(counted)
    for one in everything:
        parts = [other for other in everything if other.split_from_id == one.pk]
        assert (len(parts) >= 2) == (one.state == "split")
        assert {part.container_id for part in parts} <= {one.container_id}
        assert one.state != "split" or one.group == one.pk
    for container in {one.container_id for one in everything}:
        whole = [one for one in everything if one.container_id == container and one.split_from_id is None]
        leaves = [one for one in counted if one.container_id == container]
        assert sum(_leaves(one.pk, by_pk) for one in whole) == len(leaves)
    for pk, one in by_pk.items():
        versions = Change.objects.filter(record=pk).order_by("version").values_list("version", flat=True)
        assert list(versions) == list(range(1, one.version + 1))
    for group in members.values():
        assert len({by_pk[pk].state == "identified" for pk in group}) == 1  # nobody is named in part


def _leaves(pk: str, by_pk: dict[str, Any]) -> int:
    """Units that are counted of one unit as it was found: itself, or all that it was split into."""
    parts = [other for other, one in by_pk.items() if one.split_from_id == pk]
    return sum(_leaves(part, by_pk) for part in parts) if parts else 1
