"""The account as values: promises, what became of them, and what stands against what."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from antigone.domain import Count, Exclusion, Period


class Outcome(StrEnum):
    """What the statements say became of a promise."""

    REFUSED = "refused"
    PENDING = "pending"  # made, and no answer stated, or an answer that settles nothing
    AGREED = "agreed"
    IN_PART = "in-part"
    IN_WHOLE = "in-whole"
    CARRIED_OUT = "carried-out"  # something came; how much was promised is not stated
    NOT_KNOWN = "not-known"


class Open(StrEnum):
    """What is left of a promise in one direction."""

    NOTHING = "nothing"
    ALL = "all"
    REST = "rest"
    CLOSED = "closed"  # refused: nothing is expected any more
    NOT_KNOWN = "not-known"


@dataclass(frozen=True, slots=True)
class Leg:
    """One promise in one direction.

    `promised` and `came`: statements; figures that differ stand side by side and are not averaged.
    `rest`: what is left where `open` is ALL or REST and a number was stated.
    """

    promise: str
    origin: str
    destination: str
    of: tuple[str, ...]
    promised: tuple[str, ...]
    came: tuple[str, ...]
    outcome: Outcome
    open: Open
    rest: Count | None


@dataclass(frozen=True, slots=True)
class Promise:
    """An offer, proposal, agreement, demand or plan, with everything said about the same.

    All fields but the first seven hold ids of statements. `whole`: who claims it was carried out in whole.
    `equal`: promises of the same number and direction that no document ties to this one.
    """

    id: str
    kind: str
    act: str
    made: Period | None
    by: tuple[str, ...]
    outcome: Outcome
    answer: str  # act of the last answer; empty where none is stated
    statements: tuple[str, ...]
    counted: tuple[str, ...]
    answers: tuple[str, ...]
    came: tuple[str, ...]
    whole: tuple[str, ...]
    disputed: tuple[str, ...]
    equal: tuple[str, ...]
    legs: tuple[Leg, ...]


@dataclass(frozen=True, slots=True)
class Direction:
    """All legs of remains that go one way, oldest promise first. They are not added up."""

    origin: str
    destination: str
    legs: tuple[Leg, ...]


@dataclass(frozen=True, slots=True)
class Dispute:
    """Two statements at odds without figures: denies, retracts, in_tension_with."""

    rule: str
    first: str
    second: str


@dataclass(frozen=True, slots=True)
class Account:
    """The thin account of a set of statements. `loose`: deeds and refusals no promise is stated for."""

    promises: tuple[Promise, ...]
    directions: tuple[Direction, ...]
    open: tuple[str, ...]  # promises that are not settled
    loose: tuple[str, ...]
    wrong_side: tuple[str, ...]
    disputes: tuple[Dispute, ...]
    exclusions: tuple[Exclusion, ...]
