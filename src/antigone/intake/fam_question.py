"""FamFile -> KinshipQuestion: persons of the first part under each alternative pedigree."""

from __future__ import annotations

from antigone.domain import (
    Call,
    FrequencyTable,
    KinshipQuestion,
    Pedigree,
    Place,
    Profile,
    Sex,
    canonical_locus,
)
from antigone.intake.collector import Collector
from antigone.intake.fam_parts import FamFile, FamPedigree, FamPerson, Relation
from antigone.intake.fam_relations import build_pedigree
from antigone.intake.fam_values import policy_of, table_of


def question_of(fam: FamFile, name: str, digests: dict[str, str], collector: Collector) -> KinshipQuestion:
    """The question; where the file has no pedigrees, its known relations are the only hypothesis."""
    table = table_of(fam, name, collector)
    pedigrees = fam.pedigrees or (FamPedigree("Known relations", 0, 0, (), (), 0),)
    if not fam.persons:
        collector.add("no-persons", found="no persons", needed="at least one person with DNA")
    hypotheses: dict[str, Pedigree] = {}
    for pedigree in pedigrees:
        if pedigree.name in hypotheses:
            collector.add("pedigree-twice", row=pedigree.line, item=pedigree.name, found=pedigree.name,
                          needed="each name once")  # fmt: skip
        hypotheses[pedigree.name] = _hypothesis(fam, pedigree, collector)
    profiles = {p.name: _profile(p, fam, table, collector) for p in fam.persons if p.genotypes}
    return KinshipQuestion(name, hypotheses, profiles, (table,), policy_of(fam, collector), digests)


def _hypothesis(fam: FamFile, pedigree: FamPedigree, collector: Collector) -> Pedigree:
    """Indices count the persons, then the females and males added for all, then this pedigree's."""
    members = [(p.name, p.sex) for p in fam.persons]
    members += _added("", fam.females, fam.males)
    members += _added(f" of {pedigree.name}", pedigree.females, pedigree.males)
    names = [name for name, _ in members]
    for i, (name, _) in enumerate(members):
        if name in names[:i]:
            line = fam.persons[i].line if i < len(fam.persons) else pedigree.line
            collector.add("person-twice", row=line, item=name, found=name, needed="each person once")

    def named(relations: tuple[Relation, ...]) -> list[tuple[str, str, int]]:
        pairs = []
        for first, second, line in relations:
            if max(first, second) >= len(names):
                collector.add(
                    "fam-person-index", row=line, item=pedigree.name, found=f"person {max(first, second)}",
                    needed=f"a number from 0 to {len(names) - 1}",
                )  # fmt: skip
                continue
            pairs.append((names[first], names[second], line))
        return pairs

    relations = named((*fam.relations, *pedigree.relations))
    place = Place(collector.file, pedigree.line or None)
    return build_pedigree(dict(members), relations, named(pedigree.identical), place, collector)


def _added(where: str, females: int, males: int) -> list[tuple[str, Sex]]:
    """Persons the file counts and does not name."""
    return [(f":female-{i}{where}", Sex.FEMALE) for i in range(1, females + 1)] + [
        (f":male-{i}{where}", Sex.MALE) for i in range(1, males + 1)
    ]


def _profile(person: FamPerson, fam: FamFile, table: FrequencyTable, collector: Collector) -> Profile:
    """Calls by name. Dropout is the database's where the person is marked for it, otherwise none."""
    calls: dict[str, Call] = {}
    dropouts: set[float] = set()
    for first, second, index, line in person.genotypes:
        if index >= len(fam.loci):
            collector.add("fam-locus-index", row=line, item=person.name, found=f"locus {index}",
                          needed=f"a number from 0 to {len(fam.loci) - 1}")  # fmt: skip
            continue
        locus = fam.loci[index]
        if max(first, second) >= len(locus.alleles):
            collector.add("fam-allele-index", row=line, item=person.name,
                          found=f"allele {max(first, second)} of {locus.name}",
                          needed=f"a number from 0 to {len(locus.alleles) - 1}")  # fmt: skip
            continue
        canonical = canonical_locus(locus.name)
        if canonical in calls:
            collector.add("locus-typed-twice", row=line, item=person.name, found=locus.name,
                          needed="each locus once")  # fmt: skip
        calls[canonical] = Call((locus.alleles[first][0], locus.alleles[second][0]))
        dropouts.add(locus.dropout)
    if person.consider_dropout and len(dropouts) > 1:
        collector.add("dropout-differs", row=person.line, item=person.name,
                      found=f"dropout of {', '.join(f'{d:g}' for d in sorted(dropouts))} by locus",
                      needed="one dropout probability for all loci of a sample")  # fmt: skip
    dropout = max(dropouts, default=0.0) if person.consider_dropout else 0.0
    return Profile(person.name, calls, dropout=dropout)
