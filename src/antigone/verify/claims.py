"""What an export says of itself, set beside its own entry in the log: who made it, for whom, and how much it shows."""

from __future__ import annotations

from typing import Any

from antigone.domain import UserRole
from antigone.ledger import Entry
from antigone.verify.archive import Archive
from antigone.verify.index import Index
from antigone.verify.people import People
from antigone.verify.remarks import Remarks
from antigone.verify.steps import Step

_EVERYTHING = frozenset({UserRole.ADMINISTRATOR.value, UserRole.AUDITOR.value})
"""Offices whose whole export shows every plain part (docs/verify.md)."""


class Claims:
    """Waits for the entry of this export. It is shown in every export, so whoever hides it is found."""

    def __init__(self, archive: Archive, remarks: Remarks, index: Index, people: People) -> None:
        self._header, self._remarks, self._index, self._people = archive.header, remarks, index, people
        self._entry: Entry | None = None
        self._own: Entry | None = None
        self._plain: dict[str, Any] = {}
        self._roles: frozenset[str] | None = None

    def begin(self, index: int, entry: Entry) -> None:
        """Whose entry it is."""
        self._entry = entry

    def see(self, step: Step) -> None:
        """The record of this export, as it was entered."""
        if step.change.record == self._header.get("document") and step.before is None and self._entry is not None:
            self._own, self._plain = self._entry, dict(step.change.plain)
            self._roles = self._people.roles(self._entry.actor)

    def end(self, index: int, entry: Entry) -> None:
        """Nothing."""

    def close(self) -> None:
        """Set every claim beside the entry."""
        if self._own is None or self._own.verb != "export":
            self._remarks.fault("export-not-entered", document=self._header.get("document"))
            return
        state = str(self._plain.get("state"))
        scope = "whole" if state.startswith("exported_whole") else "minimal"
        self._compare("by", self._header.get("by"), self._own.actor)
        self._compare("scope", self._header.get("scope"), scope)
        self._compare("recipient", *self._recipients())
        self._compare("everything", bool(self._header.get("everything")), self._shows_everything(scope))
        if self._header.get("opened") and not state.endswith("_opened"):
            self._compare("opened", self._header.get("opened"), [])

    def _recipients(self) -> tuple[object, object]:
        """Identifier and code, as said and as entered."""
        said = self._header.get("recipient")
        party = str(self._plain.get("about"))
        shown = self._index.last(party)
        code = None if shown is None or shown.plain is None else shown.plain.get("code")
        return said, {"party": party, "code": code}

    def _shows_everything(self, scope: str) -> bool:
        """A maker who is not shown could not have made an export of everything."""
        return scope == "whole" and bool(_EVERYTHING & (self._roles or frozenset()))

    def _compare(self, part: str, said: object, entered: object) -> None:
        if said != entered:
            self._remarks.fault("claim-differs", part=part, claimed=said, found=entered)
