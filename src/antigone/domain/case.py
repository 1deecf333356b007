"""One case: remains on one side, families with missing persons on the other."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from antigone.domain.frequencies import FrequencyTable
from antigone.domain.pedigree import Pedigree
from antigone.domain.policy import Policy
from antigone.domain.profile import Profile


@dataclass(frozen=True, slots=True)
class Family:
    """A pedigree with at least one missing person; profiles of its typed members by person id."""

    name: str
    pedigree: Pedigree
    missing: tuple[str, ...]
    profiles: Mapping[str, Profile] = field(repr=False)
    labels: Mapping[str, str] = field(default_factory=dict)  # display names where they differ


@dataclass(frozen=True, slots=True)
class Remains:
    """One physical unit after examination, with its profile."""

    id: str
    profile: Profile


@dataclass(frozen=True, slots=True)
class Case:
    """Everything one question needs. `tables`: every LR is computed under each, the lowest decides.

    `staff`: profiles of people who handled samples, by identifier; for contamination checks only.
    """

    name: str
    families: tuple[Family, ...]
    remains: tuple[Remains, ...]
    tables: tuple[FrequencyTable, ...]
    policy: Policy
    digests: Mapping[str, str] = field(default_factory=dict)  # file name -> sha256 of its bytes
    staff: Mapping[str, Profile] = field(default_factory=dict, repr=False)


@dataclass(frozen=True, slots=True)
class KinshipQuestion:
    """One question of kinship: the same typed persons under two or more pedigrees.

    placed: by hypothesis, profile -> the person of the pedigree it is placed on, where the two differ.
    """

    name: str
    hypotheses: Mapping[str, Pedigree]
    profiles: Mapping[str, Profile] = field(repr=False)
    tables: tuple[FrequencyTable, ...]
    policy: Policy
    digests: Mapping[str, str] = field(default_factory=dict)  # file name -> sha256 of its bytes
    placed: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
