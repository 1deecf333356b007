"""What a Familias file holds, as the file has it: indices resolved nowhere, nothing left out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from antigone.domain import Sex

Relation = tuple[int, int, int]
"""(index of the parent, index of the child, line)."""


@dataclass(frozen=True, slots=True)
class FamPerson:
    """A person of the first part; genotypes are (allele index, allele index, locus index, line)."""

    name: str
    sex: Sex
    consider_dropout: bool
    genotypes: tuple[tuple[int, int, int, int], ...]
    line: int


@dataclass(frozen=True, slots=True)
class FamPedigree:
    """One alternative pedigree: unnamed females and males added to all persons, then relations."""

    name: str
    females: int
    males: int
    relations: tuple[Relation, ...]
    identical: tuple[Relation, ...]  # pairs declared to be the same genotype ("Direct")
    line: int


@dataclass(frozen=True, slots=True)
class FamLocus:
    """One locus of the frequency database; models are Familias' numbers 0 to 4."""

    name: str
    rate_female: float
    rate_male: float
    model_female: int
    model_male: int
    range_female: float
    range_male: float
    rate2_female: float
    rate2_male: float
    silent: float
    database_size: int | None
    dropout: float
    minimum: float
    alleles: tuple[tuple[str, float], ...]
    line: int


@dataclass(frozen=True, slots=True)
class DviPerson:
    """A person of the DVI section; calls are (locus, allele, allele, line)."""

    name: str
    sex: Sex
    calls: tuple[tuple[str, str, str, int], ...]
    line: int


@dataclass(frozen=True, slots=True)
class DviPedigree:
    """A pedigree of a reference family; relations are (parent, child, line) by name."""

    name: str
    relations: tuple[tuple[str, str, int], ...]
    line: int


@dataclass(frozen=True, slots=True)
class DviFamily:
    """A reference family with its alternative pedigrees."""

    name: str
    persons: tuple[DviPerson, ...]
    pedigrees: tuple[DviPedigree, ...]
    line: int


@dataclass(frozen=True, slots=True)
class FamDvi:
    """The [DVI] section."""

    unidentified: tuple[DviPerson, ...] = ()
    families: tuple[DviFamily, ...] = ()


@dataclass(frozen=True, slots=True)
class FamFile:
    """A whole file. `settings`: every key of [Prior] and [Advanced], by section.

    Drop-in, dropout and error of [[Direct/Identity]] concern comparisons of two samples of one
    person only, not kinship; they stay here.
    """

    version: str
    persons: tuple[FamPerson, ...]
    females: int
    males: int
    relations: tuple[Relation, ...]
    pedigrees: tuple[FamPedigree, ...]
    theta: float
    database: str
    loci: tuple[FamLocus, ...]
    dvi: FamDvi | None = None
    settings: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
