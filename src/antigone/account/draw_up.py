"""From statements to the account."""

from __future__ import annotations

from collections.abc import Iterable

from antigone.account.promises import promise_of, with_equals
from antigone.account.threads import ANSWERING, DEEDS, threads
from antigone.account.values import Account, Direction, Dispute, Leg, Outcome, Promise
from antigone.domain import Act, Exclusion, Facts, Statement

_UNSETTLED = (Outcome.PENDING, Outcome.AGREED, Outcome.IN_PART)
_ODDS = ("denies", "retracts", "in_tension_with")
_MOVING = (*DEEDS, Act.HANDOVER_TOTAL, Act.ACCUSE, Act.ACKNOWLEDGE)


def draw_up(facts: Facts, exclusions: Iterable[Exclusion] = ()) -> Account:
    """The account of these statements: every promise with its outcome, both directions, and what is at odds.

    `exclusions`: figures that exclude each other, as `antigone.statements.exclusions` finds them.
    """
    promises = with_equals((promise_of(thread) for thread in threads(facts)), dict(facts.statements))
    return Account(
        promises=promises,
        directions=_directions(promises),
        open=tuple(p.id for p in promises if p.outcome in _UNSETTLED),
        loose=_loose(facts, promises),
        wrong_side=tuple(s.id for s in facts.statements.values() if _to_the_wrong_side(s)),
        disputes=_disputes(facts),
        exclusions=tuple(exclusions),
    )


def _directions(promises: tuple[Promise, ...]) -> tuple[Direction, ...]:
    ways: dict[tuple[str, str], list[Leg]] = {}
    for promise in promises:
        for leg in promise.legs:
            if promise.kind == "remains":
                ways.setdefault((leg.origin, leg.destination), []).append(leg)
    return tuple(Direction(*way, tuple(ways[way])) for way in sorted(ways))


def _loose(facts: Facts, promises: tuple[Promise, ...]) -> tuple[str, ...]:
    told = {name for promise in promises for name in (*promise.answers, *promise.came)}
    acts = (*DEEDS, *ANSWERING)
    return tuple(s.id for s in facts.statements.values() if s.act in acts and s.id not in told)


def _to_the_wrong_side(statement: Statement) -> bool:
    """Remains of the very side that handed them over."""
    return statement.kind == "remains" and statement.act in _MOVING and statement.origin in statement.of


def _disputes(facts: Facts) -> tuple[Dispute, ...]:
    found: dict[frozenset[str], Dispute] = {}
    for statement in facts.statements.values():
        for tie in statement.relations:
            if tie.type in _ODDS:
                pair = frozenset((statement.id, tie.target))
                found.setdefault(pair, Dispute(tie.type, statement.id, tie.target))
    return tuple(found.values())
