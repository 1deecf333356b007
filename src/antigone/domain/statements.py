"""What each side says: documents, speakers, counts, and single statements with their source."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class Act(StrEnum):
    """What a statement does. Nothing here says that it is true."""

    OFFER = "offer"
    PROPOSE = "propose"
    DEMAND = "demand"
    AGREE = "agree"
    PLAN = "plan"
    REFUSE = "refuse"
    ACCEPT = "accept"
    AGREE_TO_CONSIDER = "agree_to_consider"
    CONDITION = "condition"
    POSTPONE = "postpone"
    HANDOVER = "handover"
    HANDOVER_TOTAL = "handover_total"
    EXCHANGE = "exchange"
    RELEASE = "release"
    LIST_HANDOVER = "list_handover"
    LIST_WORK = "list_work"
    FULFIL_CLAIM = "fulfil_claim"
    HOLDING_CLAIM = "holding_claim"
    CASUALTY_CLAIM = "casualty_claim"
    ORIGIN_CLAIM = "origin_claim"
    KNOWLEDGE_CLAIM = "knowledge_claim"
    ACCUSE = "accuse"
    DENY = "deny"
    DISPUTE = "dispute"
    ACKNOWLEDGE = "acknowledge"
    DECLINE_TO_ACKNOWLEDGE = "decline_to_acknowledge"
    CONFIRM = "confirm"
    VERIFICATION = "verification"
    RETRACT = "retract"
    NO_RESPONSE = "no_response"
    ASK = "ask"
    MEET = "meet"
    MEDIATE = "mediate"
    COMMENT = "comment"
    SOURCE_NOTE = "source_note"


class Realis(StrEnum):
    """How the document presents it: as done, as offered, as alleged, ..."""

    HAPPENED = "happened"
    OFFERED = "offered"
    PLANNED = "planned"
    DEMANDED = "demanded"
    CONDITIONAL = "conditional"
    ALLEGED = "alleged"
    ONGOING = "ongoing"
    ASSERTED = "asserted"


class Qualifier(StrEnum):
    """How the document words a number."""

    EXACT = "exact"
    APPROXIMATELY = "approximately"
    AT_LEAST = "at_least"
    MORE_THAN = "more_than"
    AT_MOST = "at_most"
    LESS_THAN = "less_than"
    RANGE = "range"
    UP_TO = "up_to"
    UNQUANTIFIED = "unquantified"


@dataclass(frozen=True, slots=True)
class Period:
    """Days from `start` to `end`, both included; one day where they are equal."""

    start: date
    end: date


@dataclass(frozen=True, slots=True)
class Count:
    """A number as stated. None is open: no lower bound, or no upper one."""

    minimum: int | None
    maximum: int | None
    qualifier: Qualifier = Qualifier.EXACT
    additional: bool = False  # the document says "more" or "additional", without saying to what
    each_side: bool = False


@dataclass(frozen=True, slots=True)
class Party:
    """A side of the conflict, an intermediary between them, or another state."""

    code: str
    name: str
    role: str  # side, intermediary, other
    adjective: str = ""


@dataclass(frozen=True, slots=True)
class Speaker:
    """Somebody a document names as saying something; `party` is empty where they speak for nobody."""

    id: str
    name: str
    office: str = ""
    party: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """One source. `basis`: explicit, or inferred from what `reason` names."""

    id: str
    outlet: str
    published: Period
    basis: str
    sha256: str
    language: str = ""
    reason: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Attribution:
    """One link of the chain: who passes it on, how, and when."""

    who: str  # speaker id or party code
    how: str = ""
    when: Period | None = None


@dataclass(frozen=True, slots=True)
class Verification:
    """What anyone could establish about a statement, and who says so."""

    state: str
    by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Relation:
    """A tie to another statement. `basis`: stated by the document, or read into it by us."""

    type: str
    target: str
    basis: str = "stated"


@dataclass(frozen=True, slots=True)
class Quantity:
    """One number in the world of which several statements may speak.

    `running`: a total since `since`, which can only grow.
    """

    id: str
    meaning: str
    kind: str
    of: tuple[str, ...] = ()
    running: bool = False
    since: date | None = None


@dataclass(frozen=True, slots=True)
class Statement:
    """One claim in one document. `said`: outermost speaker first; empty: the outlet alone.

    `origin` and `destination`: the physical direction; `by` and `addressee`: who acts on whom; `of`: whose.
    `span`: characters of the document, from and to.
    """

    id: str
    document: str
    span: tuple[int, int]
    act: Act
    realis: Realis
    kind: str = ""
    of: tuple[str, ...] = ()
    unit: str = ""
    count: Count | None = None
    quantity: str = ""
    origin: str = ""
    destination: str = ""
    by: tuple[str, ...] = ()
    addressee: str = ""
    via: tuple[str, ...] = ()
    said: tuple[Attribution, ...] = ()
    when: Period | None = None
    when_basis: str = ""
    venue: str = ""
    condition: str = ""
    reason: str = ""
    verification: Verification | None = None
    relations: tuple[Relation, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Facts:
    """Statements with everything they point to."""

    title: str
    parties: Mapping[str, Party]
    speakers: Mapping[str, Speaker]
    documents: Mapping[str, Document]  # oldest first
    quantities: Mapping[str, Quantity]
    statements: Mapping[str, Statement]
    digests: Mapping[str, str] = field(default_factory=dict)  # file name -> sha256 of its bytes


@dataclass(frozen=True, slots=True)
class Exclusion:
    """Two figures that cannot both be right.

    `rule`: "apart" (same quantity, same time, no common value), "falls" (a running total that is
    smaller later), "contradicts" (another quantity; the tie is in the facts). `gap`: least distance.
    """

    rule: str
    first: str
    second: str
    gap: int
    quantity: str = ""
