"""The rows of one family as a pedigree, and everything wrong with it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import Any

import polars as pl

from antigone.domain import Pedigree, Person, Place, Sex, pedigree_problems
from antigone.intake.collector import ROW, Collector


@dataclass(slots=True)
class FamilyRows:
    """What the rows of a family say. `rows`: numbers of the rows that name a person."""

    name: str
    persons: list[Person] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    labels: dict[str, str] = field(default_factory=dict)
    inbreeding: dict[str, float] = field(default_factory=dict)
    twins: dict[str, list[str]] = field(default_factory=dict)
    rows: dict[str, list[int]] = field(default_factory=dict)

    def take(self, row: dict[str, Any]) -> None:
        name = row["person"]
        self.rows.setdefault(name, []).append(int(row[ROW]))
        self.persons.append(Person(name, row["father"], row["mother"], Sex(row["sex"])))
        if row["role"] == "missing" and name not in self.missing:
            self.missing.append(name)
        if row["label"]:
            self.labels[name] = row["label"]
        if row["inbreeding"]:
            self.inbreeding[name] = row["inbreeding"]
        if row["twin"]:
            self.twins.setdefault(row["twin"], []).append(name)

    @property
    def first_row(self) -> int:
        return min(rows[0] for rows in self.rows.values())

    def pedigree(self) -> Pedigree:
        twins = tuple(frozenset(group) for group in self.twins.values())
        return Pedigree(tuple(self.persons), twins, self.inbreeding)


def families_of(persons: pl.DataFrame) -> Iterator[FamilyRows]:
    """The families of a table of persons that has ROW, see `CaseColumns`; in the order of first appearance."""
    members = persons.filter(pl.col("family_id") >= 0).sort("family_id", maintain_order=True)
    for (name, _), rows in groupby(members.iter_rows(named=True), lambda row: (row["family"], row["family_id"])):
        family = FamilyRows(name)
        for row in rows:
            family.take(row)
        yield family


def check_family(family: FamilyRows, collector: Collector) -> None:
    """Note everything that makes this family impossible."""
    if not family.missing:
        collector.add("family-without-missing", row=family.first_row, column="role", item=family.name,
                      found="no missing person", needed="role missing for at least one person")  # fmt: skip
    for label, members in family.twins.items():
        if len(members) == 1:
            collector.add("lone-twin", row=family.rows[members[0]][0], column="twin", item=members[0],
                          found=label, needed="the same text for two or more persons")  # fmt: skip
    times: dict[str, int] = {}
    for problem in pedigree_problems(family.pedigree(), Place(collector.file)):
        person = problem.place.item
        rows = family.rows[person]
        which = 0
        if problem.code == "person-twice":
            which = times[person] = times.get(person, 0) + 1
        place = replace(problem.place, row=rows[which], item=f"{person} of family {family.name}")
        collector.add_problem(replace(problem, place=place))
    _check_inbreeding(family, collector)


def _check_inbreeding(family: FamilyRows, collector: Collector) -> None:
    founders = {p.id for p in family.persons if p.father is None}
    for name in family.inbreeding:
        if name not in founders:
            collector.add("inbred-child", row=family.rows[name][0], column="inbreeding", item=name,
                          found=f"{family.inbreeding[name]:g}",
                          needed="an empty cell for a person with parents")  # fmt: skip
