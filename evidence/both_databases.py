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
_WORDS = 2_000


@dataclass(frozen=True)
class Test:
    """One test that was run. `database`: which one it was run on, "" where it is not run on each."""

    folder: str
    name: str
    database: str
    result: str


def check(small: bool, n: int | None) -> Outcome:
    """The tests of four folders; of four files for a small run."""
    with TemporaryDirectory(prefix="antigone-") as place:
        report = Path(place, "tests.xml")
        words = _run(TESTED_SMALL if small else TESTED, report)
        tests = read_report(report) if report.exists() else []
    rows = [row(folder, [test for test in tests if test.folder == folder]) for folder in _folders(tests)]
    failed = [f"{test.folder}: {test.name}, {test.result}" for test in tests if test.result != "passed"]
    notes = [
        "A test that works in a register is run twice, each time on a database of its own, which the migrations made: "
        "SQLite as the register uses it, and PostgreSQL, a server that the tests start. The others need no database, "
        "or concern one of them.",
        *failed[:20],
        *([] if tests else [f"pytest: {words}"]),
    ]
    header = (
        "folder",
        "passed on SQLite",
        "passed on PostgreSQL",
        "on one alone",
        "others passed",
        "skipped",
        "failed",
    )
    return Outcome(bool(tests) and not failed and not any(row[3] for row in rows), header, rows, notes)


def read_report(path: Path) -> list[Test]:
    """The tests of a report in the form of JUnit, as pytest writes it."""
    return [_test(case) for case in ElementTree.parse(path).iter("testcase")]


def row(folder: str, tests: Sequence[Test]) -> list[object]:
    """Counts for one folder; a test that ran on one database alone is counted whatever became of it."""
    names = {vendor: {test.name for test in tests if test.database == vendor} for vendor in VENDORS}
    results = Counter((test.database, test.result) for test in tests)
    ended = Counter(test.result for test in tests)
    passed = [results[database, "passed"] for database in (*VENDORS, "")]
    alone = len(names["sqlite"] ^ names["postgresql"])
    return [folder, *passed[:2], alone, passed[2], ended["skipped"], ended["failed"]]


def _test(case: ElementTree.Element) -> Test:
    module, name = case.get("classname", ""), case.get("name", "")
    databases = _DATABASE.findall(name)
    result = next((child.tag for child in case if child.tag in ("failure", "error", "skipped")), "passed")
    return Test(
        "/".join(module.split(".")[:2]),
        f"{module}::{_DATABASE.sub('*', name)}",
        databases[0] if databases else "",
        "failed" if result in ("failure", "error") else result,
    )


def _folders(tests: Iterable[Test]) -> list[str]:
    return sorted({test.folder for test in tests})


def _run(tested: Sequence[str], report: Path) -> str:
    """Run them, and write the report; the last words of pytest."""
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-n", PROCESSES]
    present = [path for path in tested if (ROOT / path).exists()]
    done = subprocess.run(
        [*command, f"--junit-xml={report}", *present], cwd=ROOT, env=os.environ | _REQUIRED, capture_output=True,
        text=True, check=False,
    )  # fmt: skip
    return (done.stdout + done.stderr)[-_WORDS:]
