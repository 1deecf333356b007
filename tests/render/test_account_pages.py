"""The picture and the page: well formed, whole without other files, readable by machine and by eye."""

import re
from pathlib import Path
from xml.etree import ElementTree

import pytest
from playwright.sync_api import Page

from antigone.account import Account, draw_up
from antigone.domain import Facts
from antigone.render import account_html, account_svg
from antigone.statements import side_by_side
from tests.render.page_checks import (
    assert_accessible,
    assert_in_order,
    assert_never_sideways,
    assert_no_markup_from_files,
    assert_words_stay_apart,
)
from tests.statements.facts_files import facts_of, remains

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def html(facts: Facts, account: Account) -> str:
    return account_html(facts, account, side_by_side(facts))


def test_the_picture_is_named_and_described_with_every_figure(facts: Facts, account: Account) -> None:
    root = ElementTree.fromstring(account_svg(facts, account))
    description = root.findtext(f"{SVG}desc") or ""
    assert root.findtext(f"{SVG}title") == facts.title
    for figure in ("6,000 bodies [2]", "79 bodies [2]", "3,000 more bodies [2]", "3,000 more bodies [3]"):
        assert figure in description


def test_bars_of_equal_numbers_are_equally_long_and_to_scale(facts: Facts, account: Account) -> None:
    root = ElementTree.fromstring(account_svg(facts, account))
    bars = [box for box in root.iter(f"{SVG}rect") if box.get("height") == "24"]
    came = sorted(float(bar.get("width", "")) for bar in bars if bar.get("fill") == "#1f3f5c")
    light = {float(bar.get("width", "")) for bar in bars if bar.get("fill") == "#cfdbe6"}
    assert len(light) == 1
    assert came[1] == pytest.approx(2 * light.pop(), abs=0.1)
    assert came[0] == pytest.approx(came[1] * 79 / 6000, abs=0.1)


def test_every_figure_in_the_picture_carries_its_mark(facts: Facts, account: Account) -> None:
    root = ElementTree.fromstring(account_svg(facts, account))
    told = [" ".join("".join(text.itertext()).split()) for text in root.iter(f"{SVG}text")]
    bodies = [line for line in told if re.search(r"\d (more )?bodies", line) and line != "1,000 bodies"]
    assert len(bodies) >= 7
    assert [line for line in bodies if not re.search(r"\[[123]\]", line)] == []


def test_names_with_signs_of_markup_are_escaped(tmp_path: Path) -> None:
    facts = facts_of(tmp_path, remains("s", "offer", 3, "2020-06-01", note='"a < b & <script>"'))
    account = draw_up(facts)
    assert_no_markup_from_files(account_html(facts, account, ()), 1)
    ElementTree.fromstring(account_svg(facts, account))


def test_the_page_is_in_order_and_every_mark_leads_to_its_source(html: str) -> None:
    assert_in_order(html)
    marks = set(re.findall(r'href="#(source-\d+)"', html))
    assert marks == {"source-1", "source-2", "source-3"} == set(re.findall(r'id="(source-\d+)"', html))


@pytest.mark.browser
@pytest.mark.parametrize("width", [1280, 400])
def test_axe_finds_nothing_and_the_page_never_scrolls_sideways_as_a_whole(
    html: str, page: Page, tmp_path: Path, width: int
) -> None:
    path = tmp_path / "account.html"
    path.write_text(html, encoding="utf-8")
    assert_accessible(page, path.as_uri(), width)
    assert_never_sideways(page, width)


@pytest.mark.browser
def test_on_a_narrow_screen_picture_and_tables_move_in_boxes_of_their_own(html: str, page: Page) -> None:
    page.set_viewport_size({"width": 400, "height": 900})
    page.set_content(html)
    held = page.evaluate(
        "[...document.querySelectorAll('table, figure svg')].map(content => {"
        "const box = content.closest('[role=group][tabindex=\"0\"][aria-label]');"
        "return box && getComputedStyle(box).overflowX === 'auto' && box.scrollWidth > box.clientWidth})"
    )
    assert len(held) > 5
    assert all(held)
    captions = page.evaluate("[...document.querySelectorAll('caption')].map(c => c.getBoundingClientRect().right)")
    assert max(captions) <= 400
    heights = page.evaluate(
        "[...document.querySelectorAll('figure svg text')].map(t => t.getBoundingClientRect().height)"
    )
    assert min(heights) >= 13


@pytest.mark.browser
def test_no_word_of_the_picture_leaves_it_or_meets_another(html: str, page: Page) -> None:
    assert_words_stay_apart(page, html, 1)
