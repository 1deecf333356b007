"""What is odd about the input before any conclusion: it is said, and it weighs against a match."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import combinations

import numpy as np

from antigone.core import Shape, kinship, log10_likelihoods
from antigone.domain import Case, Chromosome, Family, Profile, chromosome_of
from antigone.identify.encode import encode_pedigree, sample_class
from antigone.identify.pairwise import CaseNumbers, all_profiles, x_loci_left_out

Warnings = list[tuple[str, Mapping[str, str]]]
ALIKE_LOG10_LR = 6.0
"""Two remains whose profiles speak this strongly for one person are to be joined or told apart first."""
FEW_LOCI = 12
"""The base set of ISFG's recommendations (Prinz et al. 2007)."""
LINKED_PAIR = ("vWA", "D12S391")


def input_warnings(case: Case, numbers: CaseNumbers) -> Warnings:
    """Everything odd about the input, in the order of the case."""
    return [
        *_inconsistent_families(case, numbers),
        *_identical_profiles(case),
        *_alike_remains(case, numbers),
        *_tables(case),
        *_samples(case, numbers),
        *_loci(case, numbers),
    ]


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


def alike_pairs(case: Case, numbers: CaseNumbers) -> dict[tuple[str, str], float]:
    """Pairs of remains whose profiles speak for one person: log10 LR, same person against unrelated."""
    n = len(case.remains)
    pairs = np.array(list(combinations(range(n), 2)), np.int64).reshape(-1, 2)
    if not len(pairs):
        return {}
    rows, lost, foreign = numbers.remains_rows, numbers.remains_dropout, numbers.remains_dropin
    one, two = Shape((-1,), (-1,), (2,)), Shape((-1, -1), (-1, -1), (2, 2))
    observed = rows[pairs].transpose(0, 2, 1, 3)
    arguments = (numbers.encoding.models, observed, lost[pairs], foreign[pairs], case.policy.theta)
    same = log10_likelihoods(one, *arguments, rows=[0, 0])
    different = log10_likelihoods(two, *arguments)
    lr = (same - different).sum(axis=1)
    return {
        (case.remains[i].id, case.remains[j].id): float(value)
        for (i, j), value in zip(pairs, lr, strict=True)
        if value >= ALIKE_LOG10_LR
    }


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


def typed_relatives(family: Family, missing: str) -> int:
    """Typed members who share descent with the missing person (or are the person's own earlier sample)."""
    shape, index = encode_pedigree(family.pedigree)
    related = kinship(shape)[index[missing]] > 0.0
    return sum(1 for person in family.profiles if person in index and related[index[person]])


def _inconsistent_families(case: Case, numbers: CaseNumbers) -> Warnings:
    found: Warnings = []
    for family in case.families:
        loci = inconsistent_loci(case, numbers, family)
        if loci:
            found.append(("family-inconsistent", {"family": family.name, "loci": ", ".join(loci)}))
    return found


def _identical_profiles(case: Case) -> Warnings:
    samples: dict[tuple[tuple[str, tuple[str, ...]], ...], list[str]] = {}
    named = [
        (f"{family.name} / {family.labels.get(person, person)}", profile)
        for family in case.families
        for person, profile in family.profiles.items()
    ] + [(r.id, r.profile) for r in case.remains]
    for name, profile in named:
        if any(call.alleles for call in profile.calls.values()):
            samples.setdefault(_genotype(profile), []).append(name)
    return [
        ("profiles-identical", {"first": first, "second": second})
        for names in samples.values()
        for first, second in combinations(names, 2)
    ]


def _genotype(profile: Profile) -> tuple[tuple[str, tuple[str, ...]], ...]:
    kin = (Chromosome.AUTOSOMAL, Chromosome.X)
    return tuple(sorted((k, tuple(sorted(c.alleles))) for k, c in profile.calls.items() if chromosome_of(k) in kin))


def _alike_remains(case: Case, numbers: CaseNumbers) -> Warnings:
    return [
        ("remains-alike", {"first": a, "second": b, "log10_lr": f"{value:.2f}"})
        for (a, b), value in alike_pairs(case, numbers).items()
    ]


def _tables(case: Case) -> Warnings:
    found: Warnings = []
    seen: dict[str, set[str]] = {}
    for profile in all_profiles(case):
        for locus, call in profile.calls.items():
            if chromosome_of(locus) in (Chromosome.AUTOSOMAL, Chromosome.X):
                seen.setdefault(locus, set()).update(call.alleles)
    for table in case.tables:
        for locus, alleles in seen.items():
            if locus not in table.loci:
                found.append(("locus-not-in-table", {"locus": locus, "table": table.name}))
                continue
            for allele in sorted(alleles - set(table.loci[locus].alleles)):
                found.append(("allele-absent", {"locus": locus, "allele": allele, "table": table.name}))
    return found


def _samples(case: Case, numbers: CaseNumbers) -> Warnings:
    found: Warnings = []
    for profile in all_profiles(case):
        usable = [x for x in numbers.encoding.loci if x in profile.calls and profile.calls[x].alleles]
        if len(usable) < min(FEW_LOCI, len(numbers.encoding.loci)):
            found.append(("few-loci", {"sample": profile.sample, "loci": str(len(usable))}))
        d = numbers.encoding.dropout(profile)
        if d > 0.0 and profile.dropout is None:
            kind = sample_class(profile, numbers.encoding.loci, case.policy)
            found.append(("dropout-class", {"sample": profile.sample, "class": kind, "d": f"{d:g}"}))
    return found


def _loci(case: Case, numbers: CaseNumbers) -> Warnings:
    left_out = (*case.policy.loci_left_out, *x_loci_left_out(case))
    found: Warnings = [("left-out", {"locus": locus}) for locus in left_out]
    if all(locus in numbers.encoding.loci for locus in LINKED_PAIR):
        found.append(("linked-pair", {"loci": " / ".join(LINKED_PAIR)}))
    return found
