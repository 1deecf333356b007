"""What three documents say was promised, what came, and what was open, with document, day and speaker."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from antigone.account import Account, Promise, draw_up
from antigone.domain import Facts
from antigone.render.account_tables import made_words, open_words, outcome_words, promise_words
from antigone.render.account_words import KINDS, Names, count_words, period_words
from antigone.statements import exclusions, known_by, read_facts
from evidence.framework import ROOT, Outcome

NAME = "account"
TITLE = "What was promised and what came, as three documents tell it"
MUST_SHOW = (
    "From the facts of `examples/istanbul`: who offered what to whom and what became of it; how many went each way by "
    "whose account; which figures exclude each other; what was open in July 2025. Each answer names its document, its "
    "day and its speaker, and agrees with a reading of the documents by hand."
)

END_OF_JULY = date(2025, 7, 31)
BY_HAND = {
    "promises": {
        ("offer", "UA", "2022-03-01", "refused"),
        ("agree", "RU+UA", "2025-06-02", "carried-out"),
        ("offer", "RU", "2025-06-27", "pending"),
        ("offer", "RU", "2025-07-23", "pending"),
    },
    "came": {("RU", "UA", 6000), ("UA", "RU", 79)},
    "exclusions": {(3000, 10, "apart"), (3000, 498, "falls"), (9861, 498, "apart"), (10, 3000, "contradicts")},
    "open": {
        ("remains", "2025-06-27"), ("remains", "2025-07-23"), ("prisoners", "2025-07-23"),
        ("ceasefire", "2025-07-23"), ("working_groups", "2025-07-23"), ("civilians", "2025-07-23"),
        ("children", "2025-07-23"), ("talks", "2025-07-23"),
    },
}  # fmt: skip
"""What a reading of the documents by hand finds."""

_Row = tuple[str, str, str, str, str]


def check(small: bool, n: int | None) -> Outcome:
    """Draw up the account and compare it with the reading by hand; it is small as it is."""
    facts = known_by(read_facts(ROOT / "examples" / "istanbul"), END_OF_JULY)
    account = draw_up(facts, exclusions(facts))
    wrong = [name for name, expected in BY_HAND.items() if _computed(facts, account)[name] != expected]
    rows = [*_promised(facts, account), *_came(facts, account), *_excluded(facts, account), *_open(facts, account)]
    bare = [row for row in rows if not all(row)]
    names = Names(facts)
    notes = [
        *(f"{names.document_mark(d.id)}: {d.outlet}, {period_words(d.published)} ({d.basis}), SHA-256 {d.sha256}"
          for d in facts.documents.values()),
        *(f"differs from the reading by hand: {name}" for name in wrong),
        *(f"an answer without document, day or speaker: {row[:2]}" for row in bare),
    ]  # fmt: skip
    return Outcome(not wrong and not bare, ("question", "answer", "document", "day", "by whose account"), rows, notes)


def _computed(facts: Facts, account: Account) -> dict[str, set[tuple[object, ...]]]:
    remains = [promise for promise in account.promises if promise.kind == "remains"]
    legs = [leg for direction in account.directions for leg in direction.legs]
    return {
        "promises": {(p.act, "+".join(p.by), _day(p), p.outcome.value) for p in remains},
        "came": {(leg.origin, leg.destination, _low(facts, name)) for leg in legs for name in leg.came},
        "exclusions": {(_low(facts, e.first), _low(facts, e.second), e.rule) for e in account.exclusions},
        "open": {(p.kind, _day(p)) for p in account.promises if p.id in account.open},
    }


def _promised(facts: Facts, account: Account) -> Iterator[_Row]:
    names = Names(facts)
    for promise in account.promises:
        if promise.kind == "remains":
            told = (*promise.statements, *promise.answers, *promise.whole)
            number = names.counts(promise.counted) or "number not stated"
            answer = f"{promise_words(names, promise)}, {number}: {outcome_words(promise)}"
            yield (
                "who offered what, what became of it", answer, names.marks(told), made_words(names, promise),
                names.accounts(told),
            )  # fmt: skip


def _came(facts: Facts, account: Account) -> Iterator[_Row]:
    names = Names(facts)
    promises = {promise.id: promise for promise in account.promises}
    for direction in account.directions:
        for leg in direction.legs:
            way = f"{names.party(leg.origin)} to {names.party(leg.destination)}"
            for name in leg.came:
                told = facts.statements[name]
                left = open_words(names, promises[leg.promise], leg)
                yield (
                    "how many went each way", f"{way}: {count_words(told.count, told.unit)}; open: {left}",
                    names.mark(name), period_words(told.when), names.account_of(told),
                )  # fmt: skip


def _excluded(facts: Facts, account: Account) -> Iterator[_Row]:
    names = Names(facts)
    for exclusion in account.exclusions:
        pair = [facts.statements[name] for name in (exclusion.first, exclusion.second)]
        yield (
            f"which figures exclude each other ({exclusion.rule})",
            " against ".join(count_words(told.count, told.unit) for told in pair),
            names.marks(told.id for told in pair),
            " and ".join(period_words(told.when) for told in pair),
            " against ".join(names.account_of(told) for told in pair),
        )


def _open(facts: Facts, account: Account) -> Iterator[_Row]:
    names = Names(facts)
    for promise in account.promises:
        if promise.id in account.open:
            number = names.counts(promise.counted) or "number not stated"
            answer = f"{KINDS[promise.kind]}, {promise_words(names, promise)}: {number}; {outcome_words(promise)}"
            marks = names.marks(promise.statements)
            told = names.accounts(promise.statements)
            yield "what was open in July 2025", answer, marks, made_words(names, promise), told


def _low(facts: Facts, name: str) -> int | None:
    count = facts.statements[name].count
    return count.minimum if count else None


def _day(promise: Promise) -> str:
    return promise.made.start.isoformat() if promise.made else ""
