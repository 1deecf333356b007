"""Who is whose child: persons, pedigrees, and what makes a pedigree impossible."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from antigone.domain.errors import Place, Problem


class Sex(StrEnum):
    """Biological sex as far as it is known."""

    MALE = "male"
    FEMALE = "female"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Person:
    """One member of a pedigree. A person has both parents in it, or neither (a founder)."""

    id: str
    father: str | None = None
    mother: str | None = None
    sex: Sex = Sex.UNKNOWN


@dataclass(frozen=True, slots=True)
class Pedigree:
    """Persons in any order; may hold several unconnected families.

    `twins`: groups of monozygotic twins. `founder_inbreeding`: probability that the two alleles
    of a founder are identical by descent, by person.
    """

    persons: tuple[Person, ...]
    twins: tuple[frozenset[str], ...] = ()
    founder_inbreeding: Mapping[str, float] = field(default_factory=dict)

    @property
    def ids(self) -> tuple[str, ...]:
        return tuple(person.id for person in self.persons)

    def person(self, person_id: str) -> Person:
        """The person of this id; KeyError where there is none."""
        for person in self.persons:
            if person.id == person_id:
                return person
        raise KeyError(person_id)

    def children_of(self, person_id: str) -> tuple[str, ...]:
        return tuple(p.id for p in self.persons if person_id in (p.father, p.mother))


_Report = Callable[[str, str, str, str], None]


def pedigree_problems(pedigree: Pedigree, place: Place | None = None) -> list[Problem]:
    """Everything that makes this pedigree impossible; empty when it is sound."""
    where = place or Place()
    problems: list[Problem] = []

    def report(code: str, person: str, found: str, needed: str) -> None:
        problems.append(Problem(code, Place(where.file, where.row, where.column, person), found, needed))

    by_id = {person.id: person for person in pedigree.persons}
    seen: set[str] = set()
    for person in pedigree.persons:
        if person.id in seen:
            report("person-twice", person.id, person.id, "each person once")
        seen.add(person.id)
        _parent_problems(person, by_id, report)
    for twins in pedigree.twins:
        _twin_problems(twins, by_id, report)
    for person_id in _on_a_cycle(by_id):
        report("own-ancestor", person_id, person_id, "nobody may be their own ancestor")
    return problems


def _parent_problems(person: Person, by_id: Mapping[str, Person], report: _Report) -> None:
    parents = ((person.father, "father", Sex.MALE), (person.mother, "mother", Sex.FEMALE))
    if (person.father is None) != (person.mother is None):
        present = "father" if person.father else "mother"
        report("one-parent", person.id, f"only a {present}", "both parents, or neither")
    for parent_id, word, sex in parents:
        if parent_id is None:
            continue
        if parent_id not in by_id:
            report("unknown-parent", person.id, parent_id, f"a {word} listed in this family")
        elif by_id[parent_id].sex not in (sex, Sex.UNKNOWN):
            report("parent-sex", person.id, f"{word} {parent_id} is {by_id[parent_id].sex}", f"a {sex} {word}")
    if person.father is not None and person.father == person.mother:
        report("same-parents", person.id, person.father, "two different parents")


def _twin_problems(twins: frozenset[str], by_id: Mapping[str, Person], report: _Report) -> None:
    members = sorted(twins)
    unknown = [m for m in members if m not in by_id]
    for member in unknown:
        report("unknown-twin", member, member, "a twin listed in this family")
    if unknown or not members:
        return
    first = by_id[members[0]]
    for member in members[1:]:
        other = by_id[member]
        if (other.father, other.mother) != (first.father, first.mother) or first.father is None:
            report("twin-parents", member, f"{member} and {first.id}", "twins with the same two parents")
        if Sex.UNKNOWN not in (other.sex, first.sex) and other.sex != first.sex:
            report("twin-sex", member, f"{other.sex} and {first.sex}", "identical twins of one sex")


def _on_a_cycle(by_id: Mapping[str, Person]) -> list[str]:
    """Persons that are their own ancestors, in the order of the file."""

    def parents(person_id: str) -> list[str]:
        person = by_id[person_id]
        return [p for p in (person.father, person.mother) if p is not None and p in by_id]

    def is_own_ancestor(start: str) -> bool:
        todo, seen = parents(start), set()
        while todo:
            current = todo.pop()
            if current == start:
                return True
            if current not in seen:
                seen.add(current)
                todo.extend(parents(current))
        return False

    return [person_id for person_id in by_id if is_own_ancestor(person_id)]
