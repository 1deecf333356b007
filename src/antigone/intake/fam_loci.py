"""The frequency database of a Familias file."""

from __future__ import annotations

import math
import re

from antigone.intake.alleles import usual_allele
from antigone.intake.fam_lines import FamLines
from antigone.intake.fam_parts import FamLocus

_SIZE = re.compile(r"DatabaseSize = ([^\s,)]+)")
_DROPOUT = re.compile(r"Dropout probability = ([^\s,)]+)")
_MINIMUM = re.compile(r"Minor allele frequency = ([^\s,)]+)")


def read_loci(lines: FamLines) -> tuple[str, tuple[FamLocus, ...]]:
    """(name of the database, its loci)."""
    count = lines.integer("number of loci")
    named = lines.flag("whether the database has a name")
    name = lines.text("name of the database") if named else ""
    return name, tuple(_locus(lines) for _ in range(count))


def _locus(lines: FamLines) -> FamLocus:
    name = lines.text("name of a locus")
    line = lines.row
    rates = [_probability(lines, f"{sex} mutation rate of {name}") for sex in ("female", "male")]
    models = [lines.integer(f"{sex} mutation model of {name}", 0, 4) for sex in ("female", "male")]
    lines.integer(f"number of alleles of {name}, silent included")
    ranges = [_probability(lines, f"{sex} mutation range of {name}") for sex in ("female", "male")]
    rates2 = [_probability(lines, f"{sex} second mutation rate of {name}") for sex in ("female", "male")]
    has_silent = lines.flag(f"whether {name} has a silent allele")
    silent = _probability(lines, f"frequency of the silent allele of {name}")
    count, size, dropout, minimum = _information(lines, name)
    alleles = tuple(_allele(lines, name) for _ in range(count))
    return FamLocus(
        name, rates[0], rates[1], models[0], models[1], ranges[0], ranges[1], rates2[0], rates2[1],
        silent if has_silent else 0.0, size, dropout, minimum, alleles, line,
    )  # fmt: skip


def _probability(lines: FamLines, what: str) -> float:
    value = lines.number(what)
    if not 0.0 <= value <= 1.0:
        lines.collector.add("probability", row=lines.row, item=what, found=f"{value:g}", needed="from 0 to 1")
    return value


def _information(lines: FamLines, locus: str) -> tuple[int, int | None, float, float]:
    """(alleles, database size, dropout, minimum frequency); older files hold the first alone."""
    found = lines.take(f"number of alleles of {locus}")
    count = re.match(r"\d+", found)
    if not count:
        lines.wrong("not-a-count", found, f"number of alleles of {locus}: a whole number of at least 0")

    def number(pattern: re.Pattern[str], what: str) -> float:
        match = pattern.search(found)
        value = _finite(match.group(1)) if match else 0.0
        if value is None:
            lines.wrong("not-a-number", found, f"{what} of {locus}: a number with a decimal point")
        return value

    size = int(number(_SIZE, "database size"))
    dropout = number(_DROPOUT, "dropout probability")
    minimum = number(_MINIMUM, "minor allele frequency")
    for what, value in (("dropout probability", dropout), ("minor allele frequency", minimum)):
        if not 0.0 <= value < 1.0:
            lines.collector.add(
                "probability", row=lines.row, item=f"{what} of {locus}", found=f"{value:g}",
                needed="at least 0 and below 1",
            )  # fmt: skip
    return int(count.group()), size if size > 0 else None, dropout, minimum


def _finite(text: str) -> float | None:
    """None for a text that is no number, and for infinite ones."""
    try:
        value = float(text)
    except ValueError:
        return None
    return value if math.isfinite(value) else None


def _allele(lines: FamLines, locus: str) -> tuple[str, float]:
    name = usual_allele(lines.text(f"name of an allele of {locus}"))
    frequency = lines.number(f"frequency of allele {name} of {locus}")
    if not 0.0 <= frequency <= 1.0:
        lines.collector.add(
            "frequency", row=lines.row, item=f"allele {name} of {locus}", found=f"{frequency:g}",
            needed="from 0 to 1",
        )  # fmt: skip
    return name, frequency
