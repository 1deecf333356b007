"""Codes and values of the account -> English words. Every figure keeps the mark of its document."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable
from datetime import date

from antigone.domain import Count, Facts, Period, Qualifier, Statement

OUTCOMES = {
    "refused": "refused",
    "pending": "pending",
    "agreed": "agreed",
    "in-part": "carried out in part",
    "in-whole": "carried out in whole",
    "carried-out": "carried out, in part or in whole",
    "not-known": "not known",
}
OUTLET_ALONE = "the outlet alone"
ANSWERS = {"agree_to_consider": "to be considered", "postpone": "postponed"}
ACTS = {
    "offer": "offer", "propose": "proposal", "demand": "demand", "agree": "agreement", "plan": "plan",
    "refuse": "refusal", "accept": "acceptance", "agree_to_consider": "agreement to consider",
    "condition": "condition", "postpone": "postponement", "handover": "handover",
    "handover_total": "total of handovers", "exchange": "exchange", "release": "release",
    "list_handover": "handover of a list", "list_work": "work on a list",
    "fulfil_claim": "claim of fulfilment", "holding_claim": "claim of holding",
    "casualty_claim": "claim of losses", "origin_claim": "claim of origin",
    "knowledge_claim": "claim of knowledge", "accuse": "accusation", "deny": "denial", "dispute": "dispute",
    "acknowledge": "acknowledgement", "decline_to_acknowledge": "no acknowledgement",
    "confirm": "confirmation",
    "verification": "verification", "retract": "retraction", "no_response": "no response", "ask": "question",
    "meet": "meeting", "mediate": "mediation", "comment": "comment", "source_note": "note on the source",
}  # fmt: skip
KINDS = {
    "agreement": "agreements", "casualties": "casualties", "ceasefire": "pauses in the fighting",
    "children": "children", "civilians": "civilians", "prisoners": "prisoners", "remains": "remains",
    "talks": "talks", "working_groups": "working groups", "wounded": "wounded and sick",
}  # fmt: skip
STATES = {
    "could_not_confirm": "could not be confirmed",
    "not_confirmed": "not confirmed",
    "denied_by": "denied",
    "retracted": "retracted",
    "no_evidence_given": "no evidence given",
}
KNOWN = {"outlet": "the outlet alone", "speaker": "one speaker", "hearsay": "a speaker, on another's word"}
_SINGULAR = {"bodies": "body", "persons": "person", "groups": "group", "hours": "hour"}
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
    "November", "December",
)  # fmt: skip


def count_words(count: Count | None, unit: str = "") -> str:
    """A count as the document words it.

    >>> count_words(Count(3000, 3000, Qualifier.EXACT, additional=True), "bodies")
    '3,000 more bodies'
    >>> count_words(Count(100001, None, Qualifier.MORE_THAN), "killed")
    'more than 100,000 killed'
    """
    if count is None:
        return "number not stated"
    number = _number(count)
    if number == "number not stated":
        return number
    more = " more" if count.additional else ""
    each = " from each side" if count.each_side else ""
    one = _SINGULAR.get(unit, unit) if number == "1" else unit
    return f"{number}{more}{' ' if one else ''}{one}{each}"


def _number(count: Count) -> str:
    low, high = count.minimum, count.maximum
    if low is None and high is None:
        return "number not stated"
    if count.qualifier is Qualifier.UNQUANTIFIED:
        return "in words only, " + _range(low, high)
    if count.qualifier is Qualifier.APPROXIMATELY:
        return "about " + _range(low, high)
    if count.qualifier is Qualifier.MORE_THAN and low is not None:
        return f"more than {low - 1:,}"
    if count.qualifier is Qualifier.LESS_THAN and high is not None:
        return f"fewer than {high + 1:,}"
    return _range(low, high)


def _range(low: int | None, high: int | None) -> str:
    if low is None:
        return f"at most {high:,}"
    if high is None:
        return f"at least {low:,}"
    return f"{low:,}" if low == high else f"{low:,} to {high:,}"


def period_words(period: Period | None) -> str:
    """Days in words, whole months by name.

    >>> period_words(Period(date(2025, 6, 1), date(2025, 6, 26)))
    '1 to 26 June 2025'
    >>> period_words(Period(date(2024, 8, 1), date(2025, 4, 30)))
    'August 2024 to April 2025'
    """
    if period is None:
        return "no date stated"
    start, end = period.start, period.end
    if start == end:
        return f"{start.day} {_month(start)}"
    if start.day == 1 and end.day == monthrange(end.year, end.month)[1]:
        same = (start.year, start.month) == (end.year, end.month)
        return _month(start) if same else f"{_month(start)} to {_month(end)}"
    if (start.year, start.month) == (end.year, end.month):
        return f"{start.day} to {end.day} {_month(end)}"
    if start.year == end.year:
        return f"{start.day} {_MONTHS[start.month - 1]} to {end.day} {_month(end)}"
    return f"{start.day} {_month(start)} to {end.day} {_month(end)}"


def _month(day: date) -> str:
    return f"{_MONTHS[day.month - 1]} {day.year}"


def _ends(count: Count) -> tuple[int | None, int | None]:
    return (count.minimum, count.maximum)


class Names:
    """Names and source marks of one set of facts."""

    def __init__(self, facts: Facts) -> None:
        self.facts = facts
        self._marks = {document: f"[{n}]" for n, document in enumerate(facts.documents, start=1)}

    def mark(self, statement: str) -> str:
        return self._marks[self.facts.statements[statement].document]

    def marks(self, statements: Iterable[str]) -> str:
        return "".join(sorted({self.mark(name) for name in statements}))

    def document_mark(self, document: str) -> str:
        return self._marks[document]

    def party(self, code: str) -> str:
        return self.facts.parties[code].name

    def parties(self, codes: Iterable[str]) -> str:
        """Several parties by name, in the order of the alphabet."""
        return " and ".join(sorted(self.who(code) for code in codes))

    def who(self, name: str) -> str:
        """A speaker or a party; the party a speaker speaks for stands in brackets where the name hides it."""
        if name in self.facts.parties:
            return self.party(name)
        speaker = self.facts.speakers[name]
        party = self.facts.parties.get(speaker.party)
        if party is None or (party.adjective and party.adjective in speaker.name):
            return speaker.name
        return f"{speaker.name} ({party.name})"

    def whose(self, codes: Iterable[str], noun: str) -> str:
        """`Ukrainian dead`; the noun alone where nobody says whose."""
        adjectives = " and ".join(sorted(self.adjective(code) for code in codes))
        return f"{adjectives} {noun}".strip()

    def adjective(self, code: str) -> str:
        return self.facts.parties[code].adjective or self.party(code)

    def account_of(self, statement: Statement) -> str:
        """By whose account: the last speaker first, and through whom."""
        if not statement.said:
            return OUTLET_ALONE
        chain = [self.who(link.who) for link in reversed(statement.said)]
        return ", according to ".join(chain)

    def accounts(self, statements: Iterable[str]) -> str:
        """All accounts of several statements, each once, with marks; the outlet where nobody is named."""
        given = [self.facts.statements[name] for name in statements]
        named = {statement.document for statement in given if statement.said}
        found: dict[str, list[str]] = {}
        for name in (s.id for s in given if s.said or s.document not in named):
            found.setdefault(self.account_of(self.facts.statements[name]), []).append(name)
        return "; ".join(f"{words} {self.marks(names)}" for words, names in found.items())

    def counts(self, statements: Iterable[str]) -> str:
        """All counts of several statements, each once, with marks; words beside a number are left out."""
        counted = [s for s in (self.facts.statements[name] for name in statements) if s.count]
        numbers = [s for s in counted if s.count and s.count.qualifier is not Qualifier.UNQUANTIFIED] or counted
        more = {_ends(s.count) for s in numbers if s.count and s.count.additional}
        found: dict[str, list[str]] = {}
        for statement in numbers:
            if statement.count and (statement.count.additional or _ends(statement.count) not in more):
                words = count_words(statement.count, statement.unit)
                found.setdefault(words, []).append(statement.id)
        return "; ".join(f"{words} {self.marks(names)}" for words, names in found.items())
