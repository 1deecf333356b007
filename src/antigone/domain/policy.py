"""Every choice that can change an answer, in one frozen value that is passed in explicitly."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from antigone.domain.mutation import MutationKind, MutationModel

EVERYDAY_MUTATION = MutationModel(MutationKind.EQUAL, 0.0005, 0.002)
"""Where a case says nothing: rates of the size seen at autosomal STR loci, fathers above mothers."""


class Mode(StrEnum):
    """CASEWORK: our rules. CONCORDANCE: the rules of the nearest peers, to compare with them."""

    CASEWORK = "casework"
    CONCORDANCE = "concordance"


@dataclass(frozen=True, slots=True)
class FrequencyPolicy:
    """What is done where a table does not answer.

    absent: an allele that occurs in the case and not in the table gets `minimum` ("minimum"),
      takes its share of the unlisted mass ("rest"), or stops the case ("refuse").
    minimum: no allele is rarer than this; None: 5 / (2 x database size), or 0.001 where no size is
      known (NRC II 1996, minimum of five observations).
    sum_tolerance: a table whose sum is off by at most this much is rescaled to 1; a larger gap
      below 1 becomes the "rest"; a larger excess above 1 is refused.
    """

    absent: str = "minimum"
    minimum: float | None = None
    sum_tolerance: float = 0.02


@dataclass(frozen=True, slots=True)
class DropoutPolicy:
    """Per-allele dropout by class of sample, the class by the share of expected loci with a call."""

    full: float = 0.0
    partial: float = 0.1
    poor: float = 0.3
    full_from: float = 0.9
    partial_from: float = 0.5


@dataclass(frozen=True, slots=True)
class SexPolicy:
    """Amelogenin is an observation with error, never a silent filter.

    x_only_given_male: Y allele lost. x_only_given_male_partial: the same in a partial or poor
    sample. xy_given_female. recorded_wrong: a sex written down without amelogenin is wrong.
    male_share: share of males among those the remains could be.
    """

    x_only_given_male: float = 0.01
    x_only_given_male_partial: float = 0.2
    xy_given_female: float = 1e-4
    recorded_wrong: float = 0.05
    male_share: float = 0.95


@dataclass(frozen=True, slots=True)
class Prior:
    """Remains i are missing person j with (1 - outside) / missing_total.

    missing_total (M): ALL missing who could lie here, those without a family sample included.
    outside (q): probability that remains are of nobody counted in M; 0 needs a written reason.
    unlisted_kin (e): prior that two given unassigned remains are brothers whom nobody listed.
    """

    missing_total: int
    outside: float
    reason: str = ""
    unlisted_kin: float = 1e-3

    def log10_lr_reaching(self, odds: float) -> float:
        """The log10 LR at which prior odds x LR is `odds`; -inf where the prior is certain by itself.

        >>> round(10 ** Prior(110_000, 0.1).log10_lr_reaching(1e-3), 1)
        122.2
        """
        p = (1.0 - self.outside) / self.missing_total
        return -math.inf if p >= 1.0 else math.log10(odds * (1.0 - p) / p)


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Where a number becomes a word. LRs are log10, posteriors probabilities."""

    match_posterior: float = 0.9995
    probable_posterior: float = 0.99
    match_log10_lr: float = 4.0
    lead_log10_lr: float = 4.0
    exclusion_log10_lr: float = -4.0
    max_incompatible: int = 2
    min_typed_relatives: int = 2


@dataclass(frozen=True, slots=True)
class Policy:
    """One frozen value for all choices; its digest stands in every finding."""

    mode: Mode = Mode.CASEWORK
    frequency: FrequencyPolicy = field(default_factory=FrequencyPolicy)
    theta: float = 0.01
    mutation: MutationModel = EVERYDAY_MUTATION
    mutation_by_locus: Mapping[str, MutationModel] = field(default_factory=dict)
    dropout: DropoutPolicy = field(default_factory=DropoutPolicy)
    sex: SexPolicy = field(default_factory=SexPolicy)
    prior: Prior | None = None
    thresholds: Thresholds = field(default_factory=Thresholds)
    loci_left_out: tuple[str, ...] = ()
