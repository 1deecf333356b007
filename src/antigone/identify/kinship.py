"""One question of kinship: the same typed persons under two or more pedigrees."""

from __future__ import annotations

import math

import numpy as np

from antigone.core import log10_likelihoods
from antigone.domain import (
    Case,
    FrequencyTable,
    InputRefused,
    KinshipFinding,
    KinshipQuestion,
    Pedigree,
    Person,
    Place,
    Problem,
)
from antigone.identify.encode import encode_loci, encode_pedigree
from antigone.identify.pairwise import x_loci_without_sex
from antigone.identify.provenance import digest_of, software_version
from antigone.identify.scope import within_scope


def kinship(question: KinshipQuestion, reference: str | None = None) -> KinshipFinding:
    """log10 LR of every hypothesis against `reference` (default: the last), the lowest over the tables.

    nan where both hypotheses are impossible. InputRefused where there is no hypothesis, or the reference
    is none of them; TooComplex where no exact answer fits.

    >>> from antigone import Call, FrequencyPolicy, FrequencyTable, KinshipQuestion, LocusFrequencies
    >>> from antigone import MutationModel, Pedigree, Person, Policy, Profile, Sex
    >>> table = FrequencyTable("two alleles", "made up", {"TH01": LocusFrequencies({"6": 0.5, "7": 0.5})})
    >>> man, mother = Person("man", sex=Sex.MALE), Person("mother", sex=Sex.FEMALE)
    >>> child, stranger = Person("child", "man", "mother"), Person("child")
    >>> hypotheses = {"father": Pedigree((man, mother, child)), "unrelated": Pedigree((man, stranger))}
    >>> profiles = {name: Profile(name, {"TH01": Call(("6", "6"))}, dropout=0.0) for name in ("child", "man")}
    >>> policy = Policy(theta=0.0, mutation=MutationModel(), frequency=FrequencyPolicy(minimum=0.0))
    >>> answer = kinship(KinshipQuestion("paternity", hypotheses, profiles, (table,), policy))
    >>> round(10 ** answer.log10_lr["father"], 6)  # 1 / p
    2.0
    """
    names = list(question.hypotheses)
    chosen = reference if reference is not None else (names[-1] if names else "")
    _check(question, names, chosen)
    by_table = {table.name: _likelihoods(question, table) for table in question.tables}
    lr_by_table = {
        table: {name: _difference(values[name], values[chosen]) for name in names} for table, values in by_table.items()
    }
    lowest = {name: _lowest({table: values[name] for table, values in lr_by_table.items()}) for name in names}
    return KinshipFinding(
        question=question.name,
        reference=chosen,
        log10_lr={name: lr_by_table[lowest[name]][name] for name in names},
        log10_lr_by_table=lr_by_table,
        deciding_table=lowest,
        log10_likelihood_by_locus={name: by_table[lowest[name]][name] for name in names},
        log10_reference_by_locus={name: by_table[lowest[name]][chosen] for name in names},
        software=software_version(),
        policy_digest=digest_of(question.policy),
        table_digests={table.name: digest_of(table) for table in question.tables},
        input_digests=dict(question.digests),
    )


def question_of_pair(case: Case, remains: str, family: str, missing: str) -> KinshipQuestion:
    """The question of one pair of a case: these remains are this missing person, or unrelated.

    Samples that are not for kinship are left out. InputRefused where the case has no such remains, family or
    missing person.

    >>> from antigone import kinship, question_of_pair, read_case
    >>> question = question_of_pair(read_case("examples/eight-remains"), "R1", "F1", "son")
    >>> question.name, list(question.hypotheses)
    ('R1 and F1 / son', ['R1 is F1 / son', 'R1 is unrelated'])
    >>> round(kinship(question).log10_lr["R1 is F1 / son"], 1)
    18.8
    """
    case = within_scope(case)
    found = {r.id: r for r in case.remains}.get(remains)
    of_family = {f.name: f for f in case.families}.get(family)
    problems = []
    if found is None:
        known = ", ".join(r.id for r in case.remains)
        problems.append(Problem("unknown-remains", Place(item=case.name), remains, f"one of {known}"))
    if of_family is None:
        known = ", ".join(f.name for f in case.families)
        problems.append(Problem("unknown-family", Place(item=case.name), family, f"one of {known}"))
    elif missing not in of_family.missing:
        known = ", ".join(of_family.missing)
        problems.append(Problem("unknown-missing", Place(item=family), missing, f"one of {known}"))
    if problems or found is None or of_family is None:
        raise InputRefused(problems)
    sex = of_family.pedigree.person(missing).sex
    sample = remains
    while sample in of_family.pedigree.ids:  # relatives and remains may have the same name
        sample = f"remains {sample}"
    apart = Pedigree(
        (*of_family.pedigree.persons, Person(sample, sex=sex)),
        of_family.pedigree.twins,
        of_family.pedigree.founder_inbreeding,
    )
    hypotheses = {f"{remains} is {family} / {missing}": of_family.pedigree, f"{remains} is unrelated": apart}
    placed = {f"{remains} is {family} / {missing}": {sample: missing}}
    profiles = {**of_family.profiles, sample: found.profile}
    name = f"{remains} and {family} / {missing}"
    return KinshipQuestion(name, hypotheses, profiles, case.tables, case.policy, case.digests, placed)


def _check(question: KinshipQuestion, names: list[str], reference: str) -> None:
    if not names:
        needed = "a pedigree, and another to compare it with"
        raise InputRefused([Problem("no-hypothesis", Place(item=question.name), "none", needed)])
    if reference not in names:
        needed = "one of " + ", ".join(names)
        raise InputRefused([Problem("unknown-hypothesis", Place(item=question.name), reference, needed)])


def _likelihoods(question: KinshipQuestion, table: FrequencyTable) -> dict[str, dict[str, float]]:
    """hypothesis -> locus -> log10 likelihood under one table."""
    without_sex = x_loci_without_sex(question.hypotheses.values(), question.profiles.values())
    encoding = encode_loci(table, question.profiles.values(), question.policy, without_sex)
    found = {}
    for name, pedigree in question.hypotheses.items():
        shape, index = encode_pedigree(pedigree)
        place = question.placed.get(name, {})
        typed = [p for p in question.profiles if place.get(p, p) in index]
        rows = np.array([encoding.profile_row(question.profiles[p]) for p in typed], np.int16)
        values = log10_likelihoods(
            shape,
            encoding.models,
            rows.transpose(1, 0, 2)[None],
            [encoding.dropout(question.profiles[p]) for p in typed],
            [question.profiles[p].dropin for p in typed],
            question.policy.theta,
            [index[place.get(p, p)] for p in typed],
        )[0]
        found[name] = dict(zip(encoding.loci, map(float, values), strict=True))
    return found


def _lowest(by_table: dict[str, float]) -> str:
    """The table with the lowest value; one without a value comes first."""
    return min(by_table, key=lambda table: -math.inf if math.isnan(by_table[table]) else by_table[table])


def _difference(values: dict[str, float], reference: dict[str, float]) -> float:
    """log10 LR over all loci; NaN where both hypotheses are impossible, so that no ratio exists."""
    own, against = math.fsum(values.values()), math.fsum(reference.values())
    if own == against == -math.inf:
        return math.nan
    return 0.0 if values == reference else own - against
