"""What was read of the records, beside the memory: a small database of its own in a temporary file.

A million records take 0.2 GB there.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from antigone.ledger import Change

KEPT = frozenset(
    {
        "party", "institution", "user", "handover", "container", "remains", "sample", "profile", "finding", "proposal",
        "decision", "release", "consent",
    }
)  # fmt: skip
"""Kinds whose plain parts the checks read again; there are no more of them than people handled."""
OPENED = frozenset({"profile", "genetic_family", "finding"})
"""Kinds whose opened contents a finding is recomputed from."""

_TABLES = """
CREATE TABLE records (
    record TEXT PRIMARY KEY, kind TEXT, version INTEGER, entry INTEGER, state TEXT, digest BLOB, sealed TEXT,
    plain TEXT, first INTEGER, rows INTEGER DEFAULT 0
) WITHOUT ROWID;
CREATE TABLE contents (record TEXT, version INTEGER, plain TEXT, content TEXT, PRIMARY KEY (record, version))
    WITHOUT ROWID;
CREATE TABLE referred (target TEXT PRIMARY KEY, record TEXT, entry INTEGER) WITHOUT ROWID;
"""

_PUT = """
INSERT INTO records VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 0) ON CONFLICT (record) DO UPDATE SET kind = excluded.kind,
    version = excluded.version, entry = excluded.entry, state = excluded.state, digest = excluded.digest,
    sealed = excluded.sealed, plain = excluded.plain
"""


@dataclass(frozen=True, slots=True)
class Last:
    """A record as its last change left it. digest: of the plain part; plain: of the kinds in KEPT alone."""

    kind: str
    version: int
    entry: int
    state: str
    digest: bytes
    sealed: str | None
    plain: dict[str, Any] | None


class Index:
    """Records by identifier; written in the order of the entries."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.database = connection

    def last(self, record: str) -> Last | None:
        """The record as it stands so far."""
        found = self.database.execute(
            "SELECT kind, version, entry, state, digest, sealed, plain FROM records WHERE record = ?", (record,)
        ).fetchone()
        if found is None:
            return None
        return _last(found)

    def put(self, change: Change, entry: int) -> None:
        """Take this change for the record's last."""
        plain = plain_text(change.plain)
        kept = plain.decode() if change.kind in KEPT else None
        sealed = None if change.sealed_digest is None else change.sealed_digest.hex()
        state = str(change.plain.get("state"))
        values = (change.record, change.kind, change.version, entry, state, sha256(plain).digest(), sealed, kept)
        self.database.execute(_PUT, (*values, entry))

    def put_content(self, change: Change, content: str | None) -> None:
        """A version of a record that findings are recomputed from; content None: it is not opened."""
        values = (change.record, change.version, plain_text(change.plain).decode(), content)
        self.database.execute("INSERT OR REPLACE INTO contents VALUES (?, ?, ?, ?)", values)

    def content(self, record: str, version: int) -> tuple[dict[str, Any], dict[str, Any] | None] | None:
        """Plain part and opened content of one version; None: no such version was shown."""
        found = self.database.execute(
            "SELECT plain, content FROM contents WHERE record = ? AND version = ?", (record, version)
        ).fetchone()
        if found is None:
            return None
        return json.loads(found[0]), None if found[1] is None else json.loads(found[1])

    def refer(self, target: str, record: str, entry: int) -> None:
        """`record` names `target`; only the first to do so is kept."""
        self.database.execute("INSERT OR IGNORE INTO referred VALUES (?, ?, ?)", (target, record, entry))

    def count_row(self, record: str) -> None:
        """One more row of the export is of this record."""
        self.database.execute("UPDATE records SET rows = rows + 1 WHERE record = ?", (record,))

    def of_kind(self, kind: str) -> Iterator[tuple[str, Last]]:
        """The records of one kind, in the order of identifiers."""
        found = self.database.execute(
            "SELECT record, kind, version, entry, state, digest, sealed, plain FROM records WHERE kind = ? "
            "ORDER BY record",
            (kind,),
        )
        for record, *columns in found:
            yield record, _last(columns)

    def ask(self, question: str, *values: object) -> Iterator[tuple[Any, ...]]:
        """The answer to a question in SQL, row by row."""
        yield from self.database.execute(question, values)


def _last(columns: Sequence[Any]) -> Last:
    kind, version, entry, state, digest, sealed, plain = columns
    return Last(kind, version, entry, state, digest, sealed, None if plain is None else json.loads(plain))


def plain_text(plain: object) -> bytes:
    """One spelling of a plain part, so that two of them can be set beside each other."""
    return json.dumps(plain, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()


@contextmanager
def new_index() -> Iterator[Index]:
    """An empty index, gone when the block ends."""
    with TemporaryDirectory(prefix="antigone-verify-") as folder:
        connection = sqlite3.connect(Path(folder) / "index.sqlite3", isolation_level=None)
        try:
            connection.executescript(
                "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA cache_size=-131072; PRAGMA temp_store=FILE; "
                "PRAGMA locking_mode=EXCLUSIVE;" + _TABLES
            )
            connection.execute("BEGIN")
            yield Index(connection)
        finally:
            connection.close()
