"""How well a screening did where the truth is known: codes and numbers, never prose. LRs are log10."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Really(StrEnum):
    """What the remains of a pair really are to its missing person.

    TRUE: they are this person. EXCHANGED: by name they are not, but a sample exchanged in a laboratory makes
    them look it. KIN: somebody of the same kin, a brother. UNRELATED: anybody else.
    """

    TRUE = "true"
    EXCHANGED = "exchanged"
    KIN = "kin"
    UNRELATED = "unrelated"


class WhyMissed(StrEnum):
    """Why a true pair is no candidate: the first that applies in this order. A fault need not be the cause.

    UNCOMPARED: the run never met the remains or the missing person. WITHIN: nothing is known; of the fully
    typed true persons of searchable families some fall below the floor, as the run says.
    """

    UNCOMPARED = "uncompared"
    NO_RELATIVES = "no-relatives"
    EXCHANGED_REMAINS = "exchanged-remains"
    EXCHANGED_RELATIVE = "exchanged-relative"
    GIVEN_AS_ANOTHER = "given-as-another"
    FALSE_PATERNITY = "false-paternity"
    TYPING_ERROR = "typing-error"
    MUTATION = "mutation"
    WEAK_RELATIVES = "weak-relatives"
    FEW_LOCI = "few-loci"
    WITHIN = "within"


class WhyWrong(StrEnum):
    """Why a pair that is not true was named: the first that applies in this order.

    EXCHANGED: a sample exchanged in a laboratory. JOINED: the remains were taken for a part of another person's.
    BROTHER: a brother of the person missed. SECOND_REGISTRATION: a brother of a person whom another family of
    theirs misses, too. CHANCE: no reason known.
    """

    EXCHANGED = "exchanged"
    JOINED = "joined"
    BROTHER = "brother"
    SECOND_REGISTRATION = "second-registration"
    CHANCE = "chance"


@dataclass(frozen=True, slots=True)
class FoundPairs:
    """True pairs of remains and missing persons under one heading.

    possible: those of families with usable relatives. found: candidates among these; leads: those of them that
    are the best candidate of their remains. named, wrong: by level of `Score.levels`, pairs with at least this
    posterior that are true, and that are not; the wrong ones stand under the heading of the family named.
    """

    heading: str
    pairs: int
    possible: int
    found: int
    leads: int
    named: tuple[int, ...]
    wrong: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class MissedPairs:
    """True pairs that are no candidates, for one reason, by kind of relatives."""

    reason: WhyMissed
    relatives: str
    pairs: int


@dataclass(frozen=True, slots=True)
class BelowFloor:
    """True pairs of fully typed remains of one kind of relatives, no fault known: how many fell below the floor.

    expected_low, expected_high: by the bounds the run states for each family.
    """

    relatives: str
    pairs: int
    expected_low: float
    expected_high: float
    counted: int


@dataclass(frozen=True, slots=True)
class WrongName:
    """A pair that is not true and has at least the lowest level. found_own: it is a candidate by itself, not only by
    remains joined with it. really: missing persons the remains are, FAMILY/PERSON; none where nobody misses them.
    """

    remains: str
    family: str
    missing: str
    relatives: str
    log10_lr: float
    posterior: float
    reason: WhyWrong
    found_own: bool
    really: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class JoinedRemains:
    """Remains joined as one person: sets of them, and remains in these. apart: further remains that were not joined.

    wrongly: remains of another person than those that stand for the set; exchanged: of these, those joined only
    because a sample was exchanged.
    """

    persons: int
    remains: int
    wrongly: int
    exchanged: int
    apart: int


@dataclass(frozen=True, slots=True)
class ReliabilityBin:
    """Pairs with a posterior from `low` to below `high`: mean posterior, and how many of them are true.

    share_low, share_high: 95 % interval of the share that is true (Wilson 1927). exchanged: pairs that are not true
    and look it by an exchanged sample, of which no posterior knows.
    """

    low: float
    high: float
    pairs: int
    mean: float
    true: int
    exchanged: int
    share_low: float
    share_high: float


@dataclass(frozen=True, slots=True)
class ChanceHits:
    """Pairs of unrelated people at or above an LR, expected and counted, in one stratum of the search.

    low, high: 95 % interval of the number to be expected, by what was counted (Poisson). counted is None where
    the LR lies below the floor of the run. relatives is empty for all strata together, loci_band where the run
    does not say in which band a missing person is.
    """

    relatives: str
    loci_band: str
    log10_lr: float
    pairs: int
    expected: float
    standard_error: float
    counted: int | None
    low: float | None
    high: float | None

    @property
    def outside(self) -> bool:
        """Whether the expected number, give or take two standard errors, lies outside the interval.

        >>> ChanceHits("parent", "20-23", 4.0, 10**8, 240.0, 0.7, 180, 154.7, 208.3).outside
        True
        """
        if self.low is None or self.high is None:
            return False
        give = 2.0 * self.standard_error
        return not self.low - give <= self.expected <= self.high + give


@dataclass(frozen=True, slots=True)
class RelatedHits:
    """Candidates at or above an LR whose remains are kin of the missing person, or look it by an exchange."""

    relation: Really
    log10_lr: float
    counted: int | None


@dataclass(frozen=True, slots=True)
class TailCount:
    """All pairs compared that reach an LR, as the run counted them. related: true pairs, kin and exchanged samples
    among its candidates, to be taken off. predicted: pairs of unrelated people; low, high: its 95 % interval.
    """

    log10_lr: float
    pairs: int
    counted: int
    related: int
    predicted: float
    low: float
    high: float

    @property
    def unrelated(self) -> int:
        """Pairs of unrelated people that reach it, and the true ones below the floor."""
        return self.counted - self.related


@dataclass(frozen=True, slots=True)
class PosteriorEstimate:
    """How the posteriors were made: belief propagation over all candidates at once, for scoring alone.

    log10_odds: prior odds of a pair at the number of persons identified that it finds. settled: whether the
    messages came to rest. pairs, sum_posterior, true: candidates weighed, and what they sum to.
    """

    persons: int
    missing_total: int
    outside: float
    log10_odds: float
    identified: float
    settled: bool
    pairs: int
    sum_posterior: float
    true: int


@dataclass(frozen=True, slots=True)
class Score:
    """Everything `score` says about one screening. `by_relatives`: kinds of the run; `by_group`: of the truth."""

    run: str
    war: str
    remains: int
    missing: int
    families: int
    candidates: int
    floor_log10_lr: float
    levels: tuple[float, ...]
    everything: FoundPairs
    by_relatives: tuple[FoundPairs, ...]
    by_group: tuple[FoundPairs, ...]
    missed: tuple[MissedPairs, ...]
    below_floor: tuple[BelowFloor, ...]
    wrong_names: tuple[WrongName, ...]
    joined: JoinedRemains
    estimate: PosteriorEstimate
    reliability: tuple[ReliabilityBin, ...]
    registered_twice: ReliabilityBin
    chance: tuple[ChanceHits, ...]
    chance_total: tuple[ChanceHits, ...]
    related: tuple[RelatedHits, ...]
    tail: tuple[TailCount, ...]
    software: str
    digests: Mapping[str, str]
