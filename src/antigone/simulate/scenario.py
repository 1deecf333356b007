"""A scenario: everything that decides what a synthetic war is like, with where each figure is from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

FORMAT = "antigone-scenario/1"
ASSUMPTION = "our assumption"


@dataclass(frozen=True, slots=True)
class Side:
    """One side. Its people are drawn from the frequency table `population`; where `second_population`
    is named, the rate of that name is drawn from it.
    """

    code: str
    name: str
    population: str
    second_population: str = ""


@dataclass(frozen=True, slots=True)
class Handover:
    """One batch. `date`: YYYY, YYYY-MM or YYYY-MM-DD, as exact as the source is."""

    name: str
    date: str
    origin: str
    destination: str
    remains: int
    source: str = ASSUMPTION


@dataclass(frozen=True, slots=True)
class RelativesShare:
    """Share of families with these relatives typed; `kind` as in `kinds.KINDS`."""

    kind: str
    share: float
    source: str


@dataclass(frozen=True, slots=True)
class Laboratory:
    """A laboratory, its kit, and its share of the samples."""

    name: str
    kit: str
    share: float


@dataclass(frozen=True, slots=True)
class Quality:
    """A class of remains. `failed`: probability that a locus gives nothing; `dropout`: that one
    allele of the others is not seen.
    """

    name: str
    share: float
    failed: float
    dropout: float


@dataclass(frozen=True, slots=True)
class Rates:
    """Probabilities; 0 switches a thing off and leaves everything else as it was.

    Families: `brothers` both missing; `direct_reference`, missing persons with an earlier sample of
    their own; `second_registration`, missing persons registered again by a family that does not know
    of the first; `prisoners`, missing persons who are alive; `second_population`. Remains:
    `nobody_registered`, of our own dead whose family gave nothing; `other_side`; `further_part` of a
    person already among the remains; `shared_bag` with the remains before. Bags: `named` by papers,
    `wrong_papers` of those named, `wrong_tag`. Kinship: `false_paternity` per declared father and
    child; `given_as_another` per relative typed. Laboratory: `typing_error` per sample and locus;
    `swapped_remains` and `swapped_relatives` per sample.
    """

    brothers: float = 0.01
    direct_reference: float = 0.0
    second_registration: float = 0.03
    prisoners: float = 0.05
    second_population: float = 0.1
    nobody_registered: float = 0.1
    other_side: float = 0.02
    further_part: float = 0.05
    shared_bag: float = 0.03
    named: float = 0.175
    wrong_papers: float = 0.05
    wrong_tag: float = 0.01
    false_paternity: float = 0.02
    given_as_another: float = 0.005
    typing_error: float = 0.0005
    swapped_remains: float = 0.002
    swapped_relatives: float = 0.002


@dataclass(frozen=True, slots=True)
class Mutation:
    """How alleles change from parent to child; `stepwise_share` of the families do so stepwise.

    `kind`: none, equal, proportional or stepwise; `step_range`: each further repeat is this factor
    less likely; a stepwise allele keeps its fraction of a repeat.
    """

    kind: str = "equal"
    rate_female: float = 0.0005
    rate_male: float = 0.002
    stepwise_share: float = 0.1
    step_range: float = 0.1


@dataclass(frozen=True, slots=True)
class Analysis:
    """What the analyst's settings say. `tables`: none named means those the people were drawn from.

    `minimum_frequency`: None for the policy's own.
    """

    tables: tuple[str, ...] = ()
    theta: float = 0.01
    outside: float = 0.05
    minimum_frequency: float | None = None


DEFAULT_RELATIVES = tuple(
    RelativesShare(kind, share, ASSUMPTION)
    for kind, share in (
        ("mother", 0.26), ("father", 0.09), ("both-parents", 0.15), ("sibling", 0.10),
        ("two-siblings", 0.05), ("child", 0.15), ("grandparents", 0.04), ("uncle", 0.04),
        ("half-sibling", 0.04), ("none", 0.08),
    )
)  # fmt: skip
"""Lone parent 35 %, both parents 15, full siblings 15, child with other parent 15, distant 12, none 8."""

DEFAULT_LABORATORIES = (
    Laboratory("L1", "Fusion 6C", 0.6),
    Laboratory("L2", "GlobalFiler", 0.3),
    Laboratory("L3", "Identifiler", 0.1),
)
DEFAULT_QUALITIES = (
    Quality("full", 0.7, 0.0, 0.0),
    Quality("partial", 0.2, 0.2, 0.05),
    Quality("poor", 0.1, 0.6, 0.2),
)


@dataclass(frozen=True, slots=True)
class Scenario:
    """One synthetic war. `receiving`: the side whose families search, and whose handovers are typed.

    `families`: registrations; `sources`: rate -> where it is from (absent: our assumption).
    """

    format: str
    name: str
    seed: int
    families: int
    receiving: str
    parties: tuple[Side, ...]
    handovers: tuple[Handover, ...]
    about: str = ""
    relatives: tuple[RelativesShare, ...] = DEFAULT_RELATIVES
    laboratories: tuple[Laboratory, ...] = DEFAULT_LABORATORIES
    qualities: tuple[Quality, ...] = DEFAULT_QUALITIES
    rates: Rates = field(default_factory=Rates)
    mutation: Mutation = field(default_factory=Mutation)
    analysis: Analysis = field(default_factory=Analysis)
    sources: Mapping[str, str] = field(default_factory=dict)

    @property
    def ours(self) -> Side:
        """The receiving side."""
        return next(side for side in self.parties if side.code == self.receiving)

    @property
    def others(self) -> Side:
        """The side across the line."""
        return next(side for side in self.parties if side.code != self.receiving)

    @property
    def received(self) -> tuple[Handover, ...]:
        """Handovers to the receiving side, as listed."""
        return tuple(h for h in self.handovers if h.destination == self.receiving)

    @property
    def populations(self) -> tuple[str, ...]:
        """Tables people are drawn from, each once, the receiving side's first."""
        named = (name for s in (self.ours, self.others) for name in (s.population, s.second_population))
        return tuple(dict.fromkeys(name for name in named if name))

    @property
    def tables(self) -> tuple[str, ...]:
        """Tables the analyst uses."""
        return self.analysis.tables or self.populations
