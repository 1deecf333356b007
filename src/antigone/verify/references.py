"""What a record names must be there, and must have been there then."""

from __future__ import annotations

from collections.abc import Iterator

from antigone.domain import Kind
from antigone.ledger import Entry
from antigone.verify.index import Index
from antigone.verify.remarks import Remarks
from antigone.verify.steps import Step

TEXTS = frozenset({"code", "name", "username", "tag", "seal", "held_at", "material", "kit", "sha256"})
"""Columns that people fill with words of their own; what looks like an identifier there is none."""
_PREFIXES = frozenset(kind.prefix for kind in Kind)
_LENGTH = 11


class References:
    """Notes every identifier that a plain part names."""

    def __init__(self, remarks: Remarks, index: Index, everything: bool) -> None:
        self._remarks, self._index, self._everything = remarks, index, everything
        self._seen: set[str] = set()  # the few that nearly every record names

    def begin(self, index: int, entry: Entry) -> None:
        """Nothing."""

    def see(self, step: Step) -> None:
        """All that this record names."""
        for name, value in step.change.plain.items():
            if name not in TEXTS:
                for target in _identifiers(value):
                    self._refer(target, step)

    def end(self, index: int, entry: Entry) -> None:
        """Nothing."""

    def close(self) -> None:
        """Set what was named beside what there is."""
        closed = 0
        for target, record, entry, first in self._index.ask(
            "SELECT target, referred.record, referred.entry, first FROM referred "
            "LEFT JOIN records ON records.record = target WHERE first IS NULL OR first > referred.entry"
        ):
            if first is not None:
                self._remarks.fault("reference-before", record=record, target=target, entry=entry, first=first)
            elif self._everything:
                self._remarks.fault("reference-to-nothing", record=record, target=target, entry=entry)
            else:
                closed += 1
        (count,) = next(self._index.ask("SELECT COUNT(*) FROM referred"))
        if count > closed:
            self._remarks.hold_unless(("reference-before", "reference-to-nothing"), "references", count=count - closed)
        if closed:
            self._remarks.leave("references-closed", count=closed)

    def _refer(self, target: str, step: Step) -> None:
        if target in self._seen:
            return
        if target[:2] in ("PA", "IN", "US"):
            self._seen.add(target)
        self._index.refer(target, step.change.record, step.entry)


def _identifiers(value: object) -> Iterator[str]:
    if isinstance(value, str):
        if len(value) == _LENGTH and value[2] == "-" == value[9] and value[:2] in _PREFIXES:
            yield value
    elif isinstance(value, list):
        for part in value:
            yield from _identifiers(part)
    elif isinstance(value, dict):
        for part in value.values():
            yield from _identifiers(part)
