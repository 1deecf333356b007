"""What a check is, how checks are found, run, and written down.

A check is a module of this folder with

    NAME       short name, as in `make evidence ONLY=name` and docs/evidence/name.md
    TITLE      heading of its page
    MUST_SHOW  the claim, in one or two sentences
    check(small: bool, n: int | None) -> Outcome

`small` asks for a run of seconds that exercises the same code; `n` overrides how many cases are tried,
where that means something. Checks do not depend on the order they are run in.
"""

from __future__ import annotations

import importlib
import os
import pkgutil
import platform
import subprocess
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import antigone
import evidence

ROOT = Path(__file__).resolve().parent.parent
PAGES = ROOT / "docs" / "evidence"
_NOT_CHECKS = {"framework", "readme", "suite", "wars", "__main__"}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a check found: whether the claim holds, and the table that shows it.

    `rows` hold one value per column of `header`; floats are printed with six significant digits.
    """

    ok: bool
    header: Sequence[str]
    rows: Sequence[Sequence[object]]
    notes: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Check:
    """One module of this folder, read."""

    name: str
    title: str
    must_show: str
    run: Callable[[bool, int | None], Outcome]


def load_checks() -> list[Check]:
    """Every check of this folder, by name.

    Raises AttributeError, with the module's name, where a module lacks one of the four names.
    """
    checks = []
    for module_info in pkgutil.iter_modules(evidence.__path__):
        if module_info.name in _NOT_CHECKS:
            continue
        module = importlib.import_module(f"evidence.{module_info.name}")
        checks.append(Check(module.NAME, module.TITLE, module.MUST_SHOW, module.check))
    return sorted(checks, key=lambda check: check.name)


def page(check: Check, outcome: Outcome) -> str:
    """The Markdown page of one check that was run.

    >>> kept = Check("count", "Counting", "Two and two are four.", lambda small, n: None)
    >>> print(page(kept, Outcome(True, ["sum", "value"], [["2 + 2", 4.0]])).split("## Result")[1].strip())
    **The claim holds.**
    <BLANKLINE>
    | sum | value |
    | --- | --- |
    | 2 + 2 | 4 |
    """
    verdict = "**The claim holds.**" if outcome.ok else "**The claim does not hold.**"
    notes = "".join(f"- {note}\n" for note in outcome.notes)
    parts = [
        f"# {check.title}",
        f"Claim: {check.must_show}",
        f"Run it again: `make evidence ONLY={check.name}`",
        "## How it was run",
        "\n".join(f"- {name}: {value}" for name, value in circumstances().items()),
        "## Result",
        verdict,
        markdown_table(outcome.header, outcome.rows),
    ]
    return "\n\n".join([*parts, notes]).rstrip() + "\n"


def markdown_table(header: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    """A Markdown table; a bar inside a cell is escaped."""
    lines = [list(header), ["---"] * len(header), *([_cell(value) for value in row] for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _cell(value: object) -> str:
    text = f"{value:.6g}" if isinstance(value, float) else str(value)
    return text.replace("|", "\\|")


def circumstances() -> dict[str, str]:
    """Date, version and kind of machine; no host name and no path."""
    return {
        "date": datetime.now(UTC).date().isoformat(),
        "Antigone": f"{antigone.__version__} ({_commit()})",
        "machine": f"{os.cpu_count()} cores, {_memory()}, {platform.system()} {platform.machine()}",
        "Python": platform.python_version(),
    }


def _memory() -> str:
    size = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return f"{size / 2**30:.0f} GiB of memory"


def _commit() -> str:
    try:
        commit = _git("rev-parse", "--short=12", "HEAD")
        changed = _git("status", "--porcelain", "--", "src", "evidence", "tests")
    except (OSError, subprocess.CalledProcessError):
        return "not from a git clone"
    return f"commit {commit}, with changes" if changed else f"commit {commit}"


def _git(*arguments: str) -> str:
    done = subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, text=True, check=True)
    return done.stdout.strip()
