"""Pairs of parent and child -> a pedigree in which everybody has both parents or neither."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from antigone.domain import Pedigree, Person, Place, Sex, pedigree_problems
from antigone.intake.collector import Collector

Named = tuple[str, str, int]
"""(parent, child, line); or (person, identical person, line)."""

_POSITION = {Sex.MALE: "father", Sex.FEMALE: "mother"}


@dataclass(slots=True)
class _Parents:
    """What the relations say of one family, while it is being put together."""

    sex: dict[str, Sex]
    pairs: list[Named]
    of: dict[str, dict[str, str]] = field(default_factory=dict)  # child -> position -> parent


def build_pedigree(
    members: dict[str, Sex],
    relations: list[Named],
    identical: list[Named],
    place: Place,
    collector: Collector,
) -> Pedigree:
    """The pedigree of `members`, in their order; others who occur in a relation come after them.

    A parent of unknown sex gets the sex opposite to the other parents of the same children. Where
    only one parent of a child is declared, the other is added as an unnamed, untyped founder with
    the id ":father-of:CHILD" or ":mother-of:CHILD", one for each child. Two persons declared
    identical become monozygotic twins with the same parents.
    """
    sexes = dict(members)
    for parent, child, _ in relations:
        sexes.setdefault(parent, Sex.UNKNOWN)
        sexes.setdefault(child, Sex.UNKNOWN)
    family = _Parents(sexes, relations)
    _settle_sexes(family)
    for parent, child, line in relations:
        _place_parent(family, parent, child, line, collector)
    for first, second, _ in identical:
        _share_parents(family, first, second)
    added = _complete(family)
    persons = [
        Person(p, family.of.get(p, {}).get("father"), family.of.get(p, {}).get("mother"), sex)
        for p, sex in (*family.sex.items(), *added.items())
    ]
    pedigree = Pedigree(tuple(persons), twins=_groups(identical))
    lines = {child: line for _, child, line in reversed(relations)}
    for problem in pedigree_problems(pedigree, place):
        row = lines.get(problem.place.item, place.row)
        collector.add_problem(replace(problem, place=replace(problem.place, row=row)))
    return pedigree


def _settle_sexes(family: _Parents) -> None:
    """Give parents of unknown sex the sex that their partners leave; repeat along chains."""
    opposite = {Sex.MALE: Sex.FEMALE, Sex.FEMALE: Sex.MALE}
    changed = True
    while changed:
        changed = False
        for parent in sorted({p for p, _, _ in family.pairs if family.sex[p] is Sex.UNKNOWN}):
            children = {c for p, c, _ in family.pairs if p == parent}
            partners = {family.sex[p] for p, c, _ in family.pairs if c in children and p != parent}
            known = partners - {Sex.UNKNOWN}
            if len(known) == 1:
                family.sex[parent] = opposite[known.pop()]
                changed = True


def _place_parent(family: _Parents, parent: str, child: str, line: int, collector: Collector) -> None:
    sex = family.sex[parent]
    if sex is Sex.UNKNOWN:
        collector.add(
            "parent-sex-unknown", row=line, item=parent, found=f"{parent}, parent of {child}",
            needed="the sex of this parent, or the other parent of the child",
        )  # fmt: skip
        return
    position = _POSITION[sex]
    already = family.of.setdefault(child, {}).get(position)
    if already is not None and already != parent:
        collector.add(
            "two-parents-of-one-sex", row=line, item=child, found=f"{already} and {parent}",
            needed=f"one {position}",
        )  # fmt: skip
        return
    family.of[child][position] = parent


def _share_parents(family: _Parents, first: str, second: str) -> None:
    shared = {**family.of.get(second, {}), **family.of.get(first, {})}
    shared = shared or {"father": f":father-of:{first}", "mother": f":mother-of:{first}"}
    family.of[first], family.of[second] = dict(shared), dict(shared)


def _complete(family: _Parents) -> dict[str, Sex]:
    """Add the parent nobody named; ids of the added founders and their sexes."""
    added: dict[str, Sex] = {}
    for child, parents in family.of.items():
        for sex, position in _POSITION.items():
            if parents and position not in parents:
                parents[position] = f":{position}-of:{child}"
            name = parents.get(position, "")
            if name and name not in family.sex:
                added[name] = sex
    return added


def _groups(identical: list[Named]) -> tuple[frozenset[str], ...]:
    """Pairs joined into groups: a = b and b = c are three twins."""
    groups: list[set[str]] = []
    for first, second, _ in identical:
        touched = [g for g in groups if first in g or second in g]
        merged = {first, second}.union(*touched)
        groups = [g for g in groups if g not in touched] + [merged]
    return tuple(frozenset(g) for g in groups)
