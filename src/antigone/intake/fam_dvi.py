"""The sections in brackets of a Familias file: [DVI], [Prior], [Advanced]."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from antigone.domain import Sex
from antigone.intake.collector import Collector
from antigone.intake.fam_lines import FamLines
from antigone.intake.fam_parts import DviFamily, DviPedigree, DviPerson, FamDvi

_HEADING = re.compile(r"(\[+)\s*(.*?)\s*\]+")
_SEXES = {"male": Sex.MALE, "female": Sex.FEMALE, "unknown": Sex.UNKNOWN, "": Sex.UNKNOWN}


@dataclass(slots=True)
class _Section:
    name: str
    line: int
    entries: list[tuple[str, str, int]] = field(default_factory=list)
    parts: list[_Section] = field(default_factory=list)

    def value(self, key: str) -> str:
        return next((value for k, value, _ in self.entries if k == key), "")

    def part(self, name: str) -> _Section:
        return next((part for part in self.parts if part.name == name), _Section(name, self.line))


def read_sections(lines: FamLines) -> tuple[FamDvi | None, dict[str, dict[str, str]]]:
    """([DVI] or None, the keys of all other sections by section name)."""
    root = _tree(lines)
    has_dvi = any(part.name == "DVI" for part in root.parts)
    settings: dict[str, dict[str, str]] = {}
    for part in root.parts:
        if part.name != "DVI":
            for section in (part, *part.parts):
                if section.entries:
                    settings[section.name] = {key: value for key, value, _ in section.entries}
    return (_dvi(root.part("DVI"), lines.collector) if has_dvi else None), settings


def _tree(lines: FamLines) -> _Section:
    """Sections by the number of their brackets, with the lines `key= value` of each."""
    root = _Section("", lines.row)
    path = [root]
    while not lines.at_end():
        line = lines.take("a section")
        heading = _HEADING.fullmatch(line)
        if heading:
            depth = len(heading.group(1))
            if depth > len(path):
                lines.wrong("fam-out-of-step", line, f"a heading with at most {len(path)} brackets")
            section = _Section(heading.group(2), lines.row)
            path[depth - 1].parts.append(section)
            path = [*path[:depth], section]
        elif line and len(path) == 1:
            lines.wrong("fam-out-of-step", line, "a section such as [DVI], or the end of the file")
        elif line:
            key, _, value = line.partition("=")
            path[-1].entries.append((key.strip(), value.strip(), lines.row))
    return root


def _dvi(section: _Section, collector: Collector) -> FamDvi:
    unidentified = section.part("Unidentified persons")
    references = section.part("Reference Families")
    _check_count(unidentified, "nPersons", len(unidentified.parts), collector)
    _check_count(references, "nFamilies", len(references.parts), collector)
    return FamDvi(
        tuple(_person(part, collector) for part in unidentified.parts),
        tuple(_family(part, collector) for part in references.parts),
    )


def _check_count(section: _Section, key: str, found: int, collector: Collector) -> None:
    """A count that does not fit what follows is how a file cut short shows."""
    said = section.value(key)
    if (said or "0") != str(found):
        collector.add(
            "count-differs", row=section.line, item=section.name, found=f"{found} after {key}= {said}",
            needed=f"{said or 0} entries",
        )  # fmt: skip


def _person(section: _Section, collector: Collector) -> DviPerson:
    name = section.value("Name")
    if not name:
        collector.add("fam-no-name", row=section.line, item=section.name, needed="a line Name= ...")
    gender = section.value("Gender")
    if gender.lower() not in _SEXES:
        collector.add("sex", row=section.line, item=name, found=gender, needed="Gender= Male or Gender= Female")
    calls = _calls(section.part("DNA data"), name, collector)
    return DviPerson(name, _SEXES.get(gender.lower(), Sex.UNKNOWN), calls, section.line)


def _calls(section: _Section, person: str, collector: Collector) -> tuple[tuple[str, str, str, int], ...]:
    calls: list[list[str | int]] = []
    for key, value, line in section.entries:
        if key == "SystemName":
            calls.append([value, "", "", line])
        elif key in ("Allele1", "Allele2") and calls:
            calls[-1][1 if key == "Allele1" else 2] = value
    _check_count(_Section(f"DNA data of {person}", section.line, section.entries), "nSystems", len(calls), collector)
    return tuple((str(c[0]), str(c[1]), str(c[2]), int(c[3])) for c in calls)


def _family(section: _Section, collector: Collector) -> DviFamily:
    name = section.value("Name") or section.name
    persons, pedigrees = section.part("Persons"), section.part("Pedigrees")
    _check_count(persons, "nPersons", len(persons.parts), collector)
    _check_count(pedigrees, "nPedigrees", len(pedigrees.parts), collector)
    return DviFamily(
        name,
        tuple(_person(part, collector) for part in persons.parts),
        tuple(_pedigree(part, name, collector) for part in pedigrees.parts),
        section.line,
    )


def _pedigree(section: _Section, family: str, collector: Collector) -> DviPedigree:
    relations: list[tuple[str, str, int]] = []
    parent = ""
    for key, value, line in section.entries:
        if key == "Parent":
            parent = value
        elif key == "Child":
            relations.append((parent, value, line))
    name = section.value("Name")
    counted = _Section(f"{name} of {family}", section.line, section.entries)
    _check_count(counted, "nRelations", len(relations), collector)
    return DviPedigree(name, tuple(relations), section.line)
