"""The page of a finding in a real browser: accessible, silent, alone."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from antigone.render import case_html
from tests.render.case_fixture import case, finding
from tests.render.page_checks import (
    assert_accessible,
    assert_never_sideways,
    assert_prints_on_a4,
    assert_silent_and_alone,
)

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser


@pytest.fixture
def written(tmp_path: Path) -> str:
    file = tmp_path / "finding.html"
    file.write_text(case_html(case(), finding()), encoding="utf-8")
    return file.as_uri()


@pytest.mark.parametrize("width", [1280, 400])
def test_axe_finds_no_violation(page: Page, written: str, width: int) -> None:
    assert_accessible(page, written, width)


def test_no_console_message_and_no_request_but_the_page(page: Page, written: str) -> None:
    assert_silent_and_alone(page, written)


def test_the_page_never_scrolls_sideways_as_a_whole(page: Page, written: str) -> None:
    page.set_viewport_size({"width": 400, "height": 900})
    page.goto(written)
    assert_never_sideways(page, 400)


def test_the_first_key_reaches_the_skip_link(page: Page, written: str) -> None:
    page.goto(written)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#main"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_labels_of_a_pedigree_stay_in_their_room(page: Page, written: str) -> None:
    page.goto(written)
    widths = page.evaluate(
        "Array.from(document.querySelectorAll('svg[aria-labelledby$=pedigree-title] g text'))"
        ".map(text => text.getBBox().width)"
    )
    assert widths
    assert max(widths) <= 104


def test_it_prints_on_a4(page: Page) -> None:
    assert_prints_on_a4(page, case_html(case(), finding()), 8, 25)
