"""The tests of the register on SQLite and on PostgreSQL: the same names on both, all passed, none skipped."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from evidence.framework import Outcome
from evidence.suite import VENDORS, Ran, run_tests

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
SHOWN, WORDS = 20, 2_000
"""Tests that are named, and signs of what pytest said last, where not all passed."""


def check(small: bool, n: int | None) -> Outcome:
    """The tests of four folders; of four files for a small run."""
    run = run_tests(TESTED_SMALL if small else TESTED)
    tests, failed = run.tests, run.not_passed
    rows = [_row(folder, [test for test in tests if test.folder == folder]) for folder in _folders(tests)]
    notes = [
        "Numbers of tests that passed. A test that works in a register is run twice, each time in a database of its "
        "own, which the migrations made: SQLite as the register uses it, and PostgreSQL, on a server that the tests "
        "start. The others need no database, or are about one of them.",
        *failed[:SHOWN],
        *([f"pytest ended with {run.ended_with}: {run.said[-WORDS:]}"] if run.ended_with else []),
    ]
    alone = sum(int(str(row[3])) for row in rows)
    header = ("folder", "on SQLite", "on PostgreSQL", "on one of them alone", "others", "skipped", "failed")
    return Outcome(run.ended_with == 0 and not failed and not alone, header, rows, notes)


def _row(folder: str, tests: Sequence[Ran]) -> list[object]:
    """Tests passed in one folder, by database; how many ran on one database alone, whatever became of them."""
    names = {vendor: {test.name for test in tests if test.database == vendor} for vendor in VENDORS}
    results = Counter((test.database, test.result) for test in tests)
    ended = Counter(test.result for test in tests)
    passed = [results[database, "passed"] for database in (*VENDORS, "")]
    alone = len(names["sqlite"] ^ names["postgresql"])
    return [folder, *passed[:2], alone, passed[2], ended["skipped"], ended["failed"]]


def _folders(tests: Iterable[Ran]) -> list[str]:
    return sorted({test.folder for test in tests})
