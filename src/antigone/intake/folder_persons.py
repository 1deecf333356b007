"""persons.csv -> families and remains, without their profiles."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import polars as pl

from antigone.domain import Pedigree, Person, Place, Sex, pedigree_problems
from antigone.intake.collector import Collector
from antigone.intake.folder_columns import ROW

Key = tuple[str, str]
"""(family, person); remains have the family ""."""


@dataclass(slots=True)
class PersonRows:
    """The rows of one family."""

    name: str
    row: int
    persons: list[Person] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    labels: dict[str, str] = field(default_factory=dict)
    inbreeding: dict[str, float] = field(default_factory=dict)
    twins: dict[str, list[str]] = field(default_factory=dict)
    rows: dict[str, list[int]] = field(default_factory=dict)

    def pedigree(self) -> Pedigree:
        twins = tuple(frozenset(group) for group in self.twins.values())
        return Pedigree(tuple(self.persons), twins, self.inbreeding)


@dataclass(slots=True)
class Persons:
    """All persons of a case: families by name, sex of each remains as recorded."""

    families: dict[str, PersonRows]
    remains: dict[str, Sex]

    def has(self, key: Key) -> bool:
        family, person = key
        return person in self.remains if not family else (
            family in self.families and person in self.families[family].rows
        )  # fmt: skip


def persons_of(frame: pl.DataFrame, collector: Collector) -> Persons:
    """Families and remains in the order of the rows; problems go to the collector."""
    persons = Persons({}, {})
    first_rows: dict[str, int] = {}
    for row in frame.iter_rows(named=True):
        if not row["person"] or row["role"] not in ("missing", "relative", "remains"):
            continue  # reported cell by cell
        if row["role"] == "remains":
            _remains(row, persons, first_rows, collector)
        elif row["family"] is None:
            collector.add("family-absent", row=row[ROW], column="family", item=row["person"],
                          found=f"role {row['role']}, no family", needed="the name of a family")  # fmt: skip
        else:
            _member(row, persons)
    for family in persons.families.values():
        _check_family(family, collector)
    return persons


def _sex(text: str | None) -> Sex:
    return Sex(text) if text in ("male", "female") else Sex.UNKNOWN


def _remains(row: dict[str, str], persons: Persons, first_rows: dict[str, int], collector: Collector) -> None:
    name, number = row["person"], int(row[ROW])
    if row["family"] is not None:
        collector.add("remains-with-family", row=number, column="family", item=name, found=row["family"],
                      needed="an empty cell")  # fmt: skip
    for column in ("father", "mother", "twin", "inbreeding"):
        if row[column] is not None:
            collector.add("remains-with-kin", row=number, column=column, item=name, found=row[column],
                          needed="an empty cell")  # fmt: skip
    if name in persons.remains:
        found = f"{name}, also in row {first_rows[name]}"
        collector.add("remains-twice", row=number, column="person", item=name, found=found,
                      needed="each remains once")  # fmt: skip
        return
    first_rows[name] = number
    persons.remains[name] = _sex(row["sex"])


def _member(row: dict[str, str], persons: Persons) -> None:
    name, number = row["person"], int(row[ROW])
    family = persons.families.setdefault(row["family"], PersonRows(row["family"], number))
    family.rows.setdefault(name, []).append(number)
    family.persons.append(Person(name, row["father"], row["mother"], _sex(row["sex"])))
    if row["role"] == "missing" and name not in family.missing:
        family.missing.append(name)
    if row["label"]:
        family.labels[name] = row["label"]
    if row["inbreeding"]:
        family.inbreeding[name] = _number(row["inbreeding"])
    if row["twin"]:
        family.twins.setdefault(row["twin"], []).append(name)


def _number(text: str) -> float:
    """A cell that was checked before; 0 where it was found wrong."""
    try:
        return float(text)
    except ValueError:
        return 0.0


def _check_family(family: PersonRows, collector: Collector) -> None:
    if not family.missing:
        collector.add("family-without-missing", row=family.row, column="role", item=family.name,
                      found="no missing person", needed="role missing for at least one person")  # fmt: skip
    for label, members in family.twins.items():
        if len(members) == 1:
            collector.add("lone-twin", row=family.rows[members[0]][0], column="twin", item=members[0],
                          found=label, needed="the same text for two or more persons")  # fmt: skip
    times: dict[str, int] = {}
    for problem in pedigree_problems(family.pedigree(), Place(collector.file)):
        person = problem.place.item
        rows = family.rows.get(person, [family.row])
        which = 0
        if problem.code == "person-twice":
            which = times[person] = times.get(person, 0) + 1
        place = replace(problem.place, row=rows[min(which, len(rows) - 1)], item=f"{person} of family {family.name}")
        collector.add_problem(replace(problem, place=place))
    _check_inbreeding(family, collector)


def _check_inbreeding(family: PersonRows, collector: Collector) -> None:
    founders = {p.id for p in family.persons if p.father is None}
    for name in family.inbreeding:
        if name not in founders:
            collector.add("inbred-child", row=family.rows[name][0], column="inbreeding", item=name,
                          found=f"{family.inbreeding[name]:g}",
                          needed="an empty cell for a person with parents")  # fmt: skip
