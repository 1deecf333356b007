"""The pages of a score: every figure in words, the curve without colour, the page in a browser."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl
import pytest

from antigone.domain import ReliabilityBin, Score, WhyMissed, WhyWrong
from antigone.render import score_html, score_text
from antigone.render.score_svg import reliability_svg
from antigone.render.score_tables import chance_sheet, found_sheet, wrong_sheet
from antigone.render.score_words import group_words, missed_words, percent, wrong_words
from antigone.render.words import UnknownCode
from antigone.simulate import score
from tests.render import svg_reader
from tests.render.page_checks import (
    assert_accessible,
    assert_has_landmarks,
    assert_in_order,
    assert_never_sideways,
    assert_no_markup_from_files,
    assert_prints_on_a4,
    assert_silent_and_alone,
)
from tests.simulate.test_score import tiny_run, tiny_truth, with_strata, with_table

if TYPE_CHECKING:
    from playwright.sync_api import Page


@cache
def scored() -> Score:
    columns = ["threshold", "counted", "pairs", "predicted", "low", "high"]
    tail = pl.DataFrame([(2.0, 310_000, 928_000_000, 309_024.0, 308_000.0, 310_100.0)], schema=columns, orient="row")
    run = replace(with_table(with_strata(tiny_run()), "tail", tail), floor_log10_lr=3.0)
    return score(run, tiny_truth(), "tiny, seed 1", {"run/candidates.parquet": "ab" * 32})


@pytest.mark.parametrize("width", [80, 96, 110, 120])
def test_text_keeps_to_the_width(width: int) -> None:
    lines = score_text(scored(), width).splitlines()
    assert max(map(len, lines)) <= width
    assert lines[0] == "Score of the screening tiny"


def test_text_names_every_reason_and_figure() -> None:
    text = score_text(scored(), 120)
    for said in ("12 remains against 9 missing persons of 7 families", "no usable relatives", "chance: unrelated",
                 "joined with remains of somebody else", "invented war", "LR ≥ 10⁶", "309,024",
                 "estimate"):  # fmt: skip
        assert said in text


def test_nobody_named_wrongly_and_nothing_expected_need_no_table() -> None:
    bare = replace(scored(), wrong_names=(), chance=(), chance_total=(), tail=(), missed=(), below_floor=())
    text, page = score_text(bare), score_html(bare)
    assert "NAMED WRONGLY" not in text
    assert "No pair that is not true has a posterior of 0.9 or more." in page
    assert "The run states no expected numbers." in page
    assert "Every true pair is a candidate." in page


def test_the_first_table_counts_right_and_wrong() -> None:
    rows = {row[0]: row for row in found_sheet(scored()).rows}
    assert rows["all"][1:6] == ("12", "11", "3 (27%)", "9", "2")
    assert rows["all"][6:] == ("2 / 5", "2 / 5", "2 / 5")
    assert rows["nobody"][1:4] == ("1", "0", "0")


def test_wrong_names_by_reason() -> None:
    assert [row[0] for row in wrong_sheet(scored()).rows] == [wrong_words(reason) for reason in WhyWrong]


def test_strata_below_the_floor_are_left_out_and_those_outside_named() -> None:
    rows = chance_sheet(scored()).rows
    assert [(row[0], row[2], row[-1]) for row in rows] == [
        ("one parent", "LR ≥ 10⁶", "outside"), ("full sibling", "LR ≥ 10⁶", "inside"),
    ]  # fmt: skip


def test_every_code_has_words() -> None:
    assert len({missed_words(reason) for reason in WhyMissed}) == len(WhyMissed)
    assert len({wrong_words(reason) for reason in WhyWrong}) == len(WhyWrong)
    with pytest.raises(UnknownCode, match="group 'cousins'"):
        group_words("cousins")


@pytest.mark.parametrize("share", [1e-12, 3e-7, 0.0311, 0.4999, 0.5, 0.9999, 1.0 - 1e-9])
def test_percent_is_never_above_the_share_and_up_never_below(share: float) -> None:
    low, high = (float(percent(share, up).removesuffix("%")) / 100 for up in (False, True))
    assert low <= share * (1 + 1e-9)
    assert high >= share * (1 - 1e-9)
    assert high - low <= 0.11 * min(share, 1 - share) + 1e-12
    assert percent(share) != "100%"


def bins() -> list[ReliabilityBin]:
    return [
        ReliabilityBin(0.0, 0.001, 900, 0.0002, 0, 0, 0.0, 0.004), ReliabilityBin(0.001, 0.1, 0, 0.0, 0, 0, 0.0, 1.0),
        ReliabilityBin(0.1, 0.9, 200, 0.5, 100, 0, 0.43, 0.57), ReliabilityBin(0.9, 1.0, 50, 0.99, 48, 2, 0.86, 0.99),
    ]  # fmt: skip


def test_curve__a_disc_with_its_interval_for_each_bin_that_has_pairs() -> None:
    picture = reliability_svg(bins(), "t", "d")
    nodes = list(svg_reader.read(picture).iter(f"{svg_reader.SVG}circle"))
    legend, *discs = nodes
    assert svg_reader.is_named(picture)
    assert len(discs) == 3
    assert {"900", "200", "50"} <= set(svg_reader.texts(picture))
    xs, ys = ([float(disc.attrib[axis]) for disc in discs] for axis in ("cx", "cy"))
    assert xs == sorted(xs)
    assert ys == sorted(ys, reverse=True)
    assert float(legend.attrib["cx"]) < xs[-1]


def test_curve__what_is_as_likely_as_said_lies_on_the_diagonal() -> None:
    middle = list(svg_reader.read(reliability_svg(bins(), "t", "d")).iter(f"{svg_reader.SVG}circle"))[2]
    left, bottom = 74.0, 58.0 + 440.0
    assert float(middle.attrib["cx"]) - left == pytest.approx(bottom - float(middle.attrib["cy"]), abs=0.02)


def test_curve__a_square_where_exchanged_samples_matter() -> None:
    def squares(found: list[ReliabilityBin]) -> int:
        rects = svg_reader.read(reliability_svg(found, "t", "d")).iter(f"{svg_reader.SVG}rect")
        return sum(node.attrib.get("width") == "11" for node in rects)

    assert (squares(bins()[:3]), squares(bins())) == (1, 2)


@pytest.fixture
def written(tmp_path: Path) -> str:
    file = tmp_path / "score.html"
    file.write_text(score_html(scored()), encoding="utf-8")
    return file.as_uri()


def test_page_is_in_order_and_escapes_what_the_files_say() -> None:
    assert_in_order(score_html(scored()))
    assert_has_landmarks(score_html(scored()))
    assert_no_markup_from_files(score_html(replace(scored(), run="<script>alert(1)</script>")), 1)


@pytest.mark.browser
@pytest.mark.parametrize("width", [1280, 400])
def test_page_has_no_violation_and_never_scrolls_sideways(page: Page, written: str, width: int) -> None:
    assert_accessible(page, written, width)
    assert_never_sideways(page, width)


@pytest.mark.browser
def test_page_is_silent_alone_and_prints_on_a4(page: Page, written: str) -> None:
    assert_silent_and_alone(page, written)
    assert_prints_on_a4(page, score_html(scored()), 2, 8)
