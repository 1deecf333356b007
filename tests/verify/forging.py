"""Copies of an export that somebody altered: clumsily, in one part, or with the log's key and all made to fit."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from antigone import ledger


class Copy:
    """An export held in memory, to be altered and written again.

    entries: bodies, or {"leaf": ...}; changes: lines; rows: kind -> lines; parts: every other part as text.
    """

    def __init__(self, path: Path) -> None:
        with zipfile.ZipFile(path) as archive:
            texts = {name: archive.read(name).decode() for name in archive.namelist()}
        self.entries = _lines(texts.pop("entries.jsonl"))
        self.changes = _lines(texts.pop("changes.jsonl"))
        rows = [name for name in texts if name.startswith("rows/")]
        self.rows = {name[5:-6]: _lines(texts.pop(name)) for name in rows}
        self.parts = texts

    def json(self, part: str, edit: Callable[[dict[str, Any]], None]) -> None:
        """Alter one of the JSON parts."""
        value = json.loads(self.parts[part])
        edit(value)
        self.parts[part] = json.dumps(value)

    def bodies(self, kind: str) -> list[dict[str, Any]]:
        """The changes of records of one kind, in their order."""
        return [line["body"] for line in self.changes if "body" in line and line["body"]["kind"] == kind]

    def line_of(self, body: dict[str, Any]) -> dict[str, Any]:
        return next(line for line in self.changes if line.get("body") is body)

    def fit(self, key: ledger.SignerKey) -> None:
        """Make everything agree again: roots of the entries, the tree, the checkpoint, and the rows."""
        log = ledger.Frontier()
        for index, entry in enumerate(self.entries):
            if "leaf" in entry:
                log.append(bytes.fromhex(entry["leaf"]))
                continue
            own = [line for line in self.changes if line["entry"] == index]
            for position, line in enumerate(own):
                line["position"] = position
            root = ledger.root_of(_leaf(line) for line in own)
            entry["changes"] = {"count": len(own), "root": root.hex()}
            log.append(ledger.leaf_hash(ledger.canonical_json(entry)))
        checkpoint = ledger.Checkpoint(key.name, log.size, log.root())
        self.parts["checkpoint.txt"] = ledger.sign_checkpoint(checkpoint, key).to_bytes().decode()
        self._fit_rows()
        self.json("export.json", lambda header: header.update(entries=log.size, changes=len(self.changes)))

    def _fit_rows(self) -> None:
        last = {line["body"]["record"]: line["body"] for line in self.changes if "body" in line}
        self.rows = {kind: [] for kind in self.rows}
        for record, body in sorted(last.items()):
            row = {"id": record, "version": body["version"], "plain": body["plain"], "sealed": body["sealed"]}
            self.rows[body["kind"]].append(row)

    def write(self, path: Path) -> Path:
        """The altered file."""
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("entries.jsonl", "".join(_entry_line(entry) for entry in self.entries))
            archive.writestr("changes.jsonl", "".join(_line(line) for line in self.changes))
            for kind, rows in self.rows.items():
                archive.writestr(f"rows/{kind}.jsonl", "".join(map(_line, rows)))
            for name, text in self.parts.items():
                archive.writestr(name, text)
        return path


def _leaf(line: dict[str, Any]) -> bytes:
    if "body" in line:
        return ledger.leaf_hash(ledger.canonical_json(line["body"]))
    return bytes.fromhex(line["leaf"])


def _lines(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


def _entry_line(entry: dict[str, Any]) -> str:
    return _line(entry) if "leaf" in entry else ledger.canonical_json(entry).decode() + "\n"


def _line(value: dict[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n"
