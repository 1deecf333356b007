"""From proposal to grave, and back: who must agree, who is told, and what a reversal reaches."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from tests.actions.family_records import (
    DAY,
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
    at_once,
    compared,
    decided,
    matched,
    mothers_profile,
    proposed,
    released,
    sampled,
    typed,
    units,
)
from tests.cast import Cast, cast_of, do

SIGNATORIES = ("signatory", "second_signatory")


def _propose(match: Matched, **more: str) -> dict[str, str]:
    pair = {"remains": match.remains, "missing_person": match.house.person, "findings": match.finding}
    return {**pair, "reasons": "Reasons-1", "other_evidence": "Evidence-1", **more}


def _bystanders(code: str) -> set[str]:
    return {name for name, _ in told(code)}


# --- proposals ---


def test_a_proposal_states_what_it_rests_on(cast: Cast) -> None:
    match = matched(cast)
    proposal = proposed(cast, match)
    row = record(proposal)
    assert (row.remains_id, row.missing_person_id, row.state) == (match.remains, match.house.person, "open")
    assert (row.findings, row.proposed_by_id, row.signed_by) == ([match.finding], cast["geneticist"].user, [])
    assert sealed(proposal) == {
        "reasons": "Reasons-1",
        "other_evidence": "Evidence-1",
        "relatives": 1,
        "methods": ["kinship"],
        "further": False,
        "dissent": [],
    }
    assert told("proposal-to-sign") == {("a.signatory", proposal), ("a.second_signatory", proposal)}
    assert agrees()


def test_one_relative_and_one_method_are_not_enough_alone(cast: Cast) -> None:
    match = matched(cast)
    geneticist, registrar = cast["geneticist"], cast["registrar"]
    facts = {"relatives": "1", "methods": "kinship"}
    assert refused("second-evidence-needed", geneticist, "propose", **_propose(match, other_evidence="")) == facts
    only_remains = compared(cast, match.house, match.remains, match.profile)
    assert refused(
        "second-evidence-needed", geneticist, "propose", **_propose(match, findings=only_remains, other_evidence="")
    ) == {"relatives": "0", "methods": "none"}
    own = do(
        registrar, "take_reference_sample", missing_person=match.house.person, material="personal_item", taken_on=DAY
    ).record
    direct = typed(cast, own, sender="liaison")
    alone = compared(cast, match.house, match.remains, match.profile, direct)
    assert refused(
        "second-evidence-needed", geneticist, "propose", **_propose(match, findings=alone, other_evidence="")
    ) == {"relatives": "0", "methods": "direct"}
    both = do(geneticist, "propose", **_propose(match, findings=f"{match.finding}, {alone}", other_evidence="")).record
    assert (sealed(both)["relatives"], sealed(both)["methods"]) == (1, ["kinship", "direct"])


def test_two_relatives_are_enough(cast: Cast) -> None:
    match = matched(cast)
    father = do(
        cast["registrar"], "add_relative", family=match.house.family, surname="Surname-1", sex="male",
        scope="kinship", given_on=DAY,
    ).record  # fmt: skip
    second = mothers_profile(cast, replace(match.house, mother=father))
    finding = compared(cast, match.house, match.remains, match.profile, match.mothers_profile, second)
    proposal = do(cast["geneticist"], "propose", **_propose(match, findings=finding, other_evidence="")).record
    assert sealed(proposal)["relatives"] == 2


def test_the_findings_are_about_this_pair(cast: Cast) -> None:
    match, other = matched(cast), matched(cast, surname="Surname-2")
    facts = {"finding": other.finding, "remains": match.remains, "missing_person": match.house.person}
    geneticist = cast["geneticist"]
    assert refused("finding-of-others", geneticist, "propose", **_propose(match, findings=other.finding)) == facts
    absent = {"missing_person": other.house.person}
    assert refused("finding-of-others", geneticist, "propose", **_propose(match, **absent))["finding"] == match.finding


def test_one_proposal_at_a_time_about_remains_and_about_a_person(cast: Cast) -> None:
    match, other = matched(cast), matched(cast, surname="Surname-2")
    geneticist = cast["geneticist"]
    proposal = proposed(cast, match)
    crossed = compared(cast, other.house, match.remains, match.profile, other.mothers_profile)
    assert refused(
        "remains-proposed", geneticist, "propose", **_propose(other, remains=match.remains, findings=crossed)
    ) == {"remains": match.remains, "proposal": proposal}
    second = compared(cast, match.house, other.remains, other.profile, match.mothers_profile)
    assert refused(
        "person-proposed", geneticist, "propose", **_propose(match, remains=other.remains, findings=second)
    ) == {"missing_person": match.house.person, "proposal": proposal}


def test_two_who_propose_at_once_for_one_person(cast: Cast) -> None:
    match = matched(cast)
    (other,) = units(cast, 1)
    second = compared(cast, match.house, other, typed(cast, sampled(cast, other)), match.mothers_profile)
    attempts = [_propose(match), _propose(match, remains=other, findings=second)]
    results = at_once(*[lambda more=more: do(cast["geneticist"], "propose", **more) for more in attempts])
    assert sorted(type(result).__name__ for result in results) == ["Done", "NotNow"]
    assert agrees()


def test_two_who_propose_at_once_about_one_unit(cast: Cast) -> None:
    match = matched(cast)
    house = household(cast, "Surname-2")
    finding = compared(cast, house, match.remains, match.profile, match.mothers_profile)
    attempts = [_propose(match), _propose(replace(match, house=house, finding=finding))]
    results = at_once(*[lambda more=more: do(cast["geneticist"], "propose", **more) for more in attempts])
    assert sorted(type(result).__name__ for result in results) == ["Done", "NotNow"]
    assert agrees()


def test_who_is_not_open_is_not_proposed(cast: Cast) -> None:
    match = matched(cast)
    geneticist = cast["geneticist"]
    do(cast["examiner"], "split_remains", remains=match.remains, parts="2", reason="R")
    assert refused("remains-split", geneticist, "propose", **_propose(match))["remains"] == match.remains
    alive = matched(cast, surname="Surname-2")
    do(cast["registrar"], "record_found_alive", missing_person=alive.house.person, reason="R")
    assert refused("person-not-missing", geneticist, "propose", **_propose(alive)) == {
        "missing_person": alive.house.person,
        "state": "alive",
    }
    found = matched(cast, surname="Surname-3")
    decided(cast, found)
    assert refused("remains-not-open", geneticist, "propose", **_propose(found))["state"] == "identified"
    (other,) = units(cast, 1)
    second = compared(cast, found.house, other, typed(cast, sampled(cast, other)), found.mothers_profile)
    assert refused("person-identified", geneticist, "propose", **_propose(found, remains=other, findings=second)) == {
        "missing_person": found.house.person,
        "state": "identified",
    }
    unknown = matched(cast, surname="Surname-4")
    assert refused("person-not-identified", geneticist, "propose", **_propose(unknown, further="yes")) == {
        "missing_person": unknown.house.person,
        "state": "missing",
    }


# --- signatures and dissent ---


def test_two_signatures_of_others_than_the_proposer_decide(cast: Cast) -> None:
    match = matched(cast)
    (other,) = units(cast, 1)
    do(cast["examiner"], "join_remains", remains=f"{match.remains}, {other}", reason="R")
    proposal = proposed(cast, match)
    first, second = (cast[name] for name in SIGNATORIES)
    assert do(first, "sign", proposal=proposal).record == proposal
    assert told("one-signature-missing") == {("a.signatory", proposal), ("a.second_signatory", proposal)}
    assert (state(match.remains), state(match.house.person)) == ("examined", "missing")
    assert refused("signed-already", first, "sign", proposal=proposal) == {"proposal": proposal}
    decision = do(second, "sign", proposal=proposal).record
    row = record(decision)
    assert (row.state, row.signed_by, row.findings) == ("standing", [first.user, second.user], [match.finding])
    assert sealed(decision)["units"] == sorted([match.remains, other])
    assert {state(unit) for unit in (match.remains, other, match.house.person)} == {"identified"}
    assert state(proposal) == "decided"
    assert _bystanders("decision-made") == {"a.liaison", "a.coordinator", "a.registrar"}
    assert refused("proposal-closed", second, "sign", proposal=proposal) == {"proposal": proposal, "state": "decided"}
    assert agrees()


def test_whoever_proposed_does_not_sign(cast: Cast) -> None:
    from antigone.domain import UserRole

    match = matched(cast)
    proposal = proposed(cast, match)
    roles = f"{UserRole.GENETICIST.value}, {UserRole.SIGNATORY.value}"
    do(cast["administrator"], "change_roles", user=cast["geneticist"].user, roles=roles)
    both = cast_of()["geneticist"]
    assert refused("own-proposal", both, "sign", proposal=proposal) == {"proposal": proposal}


def test_a_signature_under_what_was_not_seen_is_overtaken(cast: Cast) -> None:
    from antigone.register.refusals import Overtaken

    proposal = proposed(cast, matched(cast))
    do(cast["signatory"], "sign", proposal=proposal, seen_version="1")
    with pytest.raises(Overtaken) as overtaken:
        do(cast["second_signatory"], "sign", proposal=proposal, seen_version="1")
    assert (overtaken.value.identifier, overtaken.value.by) == (proposal, cast["signatory"].user)
    with pytest.raises(Overtaken):
        do(cast["second_signatory"], "dissent", proposal=proposal, text="Text-1", seen_version="1")


def test_two_who_sign_at_once(cast: Cast) -> None:
    proposal = proposed(cast, matched(cast))
    results = at_once(
        *[lambda name=name: do(cast[name], "sign", proposal=proposal, seen_version="1") for name in SIGNATORIES]
    )
    assert sorted(type(result).__name__ for result in results) == ["Done", "Overtaken"]
    assert len(record(proposal).signed_by) == 1
    assert agrees()


def test_a_last_signature_beside_a_withdrawal_is_seen_or_refused(cast: Cast) -> None:
    match = matched(cast)
    proposal = proposed(cast, match)
    do(cast["signatory"], "sign", proposal=proposal)
    signed, withdrawn = at_once(
        lambda: do(cast["second_signatory"], "sign", proposal=proposal),
        lambda: do(cast["laboratory"], "withdraw_profile", profile=match.profile, reason="R"),
    )
    assert type(withdrawn).__name__ == "Done"
    about = {identifier for _, identifier in told("profile-withdrawn")} - {match.profile}
    assert about == {signed.record if type(signed).__name__ == "Done" else proposal}
    assert agrees()


def test_nobody_signs_over_a_dissent(cast: Cast) -> None:
    match = matched(cast)
    proposal = proposed(cast, match)
    first, second = (cast[name] for name in SIGNATORIES)
    do(first, "sign", proposal=proposal)
    do(first, "dissent", proposal=proposal, text="The sex does not fit")
    row = record(proposal)
    assert (row.state, row.signed_by, row.dissent_by) == ("disputed", [], [first.user])
    assert sealed(proposal)["dissent"] == [{"by": first.user, "text": "The sex does not fit", "withdrawn": False}]
    assert _bystanders("dissent-entered") == {"a.signatory", "a.second_signatory", "a.geneticist"}
    assert refused("dissent-open", second, "sign", proposal=proposal) == {"proposal": proposal}
    assert refused("dissented-already", first, "dissent", proposal=proposal, text="Again") == {"proposal": proposal}
    assert refused("no-dissent", second, "dissent", proposal=proposal, withdraw="yes") == {"proposal": proposal}
    assert problems(second, "dissent", proposal=proposal) == [("missing-field", "text", "")]
    do(first, "dissent", proposal=proposal, withdraw="yes")
    assert (record(proposal).state, record(proposal).dissent_by) == ("open", [])
    assert sealed(proposal)["dissent"] == [{"by": first.user, "text": "The sex does not fit", "withdrawn": True}]
    for signatory in (second, first):
        do(signatory, "sign", proposal=proposal)
    assert state(match.house.person) == "identified"
    assert agrees()


def test_two_dissents_refuse_and_leave_remains_and_person_free(cast: Cast) -> None:
    match = matched(cast)
    proposal = proposed(cast, match)
    for name in SIGNATORIES:
        do(cast[name], "dissent", proposal=proposal, text="Text-1")
    assert state(proposal) == "refused"
    assert ("a.geneticist", proposal) in told("proposal-refused")
    for verb, more in {"sign": {}, "dissent": {"text": "Text-2"}}.items():
        assert refused("proposal-closed", cast["signatory"], verb, proposal=proposal, **more)["state"] == "refused"
    assert proposed(cast, match) != proposal


# --- release and burial ---


def test_remains_with_a_name_go_to_the_family_and_into_a_grave(cast: Cast) -> None:
    match = matched(cast)
    (other,) = units(cast, 1)
    do(cast["examiner"], "join_remains", remains=f"{match.remains}, {other}", reason="R")
    decision = decided(cast, match)
    release = released(cast, decision)
    row = record(release)
    assert (row.decision_id, row.state, row.to_party_id) == (decision, "released", None)
    assert (row.institution_id, sealed(release)["received_by"]) == (record(decision).institution_id, "Surname-1")
    assert {state(one) for one in (match.remains, other, match.house.person)} == {"released"}
    assert _bystanders("remains-released") == {"a.liaison", "a.burial_officer"}
    again = {"decision": decision, "released_on": "2025-05-01", "received_by": "Surname-1"}
    assert refused("remains-not-identified", cast["coordinator"], "release", **again)["state"] == "released"
    officer = cast["burial_officer"]
    assert problems(officer, "bury", release=release, **{**GRAVE, "buried_on": "2025-04-30"}) == [
        ("dates-reversed", "buried_on", "2025-04-30")
    ]
    assert problems(officer, "bury", release=release, **{**GRAVE, "coordinates": "N48 E35"}) == [
        ("coordinates", "coordinates", "N48 E35")
    ]
    grave = do(officer, "bury", release=release, **GRAVE, marking="Surname-1").record
    from antigone.register.models import Grave

    assert {one.remains_id: one.release_id is not None for one in Grave.objects.all()} == {
        match.remains: True,
        other: True,
    }
    assert sealed(grave) == {
        "cemetery": "Cemetery-1",
        "plot": "12",
        "coordinates": "48.46470, 35.04620",
        "marking": "Surname-1",
    }
    assert {state(one) for one in (match.remains, other, match.house.person)} == {"buried"}
    assert told("remains-buried") == {("a.liaison", grave)}
    assert refused("remains-not-released", officer, "bury", release=release, **GRAVE)["state"] == "buried"
    assert agrees()


def test_what_changed_meanwhile_is_not_released_or_buried(cast: Cast) -> None:
    from antigone.register.refusals import Overtaken

    match = matched(cast)
    decision = decided(cast, match)
    seen = str(record(match.remains).version)
    do(cast["examiner"], "describe_remains", remains=match.remains, belongings="A ring")
    give = {"decision": decision, "released_on": "2025-05-01", "received_by": "Surname-1", "seen_version": seen}
    with pytest.raises(Overtaken, match=match.remains):
        do(cast["coordinator"], "release", **give)
    assert state(match.remains) == "identified"
    release = released(cast, decision)
    with pytest.raises(Overtaken, match=match.remains):
        do(cast["burial_officer"], "bury", release=release, seen_version=seen, **GRAVE)
    assert state(match.remains) == "released"


def test_unidentified_remains_go_back_to_the_other_party(cast: Cast) -> None:
    from antigone.domain import Kind, make_identifier

    one, two = units(cast, 2)
    do(cast["examiner"], "join_remains", remains=f"{one}, {two}", reason="R")
    coordinator, other = cast["coordinator"], cast["b.coordinator"].party
    back = {"remains": one, "to_party": other, "released_on": "2025-05-01", "received_by": "Officer-1"}
    assert refused("release-to-own-party", coordinator, "release", **{**back, "to_party": coordinator.party}) == {
        "party": coordinator.party
    }
    release = do(coordinator, "release", **back).record
    assert (record(release).to_party_id, record(release).decision_id) == (other, None)
    assert {state(unit) for unit in (one, two)} == {"handed_back"}
    assert told("remains-handed-back") == {("a.examiner", one)}
    assert refused("remains-not-open", coordinator, "release", **back)["state"] == "handed_back"
    assert refused("release-not-to-family", cast["burial_officer"], "bury", release=release, **GRAVE) == {
        "release": release,
        "state": "released",
    }
    absent = make_identifier(Kind.DECISION, 7)
    for both in ({**back, "decision": absent}, {**back, "to_party": ""}, {**back, "remains": ""}):
        assert problems(coordinator, "release", **both) == [("one-of-two", "decision", "")]
    assert agrees()


def test_what_the_board_has_before_it_is_not_handed_back(cast: Cast) -> None:
    match = matched(cast)
    proposal = proposed(cast, match)
    back = {"to_party": cast["b.coordinator"].party, "released_on": "2025-05-01", "received_by": "Officer-1"}
    facts = {"remains": match.remains, "proposal": proposal}
    assert refused("remains-proposed", cast["coordinator"], "release", remains=match.remains, **back) == facts
    assert refused("remains-proposed", cast["burial_officer"], "bury", remains=match.remains, **GRAVE) == facts


def test_remains_without_a_name_are_buried_under_their_number_and_can_still_get_one(cast: Cast) -> None:
    match = matched(cast)
    officer = cast["burial_officer"]
    grave = do(officer, "bury", remains=match.remains, **GRAVE).record
    assert (state(match.remains), record(grave).release_id, state(grave)) == ("buried_unnamed", None, "in_use")
    assert told("buried-under-number") == {("a.examiner", match.remains)}
    assert refused("remains-not-examined", officer, "bury", remains=match.remains, **GRAVE) == {
        "remains": match.remains,
        "state": "buried_unnamed",
    }
    split = {"remains": match.remains, "parts": "2", "reason": "R"}
    assert refused("remains-buried", cast["examiner"], "split_remains", **split) == {"remains": match.remains}
    decision = decided(cast, match)
    do(cast["signatory"], "reverse", decision=decision, reason="R")
    assert state(match.remains) == "buried_unnamed"
    decision = decided(cast, match)
    release = released(cast, decision)
    assert state(grave) == "exhumed"
    assert told("grave-exhumed") == {("a.burial_officer", grave)}
    do(officer, "bury", release=release, **GRAVE)
    assert state(match.remains) == "buried"
    assert agrees()


def test_nobody_is_buried_under_a_number_without_a_sample(cast: Cast) -> None:
    one, two = units(cast, 2)
    sampled(cast, one)
    do(cast["examiner"], "join_remains", remains=f"{one}, {two}", reason="R")
    officer = cast["burial_officer"]
    assert refused("not-sampled", officer, "bury", remains=one, **GRAVE) == {"remains": two}
    assert problems(officer, "bury", **GRAVE) == [("one-of-two", "release", "")]


# --- reversal ---


def test_a_reversal_reaches_everyone_who_was_told_and_everything_that_leaned_on_it(cast: Cast) -> None:
    from antigone.actions.leaned_on import what_leaned_on

    match = matched(cast)
    decision = decided(cast, match)
    do(cast["liaison"], "inform_family", decision=decision, relative=match.house.mother, on="2025-05-01")
    release = released(cast, decision)
    grave = do(cast["burial_officer"], "bury", release=release, **GRAVE).record
    (sons_unit,) = units(cast, 1)
    house = household(cast, "Surname-2")
    finding = compared(cast, house, sons_unit, typed(cast, sampled(cast, sons_unit)), match.profile)
    son = replace(match, house=house, remains=sons_unit, finding=finding)
    second = decided(cast, son)
    told_entry = {"relative": match.house.mother, "on": "2025-05-01", "by": cast["liaison"].user}
    before = what_leaned_on(record(decision))
    assert before.told == (told_entry,)
    assert [[one.pk for one in part] for part in (before.releases, before.graves, before.findings)] == [
        [release],
        [grave],
        [finding],
    ]
    assert ([one.pk for one in before.decisions], before.proposals) == ([second], ())
    do(cast["signatory"], "reverse", decision=decision, reason="The man came home")
    row = record(decision)
    assert (row.state, row.reversed_by, sealed(decision)["reversal"]) == (
        "reversed",
        cast["signatory"].user,
        "The man came home",
    )
    assert (state(match.remains), state(match.house.person)) == ("buried_unnamed", "missing")
    assert (state(release), state(grave), state(finding)) == ("recalled", "in_use", "identity_reversed")
    assert (state(second), state(match.finding)) == ("standing", "computed")
    assert _bystanders("decision-reversed") == {"a.liaison", "a.coordinator", "a.registrar", "a.geneticist"}
    assert told("family-to-be-told-again") == {("a.liaison", decision)}
    assert told("release-recalled") == {("a.coordinator", release)}
    assert told("grave-in-question") == {("a.burial_officer", grave)}
    assert told("rests-on-reversed") == {("a.signatory", second), ("a.second_signatory", second)}
    after = what_leaned_on(record(decision))
    assert [[one.pk for one in part] for part in (after.releases, after.graves, after.findings, after.decisions)] == [
        [release],
        [grave],
        [finding],
        [second],
    ]
    assert refused("decision-not-standing", cast["signatory"], "reverse", decision=decision, reason="R") == {
        "decision": decision,
        "state": "reversed",
    }
    assert refused(
        "decision-in-question", cast["coordinator"], "release", decision=second, released_on="2025-05-01",
        received_by="Surname-2",
    )["state"] == "identity_reversed"  # fmt: skip
    assert agrees()


def test_when_the_liaison_who_told_is_gone_another_tells_again(cast: Cast) -> None:
    match = matched(cast)
    decision = decided(cast, match)
    do(cast["liaison"], "inform_family", decision=decision, relative=match.house.mother, on="2025-05-01")
    do(cast["administrator"], "suspend_user", user=cast["liaison"].user)
    administrator = cast["administrator"]
    do(
        administrator, "add_user", institution=administrator.institution, username="a.liaison2", name="A Liaison 2",
        roles="liaison",
    )  # fmt: skip
    do(cast["signatory"], "reverse", decision=decision, reason="R")
    assert told("family-to-be-told-again") == {("a.liaison2", decision)}


def test_a_person_found_alive_stays_so_when_the_decision_is_reversed(cast: Cast) -> None:
    match = matched(cast)
    decision = decided(cast, match)
    do(cast["registrar"], "record_found_alive", missing_person=match.house.person, reason="R")
    give = {"decision": decision, "released_on": "2025-05-01", "received_by": "Surname-1"}
    assert refused("decision-not-standing", cast["coordinator"], "release", **give)["state"] == "contested"
    do(cast["signatory"], "reverse", decision=decision, reason="R")
    assert (state(match.house.person), state(match.remains)) == ("alive", "examined")


def test_two_who_reverse_at_once(cast: Cast) -> None:
    decision = decided(cast, matched(cast))
    results = at_once(
        *[lambda name=name: do(cast[name], "reverse", decision=decision, reason="R") for name in SIGNATORIES]
    )
    assert sum(type(result).__name__ == "Done" for result in results) == 1
    assert {type(result).__name__ for result in results} <= {"Done", "NotNow", "Overtaken"}
    assert agrees()


def test_a_release_beside_a_reversal(cast: Cast) -> None:
    match = matched(cast)
    decision = decided(cast, match)
    give, _ = at_once(
        lambda: released(cast, decision),
        lambda: do(cast["signatory"], "reverse", decision=decision, reason="R"),
    )
    if state(decision) == "reversed":
        assert state(match.remains) == "examined"
        assert isinstance(give, Exception) or state(give) == "recalled"
    else:
        assert (state(match.remains), state(give)) == ("released", "released")
    assert agrees()


# --- further remains of one person ---


def _further(cast: Cast, match: Matched) -> tuple[Matched, str]:
    """A fragment of the same person that came later, and the second decision."""
    (fragment,) = units(cast, 1)
    finding = compared(cast, match.house, fragment, typed(cast, sampled(cast, fragment)), match.mothers_profile)
    later = replace(match, remains=fragment, finding=finding)
    return later, decided(cast, later, further="yes")


def test_further_remains_join_the_person_they_belong_to(cast: Cast) -> None:
    from antigone.actions.leaned_on import what_leaned_on

    match = matched(cast)
    first = decided(cast, match)
    do(cast["burial_officer"], "bury", release=released(cast, first), **GRAVE)
    later, second = _further(cast, match)
    assert (state(later.remains), state(match.remains), state(match.house.person)) == ("identified", "buried", "buried")
    assert record(later.remains).group == record(match.remains).group == match.remains
    assert (sealed(second)["further"], sealed(second)["units"]) == (True, [later.remains])
    assert [one.pk for one in what_leaned_on(record(first)).decisions] == [second]
    released(cast, second)
    assert state(match.house.person) == "buried"
    assert agrees()


@pytest.mark.parametrize("which", [0, 1])
def test_of_two_decisions_about_one_person_each_can_be_reversed(cast: Cast, which: int) -> None:
    match = matched(cast)
    first = decided(cast, match)
    later, second = _further(cast, match)
    gone, kept = ((match, later), (later, match))[which]
    do(cast["signatory"], "reverse", decision=(first, second)[which], reason="R")
    assert (state(gone.remains), record(gone.remains).group) == ("examined", gone.remains)
    assert (state(kept.remains), record(kept.remains).group) == ("identified", kept.remains)
    assert state(match.house.person) == "identified"
    assert told("rests-on-reversed") == (
        {("a.signatory", second), ("a.second_signatory", second)} if which == 0 else set()
    )
    do(cast["signatory"], "reverse", decision=(second, first)[which], reason="R")
    assert (state(match.house.person), state(kept.remains)) == ("missing", "examined")
    assert agrees()


def test_a_person_in_a_grave_stays_so_while_a_further_decision_is_reversed(cast: Cast) -> None:
    match = matched(cast)
    do(cast["burial_officer"], "bury", release=released(cast, decided(cast, match)), **GRAVE)
    _further(cast, match)
    _, third = _further(cast, match)
    do(cast["signatory"], "reverse", decision=third, reason="R")
    assert state(match.house.person) == "buried"


# --- others ---


def test_the_other_side_and_outsiders_decide_nothing(cast: Cast) -> None:
    from antigone.register.refusals import NotAllowed

    match = matched(cast)
    proposal = proposed(cast, match)
    not_here(cast["b.geneticist"], "propose", **_propose(match))
    not_here(cast["b.signatory"], "sign", proposal=proposal)
    not_here(cast["b.signatory"], "dissent", proposal=proposal, text="Text-1")
    for name in SIGNATORIES:
        do(cast[name], "sign", proposal=proposal)
    from antigone.register.models import Decision

    decision = str(Decision.objects.get().pk)
    not_here(cast["b.signatory"], "reverse", decision=decision, reason="R")
    give: dict[str, Any] = {"decision": decision, "released_on": "2025-05-01", "received_by": "Surname-1"}
    not_here(cast["b.coordinator"], "release", **give)
    release = released(cast, decision)
    not_here(cast["b.burial_officer"], "bury", release=release, **GRAVE)
    for name in ("geneticist", "coordinator", "registrar", "administrator", "intermediary"):
        with pytest.raises(NotAllowed):
            do(cast[name], "sign", proposal=proposal)
        with pytest.raises(NotAllowed):
            do(cast[name], "reverse", decision=decision, reason="R")


def test_days_to_come_are_refused(cast: Cast) -> None:
    match = matched(cast)
    decision = decided(cast, match)
    ahead = {"decision": decision, "released_on": "2999-01-01", "received_by": "Surname-1"}
    assert problems(cast["coordinator"], "release", **ahead) == [("date-ahead", "released_on", "2999-01-01")]
    under_number = {**GRAVE, "buried_on": "2999-01-01", "remains": match.remains}
    assert problems(cast["burial_officer"], "bury", **under_number) == [("date-ahead", "buried_on", "2999-01-01")]
