"""What a screening found, small enough for a page: counts, figures and the strongest rows; codes, never prose.

The bulk stays in the tables of the run folder; these values are drawn from them. LRs are log10 throughout.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from antigone.domain.coverage import Why
from antigone.domain.mutation import MutationModel
from antigone.domain.policy import Prior

FLOOR = 1e-3
"""Prior odds x LR from which a pair is a candidate, unless another floor is asked for."""


class Kin(StrEnum):
    """What somebody is to a missing person; uncle and nephew stand for aunt and niece as well.

    PARTNER: the other parent of a child. OTHER: anybody else of the pedigree, related or not.
    """

    TWIN = "twin"
    PARENT = "parent"
    CHILD = "child"
    SIBLING = "sibling"
    HALF_SIBLING = "half-sibling"
    GRANDPARENT = "grandparent"
    GRANDCHILD = "grandchild"
    UNCLE = "uncle"
    NEPHEW = "nephew"
    COUSIN = "cousin"
    PARTNER = "partner"
    OTHER = "other"


NO_RELATIVES = "none"
"""Kind of relatives where nobody is typed."""


class Comparison(StrEnum):
    """What is compared with what, as the coverage record names it.

    KINSHIP: remains with missing persons, through their relatives. DIRECT: remains with direct
    references. BROTHERS: remains with remains, as full brothers. ALIKE: every sample with every other.
    """

    KINSHIP = "kinship"
    DIRECT = "direct"
    BROTHERS = "brothers"
    ALIKE = "alike"


class Skip(StrEnum):
    """Why something was not compared."""

    SCOPE_DIRECT = "scope-direct"
    SCOPE_NONE = "scope-none"
    NO_LOCI = "no-loci"
    NO_RELATIVES = "no-relatives"
    TOO_FEW_LOCI = "too-few-loci"
    TOO_COMPLEX = "too-complex"


class Role(StrEnum):
    """Whose sample it is. MISSING: a direct reference, the missing person's own earlier sample."""

    REMAINS = "remains"
    RELATIVE = "relative"
    MISSING = "missing"
    STAFF = "staff"


class Stage(StrEnum):
    """The parts of a screening that are timed."""

    READ = "read"
    PREPARE = "prepare"
    TABLES = "tables"
    COMPARE = "compare"
    RECOMPUTE = "recompute"
    CHANCE = "chance"
    ALIKE = "alike"
    WRITE = "write"


@dataclass(frozen=True, slots=True)
class ScreeningCounts:
    """What was taken in. `samples`: all typed samples; `staff`: those of people who handle samples."""

    remains: int
    families: int
    missing: int
    samples: int
    staff: int = 0


@dataclass(frozen=True, slots=True)
class LociMutation:
    """A mutation model and the loci it holds for; no loci: all of them."""

    model: MutationModel
    loci: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TableUsed:
    """A frequency table, with its note (`example, not for casework`) and digest."""

    name: str
    note: str
    digest: str


@dataclass(frozen=True, slots=True)
class ScreeningRules:
    """The choices that decide what becomes a candidate.

    missing_total (M), outside (q): the prior, as in `Prior`. floor: least prior odds x LR of a candidate.
    bound: log10 LR below which a pair may be counted at this value instead of its own.
    """

    missing_total: int
    outside: float
    reason: str
    theta: float
    mutation: tuple[LociMutation, ...]
    tables: tuple[TableUsed, ...]
    floor: float
    bound: float
    policy_digest: str = ""

    @property
    def floor_log10_lr(self) -> float:
        """The log10 LR at which a pair becomes a candidate.

        >>> rules = ScreeningRules(6000, 0.05, "", 0.01, (), (), floor=1e-3, bound=-6.0)
        >>> round(10 ** rules.floor_log10_lr, 3)
        6.315
        """
        return Prior(self.missing_total, self.outside).log10_lr_reaching(self.floor)


@dataclass(frozen=True, slots=True)
class SkipCount:
    """Not compared, for one reason: so many samples (or missing persons), so many pairs."""

    reason: Skip
    samples: int
    pairs: int


@dataclass(frozen=True, slots=True)
class ComparisonCount:
    """One comparison: pairs compared (those kept from earlier runs too), pairs worth a row, what was left out."""

    comparison: Comparison
    pairs: int
    found: int
    skipped: tuple[SkipCount, ...] = ()


@dataclass(frozen=True, slots=True)
class StageSeconds:
    """Seconds one part took."""

    stage: Stage
    seconds: float


@dataclass(frozen=True, slots=True)
class Strength:
    """Candidates with a log10 LR of at least `log10_lr`: pairs, and the remains and missing persons in them.

    expected: pairs of unrelated people expected to be as strong in this search; error: its uncertainty, in
    pairs. None where it was not computed.
    """

    log10_lr: float
    candidates: int
    remains: int
    missing: int
    expected: float | None = None
    error: float | None = None


@dataclass(frozen=True, slots=True)
class KindCount:
    """Missing persons whose typed relatives are of one kind (`kind_of_relatives`), and their candidates.

    below_floor_low, below_floor_high: bounds of the probability that the true person, fully typed, falls
    below the floor; means over these missing persons, None where it was not computed. `strengths`: at the
    very LRs of the whole search, or none.
    """

    relatives: str
    missing: int
    searchable: int
    below_floor_low: float | None
    below_floor_high: float | None
    strengths: tuple[Strength, ...] = ()


@dataclass(frozen=True, slots=True)
class AlikeCount:
    """Pairs of samples that look like one person, by whose samples they are."""

    first_role: Role
    second_role: Role
    pairs: int


@dataclass(frozen=True, slots=True)
class PairsRun:
    """Pairs that were compared in this run, for one reason."""

    why: Why
    pairs: int


@dataclass(frozen=True, slots=True)
class Changes:
    """Blocks whose results were kept from runs before, blocks that were run, and the pairs of these by reason."""

    blocks_kept: int
    blocks_run: int
    why: tuple[PairsRun, ...]


@dataclass(frozen=True, slots=True)
class CandidateRow:
    """One pair at or above the floor, with its chance figures.

    chance_family: remains of this search expected to be as strong with this family though unrelated.
    chance_search: the same for all pairs of the search. chance_kin: probability that another missing
    person of the family is as strong in this one's place; None where the family misses one alone.
    """

    remains: str
    family: str
    missing: str
    relatives: str
    log10_lr: float
    deciding_table: str
    loci: int
    chance_family: float
    chance_family_error: float
    chance_search: float
    chance_kin: float | None = None


@dataclass(frozen=True, slots=True)
class DirectRow:
    """Remains that agree with a missing person's own sample."""

    remains: str
    family: str
    person: str
    log10_lr: float
    loci: int


@dataclass(frozen=True, slots=True)
class BrothersRow:
    """Two remains that look like full brothers."""

    first: str
    second: str
    log10_lr: float
    loci: int


@dataclass(frozen=True, slots=True)
class AlikeRow:
    """Two samples that look like one person; the family is empty for remains and staff.

    log10_lr: one person against two unrelated people. over_brothers: one person against full brothers.
    """

    first_role: Role
    first_family: str
    first: str
    second_role: Role
    second_family: str
    second: str
    compared: int
    differing: int
    log10_lr: float
    over_brothers: float


@dataclass(frozen=True, slots=True)
class NotSearchable:
    """A missing person who cannot be found with these relatives."""

    family: str
    missing: str
    relatives: str
    typed_relatives: int
    below_floor_low: float | None
    below_floor_high: float | None


@dataclass(frozen=True, slots=True)
class ScreeningSummary:
    """One screening. `when`: its end, ISO 8601 in UTC. `strengths`: the floor itself first, then LRs above it.

    `kinds`: the most frequent kind of relatives first. The rows are the first of longer tables, the
    strongest first: `candidates`, `direct`, `brothers`, `alike_rows`; `not_searchable` in the order of the case.
    `stages` and `pairs_per_second` are those of this run; None where it compared nothing.
    """

    case: str
    software: str
    when: str
    counts: ScreeningCounts
    rules: ScreeningRules
    comparisons: tuple[ComparisonCount, ...]
    stages: tuple[StageSeconds, ...]
    pairs_per_second: float | None
    strengths: tuple[Strength, ...]
    kinds: tuple[KindCount, ...]
    alike: tuple[AlikeCount, ...] = ()
    changes: Changes | None = None
    candidates: tuple[CandidateRow, ...] = ()
    direct: tuple[DirectRow, ...] = ()
    brothers: tuple[BrothersRow, ...] = ()
    alike_rows: tuple[AlikeRow, ...] = ()
    not_searchable: tuple[NotSearchable, ...] = ()

    @property
    def not_searchable_total(self) -> int:
        """Missing persons who cannot be found with the relatives they have."""
        return sum(kind.missing - kind.searchable for kind in self.kinds)

    def comparison(self, which: Comparison) -> ComparisonCount:
        """The counts of one comparison; all zero where it was not made."""
        found = (count for count in self.comparisons if count.comparison is which)
        return next(found, ComparisonCount(which, 0, 0))
