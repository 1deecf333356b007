"""Files as text: what is there, how it is encoded, and the digest of its bytes."""

from __future__ import annotations

import codecs
import hashlib
from pathlib import Path

from antigone.intake.collector import Collector

_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def read_bytes(path: Path, collector: Collector) -> bytes:
    """The bytes of a file that must exist and hold something; InputRefused otherwise."""
    if not path.is_file():
        found = "a folder of this name" if path.is_dir() else "nothing of this name"
        collector.refuse("missing-file", found=found, needed=f"a file named {path.name}")
    try:
        content = path.read_bytes()
    except OSError as error:
        collector.refuse("unreadable-file", found=error.strerror or "no access", needed="a readable file")
    if not content.strip(codecs.BOM_UTF8).strip():
        collector.refuse("empty-file", found="nothing", needed="at least a header and one row")
    return content


def decode(content: bytes, collector: Collector) -> str:
    """The text of UTF-8 bytes, with or without byte order mark; InputRefused for other encodings."""
    if content.startswith(_UTF16) or b"\x00" in content[:200]:
        collector.refuse("encoding", found="UTF-16", needed="UTF-8")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        row = content[: error.start].count(b"\n") + 1
        found = f"byte {content[error.start]:#04x}, as in Latin-1 or Windows-1251"
        collector.refuse("encoding", row=row, found=found, needed="UTF-8")


def read_text(path: Path, collector: Collector) -> tuple[str, str]:
    """(text, sha256 of the bytes) of a UTF-8 file."""
    content = read_bytes(path, collector)
    return decode(content, collector), hashlib.sha256(content).hexdigest()
