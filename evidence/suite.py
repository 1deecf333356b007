"""Runs of the project's own tests, and what became of each."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from xml.etree import ElementTree

from evidence.framework import ROOT

VENDORS = ("sqlite", "postgresql")
PROCESSES = "2"
_DATABASE = re.compile(rf"(?<=[\[-])({'|'.join(VENDORS)})(?=[\]-])")
_REQUIRED = {"ANTIGONE_REQUIRE_POSTGRESQL": "1", "ANTIGONE_REQUIRE_BROWSER": "1"}


@dataclass(frozen=True)
class Ran:
    """One test that was run. `database`: which one it was run on, "" where it is not run on each."""

    folder: str
    name: str
    database: str
    result: str


@dataclass(frozen=True)
class SuiteRun:
    """Every test that ran; `said`: what pytest said last, where it did not end well."""

    tests: tuple[Ran, ...]
    ended_with: int
    said: str

    @property
    def not_passed(self) -> list[str]:
        return [f"{test.folder}: {test.name}, {test.result}" for test in self.tests if test.result != "passed"]


def run_tests(tested: Sequence[str]) -> SuiteRun:
    """Run these files or folders of tests; nothing may be skipped for want of a browser or a database."""
    with TemporaryDirectory(prefix="antigone-") as place:
        report = Path(place, "tests.xml")
        done = _run(tested, report)
        tests = tuple(_report(report)) if report.exists() else ()
    return SuiteRun(tests, done.returncode, done.stdout)


def _report(path: Path) -> list[Ran]:
    """The tests of a report in the form of JUnit, as pytest writes it."""
    return [_test(case) for case in ElementTree.parse(path).iter("testcase")]


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


def _run(tested: Sequence[str], report: Path) -> subprocess.CompletedProcess[str]:
    """Run them, and write the report."""
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-n", PROCESSES]
    return subprocess.run(
        [*command, f"--junit-xml={report}", *tested], cwd=ROOT, env=os.environ | _REQUIRED, capture_output=True,
        text=True, check=False,
    )  # fmt: skip
