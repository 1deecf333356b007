"""What became of a promise, and what is left of it, from the counts and answers stated."""

from __future__ import annotations

from collections.abc import Iterable

from antigone.account.values import Open, Outcome
from antigone.domain import Act, Count, Qualifier, Statement

_BY_ANSWER = {
    Act.REFUSE: Outcome.REFUSED,
    Act.ACCEPT: Outcome.AGREED,
    Act.AGREE_TO_CONSIDER: Outcome.PENDING,
    Act.POSTPONE: Outcome.PENDING,
}
_BY_OPENING = {
    Act.OFFER: Outcome.PENDING,
    Act.PROPOSE: Outcome.PENDING,
    Act.DEMAND: Outcome.PENDING,
    Act.AGREE: Outcome.AGREED,
    Act.PLAN: Outcome.NOT_KNOWN,
}
_OPEN = {
    Outcome.REFUSED: Open.CLOSED,
    Outcome.PENDING: Open.ALL,
    Outcome.AGREED: Open.ALL,
    Outcome.IN_PART: Open.REST,
    Outcome.IN_WHOLE: Open.NOTHING,
    Outcome.CARRIED_OUT: Open.NOT_KNOWN,
    Outcome.NOT_KNOWN: Open.NOT_KNOWN,
}


def outcome(opening: Act, answer: Act | None, promised: Count | None, came: list[Count | None]) -> Outcome:
    """Deeds weigh more than answers, the last answer more than the promise.

    >>> outcome(Act.OFFER, None, Count(3000, 3000), [])
    <Outcome.PENDING: 'pending'>
    >>> outcome(Act.AGREE, None, Count(1200, 1200), [Count(1000, 1000)])
    <Outcome.IN_PART: 'in-part'>
    """
    if came:
        return _by_deeds(promised, total(came))
    if answer is not None:
        return _BY_ANSWER[answer]
    return _BY_OPENING[opening]


def _by_deeds(promised: Count | None, came: Count | None) -> Outcome:
    if promised is None or came is None:
        return Outcome.CARRIED_OUT
    if came.minimum is not None and promised.maximum is not None and came.minimum >= promised.maximum:
        return Outcome.IN_WHOLE
    if came.maximum is not None and promised.minimum is not None and came.maximum < promised.minimum:
        return Outcome.IN_PART
    return Outcome.CARRIED_OUT


def left(outcome: Outcome, promised: Count | None, came: list[Count | None]) -> tuple[Open, Count | None]:
    """What is open, and its number where one follows from what is stated."""
    state = _OPEN[outcome]
    if state is Open.ALL:
        return (state, promised)
    arrived = total(came)
    if state is Open.REST and promised is not None and arrived is not None:
        return (state, _minus(promised, arrived))
    return (state, None)


def total(counts: list[Count | None]) -> Count | None:
    """The sum of the deeds of one promise in one direction; None where one of them is not counted.

    >>> total([Count(1000, 1000), Count(212, 212)])
    Count(minimum=1212, maximum=1212, qualifier=<Qualifier.RANGE: 'range'>, additional=False, each_side=False)
    """
    known = [count for count in counts if count is not None]
    if not counts or len(known) < len(counts):
        return None
    if len(known) == 1:
        return known[0]
    return Count(_sum(c.minimum for c in known), _sum(c.maximum for c in known), Qualifier.RANGE)


def envelope(statements: Iterable[Statement]) -> Count | None:
    """The widest range that the figures on one promise leave; None where none is stated."""
    counts = [s.count for s in statements if s.count and (s.count.minimum, s.count.maximum) != (None, None)]
    if not counts:
        return None
    if len({(c.minimum, c.maximum) for c in counts}) == 1:
        return counts[0]
    lows = [c.minimum for c in counts if c.minimum is not None]
    highs = [c.maximum for c in counts if c.maximum is not None]
    low = min(lows) if len(lows) == len(counts) else None
    high = max(highs) if len(highs) == len(counts) else None
    return Count(low, high, Qualifier.RANGE)


def _minus(promised: Count, came: Count) -> Count:
    low = high = None
    if promised.minimum is not None and came.maximum is not None:
        low = max(0, promised.minimum - came.maximum)
    if promised.maximum is not None and came.minimum is not None:
        high = max(0, promised.maximum - came.minimum)
    return Count(low, high, Qualifier.RANGE)


def _sum(parts: Iterable[int | None]) -> int | None:
    known = list(parts)
    return None if any(part is None for part in known) else sum(part for part in known if part is not None)
