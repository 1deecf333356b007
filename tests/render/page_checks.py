"""What holds of every page, looked at in a browser."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Page


def assert_accessible(page: Page, address: str, width: int) -> None:
    """With everything unfolded, axe finds no violation."""
    from axe_playwright_python.sync_playwright import Axe

    page.set_viewport_size({"width": width, "height": 900})
    page.goto(address)
    for more in page.locator("summary").all():
        more.click()
    result = Axe().run(page)
    assert result.violations_count == 0, result.generate_report()


def assert_never_sideways(page: Page, width: int) -> None:
    """The page as it stands does not scroll sideways as a whole."""
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def assert_silent_and_alone(page: Page, address: str) -> None:
    """No console message, no error, and no request but the page."""
    said: list[str] = []
    asked: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda request: asked.append(request.url))
    page.goto(address)
    assert said == []
    assert asked == [address]
