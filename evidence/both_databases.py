"""The tests of the register on SQLite and on PostgreSQL: the same names on both, all passed, none skipped."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from xml.etree import ElementTree

from evidence.framework import ROOT, Outcome

NAME = "both-databases"
TITLE = "The same tests on both databases"
MUST_SHOW = "Every test that works in a register runs on SQLite and on PostgreSQL, passes on both, and none is skipped."

TESTED = ("tests/register", "tests/actions", "tests/verify", "tests/web")
TESTED_SMALL = (
    "tests/register/test_agreement.py",
    "tests/register/test_doors.py",
    "tests/actions/test_families.py",
    "tests/actions/test_handovers.py",
)
VENDORS = ("sqlite", "postgresql")
PROCESSES = "2"
_DATABASE = re.compile(rf"(?<=[\[-])({'|'.join(VENDORS)})(?=[\]-])")
_REQUIRED = {"ANTIGONE_REQUIRE_POSTGRESQL": "1", "ANTIGONE_REQUIRE_BROWSER": "1"}
SHOWN, WORDS = 20, 2_000
"""Tests that are named, and signs of what pytest said last, where not all passed."""


@dataclass(frozen=True)
class Ran:
    """One test that was run. `database`: which one it was run on, "" where it is not run on each."""

    folder: str
    name: str
    database: str
    result: str


def check(small: bool, n: int | None) -> Outcome:
    """The tests of four folders; of four files for a small run."""
    with TemporaryDirectory(prefix="antigone-") as place:
        report = Path(place, "tests.xml")
        done = _run(TESTED_SMALL if small else TESTED, report)
        tests = _report(report) if report.exists() else []
    rows = [_row(folder, [test for test in tests if test.folder == folder]) for folder in _folders(tests)]
    failed = [f"{test.folder}: {test.name}, {test.result}" for test in tests if test.result != "passed"]
    notes = [
        "Numbers of tests that passed. A test that works in a register is run twice, each time in a database of its "
        "own, which the migrations made: SQLite as the register uses it, and PostgreSQL, on a server that the tests "
        "start. The others need no database, or are about one of them.",
        *failed[:SHOWN],
        *([f"pytest ended with {done.returncode}: {done.stdout[-WORDS:]}"] if done.returncode else []),
    ]
    alone = sum(int(str(row[3])) for row in rows)
    header = ("folder", "on SQLite", "on PostgreSQL", "on one of them alone", "others", "skipped", "failed")
    return Outcome(done.returncode == 0 and not failed and not alone, header, rows, notes)


def _report(path: Path) -> list[Ran]:
    """The tests of a report in the form of JUnit, as pytest writes it."""
    return [_test(case) for case in ElementTree.parse(path).iter("testcase")]


def _row(folder: str, tests: Sequence[Ran]) -> list[object]:
    """Tests passed in one folder, by database; how many ran on one database alone, whatever became of them."""
    names = {vendor: {test.name for test in tests if test.database == vendor} for vendor in VENDORS}
    results = Counter((test.database, test.result) for test in tests)
    ended = Counter(test.result for test in tests)
    passed = [results[database, "passed"] for database in (*VENDORS, "")]
    alone = len(names["sqlite"] ^ names["postgresql"])
    return [folder, *passed[:2], alone, passed[2], ended["skipped"], ended["failed"]]


def _test(case: ElementTree.Element) -> Ran:
    module, name = case.get("classname", ""), case.get("name", "")
    databases = _DATABASE.findall(name)
    result = next((child.tag for child in case if child.tag in ("failure", "error", "skipped")), "passed")
    return Ran(
        "/".join(module.split(".")[:2]),
        f"{module}::{_DATABASE.sub('*', name)}",
        databases[0] if databases else "",
        "failed" if result in ("failure", "error") else result,
    )


def _folders(tests: Iterable[Ran]) -> list[str]:
    return sorted({test.folder for test in tests})


def _run(tested: Sequence[str], report: Path) -> subprocess.CompletedProcess[str]:
    """Run them, and write the report."""
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-n", PROCESSES]
    return subprocess.run(
        [*command, f"--junit-xml={report}", *tested], cwd=ROOT, env=os.environ | _REQUIRED, capture_output=True,
        text=True, check=False,
    )  # fmt: skip
