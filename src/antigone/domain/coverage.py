"""What was compared with what, under which circumstances: the words of the coverage record.

A *comparison* (kinship, direct, brothers, alike) has targets and queries, each a member with an
identifier and a digest over everything that can change its numbers. A *block* is a set of targets
times a set of queries: the unit of work, of resume and of the record.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import Any


def _sha256(plain: Any) -> str:
    text = json.dumps(plain, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


@dataclass(frozen=True)
class Members:
    """One side of a comparison as two columns: identifiers, each once, and their digests (hexadecimal).

    >>> Members(("R1", "R2"), ("00" * 16, "ff" * 16)).picked([1]).ids
    ('R2',)
    """

    ids: tuple[str, ...]
    digests: tuple[str, ...]

    def __post_init__(self) -> None:
        if len(self.digests) != len(self.ids):
            raise ValueError(f"{len(self.ids)} members with {len(self.digests)} digests")
        if len(set(self.ids)) != len(self.ids):
            raise ValueError("a member is listed twice")

    def __len__(self) -> int:
        return len(self.ids)

    def picked(self, positions: Sequence[int]) -> Members:
        """Those at these positions, in their order."""
        return Members(tuple(self.ids[i] for i in positions), tuple(self.digests[i] for i in positions))

    @cached_property
    def digest(self) -> str:
        """sha256 over all of them, in their order."""
        return _sha256([self.ids, self.digests])


@dataclass(frozen=True)
class Circumstances:
    """Everything beside the members that can change a number.

    parameters: those of the engine that no policy holds, such as the floor or a bound.
    """

    policy_digest: str
    table_digests: Mapping[str, str]
    software: str
    parameters: Mapping[str, int | float | str] = field(default_factory=dict)

    @cached_property
    def digest(self) -> str:
        """sha256 over all of it."""
        return _sha256(asdict(self))


@dataclass(frozen=True)
class Block:
    """Targets times queries of one comparison; queries None: a set with itself, each unordered pair once."""

    comparison: str
    circumstances: str  # digest
    targets: Members
    queries: Members | None

    @property
    def others(self) -> Members:
        """The queries; in a set with itself, the targets."""
        return self.targets if self.queries is None else self.queries

    @property
    def pairs(self) -> int:
        """Number of pairs; of one member with itself, none."""
        n = len(self.targets)
        return n * (n - 1) // 2 if self.queries is None else n * len(self.queries)

    @cached_property
    def id(self) -> str:
        """sha256 over the comparison, the circumstances and every member, in their order.

        >>> one, two = Members(("R1",), ("00" * 16,)), Members(("R2",), ("00" * 16,))
        >>> block = Block("brothers", "", one, two)
        >>> block.id == Block("brothers", "", one, two).id != Block("brothers", "", two, one).id
        True
        """
        queries = None if self.queries is None else self.queries.digest
        return _sha256([self.comparison, self.circumstances, self.targets.digest, queries])


@dataclass(frozen=True)
class Covered:
    """One finished block, as the record has it. compared and the counts of skipped add up to its pairs."""

    block: str  # its id
    comparison: str
    circumstances: str  # digest
    targets: str  # digest of these members
    queries: str | None  # the same; None in a set with itself
    compared: int
    skipped: Mapping[str, int]  # pairs by reason
    files: Mapping[str, str]  # table -> sha256
    when: str  # UTC, ISO 8601

    @property
    def pairs(self) -> int:
        """Pairs compared, and pairs skipped for a reason."""
        return self.compared + sum(self.skipped.values())


@dataclass(frozen=True)
class RecordedBlock:
    """A line of the record with the block it stands for.

    block: None where the file of its members is lost. damaged: a file is absent, or is not the one recorded.
    """

    covered: Covered
    block: Block | None
    damaged: bool = False


class Why(StrEnum):
    """Why pairs must be compared (again)."""

    NEVER_RUN = "never-run"
    NEW_TARGET = "new-target"
    NEW_QUERY = "new-query"
    CIRCUMSTANCES = "circumstances"  # policy, tables, software or parameters are others
    FILE_DAMAGED = "file-damaged"
    CHANGED = "changed"  # a member of their block has another digest
    GONE = "gone"  # a member of their block is no longer there
    OVERLAP = "overlap"  # their block shares pairs with another one that stands


@dataclass(frozen=True)
class PlannedBlock:
    """A block to run. why: its pairs by reason."""

    block: Block
    why: Mapping[Why, int]


@dataclass(frozen=True)
class CoveragePlan:
    """What stands and what is to run: together every pair of today's members exactly once."""

    comparison: str
    stand: tuple[RecordedBlock, ...]
    run: tuple[PlannedBlock, ...]
    aside: Mapping[str, Why] = field(default_factory=dict)  # recorded blocks that do not stand

    @property
    def why(self) -> Mapping[Why, int]:
        """Pairs to compare, by reason."""
        total: Counter[Why] = Counter()
        for planned in self.run:
            total.update(planned.why)
        return dict(total)
