"""Other programs' cases as our own values. Natural logarithms throughout, as the peers print them."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from antigone.core.loci import LocusModel
from antigone.core.pedigrees import FEMALE, MALE, UNKNOWN, Shape
from antigone.domain import MutationKind, MutationModel, Pedigree, Person, Sex

DATA = Path(__file__).with_name("data")
SEX = {0: Sex.UNKNOWN, 1: Sex.MALE, 2: Sex.FEMALE}
SEX_CODE = {Sex.UNKNOWN: UNKNOWN, Sex.MALE: MALE, Sex.FEMALE: FEMALE}
NOT_TESTED = (-2, -2)

Json = dict[str, Any]
Genotype = tuple[str | None, str | None]


@dataclass(frozen=True)
class Marker:
    """One marker as the peer had it; `mutation` is its own matrices, ours are made by name elsewhere."""

    name: str
    alleles: tuple[str, ...]
    model: LocusModel
    mutation: MutationModel


@dataclass(frozen=True)
class Question:
    """Typed persons of one pedigree at one marker."""

    marker: Marker
    pedigree: Pedigree
    genotypes: Mapping[str, Genotype]
    theta: float = 0.0

    def shape(self) -> Shape:
        return shape(self.pedigree)

    def observations(self) -> NDArray[np.int_]:
        """(persons, 2) allele indices; one known allele is (a, -1), nobody tested (-2, -2)."""
        index = {a: i for i, a in enumerate(self.marker.alleles)}
        return np.array([self._row(self.genotypes.get(person), index) for person in self.pedigree.ids])

    @staticmethod
    def _row(genotype: Genotype | None, index: Mapping[str, int]) -> tuple[int, int]:
        if genotype is None:
            return NOT_TESTED
        first, second = (-1 if a is None else index[a] for a in genotype)
        return (first, second) if first >= 0 else (second, first)


def read(path: Path) -> Json:
    loaded: Json = json.loads(path.read_text(encoding="utf-8"))
    return loaded


def natural_log(value: float | str) -> float:
    return -math.inf if value == "-Inf" else float(value)


def pedigree(members: list[Json], inbreeding: Mapping[str, float] | None = None) -> Pedigree:
    persons = tuple(Person(str(m["id"]), m["father"], m["mother"], SEX[m["sex"]]) for m in members)
    return Pedigree(persons, founder_inbreeding=dict(inbreeding or {}))


def shape(pedigree: Pedigree) -> Shape:
    index: dict[str | None, int] = {person: i for i, person in enumerate(pedigree.ids)}
    return Shape(
        tuple(index.get(p.father, -1) for p in pedigree.persons),
        tuple(index.get(p.mother, -1) for p in pedigree.persons),
        tuple(SEX_CODE[p.sex] for p in pedigree.persons),
        inbreeding=tuple(pedigree.founder_inbreeding.get(p.id, 0.0) for p in pedigree.persons),
    )


def marker(given: Json) -> Marker:
    frequencies = np.array(given["freqs"])
    male, female = _sides(given["mutation"])
    model = LocusModel(
        frequencies,
        female=None if female is None else np.array(female["matrix"]),
        male=None if male is None else np.array(male["matrix"]),
        x_linked=given["chrom"] == 23 or given["chrom"] == "X",
    )
    return Marker(given["name"], tuple(map(str, given["alleles"])), model, mutation_model(given["mutation"]))


def _sides(mutation: Json | None) -> tuple[Json | None, Json | None]:
    if mutation is None:
        return None, None
    male = mutation["male"]
    return male, male if mutation["female"] == "same as male" else mutation["female"]


def mutation_model(mutation: Json | None) -> MutationModel:
    """By name and rate; the matrices themselves where the peer's model has no name."""
    male, female = _sides(mutation)
    if male is None or female is None:
        return MutationModel()
    if male["model"] == "custom":
        return MutationModel(
            MutationKind.CUSTOM,
            alleles=tuple(map(str, male["alleles"])),
            matrix_female=tuple(map(tuple, female["matrix"])),
            matrix_male=tuple(map(tuple, male["matrix"])),
        )
    return MutationModel(
        MutationKind(male["model"]),
        rate_female=female["rate"],
        rate_male=male["rate"],
        range_female=female["range"] or 0.1,
        range_male=male["range"] or 0.1,
        fractional_rate_female=female["rate2"] or 0.0,
        fractional_rate_male=male["rate2"] or 0.0,
    )


# pedigree_likelihoods.json


@cache
def pedigree_likelihoods() -> dict[str, tuple[Question, float, str]]:
    """id -> (question, natural log likelihood, kind)."""
    return {
        case["id"]: (_single(case), natural_log(case["loglik"]), case["kind"])
        for case in read(DATA / "pedigree_likelihoods.json")["cases"]
    }


def _single(case: Json) -> Question:
    inbreeding = case["pedigree"].get("founder_inbreeding") or {}
    the_pedigree = pedigree(case["pedigree"]["members"], inbreeding.get(case["chrom"].replace("X", "x")))
    given = case["marker"] if case["chrom"] == "autosomal" else {**case["marker"], "chrom": "X"}
    return Question(marker(given), the_pedigree, _genotypes(case["genotypes"]), case["theta"])


def _genotypes(given: Json) -> dict[str, Genotype]:
    return {person: (pair[0], pair[1]) for person, pair in given.items()}


# kinship_lr.json


@dataclass(frozen=True)
class Kinship:
    """Hypotheses (each one or several pedigrees), genotypes by person and marker, and the answers."""

    id: str
    kind: str
    markers: tuple[Marker, ...]
    hypotheses: Mapping[str, tuple[Pedigree, ...]]
    genotypes: Mapping[str, Mapping[str, Genotype]]
    theta: float
    likelihood: Mapping[str, Mapping[str, float]]  # hypothesis -> marker -> linear
    lr_total: Mapping[str, float]  # hypothesis -> LR against `reference`
    reference: str

    def questions(self, hypothesis: str, marker: Marker) -> Iterator[Question]:
        """One per pedigree of the hypothesis."""
        typed = {p: calls[marker.name] for p, calls in self.genotypes.items() if marker.name in calls}
        for component in self.hypotheses[hypothesis]:
            yield Question(marker, component, typed, self.theta)


@cache
def kinship_cases() -> dict[str, Kinship]:
    given = read(DATA / "kinship_lr.json")
    sets = {name: tuple(map(marker, markers)) for name, markers in given["marker_sets"].items()}
    return {case["id"]: _kinship(case, sets[case["marker_set"]]) for case in given["cases"]}


def _kinship(case: Json, markers: tuple[Marker, ...]) -> Kinship:
    """The peer calls the hypotheses H1, H2 in its tables; they stand in the order of the names."""
    table = case["likelihood_per_marker"]
    names = list(case["hypothesis_names"])
    by_peer_name = dict(zip(table["cols"], names, strict=True))
    reference = next(iter(case["LRtotal"])).split(":")[1]
    used = {m.name: m for m in markers}
    return Kinship(
        case["id"],
        case["kind"],
        tuple(used[name] for name in table["rows"]),
        {n: tuple(pedigree(c["members"]) for c in case["hypotheses"][n]) for n in names},
        {person: _genotypes(calls) for person, calls in case["genotypes"].items()},
        case.get("theta") or 0.0,
        {
            name: {row: values[i] for row, values in zip(table["rows"], table["values"], strict=True)}
            for i, name in enumerate(names)
        },
        {by_peer_name[key.split(":")[0]]: lr for key, lr in case["LRtotal"].items()},
        by_peer_name[reference],
    )
