"""Every record has its versions 1, 2, 3, ... with no gap and none twice, and stays of one kind."""

from __future__ import annotations

from antigone.domain import InputRefused, kind_of
from antigone.ledger import Entry
from antigone.verify.remarks import Remarks
from antigone.verify.steps import Step


class Versions:
    """Counts the versions."""

    def __init__(self, remarks: Remarks) -> None:
        self._remarks = remarks
        self._records = 0

    def begin(self, index: int, entry: Entry) -> None:
        """Nothing."""

    def see(self, step: Step) -> None:
        """The next version of its record?"""
        change, before = step.change, step.before
        needed = 1 if before is None else before.version + 1
        if change.version != needed:
            self._remarks.fault(
                "version-chain", record=change.record, found=change.version, needed=needed, entry=step.entry
            )
        if before is None:
            self._records += 1
            self._check_kind(change.record, change.kind)
        elif before.kind != change.kind:
            self._remarks.fault("record-kind", record=change.record, found=change.kind, needed=before.kind)

    def end(self, index: int, entry: Entry) -> None:
        """Nothing."""

    def close(self) -> None:
        """Say how many records there are."""
        self._remarks.hold_unless(("version-chain", "record-kind"), "versions", records=self._records)

    def _check_kind(self, record: str, kind: str) -> None:
        try:
            needed = kind_of(record).value
        except InputRefused:
            needed = "none: it is no identifier"
        if needed != kind:
            self._remarks.fault("record-kind", record=record, found=kind, needed=needed)
