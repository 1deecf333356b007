"""Who did it: each entry is by a user who was there, active, and held an office that may do this."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from antigone.domain import VERBS, UserRole, may
from antigone.ledger import Entry
from antigone.verify.remarks import Remarks
from antigone.verify.steps import Step

_FAULTS = (
    "actor-unknown", "actor-suspended", "actor-not-allowed", "actor-other-party", "verb-unknown", "founded-again",
)  # fmt: skip
_OF_ANY_PARTY = frozenset({"party", "institution", "user", "notice"})
"""Kinds of records that an action may write for another party than its actor's."""


class People:
    """The users as they stand, and what each entry's actor might do at its time."""

    def __init__(self, remarks: Remarks, everything: bool) -> None:
        self._remarks = remarks
        self._everything = everything
        self._users: dict[str, Mapping[str, Any]] = {}
        self._actor = ""
        self._checked = self._closed = 0

    def roles(self, user: str) -> frozenset[str] | None:
        """The offices of this user now; none while suspended; None: the user is not shown."""
        known = self._users.get(user)
        if known is None:
            return None
        return frozenset(map(str, known.get("roles") or ())) if known.get("state") == "active" else frozenset()

    def begin(self, index: int, entry: Entry) -> None:
        """May the actor, as they stood before this entry? The founder is made by the founding itself."""
        self._actor = entry.actor
        verb = VERBS.get(entry.verb)
        if verb is None:
            self._remarks.fault("verb-unknown", entry=index, verb=entry.verb)
        elif verb.founding and index:
            self._remarks.fault("founded-again", entry=index)
        elif not verb.founding:
            self._check(index, entry)

    def see(self, step: Step) -> None:
        """A user was added or changed; what else is changed belongs to the actor's own party."""
        change = step.change
        if change.kind == "user":
            self._users[change.record] = change.plain
        known = self._users.get(self._actor)
        if known is None or change.kind in _OF_ANY_PARTY:
            return
        if change.plain.get("party") != known.get("party"):
            self._remarks.fault("actor-other-party", entry=step.entry, actor=self._actor, record=change.record)

    def end(self, index: int, entry: Entry) -> None:
        """The founder is known now."""
        if entry.verb in VERBS and VERBS[entry.verb].founding and not index:
            self._check(index, entry)

    def close(self) -> None:
        """Say how many were checked."""
        if self._checked:
            self._remarks.hold_unless(_FAULTS, "actors", entries=self._checked)
        if self._closed:
            self._remarks.leave("actors-closed", count=self._closed)

    def _check(self, index: int, entry: Entry) -> None:
        roles = self.roles(entry.actor)
        if roles is None and not self._everything:
            self._closed += 1
            return
        self._checked += 1
        facts = {"entry": index, "actor": entry.actor, "verb": entry.verb}
        if roles is None:
            self._remarks.fault("actor-unknown", **facts)
        elif not roles:
            self._remarks.fault("actor-suspended", **facts)
        elif not any(may(UserRole(role), entry.verb) for role in roles if role in _ROLES):
            self._remarks.fault("actor-not-allowed", **facts)


_ROLES = frozenset(role.value for role in UserRole)
