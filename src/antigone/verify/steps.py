"""The one reader of entries and changes: every change beside its entry and beside the version before it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from antigone.domain import InputRefused
from antigone.ledger import (
    Change,
    Entry,
    Frontier,
    canonical_json,
    leaf_hash,
    parse_change,
    parse_entry,
    sealed_digest,
)
from antigone.verify.archive import Archive
from antigone.verify.earlier import leaf_of_line
from antigone.verify.index import OPENED, Index, Last
from antigone.verify.remarks import Remarks
from antigone.verify.tree import Tree


@dataclass(frozen=True, slots=True)
class Step:
    """One change. before: the record as the changes before left it; opened: its sealed values, where they are shown."""

    entry: int
    change: Change
    before: Last | None
    opened: dict[str, Any] | None


class Check(Protocol):
    """Looks at every entry and every change, once, in their order."""

    def begin(self, index: int, entry: Entry) -> None:
        """An entry, before its changes."""

    def see(self, step: Step) -> None:
        """A change; the index does not know it yet."""

    def end(self, index: int, entry: Entry) -> None:
        """The same entry, after its changes."""

    def close(self) -> None:
        """All entries were read."""


class Reader:
    """Reads entries.jsonl and changes.jsonl beside each other, and fills tree and index."""

    def __init__(self, archive: Archive, tree: Tree, index: Index, remarks: Remarks) -> None:
        self._archive, self._tree, self._index, self._remarks = archive, tree, index, remarks
        self._changes: Iterator[dict[str, Any]] = archive.objects("changes.jsonl")
        self._next: dict[str, Any] | None = next(self._changes, None)
        self._latest: datetime | None = None
        self.entries = self.closed_entries = 0
        self.changes = self.closed_changes = 0
        self.opened = self.closed_sealed = 0

    def read(self, checks: Iterable[Check]) -> None:
        """Show everything to every check."""
        checks = list(checks)
        for index, line in enumerate(self._archive.lines("entries.jsonl")):
            self.entries += 1
            self._tree.add(leaf_of_line(line))
            if line.startswith(b'{"leaf":'):
                self.closed_entries += 1
                continue
            try:
                entry = parse_entry(line)
            except InputRefused as refused:
                self._remarks.fault("entry-damaged", entry=index, found=refused.problems[0].found)
                self._pass(index)
                continue
            self._check_time(index, entry)
            self._read_entry(index, entry, checks)
        while self._next is not None:
            self._stray()
        for check in checks:
            check.close()
        self._say()

    def _check_time(self, index: int, entry: Entry) -> None:
        if self._latest is not None and entry.at < self._latest:
            self._remarks.fault("time-backwards", entry=index, at=entry.at.isoformat(timespec="seconds"))
        self._latest = entry.at

    def _read_entry(self, index: int, entry: Entry, checks: list[Check]) -> None:
        for check in checks:
            check.begin(index, entry)
        own = Frontier()
        for line in self._lines_of(index):
            change, leaf = self._change(index, own.size, line)
            own.append(leaf)
            if change is not None:
                self._show(index, change, line, checks)
        if (own.size, own.root()) != (entry.changes_count, entry.changes_root):
            self._remarks.fault("changes-differ", entry=index, found=own.size, needed=entry.changes_count)
        for check in checks:
            check.end(index, entry)

    def _show(self, index: int, change: Change, line: dict[str, Any], checks: list[Check]) -> None:
        before = self._index.last(change.record)
        step = Step(index, change, before, self._opened(change, line.get("opened")))
        for check in checks:
            check.see(step)
        self._index.put(change, index)
        if change.kind in OPENED:
            content = None if step.opened is None else canonical_json(step.opened).decode()
            self._index.put_content(change, content)

    def _lines_of(self, index: int) -> Iterator[dict[str, Any]]:
        """The lines that say they belong to this entry."""
        while self._next is not None and self._next.get("entry") != index and self._is_before(index):
            self._stray()
        while self._next is not None and self._next.get("entry") == index:
            line, self._next = self._next, next(self._changes, None)
            yield line

    def _is_before(self, index: int) -> bool:
        told = None if self._next is None else self._next.get("entry")
        return not isinstance(told, int) or told < index

    def _pass(self, index: int) -> None:
        for _ in self._lines_of(index):
            self.changes += 1

    def _stray(self) -> None:
        line, self._next = self._next or {}, next(self._changes, None)
        body = line.get("body")
        record = body.get("record", "") if isinstance(body, dict) else ""
        self._remarks.fault("change-without-entry", record=record)

    def _change(self, index: int, position: int, line: dict[str, Any]) -> tuple[Change | None, bytes]:
        """What a line says, and the leaf hash it has; None: it is closed, or says nothing that can be read."""
        self.changes += 1
        if line.get("position") != position:
            self._remarks.fault("position-differs", entry=index, found=line.get("position"), needed=position)
        if "body" in line:
            try:
                return _parsed(line["body"])
            except (InputRefused, TypeError, ValueError):
                self._remarks.fault("change-damaged", entry=index, position=position)
                return None, leaf_hash(b"")
        if "damaged" in line:
            self._remarks.fault("change-damaged", entry=index, position=position)
            return None, leaf_hash(b"")
        self.closed_changes += 1
        try:
            leaf = bytes.fromhex(str(line.get("leaf")))
        except ValueError:
            leaf = b""
        return None, leaf if len(leaf) == 32 else leaf_hash(b"")

    def _opened(self, change: Change, opened: object) -> dict[str, Any] | None:
        """The sealed values, once they are known to be what the ledger has the digest of."""
        if opened is None:
            self.closed_sealed += change.sealed_digest is not None
            return None
        if not isinstance(opened, dict) or not isinstance(opened.get("content"), dict):
            self._remarks.fault("sealed-broken", record=change.record, version=change.version)
            return None
        content: dict[str, Any] = opened["content"]
        try:
            found = sealed_digest(bytes.fromhex(str(opened.get("salt"))), canonical_json(content))
        except (ValueError, TypeError):
            found = b""
        if found != change.sealed_digest:
            self._remarks.fault("sealed-differs", record=change.record, version=change.version)
            return None
        self.opened += 1
        return content

    def _say(self) -> None:
        self._remarks.hold_unless(
            ("changes-differ", "change-damaged", "change-without-entry", "position-differs", "entry-damaged"),
            "changes",
            changes=self.changes,
            entries=self.entries - self.closed_entries,
        )
        if self.opened:
            self._remarks.hold_unless(("sealed-differs", "sealed-broken"), "sealed", opened=self.opened)
        if self._archive.header.get("everything") and self.closed_entries + self.closed_changes:
            self._remarks.fault("closed-in-whole", entries=self.closed_entries, changes=self.closed_changes)
        for code, count in (
            ("entries-closed", self.closed_entries),
            ("changes-closed", self.closed_changes),
            ("sealed-closed", self.closed_sealed),
        ):
            if count:
                self._remarks.leave(code, count=count)


def _parsed(body: object) -> tuple[Change, bytes]:
    """The change and its leaf hash; InputRefused where the body says none.

    The encoder of the standard library spells nearly everything as the ledger does, five times faster, and what it
    spells otherwise `parse_change` refuses.
    """
    content = json.dumps(body, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()
    try:
        return parse_change(content), leaf_hash(content)
    except InputRefused:
        content = canonical_json(body)
        return parse_change(content), leaf_hash(content)
