"""Which couples a pedigree has, and which generation everybody stands in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from antigone.domain import Pedigree


@dataclass(frozen=True, slots=True)
class Union:
    """A couple with children. `consanguineous`: both descend from one person of the pedigree."""

    parents: tuple[str, str]
    children: tuple[str, ...]
    consanguineous: bool


def unions_of(pedigree: Pedigree) -> tuple[Union, ...]:
    """Every couple with children, in the order of their first child."""
    children: dict[tuple[str, str], list[str]] = {}
    for person in pedigree.persons:
        if person.father is not None and person.mother is not None:
            children.setdefault((person.father, person.mother), []).append(person.id)
    lineage = _lineages(pedigree)
    return tuple(Union(pair, tuple(born), bool(lineage[pair[0]] & lineage[pair[1]])) for pair, born in children.items())


def _lineages(pedigree: Pedigree) -> dict[str, frozenset[str]]:
    """Each person with all ancestors, themselves included."""
    by_id = {person.id: person for person in pedigree.persons}

    def lineage(person_id: str) -> set[str]:
        seen, todo = set[str](), [person_id]
        while todo:
            current = todo.pop()
            if current not in seen:
                seen.add(current)
                person = by_id[current]
                todo.extend(parent for parent in (person.father, person.mother) if parent)
        return seen

    return {person_id: frozenset(lineage(person_id)) for person_id in by_id}


def connected_groups(persons: Sequence[str], unions: Iterable[Union]) -> list[tuple[str, ...]]:
    """Persons linked by descent or a common child, in the order of the pedigree."""
    group = {person: person for person in persons}

    def root(person: str) -> str:
        while group[person] != person:
            person = group[person]
        return person

    for union in unions:
        for member in (*union.parents, *union.children):
            group[root(member)] = root(union.parents[0])
    members: dict[str, list[str]] = {}
    for person in persons:
        members.setdefault(root(person), []).append(person)
    return [tuple(found) for found in members.values()]


def generations(persons: Sequence[str], unions: Sequence[Union]) -> dict[str, int]:
    """Row of each person, 0 at the top: children below parents, couples side by side where possible.

    Partners share a row unless that would put somebody beside their own descendant.
    """
    level = {person: person for person in persons}
    for union in unions:
        first, second = (level[parent] for parent in union.parents)
        merged = {person: first if seat == second else seat for person, seat in level.items()}
        if _rows_from_top(merged, unions) is not None:
            level = merged
    rows = _rows_from_top(level, unions)
    if rows is None:
        raise ValueError("a person of this pedigree is their own ancestor")
    _lower(rows, level, unions)
    return {person: rows[level[person]] for person in persons}


def _steps(level: Mapping[str, str], unions: Iterable[Union]) -> set[tuple[str, str]]:
    return {(level[p], level[c]) for union in unions for p in union.parents for c in union.children}


def _rows_from_top(level: Mapping[str, str], unions: Iterable[Union]) -> dict[str, int] | None:
    """Longest way down to each seat; None where the seats go round in a circle."""
    steps = _steps(level, unions)
    rows = dict.fromkeys(level.values(), 0)
    for _ in range(len(rows) + 1):
        changed = False
        for above, below in steps:
            if rows[below] <= rows[above]:
                rows[below] = rows[above] + 1
                changed = True
        if not changed:
            return rows
    return None


def _lower(rows: dict[str, int], level: Mapping[str, str], unions: Iterable[Union]) -> None:
    """Bring ancestors of those who married in down to the row just above their children."""
    steps = _steps(level, unions)
    for seat in sorted(rows, key=lambda s: rows[s], reverse=True):
        below = [rows[child] for parent, child in steps if parent == seat]
        above = sum(child == seat for _, child in steps)
        if below and len(below) * 2 >= above:
            rows[seat] = min(below) - 1
