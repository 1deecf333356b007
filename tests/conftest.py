"""What every test may ask for: a browser, a PostgreSQL, the reference cases, and seeds that can be repeated."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import hypothesis
import pytest

from antigone.account import Account, draw_up
from antigone.domain import Facts
from antigone.statements import exclusions, read_facts
from tests.register_database import cast, register_templates, unfounded, worlds  # noqa: F401 (fixtures)

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

    from tests.postgresql import PostgreSQL

ROOT = Path(__file__).resolve().parent.parent

hypothesis.settings.register_profile("antigone", deadline=None, derandomize=True, print_blob=True)
hypothesis.settings.load_profile("antigone")

_CHROMIUM_FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
_CURES = {
    "Chromium": "install one (Debian: apt-get install chromium)",
    "PostgreSQL": "install one (Debian: apt-get install postgresql); the tests start a server of their own",
    "distributed": "pip install 'antigone[cluster]' (make test does)",
    "ANTIGONE_REFERENCE": "set it to a folder of further cases of the form of tests/published/data",
}


@pytest.fixture(scope="session")
def root() -> Path:
    """The folder of the clone."""
    return ROOT


@pytest.fixture(scope="session")
def istanbul(root: Path) -> Path:
    """Facts of three documents, the largest example of statements."""
    return root / "examples" / "istanbul"


@pytest.fixture(scope="session")
def facts(istanbul: Path) -> Facts:
    """What these documents say."""
    return read_facts(istanbul)


@pytest.fixture(scope="session")
def account(facts: Facts) -> Account:
    """The account of it."""
    return draw_up(facts, exclusions(facts))


@pytest.fixture(scope="session")
def reference_folder() -> Path:
    """The folder of further reference cases; the test is skipped where none is named."""
    named = os.environ.get("ANTIGONE_REFERENCE")
    if not named:
        pytest.skip("ANTIGONE_REFERENCE names no folder")
    folder = Path(named)
    assert folder.is_dir(), f"ANTIGONE_REFERENCE names {named}, which is no folder"
    return folder


@pytest.fixture(scope="session")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """A headless Chromium that writes nothing at home; a failure, no skip, where ANTIGONE_REQUIRE_BROWSER is set."""
    path = os.environ.get("ANTIGONE_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None:
        _missing("Chromium", "ANTIGONE_REQUIRE_BROWSER")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        own = str(tmp_path_factory.mktemp("browser-home"))
        home = {"HOME": own, "XDG_CACHE_HOME": own, "XDG_CONFIG_HOME": own}
        browser = playwright.chromium.launch(executable_path=path, args=_CHROMIUM_FLAGS, env={**os.environ, **home})
        yield browser
        browser.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """An empty page of 1280 x 900 that may reach no other machine."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, offline=True)
    yield context.new_page()
    context.close()


@pytest.fixture(scope="session")
def postgresql() -> Iterator[PostgreSQL]:
    """A PostgreSQL of this run's own, or of this worker's; a failure where ANTIGONE_REQUIRE_POSTGRESQL is set.

    It does not wait for the disk: tests that pull the plug start one of their own.
    """
    from tests.postgresql import PostgreSQL, binaries

    if binaries() is None:
        _missing("PostgreSQL", "ANTIGONE_REQUIRE_POSTGRESQL")
    # Not below pytest's own folder, which only the user who runs the tests may enter.
    with (
        tempfile.TemporaryDirectory(prefix="antigone-postgresql-") as folder,
        PostgreSQL.start(Path(folder), fsync=False) as server,
    ):
        yield server


def _missing(what: str, asked_for_by: str) -> NoReturn:
    if os.environ.get(asked_for_by):
        pytest.fail(f"no {what} on this machine, and {asked_for_by} asks for one")
    pytest.skip(f"no {what} on this machine")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    skipped = terminalreporter.stats.get("skipped", [])
    counts: dict[str, int] = {}
    for report in skipped:
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
        reason = reason.removeprefix("Skipped: ")
        counts[reason] = counts.get(reason, 0) + 1
    for reason, count in sorted(counts.items()):
        cures = [f" To run them: {cure}." for word, cure in _CURES.items() if word in reason]
        terminalreporter.write_line(f"skipped {count}: {reason}.{''.join(cures)}")
