"""Figures that exclude each other. Nothing is merged; a larger figure is no update of a smaller one."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import combinations
from math import ceil, floor, inf

from antigone.domain import Count, Exclusion, Facts, Qualifier, Statement

APPROXIMATELY = Fraction(1, 10)
"""How far a figure given as approximate may lie from the truth, as a share of it. Our choice."""

_Bounds = tuple[float, float]


def exclusions(facts: Facts) -> tuple[Exclusion, ...]:
    """Every pair of figures that cannot both be right, and the rule that says so.

    Compared are figures filed under one quantity, and those the facts themselves tie by `contradicts`.
    Two promises are two quantities, however equal their numbers.
    """
    found: dict[frozenset[str], Exclusion] = {}
    for quantity in facts.quantities.values():
        figures = [s for s in facts.statements.values() if s.quantity == quantity.id and s.count]
        for first, second in combinations(figures, 2):
            for exclusion in _on_one_quantity(first, second, quantity.running):
                found.setdefault(frozenset((exclusion.first, exclusion.second)), exclusion)
    for exclusion in _tied(facts):
        found.setdefault(frozenset((exclusion.first, exclusion.second)), exclusion)
    return tuple(found.values())


def _on_one_quantity(first: Statement, second: Statement, running: bool) -> Iterator[Exclusion]:
    earlier, later = sorted((first, second), key=_meant)
    if _meet_in_time(earlier, later):
        gap = _gap(_bounds(earlier.count), _bounds(later.count))
        if gap > 0:
            yield Exclusion("apart", earlier.id, later.id, gap, first.quantity)
    elif running:
        gap = _fall(_bounds(earlier.count), _bounds(later.count))
        if gap > 0:
            yield Exclusion("falls", earlier.id, later.id, gap, first.quantity)


def _tied(facts: Facts) -> Iterator[Exclusion]:
    for statement in facts.statements.values():
        for relation in statement.relations:
            other = facts.statements[relation.target]
            if relation.type == "contradicts" and statement.count and other.count:
                gap = _gap(_bounds(statement.count), _bounds(other.count))
                if gap > 0:
                    yield Exclusion("contradicts", statement.id, other.id, gap)


def _bounds(count: Count | None) -> _Bounds:
    """The values a figure leaves open, lowest and highest."""
    if count is None:
        return (0, inf)
    low = 0 if count.minimum is None else count.minimum
    high = inf if count.maximum is None else count.maximum
    if count.qualifier is Qualifier.APPROXIMATELY:
        return (floor(low * (1 - APPROXIMATELY)), ceil(high * (1 + APPROXIMATELY)) if high < inf else inf)
    return (low, high)


def _gap(first: _Bounds, second: _Bounds) -> int:
    """Distance between two intervals; 0 where they have a value in common."""
    return int(max(0, first[0] - second[1], second[0] - first[1]))


def _fall(earlier: _Bounds, later: _Bounds) -> int:
    """By how much a total would have to fall from the earlier figure to the later one."""
    return int(max(0, earlier[0] - later[1]))


def _meant(statement: Statement) -> tuple[str, str]:
    return (statement.when.start.isoformat() if statement.when else "", statement.id)


def _meet_in_time(first: Statement, second: Statement) -> bool:
    """Meant for days in common; a figure without a date is meant for the whole of its quantity."""
    if first.when is None or second.when is None:
        return True
    return first.when.start <= second.when.end and second.when.start <= first.when.end
