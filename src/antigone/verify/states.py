"""States that cannot follow each other, and records that contradict each other."""

from __future__ import annotations

from antigone.ledger import Entry
from antigone.verify.index import Index
from antigone.verify.remarks import Remarks
from antigone.verify.resting import FAULTS as RESTING_FAULTS
from antigone.verify.resting import Resting
from antigone.verify.steps import Step

FINAL = {
    "remains": "split",
    "container": "opened",
    "decision": "reversed",
    "release": "recalled",
    "consent": "withdrawn",
}
"""Kind -> the state it never leaves, but to be erased. Nothing leaves "erased"."""
UNSEALED = frozenset({"party", "institution", "user", "sample", "notice"})
"""Kinds that hold nothing personal. Every version of another is sealed, until the record is erased."""
NAMED = ("identified", "released", "buried")
"""States of a missing person about whom a decision stands."""
_UNNAMED = ("examined", "buried_unnamed", "split")
_FAULTS = (
    "state-left", "part-without-split", "split-without-parts", "remains-of-closed", "tag-twice",
    "decision-and-person", "decision-and-remains", "identified-undecided",
    "sealed-absent", "erased-sealed", *RESTING_FAULTS,
)  # fmt: skip


class States:
    """Follows states while entries are read, and sets records beside each other at the end."""

    def __init__(self, remarks: Remarks, index: Index, everything: bool) -> None:
        self._remarks, self._index, self._everything = remarks, index, everything
        self._split: set[str] = set()
        self._parts: dict[str, str] = {}  # what was split -> a part of it
        self._found_in: dict[str, str] = {}  # container -> remains found in it
        self._changes = 0

    def begin(self, index: int, entry: Entry) -> None:
        """Each entry by itself."""
        self._split.clear()
        self._parts.clear()
        self._found_in.clear()

    def see(self, step: Step) -> None:
        """One state after another."""
        change, before = step.change, step.before
        state = change.plain.get("state")
        self._changes += 1
        final = before is not None and before.state in (FINAL.get(change.kind), "erased")
        if before is not None and final and state not in (before.state, "erased"):
            self._remarks.fault("state-left", record=change.record, before=before.state, after=state, entry=step.entry)
        self._sealed(step)
        if change.kind == "remains":
            self._remains(step)

    def end(self, index: int, entry: Entry) -> None:
        """Remains are split into parts in one entry, and come out of a container that is opened."""
        for whole, part in self._parts.items():
            if whole not in self._split:
                self._remarks.fault("part-without-split", remains=whole, part=part, entry=index)
        for whole in sorted(self._split - self._parts.keys()):
            self._remarks.fault("split-without-parts", remains=whole, entry=index)
        for container, remains in self._found_in.items():
            found = self._index.last(container)
            if found is not None and found.state != "opened":
                self._remarks.fault("remains-of-closed", container=container, remains=remains, entry=index)

    def close(self) -> None:
        """What must agree as it stands now."""
        self._tags()
        self._decided()
        Resting(self._remarks, self._index).check(self._everything)
        self._remarks.hold_unless(_FAULTS, "states", changes=self._changes)

    def _sealed(self, step: Step) -> None:
        """Whoever has no key can seal nothing; whoever erases leaves nothing sealed."""
        change = step.change
        erased, sealed = change.plain.get("state") == "erased", change.sealed_digest is not None
        if erased and sealed:
            self._remarks.fault("erased-sealed", record=change.record, entry=step.entry)
        elif not erased and not sealed and change.kind not in UNSEALED:
            self._remarks.fault("sealed-absent", record=change.record, version=change.version, entry=step.entry)

    def _remains(self, step: Step) -> None:
        plain = step.change.plain
        if plain.get("state") == "split" and (step.before is None or step.before.state != "split"):
            self._split.add(step.change.record)
        if step.before is None:
            whole = plain.get("split_from")
            if isinstance(whole, str):
                self._parts[whole] = step.change.record
            elif isinstance(plain.get("container"), str):
                self._found_in[str(plain["container"])] = step.change.record

    def _tags(self) -> None:
        twice = self._index.ask(
            "SELECT json_extract(plain, '$.handover'), json_extract(plain, '$.tag'), COUNT(*), MIN(record) "
            "FROM records WHERE kind = 'container' AND state <> 'erased' GROUP BY 1, 2 HAVING COUNT(*) > 1"
        )
        for handover, tag, count, first in list(twice):
            self._remarks.fault("tag-twice", handover=handover, tag=tag, count=count, container=first)

    def _decided(self) -> None:
        for identifier, decision in self._index.of_kind("decision"):
            if decision.state != "standing" or decision.plain is None:
                continue
            person = self._index.last(str(decision.plain.get("missing_person")))
            remains = self._index.last(str(decision.plain.get("remains")))
            if person is not None and person.state not in (*NAMED, "erased", "merged"):
                self._remarks.fault("decision-and-person", decision=identifier, state=person.state)
            if remains is not None and remains.state in _UNNAMED:
                self._remarks.fault("decision-and-remains", decision=identifier, state=remains.state)
        undecided = self._index.ask(
            "SELECT record, state FROM records WHERE kind = 'missing_person' AND state IN (?, ?, ?) AND record NOT IN "
            "(SELECT json_extract(plain, '$.missing_person') FROM records WHERE kind = 'decision' "
            "AND state IN ('standing', 'contested'))",
            *NAMED,
        )
        for record, state in list(undecided):
            self._remarks.fault("identified-undecided", missing_person=record, state=state)
