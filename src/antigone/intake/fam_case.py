"""FamFile -> Case: the [DVI] section of a Familias file.

Which pedigree counts, and who is missing, as the program and its public R readers use the file:

- A reference family usually holds its pedigree twice, as "Reference pedigree" and under a name of
  its own. The one with a name of its own counts; "Reference pedigree" only where it is alone.
  Families with several different pedigrees of their own are refused.
- Missing is who takes part in a relation of that pedigree and whose name begins with "Missing":
  "Missing person" stands in relations without being listed; "Missing male 1" is listed.
- Listed persons without DNA and without a relation ("Missing female 1" beside "Missing person")
  are left out: the program adds them, and they say nothing.
- The sex of "Missing person" is told by the other parent of a child, and unknown without one.
"""

from __future__ import annotations

from antigone.domain import (
    Call,
    Case,
    Chromosome,
    Family,
    FrequencyTable,
    Place,
    Profile,
    Remains,
    canonical_locus,
    chromosome_of,
)
from antigone.intake.alleles import usual_allele
from antigone.intake.collector import Collector
from antigone.intake.fam_parts import DviFamily, DviPedigree, DviPerson, FamDvi, FamFile
from antigone.intake.fam_relations import build_pedigree
from antigone.intake.fam_values import policy_of, table_of

_REFERENCE = "Reference pedigree"


def case_of(fam: FamFile, name: str, digests: dict[str, str], collector: Collector) -> Case:
    """The case; problems go to the collector."""
    dvi = fam.dvi or FamDvi()
    table = table_of(fam, name, collector)
    remains = tuple(Remains(p.name, _profile(p, table, collector, with_sex=True)) for p in dvi.unidentified)
    _names_once(list(dvi.unidentified), "remains-twice", collector)
    _names_once(list(dvi.families), "family-twice", collector)
    families = tuple(_family(f, table, collector) for f in dvi.families)
    return Case(name, families, remains, (table,), policy_of(fam, collector), digests)


def _names_once(parts: list[DviPerson] | list[DviFamily], code: str, collector: Collector) -> None:
    seen: set[str] = set()
    for part in parts:
        if part.name in seen:
            collector.add(code, row=part.line, item=part.name, found=part.name, needed="each name once")
        seen.add(part.name)


def _family(family: DviFamily, table: FrequencyTable, collector: Collector) -> Family:
    chosen = _counting_pedigree(family, collector)
    related = {name for parent, child, _ in chosen.relations for name in (parent, child)}
    members = {p.name: p.sex for p in family.persons if p.calls or p.name in related}
    _names_once(list(family.persons), "person-twice", collector)
    place = Place(collector.file, family.line)
    pedigree = build_pedigree(members, list(chosen.relations), [], place, collector)
    missing = tuple(p.id for p in pedigree.persons if is_missing(p.id) and p.id in related)
    if not missing:
        collector.add(
            "family-without-missing", row=family.line, item=family.name,
            found=", ".join(members) or "nobody",
            needed='a person in a relation whose name begins with "Missing"',
        )  # fmt: skip
    profiles = {p.name: _profile(p, table, collector, with_sex=False) for p in family.persons if p.calls}
    return Family(family.name, pedigree, missing, profiles)


def is_missing(name: str) -> bool:
    """Familias marks the missing by their names alone.

    >>> is_missing("Missing male 1"), is_missing("Brother")
    (True, False)
    """
    return name.lower().startswith("missing")


def _counting_pedigree(family: DviFamily, collector: Collector) -> DviPedigree:
    own = [p for p in family.pedigrees if p.name != _REFERENCE] or list(family.pedigrees)
    distinct = {frozenset((parent, child) for parent, child, _ in p.relations): p for p in reversed(own)}
    if len(distinct) > 1:
        collector.add(
            "several-pedigrees", row=family.line, item=family.name,
            found=", ".join(p.name for p in own), needed="one pedigree in each family",
        )  # fmt: skip
    return own[0] if own else DviPedigree("", (), family.line)


def _profile(person: DviPerson, table: FrequencyTable, collector: Collector, with_sex: bool) -> Profile:
    calls: dict[str, Call] = {}
    for name, first, second, line in person.calls:
        locus = canonical_locus(name)
        if locus not in table.loci and chromosome_of(locus) not in (Chromosome.SEX, Chromosome.Y):
            collector.add("locus-not-in-table", row=line, item=person.name, found=name,
                          needed="a locus of the frequency database")  # fmt: skip
            continue
        if locus in calls:
            collector.add("locus-typed-twice", row=line, item=person.name, found=name,
                          needed="each locus once")  # fmt: skip
        alleles = tuple(usual_allele(a) for a in (first, second) if a not in ("", "?"))
        for allele in alleles:
            _check_allele(allele, locus, line, person.name, table, collector)
        calls[locus] = Call(alleles)
    if with_sex:
        return Profile(person.name, calls, recorded_sex=person.sex)
    return Profile(person.name, calls)


def _check_allele(allele: str, locus: str, line: int, person: str, table: FrequencyTable, collector: Collector) -> None:
    frequencies = table.loci.get(locus)
    if frequencies and allele not in frequencies.alleles and frequencies.minimum is None:
        collector.add(
            "allele-not-in-table", row=line, item=person, found=f"allele {allele} at {locus}",
            needed="an allele of the frequency database, or a minor allele frequency above 0",
        )  # fmt: skip
