"""The one place where names become array indices: alleles, loci, persons of a case under one table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from antigone.core import (
    FEMALE,
    MALE,
    UNKNOWN,
    FrequenciesRefused,
    LocusModel,
    LocusSet,
    Shape,
    apply_policy,
    locus_set,
    mutation,
)
from antigone.domain import (
    KITS,
    Call,
    Chromosome,
    FrequencyTable,
    InputRefused,
    MutationKind,
    MutationModel,
    Pedigree,
    Place,
    Policy,
    Problem,
    Profile,
    Sex,
    chromosome_of,
)

WIDTH = 4
"""Alleles kept of one call."""
SEX_CODES = {Sex.MALE: MALE, Sex.FEMALE: FEMALE, Sex.UNKNOWN: UNKNOWN}
NOT_TESTED_ROW = np.full(WIDTH, -2, np.int16)


@dataclass(frozen=True, slots=True, eq=False)
class Encoding:
    """The loci of a case under one table: models, and allele name -> code by locus."""

    table: str
    loci: tuple[str, ...]
    models: LocusSet
    codes: tuple[Mapping[str, int], ...]
    policy: Policy

    def profile_row(self, profile: Profile) -> NDArray[np.int16]:
        """(loci, WIDTH) codes of one sample."""
        rows = np.tile(NOT_TESTED_ROW, (len(self.loci), 1))
        partial = self.dropout(profile) > 0.0
        for i, locus in enumerate(self.loci):
            call = profile.calls.get(locus)
            if call is not None:
                rows[i] = _call_codes(call, self.codes[i], partial)
        return rows

    def dropout(self, profile: Profile) -> float:
        """Per-allele dropout: the sample's own, else by its class."""
        if profile.dropout is not None:
            return profile.dropout
        return float(getattr(self.policy.dropout, sample_class(profile, self.loci, self.policy)))


def encode_loci(
    table: FrequencyTable, profiles: Iterable[Profile], policy: Policy, skip: Iterable[str] = ()
) -> Encoding:
    """`encode_seen` of the alleles of these profiles, without the loci left out."""
    left_out = {*policy.loci_left_out, *skip}
    seen: dict[str, set[str]] = {}
    for profile in profiles:
        for locus, call in profile.calls.items():
            if chromosome_of(locus) in (Chromosome.AUTOSOMAL, Chromosome.X) and locus not in left_out:
                seen.setdefault(locus, set()).update(call.alleles)
    return encode_seen(table, seen, policy)


def encode_seen(table: FrequencyTable, seen: Mapping[str, set[str]], policy: Policy) -> Encoding:
    """Models and codes of all loci that are typed (`seen`: their alleles) and in the table; InputRefused lists
    what the policy forbids.
    """
    loci = tuple(locus for locus in table.loci if locus in seen)
    models, codes, problems = [], [], []
    for locus in loci:
        try:
            model, code = _encode_locus(table, locus, seen[locus], policy)
        except FrequenciesRefused as refused:
            place = Place(file=table.name, item=locus)
            problems.append(Problem(f"frequencies-{refused.code}", place, f"{refused.found:g}", "a table that adds up"))
            continue
        except ValueError as error:
            problems.append(Problem("mutation-impossible", Place(item=locus), str(error), "a lower rate"))
            continue
        models.append(model)
        codes.append(code)
    if problems:
        raise InputRefused(problems)
    if not models:
        raise InputRefused([Problem("no-common-locus", Place(file=table.name), "none", "loci of the table")])
    return Encoding(table.name, loci, locus_set(models), tuple(codes), policy)


def encode_pedigree(pedigree: Pedigree) -> tuple[Shape, dict[str, int]]:
    """The pedigree as arrays, and the index of each person."""
    index = {person.id: i for i, person in enumerate(pedigree.persons)}
    twin = {member: number for number, twins in enumerate(pedigree.twins) for member in twins}
    persons = pedigree.persons
    shape = Shape(
        tuple(index[p.father] if p.father is not None else -1 for p in persons),
        tuple(index[p.mother] if p.mother is not None else -1 for p in persons),
        tuple(SEX_CODES[p.sex] for p in persons),
        tuple(twin.get(p.id, -1) for p in persons),
        tuple(float(pedigree.founder_inbreeding.get(p.id, 0.0)) for p in persons),
    )
    return shape, index


def sample_class(profile: Profile, loci: Iterable[str], policy: Policy) -> str:
    """full, partial or poor, by the share of expected loci with a call.

    Without a kit, the smallest kit that holds all tested loci is expected, else all loci of the case.
    """
    expected = set(KITS.get(profile.kit or "", ())) or _expected_without_kit(profile, loci)
    called = sum(1 for locus in expected if locus in profile.calls and profile.calls[locus].alleles)
    share = called / len(expected) if expected else 1.0
    if share >= policy.dropout.full_from:
        return "full"
    return "partial" if share >= policy.dropout.partial_from else "poor"


def _expected_without_kit(profile: Profile, loci: Iterable[str]) -> set[str]:
    tested = {locus for locus in profile.calls if chromosome_of(locus) is Chromosome.AUTOSOMAL}
    holding = sorted((kit for kit in KITS.values() if tested <= set(kit)), key=len)
    if holding:
        return set(holding[0])
    return {locus for locus in loci if chromosome_of(locus) is Chromosome.AUTOSOMAL}


def _call_codes(call: Call, codes: Mapping[str, int], partial: bool) -> NDArray[np.int16]:
    row = np.full(WIDTH, -1, np.int16)
    distinct = sorted({codes[a] for a in call.alleles})
    row[: len(distinct)] = distinct
    twice = len(call.alleles) == 2 and len(distinct) == 1
    if len(distinct) == 1 and (call.homozygous or (twice and not partial)):
        row[1] = distinct[0]
    return row


def _encode_locus(
    table: FrequencyTable, locus: str, seen: set[str], policy: Policy
) -> tuple[LocusModel, dict[str, int]]:
    listed = table.loci[locus]
    absent = sorted(seen - set(listed.alleles))
    applied = apply_policy(
        list(listed.alleles.values()), len(absent), policy.frequency, listed.database_size,
        listed.minimum, listed.silent,
    )  # fmt: skip
    names = [*listed.alleles, *absent]
    model = policy.mutation_by_locus.get(locus, policy.mutation)
    female, male = (_mutation_matrix(model, names, applied.frequencies, which) for which in ("female", "male"))
    x_linked = chromosome_of(locus) is Chromosome.X
    locus_model = LocusModel(applied.frequencies, female, male, applied.silent, x_linked)
    return locus_model, {name: i for i, name in enumerate(names)}


def _mutation_matrix(
    model: MutationModel, names: list[str], frequencies: NDArray[np.float64], which: str
) -> NDArray[np.float64] | None:
    """The matrix over the named alleles; a rest and a silent allele neither arise nor mutate."""
    rate = getattr(model, f"rate_{which}")
    step_range, fractional = getattr(model, f"range_{which}"), getattr(model, f"fractional_rate_{which}")
    n = len(names)
    p = frequencies[:n] / frequencies[:n].sum()
    match model.kind:
        case MutationKind.NONE:
            return None
        case MutationKind.EQUAL:
            inner = mutation.equal(n, rate)
        case MutationKind.PROPORTIONAL:
            inner = mutation.proportional(p, rate)
        case MutationKind.STEPWISE:
            inner = mutation.stepwise(_repeats(names), rate, step_range, fractional)
        case MutationKind.ONESTEP:
            inner = mutation.onestep(_repeats(names), rate)
        case MutationKind.DAWID:
            inner = mutation.dawid(_repeats(names), p, rate, step_range)
        case MutationKind.CUSTOM:
            inner = _custom(model, names, which)
    matrix = np.eye(len(frequencies))
    matrix[:n, :n] = inner
    return matrix


def _repeats(names: list[str]) -> NDArray[np.float64]:
    """Repeat numbers of alleles; ValueError where a name is not a number."""
    return np.array([float(name) for name in names])


def _custom(model: MutationModel, names: list[str], which: str) -> NDArray[np.float64]:
    matrix = np.array(getattr(model, f"matrix_{which}"), np.float64)
    place = {name: i for i, name in enumerate(model.alleles)}
    unknown = [name for name in names if name not in place]
    if unknown:
        raise ValueError(f"the mutation matrix lacks the alleles {', '.join(unknown)}")
    order = [place[name] for name in names]
    if len(order) != len(place):
        raise ValueError("the mutation matrix has alleles that the table lacks")
    return matrix[np.ix_(order, order)]
