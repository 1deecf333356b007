"""What the computation says: codes and numbers, never prose."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Status(StrEnum):
    """Conclusions, in the words of INTERPOL's guide; `render` has the peers' words."""

    MATCH = "match"
    PROBABLE = "probable"
    POSSIBLE = "possible"
    EXCLUDED = "excluded"
    SYMMETRIC = "symmetric"
    NO_MATCH = "no-match"
    NOT_IDENTIFIABLE = "not-identifiable"


@dataclass(frozen=True, slots=True)
class PairFinding:
    """One remains against one missing person: H1 the remains are this person, H2 unrelated."""

    remains: str
    family: str
    missing: str
    log10_lr: float  # the lowest over the tables, sex included
    log10_lr_by_table: Mapping[str, float]
    log10_lr_by_locus: Mapping[str, float]  # under the deciding table
    log10_lr_sex: float
    deciding_table: str
    incompatible_loci: tuple[str, ...]
    compared_loci: int
    typed_relatives: int
    excluded: bool
    sex_disagrees: bool = False  # the sex seen and that of the missing person are both known, and differ


@dataclass(frozen=True, slots=True)
class PairPosterior:
    """P(these remains are this missing person), under the case's prior and under harsher ones."""

    remains: str
    family: str
    missing: str
    probability: float


@dataclass(frozen=True, slots=True)
class Answer:
    """One joint answer: remains -> (family, missing person), or nobody listed."""

    assignment: Mapping[str, tuple[str, str] | None]
    log10_weight: float
    probability: float


@dataclass(frozen=True, slots=True)
class Sensitivity:
    """The same posterior under another prior."""

    name: str
    missing_total: int
    outside: float
    pairs: tuple[PairPosterior, ...]


@dataclass(frozen=True, slots=True)
class JointFinding:
    """All assignments of the case together. `error_bound`: most that pruning can change a figure.

    error_bounds: the same for the figures of each remains.
    """

    table: str
    pairs: tuple[PairPosterior, ...]
    nobody_listed: Mapping[str, float]  # by remains
    not_among_these: Mapping[tuple[str, str], float]  # by (family, missing person)
    answers: tuple[Answer, ...]
    sensitivity: tuple[Sensitivity, ...]
    error_bound: float
    error_bounds: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Conclusion:
    """What is said about one missing person; the numbers it rests on stand beside it."""

    family: str
    missing: str
    status: Status
    remains: str | None
    rule: str  # code of the rule that decided
    log10_lr: float | None
    posterior: float | None
    reasons: tuple[str, ...] = ()  # codes of what stands against a stronger word


@dataclass(frozen=True, slots=True)
class Provenance:
    """How it was made."""

    software: str
    policy_digest: str
    table_digests: Mapping[str, str]
    input_digests: Mapping[str, str]
    profile_digests: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class CaseFinding:
    """Everything `solve` says about a case."""

    case: str
    warnings: tuple[tuple[str, Mapping[str, str]], ...]  # (code, facts)
    not_identifiable: tuple[tuple[str, str], ...]
    pairs: tuple[PairFinding, ...]
    joint: JointFinding
    remains_conclusions: Mapping[str, Status]
    conclusions: tuple[Conclusion, ...]
    provenance: Provenance
    missing_total: int | None = None
    outside: float | None = None
    prior_reason: str = ""
    other_joints: tuple[JointFinding, ...] = ()  # under the other tables; the lowest figure decides
    not_stationary: tuple[str, ...] = ()  # loci whose mutation model changes the frequencies
    not_lumpable: tuple[str, ...] = ()  # loci at which the alleles nobody carries may not stand as one


@dataclass(frozen=True, slots=True)
class KinshipFinding:
    """Every hypothesis of a question against its reference; logs are base 10, the lowest table decides."""

    question: str
    reference: str
    log10_lr: Mapping[str, float]
    log10_lr_by_table: Mapping[str, Mapping[str, float]]
    deciding_table: Mapping[str, str]
    log10_likelihood_by_locus: Mapping[str, Mapping[str, float]]
    log10_reference_by_locus: Mapping[str, Mapping[str, float]]
    software: str
    policy_digest: str
    table_digests: Mapping[str, str]
    input_digests: Mapping[str, str]
