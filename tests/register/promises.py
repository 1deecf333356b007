"""What processes promised before they were killed. Read and written without a register."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path


@dataclass
class Intent:
    """One action that a process set out to do.

    `tries`: the action's name in the ledger, once for each transaction that was begun. `done`: entry and record, as
    the process reported them after the commit. `refused`: why it reported that nothing was done.
    """

    verb: str
    tries: list[str] = field(default_factory=list)
    done: tuple[int, str] | None = None
    refused: str = ""


@dataclass(frozen=True)
class Found:
    """What a register holds. `kept`: for each intent, in their order, whether the ledger has an entry of it."""

    faults: list[str]
    kept: list[bool]
    entries: int
    records: int


def write_book(path: Path, intents: Sequence[Intent]) -> None:
    """Everything that any process set out to do so far."""
    path.write_text(json.dumps([asdict(intent) for intent in intents]), encoding="utf-8")


def read_book(path: Path) -> list[Intent]:
    """What `write_book` wrote."""
    intents = [Intent(**intent) for intent in json.loads(path.read_text(encoding="utf-8"))]
    for intent in intents:
        intent.done = (intent.done[0], intent.done[1]) if intent.done else None
    return intents
