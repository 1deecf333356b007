"""The table of ways to change the past: what it must hold, and that a way found otherwise than expected fails it."""

from __future__ import annotations

from dataclasses import replace

from evidence.tampering import HEADER, NOT_ASKED, WAYS, Tried, check, drawn, outcome_of
from evidence.tampering.looking import Seen
from evidence.tampering.ways import Found, Position


def _seen(found: frozenset[Found]) -> Seen:
    return Seen({by: {"a-code"} if by in found else set() for by in Found})


def test_there_are_ways_of_every_position_each_with_a_name_of_its_own() -> None:
    assert len({(way.position, way.name) for way in WAYS}) == len(WAYS) > 25
    assert {way.position for way in WAYS} == set(Position)
    assert {by for way in WAYS for by in way.found} == set(Found)


def test_what_nobody_finds_is_explained() -> None:
    unseen = [way for way in WAYS if not way.found]
    assert unseen
    assert [way.name for way in unseen if not way.why] == []


def test_nobody_is_expected_to_find_what_they_cannot_see() -> None:
    for way in WAYS:
        assert not way.found & NOT_ASKED.get(way.position, frozenset())
        assert not (way.fresh and Found.EARLIER in way.found)


def test_a_way_that_is_found_by_less_or_by_more_fails_the_check() -> None:
    way = next(way for way in WAYS if way.found == {Found.ALONE})
    right, less, more = (_seen(frozenset(found)) for found in ({Found.ALONE}, (), {Found.ALONE, Found.KEY}))
    assert outcome_of([Tried(way, {"SQLite": right})]).ok
    for wrong, words in ((less, "NOT FOUND, expected"), (more, "found, NOT EXPECTED")):
        outcome = outcome_of([Tried(way, {"SQLite": right, "PostgreSQL": wrong})])
        assert not outcome.ok
        assert words in outcome.rows[0]
    assert not outcome_of([Tried(way)]).ok, "a way that was never tried shows nothing"


def test_the_notes_count_and_explain() -> None:
    way = next(way for way in WAYS if not way.found)
    notes = outcome_of([Tried(replace(way, why="For a reason."), {"SQLite": _seen(frozenset())})]).notes
    assert any("found by nothing: 1" in note for note in notes)
    assert any(note.endswith("For a reason.") for note in notes)


def test_some_are_carried_out() -> None:
    """On SQLite, in a process of their own; `make evidence` does them all, on both databases."""
    outcome = check(small=True, n=3)
    assert outcome.ok, outcome.rows
    assert [row[1] for row in outcome.rows] == [WAYS[number].name for number in drawn(3)]
    assert all(len(row) == len(HEADER) for row in outcome.rows)
