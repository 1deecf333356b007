"""What holds of every page, read as text or looked at in a browser."""

from __future__ import annotations

import re
from collections import Counter
from html.parser import HTMLParser
from itertools import combinations, pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Page


class Outline(HTMLParser):
    """Headings, ids, links, languages and anything that asks for another file."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.levels: list[int] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.requests: list[str] = []
        self.lang = ""
        self.tags: Counter[str] = Counter()
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {key: value or "" for key, value in attrs}
        self.tags[tag] += 1
        if re.fullmatch(r"h[1-6]", tag):
            self.levels.append(int(tag[1]))
        if tag == "html":
            self.lang = found["lang"]
        self.ids += [found["id"]] if "id" in found else []
        self.links += [found["href"]] if tag == "a" else []
        if tag in ("script", "link", "img", "iframe", "object", "image", "use"):
            self.requests.append(found.get("src") or found.get("href") or tag)


def assert_has_landmarks(page: str) -> None:
    """A link past everything else comes first, and each part of the page is marked."""
    found = Outline(page)
    assert found.links[0] == "#main"
    assert [found.tags[tag] for tag in ("header", "nav", "main", "footer")] == [1, 1, 1, 1]


def assert_in_order(page: str) -> None:
    """Headings go down one step at a time, every link leads somewhere, and nothing else is asked for."""
    found = Outline(page)
    assert found.lang == "en"
    assert found.levels[0] == 1
    assert found.levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(found.levels))
    assert max(Counter(found.ids).values()) == 1
    assert {link.removeprefix("#") for link in found.links} <= set(found.ids)
    assert set(found.requests) <= {"data:,"}
    assert re.findall(r"url\((?!#)|@import", page) == []
    assert page.count("<table") == page.count("<caption")
    assert not re.search(r"<th(?! scope=|ead)", page)


def assert_no_markup_from_files(page: str, times: int) -> None:
    """A script that a file held is shown as text, so often at least."""
    assert "<script" not in page
    assert page.count("&lt;script&gt;") >= times


def assert_words_stay_apart(page: Page, html: str, pictures: int) -> None:
    """No word of a picture leaves it or meets another."""
    page.set_content(html)
    found = page.evaluate(
        "[...document.querySelectorAll('figure svg')].map(svg => ({width: svg.viewBox.baseVal.width, "
        "texts: [...svg.querySelectorAll('text')].map(t => {const b = t.getBBox();"
        "return [b.x, b.y, b.x + b.width, b.y + b.height, t.textContent]})}))"
    )
    assert len(found) == pictures
    for picture in found:
        assert all(left >= 0 and right <= picture["width"] for left, _, right, _, _ in picture["texts"])
        for one, other in combinations(picture["texts"], 2):
            apart = one[2] <= other[0] or other[2] <= one[0] or one[3] - 4 <= other[1] or other[3] - 4 <= one[1]
            assert apart, (one[4], other[4])


def assert_prints_on_a4(page: Page, html: str, fewest: int, most: int) -> None:
    """So many sheets."""
    page.set_content(html)
    printed = page.pdf(format="A4", prefer_css_page_size=True)
    assert printed.startswith(b"%PDF")
    assert fewest <= printed.count(b"/Type /Page\n") <= most


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
