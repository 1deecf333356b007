"""Familias `.fam` text -> FamFile.

The first part is read by position, one value a line: persons with their genotypes as indices,
known relations, alternative pedigrees, the frequency database. What follows is read by section in
brackets: [DVI], [Prior], [Advanced]. Facts of the format: files of Familias 3.2 to 3.4, and the
public readers of the R packages forrel and pedFamilias.
"""

from __future__ import annotations

import re

from antigone.domain import Sex
from antigone.intake.collector import Collector
from antigone.intake.fam_dvi import read_sections
from antigone.intake.fam_lines import FamLines
from antigone.intake.fam_loci import read_loci
from antigone.intake.fam_parts import FamFile, FamPedigree, FamPerson, Relation

_THETA = re.compile(r"Theta/Kinship/Fst:\s*([^\s)]+)")


def parse_fam(text: str, collector: Collector) -> FamFile:
    """The whole file as it stands; InputRefused where its lines do not fit the format."""
    lines = FamLines(text, collector)
    version = _header(lines)
    persons = tuple(_person(lines) for _ in range(_count_of_persons(lines)))
    if (found := lines.text("Known relations")) != "Known relations":
        lines.wrong("fam-out-of-step", found, '"Known relations" after the last person')
    females = lines.integer("number of added females")
    males = lines.integer("number of added males")
    relations, _ = _relations(lines)
    pedigrees = tuple(_pedigree(lines) for _ in range(lines.integer("number of pedigrees")))
    theta = _theta(lines)
    database, loci = read_loci(lines)
    dvi, settings = read_sections(lines)
    return FamFile(version, persons, females, males, relations, pedigrees, theta, database, loci, dvi, settings)


def _header(lines: FamLines) -> str:
    first = lines.text("the first line of a Familias file")
    if "familias" not in first.lower():
        lines.wrong("not-familias", first[:60], '"Output from Familias, version ..." on the first line')
    lines.text("a second line of text")
    return lines.text("the version of Familias")


def _count_of_persons(lines: FamLines) -> int:
    """The number stands on the fourth line, or on the fifth after a line of free text."""
    if not re.fullmatch(r"\d+", lines.peek()):
        lines.text("a line of free text")
    return lines.integer("number of persons")


def _person(lines: FamLines) -> FamPerson:
    name = lines.text("name of a person")
    line = lines.row
    lines.flag(f"first mark of {name}")
    dropout = "(Consider dropouts)" in lines.take(f"year of birth of {name}")
    lines.flag(f"second mark of {name}")
    sex = Sex.MALE if lines.flag(f"sex of {name}") else Sex.FEMALE
    genotypes = []
    for _ in range(lines.integer(f"number of genotypes of {name}")):
        first = lines.integer(f"index of the first allele of {name}")
        second = lines.integer(f"index of the second allele of {name}")
        locus = lines.integer(f"index of a locus of {name}")
        genotypes.append((first, second, locus, lines.row))
    return FamPerson(name, sex, dropout, tuple(genotypes), line)


def _relations(lines: FamLines) -> tuple[tuple[Relation, ...], tuple[Relation, ...]]:
    """(parent and child, identical pairs). An index followed by "Direct" joins identical persons."""
    parents: list[Relation] = []
    identical: list[Relation] = []
    for _ in range(lines.integer("number of relations")):
        first = lines.take("index of a parent")
        direct = re.fullmatch(r"(\d+)\D*direct.*", first, flags=re.IGNORECASE)
        if not direct and not first.isdigit():
            lines.wrong("not-a-count", first, "index of a parent: a whole number of at least 0")
        row = lines.row
        second = lines.integer("index of a child")
        pair = (int(direct.group(1) if direct else first), second, row)
        (identical if direct else parents).append(pair)
    return tuple(parents), tuple(identical)


def _pedigree(lines: FamLines) -> FamPedigree:
    lines.integer("index of a pedigree")
    line = lines.row
    name = lines.text("name of a pedigree")
    females = lines.integer(f"number of added females of {name}")
    males = lines.integer(f"number of added males of {name}")
    relations, identical = _relations(lines)
    return FamPedigree(name, females, males, relations, identical, line)


def _theta(lines: FamLines) -> float:
    found = lines.take("#FALSE# and the number of databases")
    if found.startswith("#TRUE#"):
        lines.wrong("fam-probabilities", "results of an earlier calculation", "a file without results")
    if not found.startswith("#FALSE#"):
        lines.wrong("fam-out-of-step", found, "#FALSE# after the last pedigree")
    match = _THETA.search(found)
    try:
        theta = float(match.group(1)) if match else 0.0
    except ValueError:
        lines.wrong("not-a-number", found, "theta: a number with a decimal point")
    if not 0.0 <= theta < 1.0:
        lines.collector.add("theta", row=lines.row, found=f"{theta:g}", needed="at least 0 and below 1")
    return theta
