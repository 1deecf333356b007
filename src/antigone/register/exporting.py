"""An export: one file from which `antigone verify` derives everything again, without the register.

A zip of fixed times in the order of the names, written in one pass, in memory for a few thousand rows. All of it
is of one moment: the checkpoint over the entries, their changes, the rows. docs/verify.md names every part.
"""

from __future__ import annotations

import io
import json
import os
import shutil
import tempfile
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.db import connection, transaction

from antigone import __version__, ledger
from antigone.domain import InputRefused, Kind, Place, Problem
from antigone.register.actor import Actor
from antigone.register.checkpoints import SignedState, keep_checkpoint, log_key, signed_state
from antigone.register.doors import DOORS
from antigone.register.export_figures import figures
from antigone.register.export_lines import entry_lines, row_lines, stray_lines
from antigone.register.export_scope import ExportScope, Shown
from antigone.register.models import RECORDS, Checkpoint, Cosignature, Document, Party
from antigone.register.opening import keyring

FORMAT = "antigone-export/1"
_TIME = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Exported:
    """The file that was written, and the state of the ledger in it."""

    path: Path
    size: int
    root: str


def export_register(path: Path, actor: Actor, document: str) -> Exported:
    """Write the export that this record, made by the verb `export`, is about.

    Raises
    ------
    InputRefused
        There is a file of this name (`file-exists`).
    """
    if path.exists():
        raise InputRefused([Problem("file-exists", Place(file=str(path)), "a file", "the name of a new file")])
    part = path.with_name(path.name + ".part")
    with _one_moment():
        state = signed_state()
        shown = _shown(actor, document)
        try:
            with _private(part) as file, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
                _write(archive, state, shown)
        except BaseException:
            part.unlink(missing_ok=True)
            raise
    keep_checkpoint(state)
    part.replace(path)
    return Exported(path, state.size, state.root.hex())


@contextmanager
def _one_moment() -> Iterator[None]:
    """Everything read within is of one moment; nothing is locked, nobody waits.

    Not `atomic`, which on SQLite takes the one place of the writer.
    """
    if transaction.get_connection().in_atomic_block:
        raise RuntimeError("an export is not a part of an action")
    kind = " ISOLATION LEVEL REPEATABLE READ READ ONLY" if connection.vendor == "postgresql" else " DEFERRED"
    connection.ensure_connection()
    with connection.cursor() as cursor:
        cursor.execute("BEGIN" + kind)
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("ROLLBACK")


def _shown(actor: Actor, document: str) -> Shown:
    row = Document.objects.get(pk=document)
    _, scope, opening = (*row.state.split("_"), "")[:3]
    recipient = Party.objects.get(pk=row.about)
    return Shown(actor, ExportScope(scope), recipient, opening == "opened", document)


@contextmanager
def _private(path: Path) -> Iterator[IO[bytes]]:
    path.unlink(missing_ok=True)
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w+b") as file:
        yield file
        file.flush()
        os.fsync(file.fileno())


def _write(archive: zipfile.ZipFile, state: SignedState, shown: Shown) -> None:
    """All parts, in the order of their names."""
    keys = keyring()
    with tempfile.TemporaryFile("w+", encoding="utf-8") as entries:
        changes = _changes(archive, entries, state.size, shown)
        _put(archive, "checkpoint.txt", _cosigned(state.note, state.size))
        for name, note in _witnessed(state.size):
            _put(archive, name, note)
        entries.seek(0)
        with _member(archive, "entries.jsonl") as file:
            shutil.copyfileobj(entries, file)
    # The header names what the rows hold, so it is written before them from the counts the figures have.
    claimed = figures(shown)
    _put(archive, "export.json", _json(_header(state, shown, changes, claimed)))
    _put(archive, "figures.json", _json(claimed))
    _put(archive, "log.pub", log_key().verifier.encoded() + "\n")
    used = settings.FOLDER.policy_folder / "used"
    for path in sorted((used / "policy").glob("*.json")):
        _put(archive, f"policy/{path.name}", path.read_text("utf-8"))
    for kind in sorted(RECORDS):
        _lines(archive, f"rows/{kind}.jsonl", row_lines(RECORDS[kind].KIND, shown, keys))
    for path in sorted((used / "tables").glob("*.json")):
        _put(archive, f"tables/{path.name}", path.read_text("utf-8"))


def _changes(archive: zipfile.ZipFile, entries: IO[str], size: int, shown: Shown) -> int:
    """Write changes.jsonl, and the lines of the entries to a file beside; how many changes."""
    written = 0
    with _member(archive, "changes.jsonl") as file:
        for entry in entry_lines(size, shown, keyring()):
            entries.write(entry.line)
            for line in entry.changes:
                file.write(line)
                written += 1
        for line in stray_lines(shown):
            file.write(line)
            written += 1
    return written


def _header(state: SignedState, shown: Shown, changes: int, claimed: dict[str, Any]) -> dict[str, Any]:
    recipient = shown.recipient
    return {
        "format": FORMAT,
        "origin": settings.FOLDER.name,
        "made_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "software": f"antigone {__version__}",
        "by": shown.actor.user,
        "document": shown.document,
        "scope": shown.scope.value,
        "recipient": {"party": recipient.pk, "code": recipient.code},
        "everything": shown.everything,
        "opened": [kind.value for kind in Kind if shown.opens and _may_open(shown, kind)],
        "entries": state.size,
        "changes": changes,
        "rows": {kind: sum(states.values()) for kind, states in claimed["records"].items()},
    }


def _may_open(shown: Shown, kind: Kind) -> bool:
    return bool(RECORDS[kind.value].SEALED) and bool(shown.actor.reaches(DOORS[kind].model.KIND))


def _cosigned(note: ledger.Note, size: int) -> str:
    """The note with the lines of those who cosigned it."""
    lines = Cosignature.objects.filter(checkpoint=size).order_by("witness").values_list("line", flat=True)
    return note.to_bytes().decode() + "".join(line.rstrip("\n") + "\n" for line in lines)


def _witnessed(size: int) -> Iterator[tuple[str, str]]:
    """For each witness the largest state it cosigned, where it is not the one the export is of."""
    largest: dict[str, int] = {}
    for witness, cosigned in Cosignature.objects.order_by("checkpoint").values_list("witness", "checkpoint"):
        largest[witness] = cosigned
    for cosigned in sorted(set(largest.values()) - {size}):
        note = ledger.parse_note(Checkpoint.objects.get(size=cosigned).note.encode())
        yield f"cosigned/{cosigned:016d}.txt", _cosigned(note, cosigned)


def _put(archive: zipfile.ZipFile, name: str, text: str) -> None:
    _lines(archive, name, [text])


def _lines(archive: zipfile.ZipFile, name: str, lines: Iterable[str]) -> None:
    with _member(archive, name) as file:
        file.writelines(lines)


@contextmanager
def _member(archive: zipfile.ZipFile, name: str) -> Iterator[IO[str]]:
    info = zipfile.ZipInfo(name, _TIME)
    info.compress_type = zipfile.ZIP_DEFLATED
    info.external_attr = 0o600 << 16
    with archive.open(info, "w", force_zip64=True) as raw, io.TextIOWrapper(raw, "utf-8", newline="\n") as file:
        yield file


def _json(value: dict[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
