"""Files that are there whole or not at all (written under another name, fsynced, renamed), and one writer at a time."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from pathlib import Path

import polars as pl

PART = ".part"
"""What the name of an unfinished file ends in."""
_ROWS_PER_GROUP = 1 << 16


def write_whole(path: Path, write: Callable[[Path], object]) -> str:
    """The sha256 of the file that `write` made under another name; the folder is still to be synced.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     digest = write_whole(Path(folder, "a.txt"), lambda part: part.write_text("a"))
    ...     digest == sha256_of(Path(folder, "a.txt")), [p.name for p in Path(folder).iterdir()]
    (True, ['a.txt'])
    """
    part = path.with_name(path.name + PART)
    write(part)
    sync(part)
    digest = sha256_of(part)
    part.replace(path)
    return digest


def write_table(path: Path, frame: pl.DataFrame) -> str:
    """The sha256 of the Parquet file; one table makes the same bytes every time, however it came about."""

    def write(part: Path) -> None:
        frame.write_parquet(
            part, compression="zstd", compression_level=3, statistics=False, row_group_size=_ROWS_PER_GROUP
        )

    return write_whole(path, write)


def sync(path: Path) -> None:
    """Wait until a file, or the names in a folder, are on the disk."""
    opened = os.open(path, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def sha256_of(path: Path) -> str:
    """sha256 of a file; empty where there is none."""
    if not path.is_file():
        return ""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def locked(path: Path) -> int | None:
    """The descriptor of a file that is now ours alone, until it is closed or the process ends; None: another's."""
    import fcntl

    lock = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(lock)
        return None
    return lock
