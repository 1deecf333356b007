"""The first pages in a real browser: whole journeys, three languages, two widths, and two people at one decision."""

from __future__ import annotations

from evidence.framework import Outcome
from evidence.suite import run_tests

NAME = "first-pages"
TITLE = "The first pages in a real browser"
MUST_SHOW = (
    "Against `antigone serve` in a process of its own, in Chromium: from an empty folder to two signatories and one "
    "decision, where the one who comes second reads who was first; every page in Ukrainian, Russian and English at "
    "1280 and at 400 pixels without a finding of axe-core; the keyboard is enough; print; the server stops when told."
)
TESTED = ("tests/web/test_browser.py",)
TESTED_SMALL = (f"{TESTED[0]}::test_from_an_empty_folder_to_two_signatories_and_one_decision",)


def check(small: bool, n: int | None) -> Outcome:
    """The browser tests of the pages; the longest journey alone for a small run."""
    run = run_tests(TESTED_SMALL if small else TESTED)
    rows = [(test.name.split("::")[-1].removeprefix("test_").replace("_", " "), test.result) for test in run.tests]
    notes = ["Each row is a test of `tests/web/test_browser.py`.", *run.not_passed]
    return Outcome(run.ended_with == 0 and bool(run.tests), ("journey", "result"), rows, notes)
