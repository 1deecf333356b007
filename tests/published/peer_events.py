"""Simulated and published events, with the answers of dvir, as our own cases."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path

from antigone.domain import (
    Call,
    Case,
    DropoutPolicy,
    Family,
    FrequencyPolicy,
    FrequencyTable,
    LocusFrequencies,
    Mode,
    MutationModel,
    Policy,
    Profile,
    Remains,
    Sex,
    canonical_locus,
)
from tests.published.peer_cases import SEX, Json, Marker, marker, natural_log, pedigree, read


@dataclass(frozen=True)
class Joint:
    """One of the peer's tables of assignments: row by row, who the victims are."""

    rows: tuple[Mapping[str, str], ...]  # remains -> missing, unassigned left out
    loglik: tuple[float, ...]
    lr: tuple[float, ...] = ()  # against nobody identified
    posterior: tuple[float, ...] = ()  # flat over these rows
    marginal: Mapping[tuple[str, str], float] = field(default_factory=dict)  # (remains, missing or "*")


@dataclass(frozen=True)
class Event:
    """A case with the peer's answers."""

    name: str
    case: Case
    output: Json

    @property
    def family_of(self) -> dict[str, str]:
        return {m: family.name for family in self.case.families for m in family.missing}

    def has(self, name: str) -> bool:
        """Whether the peer was asked, and answered."""
        given = self.output.get(name, {})
        return bool(given) and "error" not in given.get("LRmatrix", given)

    def table(self, name: str) -> dict[tuple[str, str], float]:
        """(row, column) -> value, without the empty cells (pairs of different sex)."""
        given = self.output[name].get("LRmatrix", self.output[name])
        return {
            (row, column): float(value)
            for row, values in zip(given["rows"], given["values"], strict=True)
            for column, value in zip(given["cols"], values, strict=True)
            if value is not None
        }

    def per_marker(self, name: str) -> dict[str, dict[str, float]]:
        """Family or remains -> locus -> natural log likelihood."""
        return {
            who: {canonical_locus(m): natural_log(v) for m, v in answer["per_marker"].items()}
            for who, answer in self.output[name].items()
        }

    def joint(self, name: str) -> Joint:
        given = self.output[name]
        rows = tuple(
            {r: m for r, m in zip(given["victims"], row, strict=True) if m != "*"} for row in given["assignments"]
        )
        logliks = tuple(map(natural_log, given["loglik"]))
        if "posterior" not in given:
            return Joint(rows, logliks)
        marginal = Event(self.name, self.case, given).table("Bmarginal")
        return Joint(rows, logliks, tuple(given["LR"]), tuple(given["posterior"]), marginal)


def without_mutation(case: Case) -> Case:
    return replace(case, policy=replace(case.policy, mutation=MutationModel(), mutation_by_locus={}))


def event_paths(folder: Path) -> list[Path]:
    return [p for p in sorted((folder / "dvir").glob("*.json")) if '"input"' in p.read_text(encoding="utf-8")]


@cache
def event(path: Path) -> Event:
    given = read(path)
    return Event(path.stem, _case(given), given["output"])


def _case(given: Json) -> Case:
    asked = given["input"]
    markers = [marker(m) for m in asked["markers"]]
    families = tuple(_family(name, family) for name, family in _named(asked["am"], "F"))
    remains = tuple(_remains(victim) for _, victim in _named(asked["pm"], "V"))
    source = f"{given['source']}, {given['dataset']}"
    table = FrequencyTable(given["dataset"], source, {canonical_locus(m.name): _frequencies(m) for m in markers})
    return Case(given["dataset"], families, remains, (table,), _policy(markers))


def _named(given: Json | list[Json], letter: str) -> list[tuple[str, Json]]:
    """Families and victims without names come as an array."""
    if isinstance(given, dict):
        return list(given.items())
    return [(f"{letter}{i}", item) for i, item in enumerate(given, start=1)]


def _frequencies(marker: Marker) -> LocusFrequencies:
    return LocusFrequencies(dict(zip(marker.alleles, map(float, marker.model.frequencies), strict=True)))


def _policy(markers: list[Marker]) -> Policy:
    return Policy(
        mode=Mode.CONCORDANCE,
        frequency=FrequencyPolicy(absent="refuse", minimum=0.0),
        theta=0.0,
        mutation_by_locus={canonical_locus(m.name): m.mutation for m in markers},
        dropout=DropoutPolicy(full=0.0, partial=0.0, poor=0.0),
    )


def _family(name: str, given: Json) -> Family:
    the_pedigree = pedigree(given["members"])
    profiles = {p: _profile(p, calls, the_pedigree.person(p).sex) for p, calls in given["genotypes"].items()}
    return Family(name, the_pedigree, tuple(given["missing"]), profiles)


def _remains(given: Json) -> Remains:
    return Remains(given["id"], _profile(given["id"], given["genotypes"], SEX[given["sex"]]))


def _profile(sample: str, genotypes: Json, sex: Sex) -> Profile:
    calls = {canonical_locus(m): Call((pair[0], pair[1]), pair[0] == pair[1]) for m, pair in genotypes.items()}
    return Profile(sample, calls, dropout=0.0, recorded_sex=sex)
