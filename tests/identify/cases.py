"""Small cases whose likelihood ratios can be written down: every locus has twenty equally frequent alleles.

With p = 1/20, no mutation and theta 0: father 8,9 and mother 10,11 typed, child 8,10: LR 1/4 : 2pp = 50 a locus;
the father alone: (p/2) : 2pp = 5 a locus.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from antigone.domain import (
    KITS,
    Call,
    Case,
    Family,
    FrequencyPolicy,
    FrequencyTable,
    LocusFrequencies,
    MutationModel,
    Pedigree,
    Person,
    Policy,
    Prior,
    Profile,
    Remains,
    Sex,
)

P = 1 / 20
TRIO, DUO = 50.0, 5.0
"""LR at one locus, both parents typed and one."""
LOCI = KITS["Identifiler"]
ALLELES = tuple(str(n) for n in range(8, 28))
M, Q = 100, 0.1
PLAIN = Policy(theta=0.0, mutation=MutationModel(), frequency=FrequencyPolicy(minimum=0.0), prior=Prior(M, Q))
"""No theta, no mutation, no minimum: what is left is algebra."""


def table(name: str = "Uniform", loci: Iterable[str] = LOCI, p: Mapping[str, float] | None = None) -> FrequencyTable:
    frequencies = LocusFrequencies(dict.fromkeys(ALLELES, P) if p is None else p)
    return FrequencyTable(name, "made up", dict.fromkeys(loci, frequencies))


def profile(sample: str, alleles: str, loci: Sequence[str] = LOCI, sex: Sex = Sex.UNKNOWN) -> Profile:
    """The same call at every locus: "8,10", "8" for one allele seen, "" for none."""
    call = Call(tuple(alleles.split(","))) if alleles else Call(())
    return Profile(sample, dict.fromkeys(loci, call), recorded_sex=sex)


def family(
    name: str, typed: Mapping[str, str], sons: Sequence[str] = ("son",), daughters: Sequence[str] = ()
) -> Family:
    """Father, mother, missing sons and typed daughters."""
    persons = [Person("father", sex=Sex.MALE), Person("mother", sex=Sex.FEMALE)]
    persons += [Person(son, "father", "mother", Sex.MALE) for son in sons]
    persons += [Person(daughter, "father", "mother", Sex.FEMALE) for daughter in daughters]
    profiles = {person: profile(f"{name}-{person}", alleles) for person, alleles in typed.items()}
    return Family(name, Pedigree(tuple(persons)), tuple(sons), profiles)


PARENTS = {"father": "8,9", "mother": "10,11"}


def case(
    families: Sequence[Family], remains: Mapping[str, str], policy: Policy = PLAIN,
    tables: Sequence[FrequencyTable] | None = None,
) -> Case:  # fmt: skip
    """Remains by id with their alleles, the same at every locus."""
    found = tuple(Remains(name, profile(name, alleles)) for name, alleles in remains.items())
    return Case("small", tuple(families), found, tuple(tables or (table(),)), policy)


def with_remains(given: Case, remains: str, **changes: object) -> Case:
    """The case with something else about the sample of these remains."""
    changed = tuple(replace(r, profile=replace(r.profile, **changes)) if r.id == remains else r for r in given.remains)
    return replace(given, remains=changed)


def of_one(lr: float, missing_total: int = M, outside: float = Q) -> float:
    """Posterior of one remains and one missing person, by Bayes' theorem."""
    prior = (1 - outside) / missing_total
    return prior * lr / (prior * lr + 1 - prior)
