"""What became of a promise: the rules one by one, on two invented sides."""

from pathlib import Path

import pytest

from antigone.account import Account, Open, Outcome, draw_up
from antigone.domain import Count, Qualifier
from tests.statements.facts_files import facts_of, remains, statement, tie

OFFER = remains("offer", "offer", 1200, "2020-06-01")
AGREEMENT = remains("offer", "agree", 1200, "2020-06-01")


def account(folder: Path, *statements: str) -> Account:
    return draw_up(facts_of(folder, *statements))


def answer(act: str, name: str = "answer", **fields: str) -> str:
    return statement(
        name, act=f'"{act}"', kind='"remains"', by='["B"]', relations=tie("responds_to", "offer"), **fields
    )


def handover(name: str, number: int | None, kind: str = "part_of", target: str = "first") -> str:
    return remains(name, "handover", number, "2020-06-05", relations=tie(kind, target))


def agreement(carried: str) -> str:
    return remains("offer", "agree", 1200, "2020-06-01", relations=tie("basis_of", carried))


@pytest.mark.parametrize(
    ("statements", "outcome", "left"),
    [
        ((OFFER,), Outcome.PENDING, Open.ALL),
        ((AGREEMENT,), Outcome.AGREED, Open.ALL),
        ((OFFER, answer("refuse")), Outcome.REFUSED, Open.CLOSED),
        ((OFFER, answer("accept")), Outcome.AGREED, Open.ALL),
        ((OFFER, answer("agree_to_consider")), Outcome.PENDING, Open.ALL),
        ((OFFER, answer("postpone")), Outcome.PENDING, Open.ALL),
        ((agreement("first"), handover("first", 1200, "about", "offer")), Outcome.IN_WHOLE, Open.NOTHING),
        ((agreement("first"), handover("first", 1000, "about", "offer")), Outcome.IN_PART, Open.REST),
        ((agreement("first"), handover("first", None, "about", "offer")), Outcome.CARRIED_OUT, Open.NOT_KNOWN),
    ],
)  # fmt: skip
def test_outcome_and_what_is_left(tmp_path: Path, statements: tuple[str, ...], outcome: Outcome, left: Open) -> None:
    (promise,) = account(tmp_path, *statements).promises
    assert promise.outcome is outcome
    (leg,) = promise.legs
    assert (leg.origin, leg.destination, leg.outcome, leg.open) == ("A", "B", outcome, left)


def test_a_promise_is_reported_as_open_until_it_is_settled(tmp_path: Path) -> None:
    assert account(tmp_path, OFFER).open == ("offer",)
    assert account(tmp_path, OFFER, answer("refuse")).open == ()


def test_two_handovers_of_one_agreement_are_added_and_the_rest_is_counted(tmp_path: Path) -> None:
    (promise,) = account(
        tmp_path, agreement("first"), handover("first", 1000, "about", "offer"), handover("second", 100)
    ).promises
    assert promise.came == ("first", "second")
    assert promise.legs[0].rest == Count(100, 100, Qualifier.RANGE)


def test_the_answer_that_follows_another_is_the_last_one(tmp_path: Path) -> None:
    refusal = answer("refuse", "z-refusal")
    acceptance = statement(
        "a-acceptance",
        act='"accept"',
        kind='"remains"',
        relations='[{ type = "responds_to", target = "offer" }, { type = "follows", target = "z-refusal" }]',
    )
    (promise,) = account(tmp_path, OFFER, acceptance, refusal).promises
    assert (promise.outcome, promise.answer) == (Outcome.AGREED, "accept")


def test_an_answer_to_something_else_changes_nothing(tmp_path: Path) -> None:
    other = statement("answer", act='"refuse"', kind='"remains"')
    found = account(tmp_path, OFFER, other)
    assert found.promises[0].outcome is Outcome.PENDING
    assert found.loose == ("answer",)


def test_a_handover_nobody_ties_to_the_offer_does_not_fulfil_it(tmp_path: Path) -> None:
    found = account(tmp_path, OFFER, remains("came", "handover", 1200, "2020-06-09"))
    assert found.promises[0].outcome is Outcome.PENDING
    assert found.loose == ("came",)


def test_what_came_in_return_is_a_leg_of_its_own(tmp_path: Path) -> None:
    back = statement(
        "back", act='"handover"', kind='"remains"', of='["A"]', from_='"B"', to='"A"',
        count='{ min = 7, max = 7, qualifier = "exact" }', relations=tie("in_return_for", "first"),
    )  # fmt: skip
    found = account(tmp_path, agreement("first"), handover("first", 1200, "about", "offer"), back)
    ways = {(d.origin, d.destination): d.legs for d in found.directions}
    assert ways["A", "B"][0].outcome is Outcome.IN_WHOLE
    assert ways["B", "A"][0].outcome is Outcome.CARRIED_OUT
    assert ways["B", "A"][0].promised == ()


def test_remains_of_the_sender_s_own_dead_went_to_the_wrong_side(tmp_path: Path) -> None:
    wrong = statement("s", act='"accuse"', kind='"remains"', of='["A"]', from_='"A"', to='"B"')
    right = statement("t", act='"accuse"', kind='"remains"', of='["B"]', from_='"A"', to='"B"')
    assert account(tmp_path, wrong, right).wrong_side == ("s",)


def test_a_denial_is_reported_once_however_often_the_tie_is_written(tmp_path: Path) -> None:
    first = statement("s", act='"list_work"', relations=tie("in_tension_with", "t"))
    second = statement("t", act='"list_work"', relations=tie("in_tension_with", "s"))
    (dispute,) = account(tmp_path, first, second).disputes
    assert (dispute.rule, dispute.first, dispute.second) == ("in_tension_with", "s", "t")


def test_equal_promises_are_marked_and_never_joined(tmp_path: Path) -> None:
    found = account(
        tmp_path, OFFER, remains("later", "offer", 1200, "2020-07-01"), remains("less", "offer", 9, "2020-07-02")
    )
    assert {p.id: p.equal for p in found.promises} == {"offer": ("later",), "later": ("offer",), "less": ()}


def test_two_wordings_of_one_offer_are_one_promise_with_both_figures(tmp_path: Path) -> None:
    again = remains("again", "offer", 1000, "2020-06-01", relations=tie("same_event_as", "offer"))
    (promise,) = account(tmp_path, OFFER, again).promises
    assert set(promise.counted) == {"offer", "again"}
    assert promise.legs[0].rest == Count(1000, 1200, Qualifier.RANGE)
