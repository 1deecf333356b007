"""Backup and restoring: one file with the database as its own programs write it, and what it must agree with."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sqlite3
import subprocess
import zipfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from antigone import __version__
from antigone.domain import InputRefused, Place, Problem
from antigone.register.folder import DATABASE, SETTINGS, RegisterFolder, find_folder, write_settings

FORMAT = "antigone-backup/1"
_DUMP = "register.pgdump"


def back_up(folder: RegisterFolder, to: Path, *, with_keys: bool = False) -> dict[str, Any]:
    """Write a backup of a register that may be in use; what its record says.

    The keys are left out unless asked for: without them nothing sealed can be read, so they are kept apart.
    InputRefused where the file exists, or the programs of PostgreSQL are absent.
    """
    if to.exists():
        raise InputRefused([Problem("file-exists", Place(file=str(to)), "a file", "a new name")])
    with _scratch(to) as scratch:
        parts = [_database(folder, scratch), folder.path / SETTINGS]
        parts += sorted(p for p in (folder.path / "policy").rglob("*") if p.is_file())
        if with_keys:
            parts += sorted(p for p in folder.keys.iterdir() if p.is_file())
        names = {p: p.name if p.parent == scratch else str(p.relative_to(folder.path)) for p in parts}
        record = {
            "format": FORMAT,
            "register": folder.name,
            "software": __version__,
            "made_at": datetime.now(UTC).isoformat(timespec="seconds"),
            "database": "postgresql" if folder.database else "sqlite",
            "sha256": {name: _digest(path) for path, name in names.items()},
        }
        part = scratch / "whole"
        with zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("backup.json", json.dumps(record, indent=1, ensure_ascii=False) + "\n")
            for path, name in names.items():
                archive.write(path, name)
        part.chmod(0o600)
        part.replace(to)
    return record


@contextmanager
def _scratch(to: Path) -> Iterator[Path]:
    """A folder beside the file, closed to others; what a run that was killed left in it goes first."""
    scratch = to.with_name(to.name + ".part")
    shutil.rmtree(scratch, ignore_errors=True)
    scratch.mkdir(mode=0o700)
    try:
        yield scratch
    finally:
        shutil.rmtree(scratch)


def restore(backup: Path, to: Path, keys: Path | None = None, database: str = "") -> RegisterFolder:
    """Make the folder of a register again from a backup, with keys from `keys` where the backup has none.

    database: the address of an empty PostgreSQL database, for a backup of one. InputRefused where the file is no
    whole backup, keys are missing, or the folder is in use.
    """
    if to.exists() and any(to.iterdir()):
        raise InputRefused([Problem("folder-not-empty", Place(file=str(to)), "files", "a new folder")])
    with _open(backup) as archive:
        record = _record(archive, backup)
        _check_restorable(record, backup, keys, database)
        to.mkdir(mode=0o700, parents=True, exist_ok=True)
        for name in record["sha256"]:
            archive.extract(name, to)
    for path in to.rglob("*"):
        path.chmod(0o700 if path.is_dir() else 0o600)
    if keys is not None:
        shutil.copytree(keys, to / "keys", dirs_exist_ok=True)
    (to / "keys").chmod(0o700)
    folder = find_folder(to)
    if record["database"] == "postgresql":
        folder = replace(folder, database=database)
        write_settings(folder)
        _run(["pg_restore", "--no-owner", "--exit-on-error", "--dbname", database, str(to / _DUMP)])
        (to / _DUMP).unlink()
    return folder


def _database(folder: RegisterFolder, scratch: Path) -> Path:
    if folder.database:
        dump = scratch / _DUMP
        _run(["pg_dump", "--format=custom", "--no-owner", "--file", str(dump), folder.database])
        return dump
    copy = scratch / DATABASE
    with closing(sqlite3.connect(folder.path / DATABASE)) as source, closing(sqlite3.connect(copy)) as target:
        source.backup(target)
        target.execute("PRAGMA journal_mode=DELETE")
    return copy


def _run(command: list[str]) -> None:
    program = shutil.which(command[0])
    if program is None:
        needed = f"the program {command[0]} of PostgreSQL (Debian: postgresql-client)"
        raise InputRefused([Problem("missing-program", Place(), command[0], needed)])
    done = subprocess.run([program, *command[1:]], capture_output=True, text=True, env=os.environ, check=False)
    if done.returncode != 0:
        found = done.stderr.strip().splitlines()[-1] if done.stderr.strip() else f"exit {done.returncode}"
        raise InputRefused([Problem("database-program", Place(item=command[0]), found, "a database it can reach")])


def _open(backup: Path) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(backup)
    except (OSError, zipfile.BadZipFile):
        raise InputRefused([Problem("not-a-backup", Place(file=str(backup)), "no zip file", FORMAT)]) from None


def _record(archive: zipfile.ZipFile, backup: Path) -> dict[str, Any]:
    try:
        record: dict[str, Any] = json.loads(archive.read("backup.json"))
    except (KeyError, ValueError):
        record = {}
    if record.get("format") != FORMAT:
        raise InputRefused([Problem("not-a-backup", Place(file=str(backup)), str(record.get("format")), FORMAT)])
    for name, digest in record["sha256"].items():
        try:
            found = _digest_in(archive, name)
        except (KeyError, zipfile.BadZipFile):
            found = "nothing"
        if found != digest or Path(name).is_absolute() or ".." in Path(name).parts:
            place = Place(file=str(backup), item=name)
            raise InputRefused([Problem("backup-damaged", place, found[:16], f"{digest[:16]}, as its record says")])
    return record


def _check_restorable(record: dict[str, Any], backup: Path, keys: Path | None, database: str) -> None:
    place = Place(file=str(backup))
    problems = []
    if keys is None and not any(name.startswith("keys/") for name in record["sha256"]):
        problems.append(Problem("backup-without-keys", place, "no keys", "the folder of keys, kept apart from it"))
    if record["database"] == "postgresql" and not database:
        needed = "the address of an empty PostgreSQL database"
        problems.append(Problem("backup-of-postgresql", place, "no address", needed))
    if problems:
        raise InputRefused(problems)


def _digest_in(archive: zipfile.ZipFile, name: str) -> str:
    digest = hashlib.sha256()
    with archive.open(name) as part:
        while piece := part.read(1 << 20):
            digest.update(piece)
    return digest.hexdigest()


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
