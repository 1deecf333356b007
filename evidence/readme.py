"""The list of checks in README.md, between two markers; a test keeps it true."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from evidence.framework import ROOT, Check

README = ROOT / "README.md"
BEGIN = "<!-- evidence: written by `make evidence` -->"
END = "<!-- evidence: end -->"


def index_block(checks: Sequence[Check]) -> str:
    """The block with its markers: one line per check, linked to its page."""
    lines = [f"- [{check.title}](docs/evidence/{check.name}.md): {check.must_show}" for check in checks]
    return "\n".join([BEGIN, *lines, END])


def write_index(checks: Sequence[Check], readme: Path = README) -> None:
    """Replace the block in the README; ValueError where its markers are gone."""
    before, _, rest = readme.read_text(encoding="utf-8").partition(BEGIN)
    _, end, after = rest.partition(END)
    if not end:
        raise ValueError(f"{readme.name} has lost its evidence markers")
    readme.write_text(before + index_block(checks) + after, encoding="utf-8")
