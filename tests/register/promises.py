"""What processes promised before they were killed. Read and written without a register."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

MARKS = ("act", "closing", "done", "refused", "failed")


@dataclass
class Intent:
    """One action that a process set out to do, as far as it came to tell.

    `marks`: begin, act (in the transaction; again where it is tried again), closing (the entry was written), and at
    last done (after the commit), refused (nothing was done) or failed (the database went away: done or not).
    `actions`: the name in the ledger of each try. `promised`: entry and record. `took`: seconds.
    """

    verb: str
    marks: list[str] = field(default_factory=lambda: ["begin"])
    actions: list[str] = field(default_factory=list)
    promised: list[Any] = field(default_factory=list)
    took: float = 0.0

    def hear(self, said: Mapping[str, Any]) -> None:
        """One line of the process that does it."""
        self.marks.append(said["mark"])
        if said["mark"] == "act":
            self.actions.append(said["action"])
        if said["mark"] == "done":
            self.promised, self.took = [said["entry"], said["record"]], said["took"]


@dataclass(frozen=True)
class Found:
    """What a register holds.

    `kept`: for each intent, in their order, whether the ledger has an entry of it. `settings`: by which the database
    says that it writes.
    """

    faults: list[str]
    kept: list[bool]
    entries: int
    records: int
    settings: dict[str, str]


def intents_of(lines: Sequence[Mapping[str, Any]]) -> list[Intent]:
    """What one process set out to do."""
    found: list[Intent] = []
    for said in lines:
        if said["mark"] == "begin":
            found.append(Intent(said["verb"]))
        elif said["mark"] in MARKS:
            found[-1].hear(said)
    return found


def write_book(path: Path, intents: Sequence[Intent]) -> None:
    """Everything that any process set out to do so far."""
    path.write_text(json.dumps([asdict(intent) for intent in intents]), encoding="utf-8")


def read_book(path: Path) -> list[Intent]:
    """What `write_book` wrote."""
    return [Intent(**intent) for intent in json.loads(path.read_text(encoding="utf-8"))]
