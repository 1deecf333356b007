"""One thread of statements -> one promise of the account, with a leg for each direction."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from antigone.account.outcomes import envelope, left, outcome
from antigone.account.threads import Thread, moment
from antigone.account.values import Leg, Outcome, Promise
from antigone.domain import Statement

_Way = tuple[str, str]


def promise_of(thread: Thread) -> Promise:
    """The promise of one thread; `equal` is filled in by `with_equals`."""
    first = thread.wordings[0]
    main = max(thread.wordings, key=lambda s: (s.count is not None, len(s.said), len(s.of)))
    legs = _legs(thread)
    counted = _counted(thread)
    answer = thread.answers[-1].act if thread.answers else None
    became = _joint([leg.outcome for leg in legs]) or outcome(
        first.act, answer, envelope(counted), [deed.count for deed in thread.deeds]
    )
    return Promise(
        id=main.id,
        kind=first.kind,
        act=first.act.value,
        made=first.when,
        by=main.by,
        outcome=became,
        answer=answer.value if answer else "",
        statements=_ids(thread.wordings),
        counted=_ids(counted),
        answers=_ids(thread.answers),
        came=_ids(thread.deeds),
        whole=_ids(thread.whole),
        disputed=_ids(thread.disputed),
        equal=(),
        legs=tuple(replace(leg, promise=main.id) for leg in legs),
    )


def with_equals(promises: Iterable[Promise], by_id: dict[str, Statement]) -> tuple[Promise, ...]:
    """Mark promises of equal number, kind and direction: nobody says that they are one, or two."""
    known = tuple(promises)

    def key(promise: Promise) -> tuple[object, ...] | None:
        number = envelope(by_id[name] for name in promise.counted)
        if number is None or not promise.legs:
            return None
        ways = tuple((leg.origin, leg.destination) for leg in promise.legs)
        return (promise.kind, ways, number.minimum, number.maximum)

    return tuple(
        replace(p, equal=tuple(o.id for o in known if o is not p and key(o) is not None and key(o) == key(p)))
        for p in known
    )


def _counted(thread: Thread) -> tuple[Statement, ...]:
    """Who says how many: the promise itself, or else the answers to it."""
    own = tuple(s for s in thread.wordings if s.count)
    return own or tuple(s for s in thread.answers if s.count)


def _legs(thread: Thread) -> list[Leg]:
    ways: dict[_Way, None] = {}
    for statement in (*thread.wordings, *thread.deeds):
        if statement.origin and statement.destination:
            ways[statement.origin, statement.destination] = None
    return [_leg(thread, way) for way in sorted(ways)]


def _leg(thread: Thread, way: _Way) -> Leg:
    def of_this_way(statements: Iterable[Statement]) -> tuple[Statement, ...]:
        return tuple(s for s in statements if (s.origin, s.destination) == way)

    promised, deeds = of_this_way(_counted(thread)), of_this_way(thread.deeds)
    answers = [s for s in thread.answers if (s.origin, s.destination) in (way, ("", ""))]
    counts = [deed.count for deed in deeds]
    number = envelope(promised)
    became = outcome(thread.wordings[0].act, answers[-1].act if answers else None, number, counts)
    state, rest = left(became, number, counts)
    of = next((s.of for s in (*deeds, *of_this_way(thread.wordings)) if s.of), ())
    return Leg("", *way, of, _ids(promised), _ids(deeds), became, state, rest)


def _joint(outcomes: list[Outcome]) -> Outcome | None:
    """One word for all directions: the common one, or carried out where they differ."""
    different = set(outcomes)
    if len(different) == 1:
        return outcomes[0]
    return Outcome.CARRIED_OUT if different else None


def _ids(statements: Iterable[Statement]) -> tuple[str, ...]:
    return tuple(s.id for s in sorted(statements, key=moment))
