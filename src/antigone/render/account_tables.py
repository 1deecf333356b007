"""The account as tables of plain words: one source for the terminal and for the page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from antigone.account import Account, Direction, Leg, Open, Outcome, Promise
from antigone.domain import Exclusion, Facts, Statement
from antigone.render.account_words import ACTS, ANSWERS, KINDS, KNOWN, OUTCOMES, STATES, Names, count_words
from antigone.render.account_words import period_words as days
from antigone.statements import SideBySide

_RULES = {
    "apart": "same quantity, same days, no number in common",
    "falls": "a running total cannot fall",
    "contradicts": "said against each other",
}
_ODDS = {"denies": "denied", "retracts": "retracted", "in_tension_with": "does not fit"}


@dataclass(frozen=True, slots=True)
class Table:
    """Column heads and rows of words; the first column names the row. `note` stands below."""

    key: str
    caption: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    note: str = ""


def account_tables(facts: Facts, account: Account) -> tuple[Table, ...]:
    """All tables of the account that have a row, the most asked for first."""
    names = Names(facts)
    tables: tuple[Table, ...] = (
        *(_direction(names, account, place) for place in range(len(account.directions))),
        _open(names, account),
        _settled(names, account),
        _exclusions(names, account.exclusions),
        _wrong_side(names, account),
        _disputes(names, account),
        _loose(names, account),
    )
    return tuple(table for table in tables if table.rows)


def source_table(facts: Facts) -> Table:
    """The documents, with the mark each figure carries."""
    names = Names(facts)
    rows = tuple(
        (
            names.document_mark(document.id),
            document.outlet,
            f"{days(document.published)} ({document.basis})",
            ". ".join(part[0].upper() + part[1:] for part in (document.reason, document.note) if part) or "-",
            document.sha256,
        )
        for document in facts.documents.values()
    )
    return Table("sources", "Sources", ("Mark", "Outlet", "Published", "What is known of it", "SHA-256"), rows)


def statement_table(facts: Facts) -> Table:
    """Every statement, as it stands in the facts."""
    names = Names(facts)
    rows = tuple(_statement_row(names, statement) for statement in facts.statements.values())
    heads = ("Id", "Act", "Of what", "Days meant", "Number", "Way", "By whose account", "Remarks", "Characters")
    note = "Characters: which characters of the document the statement rests on, from and to."
    return Table("statements", "All statements", heads, rows, note)


def figure_table(facts: Facts, figures: Iterable[SideBySide]) -> Table:
    """Every figure beside the others on the same quantity, and how it is known."""
    names = Names(facts)
    rows = []
    for side in figures:
        for figure in side.figures:
            statement = names.facts.statements[figure.statement]
            rows.append(
                (
                    side.quantity.meaning,
                    f"{count_words(figure.count, statement.unit)} {names.mark(figure.statement)}",
                    days(statement.when),
                    names.account_of(statement),
                    "; ".join([KNOWN[figure.known], *([STATES[figure.state]] if figure.state else [])]),
                )
            )
    heads = ("Of what", "Number", "Days meant", "By whose account", "How known")
    return Table("figures", "All figures, side by side", heads, tuple(rows))


def promise_words(names: Names, promise: Promise) -> str:
    """Who promises what: `Russia: offer of remains`."""
    by = names.parties(promise.by)
    return f"{by + ': ' if by else ''}{ACTS[promise.act]}"


def outcome_words(promise: Promise) -> str:
    """What became of it, in a few words."""
    words = OUTCOMES[promise.outcome]
    if promise.outcome is Outcome.PENDING:
        return f"{words}: {ANSWERS.get(promise.answer, 'no answer stated')}"
    if promise.outcome is Outcome.CARRIED_OUT and not promise.counted:
        return "carried out; how much was promised is not stated"
    return words


def open_words(names: Names, promise: Promise, leg: Leg) -> str:
    """What is left of a promise in one direction."""
    if leg.open is Open.CLOSED:
        return "nothing: refused"
    if leg.open is Open.NOTHING:
        return "nothing"
    if leg.open is Open.NOT_KNOWN:
        whole = f"; said to be nothing: {names.accounts(promise.whole)}" if promise.whole else ""
        return f"not stated{whole}"
    if leg.open is Open.REST:
        return f"{count_words(leg.rest, 'bodies')} {names.marks((*leg.promised, *leg.came))}"
    return names.counts(leg.promised) or "number not stated"


def leg_words(names: Names, leg: Leg) -> tuple[str, str]:
    """What was promised and what is said to have come, with marks."""
    promise = names.facts.statements[leg.promise]
    promised = names.counts(leg.promised) or f"number not stated {names.mark(promise.id)}"
    return promised, names.counts(leg.came) or "nothing stated"


def lane_words(names: Names, direction: Direction) -> str:
    """`From Russia to Ukraine: Ukrainian dead`."""
    whose = " and ".join(sorted({names.whose(leg.of, "dead") for leg in direction.legs}))
    return f"From {names.party(direction.origin)} to {names.party(direction.destination)}: {whose}"


def made_words(names: Names, promise: Promise) -> str:
    """The days of a promise; where the document leaves them to be inferred, that is said."""
    basis = names.facts.statements[promise.id].when_basis
    return days(promise.made) + (" (inferred)" if basis in ("inferred", "vague") else "")


def lane_notes(names: Names, account: Account, direction: Direction) -> list[str]:
    """What must be known beside the figures of one direction."""
    by_id = {promise.id: promise for promise in account.promises}
    notes = [_equal_note(names, [by_id[leg.promise] for leg in direction.legs])]
    way = (direction.origin, direction.destination)
    for name in account.wrong_side:
        statement = names.facts.statements[name]
        if (statement.origin, statement.destination) == way:
            whose = names.whose(statement.of, "dead")
            number = count_words(statement.count, statement.unit)
            told = f"{names.account_of(statement)} {names.mark(name)}"
            said = f"{whose} said to be among the remains sent ({days(statement.when)}): {number}, {told}"
            notes.append(f"{said}; {_answer(names, account, name)}.")
    return [note for note in notes if note]


def _answer(names: Names, account: Account, name: str) -> str:
    answers = [dispute.first for dispute in account.disputes if dispute.second == name]
    return f"denied: {names.accounts(answers)}" if answers else "not disputed in these documents"


def _equal_note(names: Names, promises: Iterable[Promise]) -> str:
    equal = [promise for promise in promises if promise.equal]
    if not equal:
        return ""
    told = " and ".join(f"{days(promise.made)} {names.marks(promise.statements)}" for promise in equal)
    return f"No document says whether the equal numbers of {told} are the same bodies. They are not added up."


def _direction(names: Names, account: Account, place: int) -> Table:
    direction = account.directions[place]
    by_id = {promise.id: promise for promise in account.promises}
    rows = []
    for leg in direction.legs:
        promise = by_id[leg.promise]
        promised, came = leg_words(names, leg)
        made = f"{made_words(names, promise)}, {ACTS[promise.act]}"
        rows.append((made, promised, came, open_words(names, promise, leg), _told(names, leg)))
    heads = ("Promise", "Promised", "Said to have come", "Open", "By whose account")
    notes = " ".join(lane_notes(names, account, direction))
    return Table(f"way-{place + 1}", lane_words(names, direction), heads, tuple(rows), notes)


def _told(names: Names, leg: Leg) -> str:
    promise = names.facts.statements[leg.promise]
    return names.accounts((*leg.promised, *leg.came) or (promise.id,))


def _open(names: Names, account: Account) -> Table:
    promises = [promise for promise in account.promises if promise.id in account.open]
    rows = tuple(
        (
            _object(names, promise),
            f"{promise_words(names, promise)} of {made_words(names, promise)}",
            _rest(names, promise),
            outcome_words(promise),
            names.accounts((*promise.statements, *promise.answers)),
        )
        for promise in sorted(promises, key=lambda promise: (promise.kind != "remains", promise.kind))
    )
    note = "Pending: the documents state no answer, or one that settles nothing. They need not be the last word."
    return Table("open", "What is open", ("Of what", "Promise", "Number", "State", "By whose account"), rows, note)


def _settled(names: Names, account: Account) -> Table:
    rows = tuple(
        (
            _object(names, promise),
            f"{promise_words(names, promise)} of {made_words(names, promise)}",
            _rest(names, promise),
            _story(names, promise),
            names.accounts((*promise.statements, *promise.answers)),
        )
        for promise in account.promises
        if promise.id not in account.open
    )
    heads = ("Of what", "Promise", "Number", "Became", "By whose account")
    return Table("settled", "What was carried out, refused, or is not known", heads, rows)


def _story(names: Names, promise: Promise) -> str:
    """The outcome, with the answers on the way to it and what is disputed."""
    parts = [outcome_words(promise)]
    answers = [names.facts.statements[name] for name in promise.answers]
    if len({answer.act for answer in answers}) > 1:
        turns = ", then ".join(f"{ACTS[a.act]} by {names.parties(a.by)} {names.mark(a.id)}" for a in answers)
        parts.append(turns)
    if promise.disputed:
        parts.append(f"disputed by {names.accounts(promise.disputed)}")
    return "; ".join(parts)


def _object(names: Names, promise: Promise) -> str:
    statement = names.facts.statements[promise.id]
    what = names.whose(statement.of, KINDS[promise.kind])
    return what if promise.kind == "remains" or not statement.note else f"{what}: {statement.note}"


def _rest(names: Names, promise: Promise) -> str:
    if promise.outcome is Outcome.IN_PART:
        return "; ".join(count_words(leg.rest) for leg in promise.legs)
    return names.counts(promise.counted) or f"not stated {names.marks(promise.statements)}"


def _exclusions(names: Names, exclusions: Iterable[Exclusion]) -> Table:
    rows = []
    for exclusion in exclusions:
        quantity = names.facts.quantities.get(exclusion.quantity)
        rows.append(
            (
                quantity.meaning if quantity else "two quantities, tied by the document",
                _figure(names, exclusion.first),
                _figure(names, exclusion.second),
                f"{_RULES[exclusion.rule]}; at least {exclusion.gap:,} apart",
            )
        )
    note = "A figure given as approximate is taken as up to a tenth off. Neither figure is preferred."
    heads = ("Of what", "One figure", "The other", "Why not both")
    return Table("exclusions", "Figures that exclude each other", heads, tuple(rows), note)


def _figure(names: Names, name: str) -> str:
    statement = names.facts.statements[name]
    state = f"; {STATES[statement.verification.state]}" if statement.verification else ""
    number = count_words(statement.count, statement.unit)
    return f"{number} ({days(statement.when)}): {names.account_of(statement)} {names.mark(name)}{state}"


def _wrong_side(names: Names, account: Account) -> Table:
    rows = []
    for name in account.wrong_side:
        statement = names.facts.statements[name]
        rows.append(
            (
                f"{ACTS[statement.act]}, for {days(statement.when)}",
                f"{names.whose(statement.of, 'dead')}, to {names.party(statement.destination)}",
                count_words(statement.count, statement.unit),
                f"{names.account_of(statement)} {names.mark(name)}",
                _answer(names, account, name),
            )
        )
    heads = ("Said as", "Whose, to whom", "Number", "By whose account", "Answer")
    return Table("wrong-side", "Remains said to have been sent to the wrong side", heads, tuple(rows))


def _disputes(names: Names, account: Account) -> Table:
    rows = []
    for dispute in account.disputes:
        first, second = (names.facts.statements[name] for name in (dispute.second, dispute.first))
        rows.append((_claim(names, first), _ODDS[dispute.rule], _claim(names, second)))
    return Table("disputes", "Denied, retracted, or at odds", ("One statement", "Tie", "The other"), tuple(rows))


def _loose(names: Names, account: Account) -> Table:
    rows = tuple(
        (
            ACTS[statement.act],
            names.whose(statement.of, KINDS[statement.kind]),
            count_words(statement.count, statement.unit),
            f"{names.account_of(statement)} {names.mark(statement.id)}",
            statement.note or "-",
        )
        for statement in (names.facts.statements[name] for name in account.loose)
    )
    heads = ("Act", "Of what", "Number", "By whose account", "Remarks")
    return Table("loose", "Deeds and refusals with no promise stated for them", heads, rows)


def _claim(names: Names, statement: Statement) -> str:
    number = f", {count_words(statement.count, statement.unit)}" if statement.count else ""
    note = f" ({statement.note or statement.reason})" if statement.note or statement.reason else ""
    whose = names.whose(statement.of, KINDS[statement.kind]) if statement.kind else ""
    told = f"{names.account_of(statement)} {names.mark(statement.id)}"
    return f"{ACTS[statement.act]}, {whose}{number}{note}: {told}"


def _statement_row(names: Names, statement: Statement) -> tuple[str, ...]:
    way = "-"
    if statement.origin and statement.destination:
        way = f"{names.party(statement.origin)} to {names.party(statement.destination)}"
    state = STATES[statement.verification.state] if statement.verification else ""
    condition = f"if {statement.condition}" if statement.condition else ""
    remarks = "; ".join(part for part in (statement.note, condition, statement.reason, state) if part)
    inferred = "" if statement.when_basis in ("", "explicit") else f" ({statement.when_basis})"
    return (
        f"{statement.id} {names.mark(statement.id)}",
        ACTS[statement.act],
        names.whose(statement.of, KINDS[statement.kind]) if statement.kind else "-",
        (days(statement.when) + inferred) if statement.when else "-",
        count_words(statement.count, statement.unit) if statement.count else "-",
        way,
        names.account_of(statement),
        remarks or "-",
        f"{statement.span[0]}-{statement.span[1]}",
    )
