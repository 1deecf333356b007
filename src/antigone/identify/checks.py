"""What is odd about the input before any conclusion: it is said, and it weighs against a match."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from antigone.core import kinship, log10_likelihoods
from antigone.domain import Case, Chromosome, Family, Mode, MutationKind, Sex, chromosome_of
from antigone.identify.encode import encode_pedigree, sample_class
from antigone.identify.event import MOST_SETS, ways_to_place
from antigone.identify.evidence import Doubts
from antigone.identify.pairwise import CaseNumbers, all_profiles, x_loci_left_out
from antigone.identify.samples import AlikePair, case_samples, families_with_alike_relatives
from antigone.identify.sexes import sexes_disagree

Warnings = list[tuple[str, Mapping[str, str]]]
FEW_LOCI = 12
"""The base set of ISFG's recommendations (Prinz et al. 2007)."""
NOT_FOR_CASEWORK = "not for casework"
"""Words in the note of a table that is shipped as an example."""
LINKED_PAIR = ("vWA", "D12S391")


def input_warnings(case: Case, numbers: CaseNumbers, alike: Sequence[AlikePair]) -> Warnings:
    """Everything odd about the input, in the order of the case."""
    return [
        *_inconsistent_families(case, numbers),
        *_alike_samples(alike),
        *_relatives_sex(case),
        *_no_mutation(case),
        *_sex_unknown(case),
        *_tables(case),
        *_samples(case, numbers),
        *_loci(case, numbers),
    ]


def family_doubts(case: Case, numbers: Sequence[CaseNumbers], alike: Sequence[AlikePair]) -> dict[str, tuple[str, ...]]:
    """family -> codes of what stands against a match with anybody of it."""
    inconsistent = {facts["family"] for _, facts in _inconsistent_families(case, numbers[0])}
    wrong_sex = {facts["family"] for _, facts in _relatives_sex(case)}
    found = {}
    for family in case.families:
        codes = {
            "inconsistent-family": family.name in inconsistent,
            "relative-sex": family.name in wrong_sex,
            "relatives-alike": family.name in families_with_alike_relatives(alike),
            "theta-not-applied": any(family.name in of_table.without_theta for of_table in numbers),
            "not-all-weighed": ways_to_place(len(case.remains), len(family.missing)) > MOST_SETS,
        }
        found[family.name] = tuple(code for code, holds in codes.items() if holds)
    return found


def later_warnings(case: Case, doubts: Doubts) -> Warnings:
    """What only the comparison itself shows."""
    found: Warnings = []
    for family in case.families:
        codes = doubts.families.get(family.name, ())
        found += [(code, {"family": family.name}) for code in ("theta-not-applied", "not-all-weighed") if code in codes]
    limit = case.policy.thresholds.match_log10_lr
    for (remains, family_name, missing), (relative, value) in doubts.leave_one_out.highest.items():
        if value >= limit and value >= doubts.leave_one_out.full.get((remains, family_name, missing), value) + limit:
            facts = {"remains": remains, "family": family_name, "missing": missing, "relative": relative}
            found.append(("fits-without", {**facts, "log10_lr": f"{value:.2f}"}))
    return found


def inconsistent_loci(case: Case, numbers: CaseNumbers, family: Family) -> tuple[str, ...]:
    """Loci at which the relatives' own profiles cannot be without a mutation."""
    shape, index = encode_pedigree(family.pedigree)
    typed = [p for p in family.profiles if p in index]
    if not typed:
        return ()
    encoding = numbers.encoding
    observed = np.array([encoding.profile_row(family.profiles[p]) for p in typed]).transpose(1, 0, 2)[None]
    values = log10_likelihoods(shape, encoding.models.without_mutation(), observed, rows=[index[p] for p in typed])[0]
    return tuple(locus for locus, v in zip(encoding.loci, values, strict=True) if np.isneginf(v))


def not_identifiable(case: Case) -> tuple[tuple[str, str], ...]:
    """(family, missing) that no typed relative says anything about, not even through other missing."""
    found = []
    for family in case.families:
        shape, index = encode_pedigree(family.pedigree)
        related = kinship(shape) > 0.0
        reached = {index[p] for p in family.profiles if p in index}
        open_persons = {index[m]: m for m in family.missing}
        while True:
            new = {i for i in open_persons if i not in reached and any(related[i, j] for j in reached)}
            if not new:
                break
            reached |= new
        found += [(family.name, m) for i, m in open_persons.items() if i not in reached]
    return tuple(found)


def typed_relatives(family: Family, missing: str, loci: Sequence[str]) -> int:
    """Members with a call at one of the loci who share descent with the missing person, or are that person."""
    shape, index = encode_pedigree(family.pedigree)
    related = kinship(shape)[index[missing]] > 0.0
    return sum(
        1
        for person, profile in family.profiles.items()
        if person in index
        and related[index[person]]
        and any(x in profile.calls and profile.calls[x].alleles for x in loci)
    )


def _inconsistent_families(case: Case, numbers: CaseNumbers) -> Warnings:
    found: Warnings = []
    for family in case.families:
        loci = inconsistent_loci(case, numbers, family)
        if loci:
            found.append(("family-inconsistent", {"family": family.name, "loci": ", ".join(loci)}))
    return found


def _alike_samples(pairs: Sequence[AlikePair]) -> Warnings:
    return [
        ("samples-alike", {"first": p.first.name, "second": p.second.name, "log10_lr": f"{p.log10_lr:.2f}"})
        for p in pairs
    ]


def _relatives_sex(case: Case) -> Warnings:
    """Relatives whose amelogenin or Y markers speak against the sex of their place in the family."""
    return [
        ("relative-sex", {"family": family.name, "person": family.labels.get(person, person)})
        for family in case.families
        for person, profile in family.profiles.items()
        if person in family.pedigree.ids and sexes_disagree(profile, family.pedigree.person(person).sex)
    ]


def _sex_unknown(case: Case) -> Warnings:
    return [
        ("sex-unknown", {"family": family.name, "person": family.labels.get(missing, missing)})
        for family in case.families
        for missing in family.missing
        if family.pedigree.person(missing).sex is Sex.UNKNOWN
    ]


def _no_mutation(case: Case) -> Warnings:
    kinds = {model.kind for model in (case.policy.mutation, *case.policy.mutation_by_locus.values())}
    casework = case.policy.mode is Mode.CASEWORK
    return [("no-mutation", {})] if casework and kinds == {MutationKind.NONE} else []


def _tables(case: Case) -> Warnings:
    found: Warnings = []
    seen: dict[str, set[str]] = {}
    for profile in all_profiles(case):
        for locus, call in profile.calls.items():
            if chromosome_of(locus) in (Chromosome.AUTOSOMAL, Chromosome.X):
                seen.setdefault(locus, set()).update(call.alleles)
    for table in case.tables:
        if NOT_FOR_CASEWORK in table.note.lower() and case.policy.mode is Mode.CASEWORK:
            found.append(("example-table", {"table": table.name}))
        for locus, alleles in seen.items():
            if locus not in table.loci:
                found.append(("locus-not-in-table", {"locus": locus, "table": table.name}))
                continue
            for allele in sorted(alleles - set(table.loci[locus].alleles)):
                found.append(("allele-absent", {"locus": locus, "allele": allele, "table": table.name}))
    return found


def _samples(case: Case, numbers: CaseNumbers) -> Warnings:
    found: Warnings = []
    for sample in case_samples(case):
        profile = sample.profile
        usable = [x for x in numbers.encoding.loci if x in profile.calls and profile.calls[x].alleles]
        if len(usable) < min(FEW_LOCI, len(numbers.encoding.loci)):
            found.append(("few-loci", {"sample": sample.name, "loci": str(len(usable))}))
        d = numbers.encoding.dropout(profile)
        if d > 0.0 and profile.dropout is None:
            kind = sample_class(profile, numbers.encoding.loci, case.policy)
            found.append(("dropout-class", {"sample": sample.name, "class": kind, "d": f"{d:g}"}))
    return found


def _loci(case: Case, numbers: CaseNumbers) -> Warnings:
    left_out = (*case.policy.loci_left_out, *x_loci_left_out(case))
    found: Warnings = [("left-out", {"locus": locus}) for locus in left_out]
    if all(locus in numbers.encoding.loci for locus in LINKED_PAIR):
        found.append(("linked-pair", {"loci": " / ".join(LINKED_PAIR)}))
    return found
