"""The folder of a screening: its finished blocks, and the append-only record of what was compared.

A block's tables are written under a temporary name, fsynced and renamed, then the folder is fsynced, and
only then one line is appended to coverage.jsonl and fsynced: what has no line was never done. A run that
is killed at any moment is taken up where the last line ends. Every line carries the sha256 of the line
before and of each of its block's files; what does not fit is refused, or run again.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any

import polars as pl

from antigone.domain import Block, Circumstances, Covered, InputRefused, Members, Place, Problem, RecordedBlock
from antigone.intake.codec import to_plain
from antigone.intake.coverage_files import SCREENING_FORMAT, members_frame, read_about, read_members
from antigone.intake.coverage_lines import file_name, read_lines
from antigone.intake.safe_files import PART, locked, sha256_of, sync, write_table, write_whole

RECORD, TORN, ABOUT, LOCK, BLOCKS = "coverage.jsonl", "coverage.torn", "screening.json", "lock", "blocks"
MEMBERS = "members"
_OURS = re.compile(r"[0-9a-f]{16}\.[a-z_]+\.parquet(\.part)?")
_TABLE = re.compile(r"[a-z_]+")


def _now() -> datetime:
    return datetime.now(UTC)


class RunFolder:
    """A run folder, opened for one process at a time; made where there is none.

    removed: files without a line that were found and removed. torn: bytes of a line that was cut off, now at
    the end of coverage.torn. damaged: by block, its files that are absent or not the recorded ones.

    >>> import tempfile
    >>> here = Circumstances("", {}, "antigone 1")
    >>> block = Block("direct", here.digest, Members(("D1",), ("00",)), Members(("R1",), ("01",)))
    >>> with tempfile.TemporaryDirectory() as out:
    ...     with RunFolder(out) as folder:
    ...         added = folder.add(block, here, {"direct": pl.DataFrame({"lr": [2.5]})}, 1, {})
    ...     with RunFolder(out, write=False) as folder:
    ...         folder.recorded()[0].block == block, folder.about
    (True, None)
    """

    def __init__(self, path: str | Path, clock: Callable[[], datetime] = _now, write: bool = True) -> None:
        """Open the folder; write False only reads, beside a process that writes.

        Raises
        ------
        InputRefused
            The folder holds something else, another process writes into it, or its record was changed.
        """
        self.path = Path(path)
        self.removed: tuple[str, ...] = ()
        self.torn = 0
        self._clock = clock
        self._lock = _locked(self.path) if write else None
        try:
            about, content = _bytes(self.path / ABOUT), _bytes(self.path / RECORD)  # what vouches, before it grows
            self._lines = read_lines(content, RECORD)
            self.about = read_about(about, self._lines.digests, ABOUT, RECORD) if about else None
            if write:
                self._set_aside(content[self._lines.length :])
                self._clean()
            elif not self._lines.digests:
                raise InputRefused([Problem("missing-file", Place(RECORD), "no record", f"a file named {RECORD}")])
            broken = {block: self._broken(covered) for block, covered in self._lines.covered.items()}
            self.damaged = {block: tables for block, tables in broken.items() if tables}
            self._blocks = self._read_blocks()
        except BaseException:
            self.close()
            raise

    @property
    def circumstances(self) -> Mapping[str, Circumstances]:
        """All circumstances of the record, by their digest."""
        return self._lines.circumstances

    @property
    def complete(self) -> bool:
        """Whether screening.json and its tables are there, and no block was added since."""
        if self.about is None or self.about["coverage"]["sha256"] != self._lines.digests[-1]:
            return False
        return all(sha256_of(self.path / f"{name}.parquet") == sha for name, sha in self.about["tables"].items())

    def recorded(self) -> tuple[RecordedBlock, ...]:
        """Every block of the record once, in the order of their last lines."""
        return tuple(self._blocks.values())

    def tables(self, blocks: Iterable[RecordedBlock], table: str) -> tuple[Path, ...]:
        """The files of one table of several blocks; blocks without it are left out."""
        return tuple(self._file(b.covered.block, table) for b in blocks if table in b.covered.files)

    def add(
        self,
        block: Block,
        circumstances: Circumstances,
        tables: Mapping[str, pl.DataFrame],
        compared: int,
        skipped: Mapping[str, int],
    ) -> RecordedBlock:
        """Keep a finished block: its tables, its members, and then its line.

        compared, skipped: pairs, and pairs by the reason they were not compared; together all pairs of the block.
        """
        self._check_writable()
        if compared + sum(skipped.values()) != block.pairs:
            raise ValueError(f"{compared} pairs compared and {dict(skipped)} skipped, of {block.pairs}")
        if circumstances.digest != block.circumstances:
            raise ValueError("the block is of other circumstances")
        if block.id in self._blocks and not self._blocks[block.id].damaged:
            raise ValueError("the block is in the record")
        for name in tables:
            if not _TABLE.fullmatch(name) or name == MEMBERS:
                raise ValueError(f"no name for a table: {name}")
        frames = {**tables, MEMBERS: members_frame(block)}
        files = {name: write_table(self._file(block.id, name), frame) for name, frame in frames.items()}
        sync(self.path / BLOCKS)
        if circumstances.digest not in self._lines.circumstances:
            self._append(circumstances)
        queries = None if block.queries is None else block.queries.digest
        when = self._clock().astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        covered = Covered(
            block.id, block.comparison, block.circumstances, block.targets.digest, queries,
            compared, dict(skipped), files, when,
        )  # fmt: skip
        self._append(covered)
        self.damaged.pop(block.id, None)
        self._blocks.pop(block.id, None)
        self._blocks[block.id] = RecordedBlock(covered, block)
        return self._blocks[block.id]

    def finish(self, tables: Mapping[str, pl.DataFrame], about: Mapping[str, Any]) -> None:
        """Write the tables of the whole screening, and last screening.json, which vouches for them and the record."""
        self._check_writable()
        if about.keys() & {"format", "tables", "coverage"}:
            raise ValueError("about has a key that the folder writes itself")
        digests = {name: write_table(self.path / f"{name}.parquet", frame) for name, frame in tables.items()}
        coverage = {"lines": len(self._lines.digests), "sha256": self._lines.digests[-1]}
        plain = {"format": SCREENING_FORMAT, **to_plain(about), "tables": digests, "coverage": coverage}
        text = json.dumps(plain, indent=2, ensure_ascii=False, allow_nan=False) + "\n"
        sync(self.path)
        write_whole(self.path / ABOUT, lambda part: part.write_text(text, encoding="utf-8"))
        sync(self.path)
        self.about = plain

    def close(self) -> None:
        """Let other processes write."""
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None

    def __enter__(self) -> RunFolder:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def _file(self, block: str, table: str) -> Path:
        return self.path / BLOCKS / file_name(block, table)

    def _broken(self, covered: Covered) -> tuple[str, ...]:
        return tuple(t for t, sha256 in covered.files.items() if sha256_of(self._file(covered.block, t)) != sha256)

    def _read_blocks(self) -> dict[str, RecordedBlock]:
        sides: dict[str, Members] = {}
        for block, covered in self._lines.covered.items():
            wanted = {covered.targets, covered.queries or covered.targets}
            if not wanted <= sides.keys() and MEMBERS not in self.damaged.get(block, ()):
                sides.update({side.digest: side for side in read_members(self._file(block, MEMBERS))})
        return {block: self._recorded(covered, sides) for block, covered in self._lines.covered.items()}

    def _recorded(self, covered: Covered, sides: Mapping[str, Members]) -> RecordedBlock:
        targets, queries = sides.get(covered.targets), sides.get(covered.queries or "")
        if targets is None or (queries is None) != (covered.queries is None):
            return RecordedBlock(covered, None, damaged=True)
        block = Block(covered.comparison, covered.circumstances, targets, queries)
        if (block.id, block.pairs) != (covered.block, covered.pairs):
            return RecordedBlock(covered, None, damaged=True)
        return RecordedBlock(covered, block, covered.block in self.damaged)

    def _set_aside(self, torn: bytes) -> None:
        """Keep what was cut off while it was written, and cut it off the record."""
        self.torn = len(torn)
        if torn:
            if not _bytes(self.path / TORN).endswith(torn):
                with (self.path / TORN).open("ab") as file:
                    file.write(torn)
            sync(self.path / TORN)
            sync(self.path)
            os.truncate(self.path / RECORD, self._lines.length)
            sync(self.path / RECORD)
        if not self._lines.digests:
            self._append(None)
            sync(self.path)

    def _clean(self) -> None:
        """Remove the files of blocks that have no line, and files that were not finished."""
        blocks = self.path / BLOCKS
        blocks.mkdir(exist_ok=True)
        left = [f for f in blocks.iterdir() if _OURS.fullmatch(f.name) and f.name not in self._lines.files]
        left += [*self.path.glob(f"*.parquet{PART}"), *self.path.glob(f"{ABOUT}{PART}")]
        for file in left:
            file.unlink()
        self.removed = tuple(sorted(file.name for file in left))

    def _append(self, value: Covered | Circumstances | None) -> None:
        line = self._lines.next_line(value)
        record = os.open(self.path / RECORD, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o644)
        try:
            size = os.fstat(record).st_size
            if size != self._lines.length:
                place, needed = Place(RECORD, len(self._lines.digests)), f"{self._lines.length} bytes up to this line"
                raise InputRefused([Problem("record-changed", place, f"{size} bytes", needed)])
            if os.write(record, line) < len(line):
                raise OSError(f"{RECORD}: the line could not be written whole")
            os.fsync(record)
        finally:
            os.close(record)
        self._lines.take(line, value)

    def _check_writable(self) -> None:
        if self._lock is None:
            raise ValueError("the folder is not open for writing")


def _bytes(path: Path) -> bytes:
    return path.read_bytes() if path.is_file() else b""


def _locked(path: Path) -> int:
    """The lock of the folder, which is made where it is absent."""
    names = {entry.name for entry in path.iterdir()} if path.is_dir() else set()
    if path.is_file() or (RECORD not in names and names - {LOCK, BLOCKS}):
        found, needed = "a file" if path.is_file() else "other files in it", "a new folder, or one of a screening"
        raise InputRefused([Problem("folder-not-empty", Place(path.name), found, needed)])
    path.mkdir(parents=True, exist_ok=True)
    lock = locked(path / LOCK)
    if lock is None:
        problem = Problem("folder-locked", Place(path.name), "another process at work", "one process at a time")
        raise InputRefused([problem])
    return lock
