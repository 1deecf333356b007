"""The declared columns as Markdown, for the manual."""

from __future__ import annotations

from collections.abc import Sequence

from antigone.domain import CONTAINERS, CONTENTS, FREQUENCIES, HANDOVERS, PERSONS, PROFILES, Column

_FILES = (
    ("persons.csv", PERSONS, "One row per person of a family, per remains and per person of the staff."),
    ("profiles.csv", PROFILES, "One row per sample and locus."),
    ("a frequency table", FREQUENCIES, "One row per locus and allele, below lines that begin with #."),
    ("handovers.csv (optional)", HANDOVERS, "One row per batch that was handed over."),
    ("containers.csv (optional)", CONTAINERS, "One row per bag, as it was handed over."),
    ("contents.csv (optional)", CONTENTS, "One row per remains: the bag they were found in."),
)


def columns_markdown() -> str:
    """All tables of the case folder, column by column."""
    return "\n".join(_section(*file) for file in _FILES)


def _section(file: str, columns: Sequence[Column], about: str) -> str:
    lines = [f"### {file}", "", about, "", "| column | kind | needed | meaning | an empty cell means |"]
    lines.append("|---|---|---|---|---|")
    for c in columns:
        empty = c.empty or "not allowed"
        lines.append(f"| `{c.name}` | {c.kind} | {'yes' if c.required else 'no'} | {c.meaning} | {empty} |")
    return "\n".join(lines) + "\n"
