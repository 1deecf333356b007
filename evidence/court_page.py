"""The pages a board or a court gets, in a real browser."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from evidence.framework import ROOT, Outcome
from tests.command_line import antigone

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

NAME = "court-page"
TITLE = "The page for the board or the court"
MUST_SHOW = (
    "The pages of `antigone solve` and `antigone account` open in Chromium from one file, without a console message "
    "and without a request to anywhere; axe-core finds no violation at 1280 and at 400 pixels; they print on A4."
)

PAGES = {
    "eight-remains": ("solve", ROOT / "examples" / "eight-remains"),
    "istanbul": ("account", ROOT / "examples" / "istanbul"),
}
WIDTHS = (1280, 400)
FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking")
HEADER = (
    "page", "width", "axe-core rules passed", "violations", "console messages", "requests elsewhere",
    "pixels wide", "A4 pages printed",
)  # fmt: skip

_Row = tuple[str, int, int, int, int, int, int, int]


def check(small: bool, n: int | None) -> Outcome:
    """Both pages at both widths; `small` looks at them at one width each, `n` is not used."""
    chromium = os.environ.get("ANTIGONE_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        cure = "no Chromium on this machine (Debian: apt-get install chromium): nothing could be looked at"
        return Outcome(False, HEADER, (), (cure,))
    found: list[str] = []
    rows: list[_Row] = []
    with tempfile.TemporaryDirectory() as folder, _chromium(chromium) as browser:
        for i, (name, (command, path)) in enumerate(PAGES.items()):
            file = Path(folder, f"{name}.html")
            answer = antigone(command, str(path), "--html", str(file))
            if answer.exit_code:
                found.append(f"{name}: exit code {answer.exit_code}: {answer.errors.strip()}")
                continue
            for width in WIDTHS[i : i + 1] if small else WIDTHS:
                rows.append(_seen(browser, file, width, found))
    notes = (
        f"Chromium {browser.version}, offline; printed as it opens, then looked at with every folded part open.",
        *found,
    )
    return Outcome(bool(rows) and not found, HEADER, rows, notes)


@contextmanager
def _chromium(path: str) -> Iterator[Browser]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        yield browser
        browser.close()


def _seen(browser: Browser, file: Path, width: int, found: list[str]) -> _Row:
    """One page at one width; what is wrong with it goes to `found`."""
    from axe_playwright_python.sync_playwright import Axe

    context = browser.new_context(viewport={"width": width, "height": 900}, offline=True)
    page = context.new_page()
    said, asked = _listen(page)
    page.goto(file.as_uri())
    printed = page.pdf(format="A4", prefer_css_page_size=True).count(b"/Type /Page\n")
    for folded in page.locator("summary").all():
        folded.click()
    report = Axe().run(page)
    elsewhere = [url for url in asked if url != file.as_uri()]
    wide = int(page.evaluate("document.documentElement.scrollWidth"))
    where = f"{file.stem} at {width}"
    found += [f"{where}: {violation['id']}: {violation['help']}" for violation in report.response["violations"]]
    found += [f"{where}: console: {message}" for message in said]
    found += [f"{where}: asked for {url}" for url in elsewhere]
    if wide > width:
        found.append(f"{where}: {wide} pixels wide, so it scrolls sideways")
    context.close()
    passed, violations = len(report.response["passes"]), report.violations_count
    return file.stem, width, passed, violations, len(said), len(elsewhere), wide, printed


def _listen(page: Page) -> tuple[list[str], list[str]]:
    """(console messages and script errors, addresses asked for), filled while the page lives."""
    said: list[str] = []
    asked: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda request: asked.append(request.url))
    return said, asked
