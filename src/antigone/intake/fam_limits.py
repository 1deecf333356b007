"""What a Familias file cannot hold of a case."""

from __future__ import annotations

from collections.abc import Iterator

from antigone.domain import Case, Family, MutationKind, Profile, Scope
from antigone.intake.collector import Collector
from antigone.intake.fam_case import is_missing
from antigone.intake.fam_names import fam_names

_KINDS = (MutationKind.NONE, MutationKind.EQUAL, MutationKind.PROPORTIONAL, MutationKind.STEPWISE)


def check_case(case: Case, collector: Collector) -> None:
    """Note everything that would be lost."""
    if len(case.tables) != 1:
        collector.add("fam-cannot-hold", item="tables", found=f"{len(case.tables)} frequency tables",
                      needed="one frequency table")  # fmt: skip
        return
    for locus in case.tables[0].loci:
        kind = case.policy.mutation_by_locus.get(locus, case.policy.mutation).kind
        if kind not in _KINDS:
            collector.add("fam-cannot-hold", item=locus, found=f"mutation model {kind}",
                          needed="equal, proportional or stepwise")  # fmt: skip
    for family in case.families:
        _check_family(family, collector)
        for person, profile in family.profiles.items():
            _check_profile(person, profile, case, collector)
    for remains in case.remains:
        _check_profile(remains.id, remains.profile, case, collector)
    for name in case.staff:
        collector.add("fam-cannot-hold", item=name, found="a person of the staff", needed="a case folder")


def _check_family(family: Family, collector: Collector) -> None:
    for lost, what in (
        (family.pedigree.twins, "identical twins"),
        (any(family.pedigree.founder_inbreeding.values()), "inbred founders"),
        (family.labels, "labels"),
    ):
        if lost:
            collector.add("fam-cannot-hold", item=family.name, found=what, needed="a case folder")
    related = _in_relations(family)
    for person_id in family.missing:
        if person_id not in related:
            collector.add("fam-cannot-hold", item=family.name, found=f"{person_id}, missing and in no relation",
                          needed="a parent or a child of this person in the family")  # fmt: skip
    for person in family.pedigree.persons:
        if is_missing(person.id) and person.id not in family.missing:
            collector.add("fam-cannot-hold", item=person.id, found="a relative of this name",
                          needed="a name that does not begin with Missing")  # fmt: skip


def _in_relations(family: Family) -> set[str]:
    """Persons who have a parent or a child that the file names."""
    named = set(fam_names(family))
    return {
        person
        for child in family.pedigree.persons
        for parent in (child.father, child.mother)
        if parent in named
        for person in (parent, child.id)
    }


def _check_profile(person: str, profile: Profile, case: Case, collector: Collector) -> None:
    for what in _lost(profile, case):
        collector.add("fam-cannot-hold", item=person, found=what, needed="a case folder")


def _lost(profile: Profile, case: Case) -> Iterator[str]:
    if profile.dropout is not None or profile.dropin:
        yield "dropout or drop-in of a sample"
    if profile.scope is not Scope.KINSHIP:
        yield f"scope {profile.scope}"
    if profile.kit:
        yield f"kit {profile.kit}"
    for locus, call in profile.calls.items():
        if locus not in case.tables[0].loci:
            yield f"{locus}, which has no frequencies"
        elif len(call.alleles) == 2 or (len(call.alleles) == 1 and call.homozygous):
            continue
        else:
            yield f"{len(call.alleles)} alleles at {locus}"
