"""Which statements belong to one promise: its wordings, the answers to it, what came of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from antigone.domain import Act, Facts, Statement

OPENING = (Act.OFFER, Act.PROPOSE, Act.AGREE, Act.DEMAND, Act.PLAN)
ANSWERING = (Act.ACCEPT, Act.REFUSE, Act.AGREE_TO_CONSIDER, Act.POSTPONE)
DEEDS = (Act.HANDOVER, Act.EXCHANGE, Act.RELEASE)
DISPUTING = (Act.ACCUSE, Act.DISPUTE)


@dataclass(frozen=True, slots=True)
class Thread:
    """One promise and what hangs on it, each part in the order of time."""

    wordings: tuple[Statement, ...]
    answers: tuple[Statement, ...]
    deeds: tuple[Statement, ...]
    whole: tuple[Statement, ...]
    disputed: tuple[Statement, ...]


def threads(facts: Facts) -> tuple[Thread, ...]:
    """One thread per promise, oldest first. Only ties that stand in the facts join two statements."""
    taken: set[str] = set()
    found = []
    for statement in facts.statements.values():
        if statement.act in OPENING and statement.id not in taken:
            wordings = _same(facts, [statement.id], OPENING)
            taken |= wordings
            found.append(_thread(facts, wordings))
    return tuple(sorted(found, key=lambda thread: moment(thread.wordings[0])))


def moment(statement: Statement) -> tuple[date, date, str]:
    """Sorts statements by the days they mean; those without a date come last."""
    if statement.when is None:
        return (date.max, date.max, statement.id)
    return (statement.when.start, statement.when.end, statement.id)


def _thread(facts: Facts, wordings: set[str]) -> Thread:
    answers = _same(facts, _pointing(facts, wordings, "responds_to", ANSWERING), ANSWERING)
    deeds = set(_pointed(facts, wordings, "basis_of", DEEDS))
    deeds |= {name for tie in ("in_return_for", "part_of") for name in _pointing(facts, deeds, tie, DEEDS)}
    whole = _pointing(facts, wordings, "about", (Act.FULFIL_CLAIM,))
    disputed = _pointing(facts, wordings | deeds, "about", DISPUTING)
    return Thread(
        _sorted(facts, wordings),
        tuple(sorted((facts.statements[name] for name in answers), key=lambda s: _turn(facts, s))),
        _sorted(facts, deeds),
        _sorted(facts, whole),
        _sorted(facts, disputed),
    )


def _same(facts: Facts, start: Iterable[str], acts: tuple[Act, ...]) -> set[str]:
    """Everything tied to `start` as the same event or a part of it, either way round."""
    found = set(start)
    todo = list(found)
    while todo:
        name = todo.pop()
        for tie in ("same_event_as", "part_of"):
            near = {*_pointed(facts, {name}, tie, acts), *_pointing(facts, {name}, tie, acts)} - found
            found |= near
            todo.extend(near)
    return found


def _pointed(facts: Facts, sources: set[str], tie: str, acts: tuple[Act, ...]) -> Iterator[str]:
    for name in sources:
        for relation in facts.statements[name].relations:
            if relation.type == tie and facts.statements[relation.target].act in acts:
                yield relation.target


def _pointing(facts: Facts, targets: set[str], tie: str, acts: tuple[Act, ...]) -> Iterator[str]:
    for statement in facts.statements.values():
        if statement.act in acts and any(r.type == tie and r.target in targets for r in statement.relations):
            yield statement.id


def _sorted(facts: Facts, names: Iterable[str]) -> tuple[Statement, ...]:
    return tuple(sorted((facts.statements[name] for name in set(names)), key=moment))


def _turn(facts: Facts, answer: Statement) -> tuple[int, tuple[date, date, str]]:
    """An answer that follows another comes after it, whatever the dates leave open."""
    depth, seen, current = 0, {answer.id}, answer
    while True:
        before = [r.target for r in current.relations if r.type == "follows" and r.target not in seen]
        if not before:
            return (depth, moment(answer))
        depth += 1
        seen.add(before[0])
        current = facts.statements[before[0]]
