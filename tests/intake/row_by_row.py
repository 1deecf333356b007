"""The slow twin of the reading of a case folder: CSV files row by row, in plain Python.

It knows the rules of single rows and samples; those of pedigrees stand in `domain.pedigree_problems` for both.
"""

from __future__ import annotations

import csv
import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from pathlib import Path

from antigone.domain import (
    KITS,
    PERSONS,
    PROFILES,
    Column,
    FrequencyTable,
    Pedigree,
    Person,
    Sex,
    canonical_locus,
    chromosome_of,
    pedigree_problems,
)
from antigone.intake import read_table
from antigone.intake.alleles import usual_allele

Row = dict[str, str]
Found = tuple[str, str, int, str]
"""(file, code, row, column)."""
ALLELES = ("allele1", "allele2", "allele3", "allele4")
WORDS = {
    "role": ("missing", "relative", "remains", "staff"), "sex": ("male", "female", "unknown"),
    "yes-no": ("yes", "no"), "scope": ("kinship", "direct", "none"),
}  # fmt: skip
KIN = ("father", "mother", "twin", "inbreeding")


@dataclass
class Reading:
    """What two files say. Persons and calls are rows, with places as the columns have them."""

    found: Counter[Found] = field(default_factory=Counter)
    persons: list[dict[str, object]] = field(default_factory=list)
    calls: list[dict[str, object]] = field(default_factory=list)

    def note(self, file: str, code: str, row: int, column: str = "") -> None:
        self.found[(file, code, row, column)] += 1


def read_rows(folder: Path, table: FrequencyTable) -> Reading:
    """Every row of persons.csv and profiles.csv, one after the other."""
    reading = Reading()
    persons = _rows(folder / "persons.csv", PERSONS, reading)
    profiles = _rows(folder / "profiles.csv", PROFILES, reading)
    _persons(persons, reading)
    _loci(profiles, table, reading)
    _samples([row for row in profiles if row["person"] and row["locus"]], reading)
    return reading


def _rows(path: Path, columns: tuple[Column, ...], reading: Reading) -> list[Row]:
    rows: list[Row] = []
    with path.open(encoding="utf-8") as file:
        for number, cells in enumerate(csv.DictReader(file), start=2):
            row = {c.name: _clean(cells.get(c.name) or "", c.kind) for c in columns}
            if any(row.values()):
                rows.append({**row, "row": str(number)})
                for c in columns:
                    code = _wrong(row[c.name], c)
                    if code:
                        reading.note(path.name, code, number, c.name)
    return rows


def _clean(cell: str, kind: str) -> str:
    text = cell.strip()
    return text.lower() if kind in WORDS else usual_allele(text) if kind == "allele" else text


def _wrong(cell: str, column: Column) -> str:
    if not cell:
        return "empty-cell" if column.required and not column.empty else ""
    if column.kind in WORDS:
        return "" if cell in WORDS[column.kind] else column.kind
    wrong = ""
    if column.kind == "allele" and not re.fullmatch(r"[^\s,;/|]{1,20}", cell):
        wrong = "allele"
    number = _number(cell)
    if column.kind == "probability" and (number is None or not 0.0 <= number <= 1.0):
        wrong = "probability"
    if column.name == "dropin" and number == 1.0:
        wrong = "probability"
    return "decimal-comma" if wrong and re.fullmatch(r"-?\d+,\d+", cell) else wrong


def _number(cell: str) -> float | None:
    try:
        return float(cell)
    except ValueError:
        return None


def _persons(rows: list[Row], reading: Reading) -> None:
    families: dict[str, list[Row]] = {}
    places: dict[tuple[str, str], int] = {}
    apart: dict[str, Row] = {}
    for row in rows:
        number = int(row["row"])
        if not row["person"] or row["role"] not in WORDS["role"]:
            continue
        if row["role"] in ("remains", "staff"):
            for column in ("family", *KIN):
                if row[column]:
                    code = f"{row['role']}-with-{'family' if column == 'family' else 'kin'}"
                    reading.note("persons.csv", code, number, column)
            row = {**row, "family": "", **dict.fromkeys(KIN, "")}
            first = apart.setdefault(row["person"], row)
            if first is not row:
                both = first["role"] == row["role"] == "remains"
                reading.note("persons.csv", "remains-twice" if both else "staff-twice", number, "person")
        elif not row["family"]:
            reading.note("persons.csv", "family-absent", number, "family")
            continue
        else:
            families.setdefault(row["family"], []).append(row)
        places.setdefault((row["family"], row["person"]), len(reading.persons))
        reading.persons.append({**row, "sex": row["sex"] if row["sex"] in WORDS["sex"] else "unknown"})
    for name, members in families.items():
        _family(name, members, reading)
    numbers = {name: i for i, name in enumerate(families)}
    for person in reading.persons:
        family = str(person["family"])
        person["family_id"] = numbers.get(family, -1)
        for parent in ("father", "mother"):
            person[f"{parent}_row"] = places.get((family, str(person[parent])), -1)


def _family(name: str, members: list[Row], reading: Reading) -> None:
    rows: dict[str, list[int]] = defaultdict(list)
    twins: dict[str, list[str]] = defaultdict(list)
    inbreeding: dict[str, float] = {}
    persons: list[Person] = []
    for row in members:
        sex = Sex(row["sex"]) if row["sex"] in WORDS["sex"] else Sex.UNKNOWN
        rows[row["person"]].append(int(row["row"]))
        persons.append(Person(row["person"], row["father"] or None, row["mother"] or None, sex))
        if row["twin"]:
            twins[row["twin"]].append(row["person"])
        if number := _number(row["inbreeding"]):
            inbreeding[row["person"]] = number
    if all(row["role"] != "missing" for row in members):
        reading.note("persons.csv", "family-without-missing", int(members[0]["row"]), "role")
    for group in twins.values():
        if len(group) == 1:
            reading.note("persons.csv", "lone-twin", rows[group[0]][0], "twin")
    again: Counter[str] = Counter()
    pedigree = Pedigree(tuple(persons), tuple(frozenset(group) for group in twins.values()), inbreeding)
    for problem in pedigree_problems(pedigree):
        person = problem.place.item
        again[person] += problem.code == "person-twice"
        which = again[person] if problem.code == "person-twice" else 0
        reading.note("persons.csv", problem.code, rows[person][which])
    for person in inbreeding:
        if all(p.father is not None for p in persons if p.id == person):
            reading.note("persons.csv", "inbred-child", rows[person][0], "inbreeding")


def _loci(rows: list[Row], table: FrequencyTable, reading: Reading) -> None:
    told: set[tuple[str, ...]] = set()
    known = {locus for kit in KITS.values() for locus in kit} | set(read_table("Norway 35").loci)
    for row in rows:
        locus = row["locus"] = canonical_locus(row["locus"]) if row["locus"] else ""
        if not locus:
            continue
        in_table = table.loci[locus].alleles if locus in table.loci else {}
        if not in_table and chromosome_of(locus).value not in ("Y", "sex") and (locus,) not in told:
            told.add((locus,))
            code = "locus-not-in-table" if {locus, canonical_locus(locus.lower())} & known else "unknown-locus"
            reading.note("profiles.csv", code, int(row["row"]), "locus")
        for column in ALLELES:
            allele = row[column]
            fits = allele in ("X", "Y") if locus == "AMEL" else re.fullmatch(r"\d{1,3}(\.\d)?", allele)
            whole = re.fullmatch(r"[^\s,;/|]{1,20}", allele)
            if allele and whole and not fits and allele not in in_table and (locus, column, allele) not in told:
                told.add((locus, column, allele))
                reading.note("profiles.csv", "allele", int(row["row"]), column)


def _samples(rows: list[Row], reading: Reading) -> None:
    places: dict[tuple[object, object], int] = {}
    for i, person in enumerate(reading.persons):
        places.setdefault((person["family"], person["person"]), i)
    samples: dict[tuple[str, str], list[Row]] = {}
    for row in rows:
        samples.setdefault((row["family"], row["person"]), []).append(row)
    named: dict[str, int] = {}
    firsts: list[tuple[int, str]] = []
    values: dict[tuple[str, str], Row] = {}
    for key, own in samples.items():
        if key not in places:
            reading.note("profiles.csv", "profile-of-unknown-person", int(own[0]["row"]), "person")
        values[key] = said = {column: _said(own, column, reading) for column in ("sample", "kit", "dropout", "dropin")}
        firsts += [(next(int(row["row"]) for row in own if row["sample"]), said["sample"])] if said["sample"] else []
        kit = {re.sub(r"\W", "", k).lower(): k for k in KITS}.get(re.sub(r"\W", "", said["kit"]).lower(), "")
        if said["kit"] and not kit:
            reading.note("profiles.csv", "unknown-kit", int(own[0]["row"]), "kit")
        scopes = [row["scope"] if row["scope"] in WORDS["scope"] else "kinship" for row in own]
        other = next((i for i, scope in enumerate(scopes) if scope != scopes[0]), 0)
        if other:
            reading.note("profiles.csv", "scope-differs", int(own[other]["row"]), "scope")
        said |= {"kit": kit, "scope": scopes[0], "sample": said["sample"] or key[1]}
        for row in own:
            _call(
                row, [other for other in own if other["locus"] == row["locus"]], _number(said["dropin"]) or 0.0, reading
            )
    for number, sample in sorted(firsts):
        if named.setdefault(sample, number) != number:
            reading.note("profiles.csv", "sample-of-two", number, "sample")
    for row in rows:
        key = (row["family"], row["person"])
        reading.calls.append({**row, **values[key], "person_row": places.get(key, -1)})


def _said(own: list[Row], column: str, reading: Reading) -> str:
    stated = [row for row in own if row[column]]
    for row in stated:
        if row[column] != stated[0][column]:
            code = "two-samples" if column == "sample" else "value-differs"
            reading.note("profiles.csv", code, int(row["row"]), column)
            break
    return stated[0][column] if stated else ""


def _call(row: Row, of_locus: list[Row], dropin: float, reading: Reading) -> None:
    number = int(row["row"])
    cells = [row[column] for column in ALLELES]
    seen = [cell for cell in cells if cell]
    if row is not of_locus[0]:
        reading.note("profiles.csv", "locus-typed-twice", number, "locus")
    if cells[: len(seen)] != seen:
        reading.note("profiles.csv", "allele-gap", number, ALLELES[cells.index("")])
    if len(seen) > 2 and dropin == 0.0:
        reading.note("profiles.csv", "too-many-alleles", number, "allele3")
    if row["homozygous"] == "yes" and len(set(seen)) != 1:
        reading.note("profiles.csv", "homozygous", number, "homozygous")
