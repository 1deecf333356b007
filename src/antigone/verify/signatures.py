"""Decisions: two signatures by two signatories, neither of them the proposer, each given by its own hand."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from antigone.ledger import Entry
from antigone.verify.index import Index
from antigone.verify.remarks import Remarks
from antigone.verify.steps import Step

NEEDED = 2
_FAULTS = (
    "signed-by-other", "signed-by-verb", "proposed-by-other", "decision-without-signing", "too-few-signatures",
    "own-proposal-signed", "decision-not-proposal", "decision-altered",
)  # fmt: skip
_HANDS = {"signed_by": "sign", "dissent_by": "dissent"}
"""Column of a proposal -> the one verb that adds to it; that its actor might, `people` has checked."""
_SAME = ("remains", "missing_person", "findings", "signed_by")
_FIXED = ("proposal", "missing_person", "signed_by")


class Signatures:
    """Follows proposals and decisions."""

    def __init__(self, remarks: Remarks, index: Index, everything: bool) -> None:
        self._remarks, self._index, self._everything = remarks, index, everything
        self._entry: Entry | None = None
        self._decisions = self._closed = 0

    def begin(self, index: int, entry: Entry) -> None:
        """Whose hand it is."""
        self._entry = entry

    def see(self, step: Step) -> None:
        """A proposal or a decision."""
        if self._entry is None:
            return
        if step.change.kind == "proposal":
            self._proposal(step, self._entry)
        elif step.change.kind == "decision" and step.before is None:
            self._decision(step, self._entry)
        elif step.change.kind == "decision" and step.before is not None and step.before.plain is not None:
            now, then = step.change.plain, step.before.plain
            for name in _FIXED:
                if now.get(name) != then.get(name):
                    self._remarks.fault("decision-altered", decision=step.change.record, column=name, entry=step.entry)

    def end(self, index: int, entry: Entry) -> None:
        """Nothing."""

    def close(self) -> None:
        """Say how many decisions there are."""
        if self._decisions > self._closed:
            self._remarks.hold_unless(_FAULTS, "decisions", decisions=self._decisions - self._closed)
        if self._closed:
            self._remarks.leave("decisions-closed", count=self._closed)

    def _proposal(self, step: Step, entry: Entry) -> None:
        plain = step.change.plain
        then = step.before.plain if step.before is not None else None
        if then is None and plain.get("proposed_by") != entry.actor:
            self._remarks.fault("proposed-by-other", proposal=step.change.record, actor=entry.actor, entry=step.entry)
        for name, verb in _HANDS.items():
            added = set(_users(plain, name)) - set(_users(then or {}, name))
            if added and entry.verb != verb:
                self._remarks.fault("signed-by-verb", proposal=step.change.record, verb=entry.verb, entry=step.entry)
            for user in sorted(added - {entry.actor}):
                self._remarks.fault(
                    "signed-by-other", proposal=step.change.record, user=user, actor=entry.actor, entry=step.entry
                )

    def _decision(self, step: Step, entry: Entry) -> None:
        self._decisions += 1
        plain, facts = step.change.plain, {"decision": step.change.record, "entry": step.entry}
        signers = _users(plain, "signed_by")
        if entry.verb != "sign":
            self._remarks.fault("decision-without-signing", verb=entry.verb, **facts)
        if len(set(signers)) < NEEDED:
            self._remarks.fault("too-few-signatures", found=len(set(signers)), **facts)
        self._against_proposal(plain, facts)

    def _against_proposal(self, plain: Mapping[str, Any], facts: dict[str, object]) -> None:
        proposal = self._index.last(str(plain.get("proposal")))
        if proposal is None or proposal.plain is None:
            if self._everything:
                self._remarks.fault("decision-not-proposal", column="proposal", **facts)
            else:
                self._closed += 1
            return
        for name in _SAME:
            if plain.get(name) != proposal.plain.get(name):
                self._remarks.fault("decision-not-proposal", column=name, **facts)
        if proposal.plain.get("proposed_by") in _users(plain, "signed_by"):
            self._remarks.fault("own-proposal-signed", user=proposal.plain.get("proposed_by"), **facts)


def _users(plain: Mapping[str, Any], name: str) -> list[str]:
    value = plain.get(name)
    return [str(user) for user in value] if isinstance(value, list) else []
