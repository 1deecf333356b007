"""The rows of the register are the last versions of its records, no more and no less."""

from __future__ import annotations

from hashlib import sha256
from typing import Any

from antigone.verify.archive import Archive
from antigone.verify.index import Index, plain_text
from antigone.verify.remarks import Remarks

_FAULTS = ("row-without-change", "row-version", "row-differs", "row-sealed", "row-missing", "row-twice")


def check_rows(archive: Archive, index: Index, remarks: Remarks) -> None:
    """Set each row beside the last change of its record."""
    count = 0
    for part in archive.below("rows"):
        kind = part.removeprefix("rows/").removesuffix(".jsonl")
        for row in archive.objects(part):
            count += 1
            _check_row(kind, row, index, remarks)
    for record, rows in list(index.ask("SELECT record, rows FROM records WHERE rows <> 1 ORDER BY record LIMIT 1000")):
        remarks.fault("row-twice" if rows else "row-missing", record=record)
    remarks.hold_unless(_FAULTS, "rows", rows=count)


def _check_row(kind: str, row: dict[str, Any], index: Index, remarks: Remarks) -> None:
    record = str(row.get("id"))
    last = index.last(record)
    if last is None or last.kind != kind:
        remarks.fault("row-without-change", record=record, kind=kind)
        return
    index.count_row(record)
    digest = sha256(plain_text(row.get("plain"))).digest()
    if row.get("version") != last.version:
        remarks.fault("row-version", record=record, found=row.get("version"), needed=last.version)
    elif digest != last.digest:
        remarks.fault("row-differs", record=record, version=last.version)
    if row.get("sealed") != last.sealed:
        remarks.fault("row-sealed", record=record, version=last.version)
