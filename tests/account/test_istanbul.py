"""The account of the three documents, against a reading of them by hand."""

from datetime import date

from antigone.account import Account, Open, Outcome, draw_up
from antigone.domain import Facts
from antigone.statements import known_by


def test_what_became_of_the_promises_of_remains(account: Account) -> None:
    remains = [p for p in account.promises if p.kind == "remains"]
    assert [(p.id, p.act, p.by, p.outcome) for p in remains] == [
        ("I-08", "offer", ("UA",), Outcome.REFUSED),
        ("W-05", "agree", ("RU", "UA"), Outcome.CARRIED_OUT),
        ("W-02", "offer", ("RU",), Outcome.PENDING),
        ("S-08", "offer", ("RU",), Outcome.PENDING),
    ]


def test_both_directions_with_what_is_said_to_have_come(account: Account, facts: Facts) -> None:
    told = {
        (d.origin, d.destination): [
            (leg.promise, [_number(facts, s) for s in leg.came], leg.open, leg.rest and leg.rest.minimum)
            for leg in d.legs
        ]
        for d in account.directions
    }
    assert told == {
        ("RU", "UA"): [
            ("W-05", [6000], Open.NOT_KNOWN, None),
            ("W-02", [], Open.ALL, 3000),
            ("S-08", [], Open.ALL, 3000),
        ],
        ("UA", "RU"): [("I-08", [], Open.CLOSED, None), ("W-05", [79], Open.NOT_KNOWN, None)],
    }


def test_the_agreement_keeps_its_first_refusal_its_claim_and_its_dispute(account: Account) -> None:
    agreement = next(p for p in account.promises if p.id == "W-05")
    assert agreement.answers == ("W-07", "W-08")
    assert agreement.whole == ("S-02",)
    assert agreement.disputed == ("W-09",)


def test_to_agree_to_consider_is_no_acceptance(account: Account) -> None:
    groups = next(p for p in account.promises if p.kind == "working_groups")
    assert (groups.outcome, groups.answer) == (Outcome.PENDING, "agree_to_consider")


def test_the_two_offers_of_three_thousand_are_two_and_marked(account: Account) -> None:
    equal = {p.id: p.equal for p in account.promises if p.equal}
    assert equal == {"W-02": ("S-08",), "S-08": ("W-02",)}


def test_what_was_open_at_the_end_of_june_and_of_july(facts: Facts) -> None:
    june = draw_up(known_by(facts, date(2025, 6, 30)))
    july = draw_up(known_by(facts, date(2025, 7, 31)))
    assert june.open == ("W-02",)
    assert set(june.open) < set(july.open)
    assert {p.kind for p in july.promises if p.id in july.open} == {
        "remains", "prisoners", "civilians", "children", "ceasefire", "working_groups", "talks",
    }  # fmt: skip


def test_wrong_side_denials_and_deeds_without_a_promise(account: Account) -> None:
    assert account.wrong_side == ("W-09", "W-11")
    assert {(d.rule, d.first, d.second) for d in account.disputes} == {
        ("retracts", "I-19", "I-17"),
        ("denies", "W-10", "W-09"),
        ("denies", "W-12", "W-09"),
        ("in_tension_with", "S-13", "S-21"),
    }
    assert account.loose == ("S-03", "S-20a", "S-20b")


def _number(facts: Facts, name: str) -> int | None:
    count = facts.statements[name].count
    return count.minimum if count else None
