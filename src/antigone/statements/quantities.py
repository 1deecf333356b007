"""Figures on one quantity side by side: who said it, by whose account, what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from antigone.domain import Count, Facts, Quantity, Statement


@dataclass(frozen=True, slots=True)
class Figure:
    """One count as stated. `chain`: who says so, outermost first; empty: the outlet alone.

    `known`: "outlet" (no speaker named), "speaker" (one), "hearsay" (one speaker on another's word).
    `state`: what anyone could establish; empty where the documents do not say.
    """

    statement: str
    document: str
    count: Count
    chain: tuple[str, ...]
    known: str
    state: str


@dataclass(frozen=True, slots=True)
class SideBySide:
    """All figures on one quantity, by the days they are meant for. None is preferred to another."""

    quantity: Quantity
    figures: tuple[Figure, ...]


def side_by_side(facts: Facts) -> tuple[SideBySide, ...]:
    """Every quantity with its figures, in the order of the facts; those without a figure are left out."""
    found = []
    for quantity in facts.quantities.values():
        statements = [s for s in facts.statements.values() if s.quantity == quantity.id]
        figures = tuple(_figure(s, s.count) for s in sorted(statements, key=_by_time) if s.count is not None)
        if figures:
            found.append(SideBySide(quantity, figures))
    return tuple(found)


def _by_time(statement: Statement) -> tuple[date, date, str]:
    if statement.when is None:
        return (date.max, date.max, statement.id)
    return (statement.when.start, statement.when.end, statement.id)


def _figure(statement: Statement, count: Count) -> Figure:
    chain = tuple(link.who for link in statement.said)
    known = "outlet" if not chain else "speaker" if len(chain) == 1 else "hearsay"
    state = statement.verification.state if statement.verification else ""
    return Figure(statement.id, statement.document, count, chain, known, state)
