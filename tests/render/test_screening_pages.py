"""A screening as page, pictures and text: what it says, in which order, and what it says of nothing."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from antigone.domain import Comparison, Kin, Role, ScreeningSummary, Skip, Stage, Why
from antigone.render import screening_html, screening_text
from antigone.render import screening_words as words
from antigone.render.screening_figures import chance_picture, searchable_picture
from antigone.render.screening_steps import clear_of_chance, next_steps
from antigone.render.screening_tables import candidate_sheet, gathered, searchable_sheet
from antigone.render.words import UnknownCode, words_of
from tests.render import svg_reader
from tests.render.page_checks import (
    assert_accessible,
    assert_has_landmarks,
    assert_in_order,
    assert_never_sideways,
    assert_no_markup_from_files,
    assert_prints_on_a4,
    assert_silent_and_alone,
    assert_words_stay_apart,
)
from tests.render.screening_fixture import EXAMPLE, LARGE_KINDS, SIZES, empty, kind, large, small, unfound

if TYPE_CHECKING:
    from playwright.sync_api import Page

PAGES = {name: screening_html(make()) for name, make in SIZES.items()}
BY_CODE: dict[type[StrEnum], Callable[[], Mapping[str, object]]] = {
    Kin: words.kin,
    Skip: words.skips,
    Why: words.reasons_to_run,
    Comparison: words.comparisons,
    Role: words.roles,
    Stage: words.stages,
}


def heads(summary: ScreeningSummary) -> list[str]:
    return [step.head for step in next_steps(summary)]


def plain(text: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", text).replace("\N{NO-BREAK SPACE}", " ").split())


@pytest.mark.parametrize("codes", BY_CODE, ids=lambda codes: codes.__name__)
def test_every_code_has_words_and_every_wording_its_code(codes: type[StrEnum]) -> None:
    assert set(BY_CODE[codes]()) == set(codes)
    said = list(BY_CODE[codes]().values())
    assert len(set(map(str, said))) == len(said)


def test_every_pair_of_roles_has_a_meaning_whichever_comes_first() -> None:
    pairs = list(itertools.product(Role, repeat=2))
    assert {words.alike_words(a, b) for a, b in pairs} == set(words.alike_meanings().values())
    assert len(words.alike_meanings()) == 10
    assert all(words.alike_words(a, b) == words.alike_words(b, a) for a, b in pairs)


def test_every_kind_of_relatives_leads_to_a_sample_and_every_sample_is_asked_for() -> None:
    kinds = ["none", *(str(kin) for kin in Kin), "parent+parent", "child+partner", *(row[0] for row in LARGE_KINDS)]
    assert {words.next_sample(kind) for kind in kinds} == set(words.next_samples())
    assert words.next_sample("child+partner") == "further-child"
    assert words.next_sample("parent+sibling+uncle") == "other-parent"
    assert words.next_sample("other+partner") == "close-relative"


@pytest.mark.parametrize("look_up", [words.relatives_words, lambda code: words_of("role", code, words.roles())])
def test_a_code_without_words_is_an_error(look_up: Callable[[str], str]) -> None:
    with pytest.raises(UnknownCode, match=r"no words for the .* 'brand-new'"):
        look_up("brand-new")


def test_what_a_file_says_is_never_markup() -> None:
    bad = '"><script>alert(1)</script>'
    row = replace(large().candidates[0], remains=bad, family=bad, missing=bad)
    rules = replace(large().rules, reason=bad, tables=(replace(EXAMPLE, name=bad), EXAMPLE))
    assert_no_markup_from_files(screening_html(replace(large(), case=bad, candidates=(row,), rules=rules)), 6)


@pytest.mark.parametrize("page", PAGES.values(), ids=PAGES)
def test_the_page_is_in_order_and_asks_for_nothing_else(page: str) -> None:
    assert_in_order(page)
    assert_has_landmarks(page)


def test_what_was_done_and_what_to_do_next_come_first() -> None:
    page = PAGES["large"]
    parts = ("done", "next", "candidates", "chance", "searchable", "direct", "brothers", "alike", "compared", "method")
    places = [page.index(f'<h2 id="{part}"') for part in parts]
    assert places == sorted(places)
    assert page.index("A candidate is not an identification") < places[0]
    assert page.index("Table South is an example, not for casework") < places[0]


def test_steps_in_the_order_in_which_they_are_taken() -> None:
    assert heads(large()) == [
        "Clear up samples",
        "Join remains of one person",
        "Confirm own samples",
        "Weigh the strong candidates",
        "Hold the weaker ones back",
        "Look at brothers",
        "Ask families for samples",
        "Look at what was not compared",
        "Screen again",
    ]
    assert heads(small()) == [
        "Weigh the strong candidates", "Hold the weaker ones back", "Ask families for samples", "Screen again",
    ]  # fmt: skip


def test_who_is_to_be_asked_for_what() -> None:
    step = next(step for step in next_steps(large()) if step.head == "Ask families for samples")
    assert "35,842" in step.words
    assert (
        step.each[0]
        == "Typed: full sibling; 9,880 missing persons. Ask for a parent; else a further full brother or sister."
    )
    numbers = [int(re.findall(r"; ([\d,]+) missing", line)[0].replace(",", "")) for line in step.each]
    assert numbers == sorted(numbers, reverse=True)


def test_candidates_are_worth_a_look_where_they_are_ten_times_what_chance_gives() -> None:
    clear = clear_of_chance(large())
    assert clear is not None
    assert (clear.log10_lr, clear.candidates) == (6.0, 3_770)
    assert "Candidates from LR ≥ 10⁶ on: 3,770" in plain(PAGES["large"])
    chancy = replace(large(), strengths=tuple(replace(s, expected=s.candidates / 9.9) for s in large().strengths))
    assert clear_of_chance(chancy) is None
    assert "Weigh no candidate by this alone" in heads(chancy)
    unknown = replace(large(), strengths=tuple(replace(s, expected=None, error=None) for s in large().strengths))
    assert clear_of_chance(unknown) is None


def test_nothing_to_compare_says_what_is_missing() -> None:
    assert heads(empty()) == ["Add what is missing", "Screen again"]
    assert "There are no remains with a DNA profile" in plain(PAGES["empty"])
    counts = replace(empty().counts, remains=3)
    assert "No family names a missing person" in plain(screening_html(replace(empty(), counts=counts)))
    counts = replace(counts, missing=2)
    assert "No missing person has a typed relative" in plain(screening_html(replace(empty(), counts=counts)))
    assert "<svg" not in PAGES["empty"]


def test_no_candidate_and_nobody_who_can_be_found() -> None:
    said = plain(PAGES["unfound"])
    assert heads(unfound())[:2] == ["Look at who can be found", "Ask families for samples before anything else"]
    assert "None of the 4 missing persons can be found" in said
    assert "That does not say that none of the missing lies among these remains" in said
    assert said.count("No pair reaches the floor") == 3


def test_samples_of_one_persons_remains_alone_are_no_mix_up() -> None:
    joined = replace(large(), alike=large().alike[:1])
    assert heads(joined)[0] == "Join remains of one person"


def test_chance_stands_beside_every_candidate_and_is_explained() -> None:
    sheet = candidate_sheet(large())
    assert sheet.table.heads[6:9] == ("chance, this family", "chance, whole search", "chance, kin")
    assert len(sheet.rows) == 200
    assert {row[8] for row in sheet.rows} == {"–", "0.020"}
    page = plain(PAGES["large"])
    assert "How many of the remains of this search are expected" in page
    assert "How many pairs of remains and missing persons in the whole search" in page
    assert "chance, kin" not in candidate_sheet(small()).table.heads


def test_the_table_that_decides_is_named_where_there_are_several() -> None:
    assert candidate_sheet(large()).table.heads[-1] == "lowest under table"
    assert candidate_sheet(small()).table.heads[-1] == "chance, whole search"


def test_long_lists_are_folded_and_nothing_is_lost() -> None:
    page = PAGES["large"]
    assert page.count("<summary>Rows 26 to 200</summary>") == 1
    assert all(f">{row.remains}</th>" in page for row in large().candidates)


def test_too_many_kinds_are_put_together() -> None:
    kinds = large().kinds
    shown = gathered(kinds, 5)
    name, rest = shown[-1]
    assert len(shown) == 5
    assert name == "other kinds together: 10"
    assert rest.missing == sum(k.missing for k in kinds[4:])
    assert rest.searchable == sum(k.searchable for k in kinds[4:])
    assert rest.below_floor_high == pytest.approx(
        sum(k.missing * (k.below_floor_high or 0) for k in kinds[4:]) / rest.missing
    )
    assert rest.strengths[1].candidates == sum(k.strengths[1].candidates for k in kinds[4:])
    assert rest.strengths[1].expected == pytest.approx(sum(k.strengths[1].expected or 0 for k in kinds[4:]))
    many = replace(
        large(), kinds=tuple(replace(k, relatives="+".join(["uncle"] * n)) for n, k in enumerate(kinds * 3, 1))
    )
    assert len(searchable_sheet(many).rows) == 24
    assert searchable_sheet(many).rows[-1][-1] == "see each family"


def test_bounds_that_were_not_computed_are_dashes() -> None:
    unknown = replace(kind(*LARGE_KINDS[0]), below_floor_low=None, below_floor_high=None, strengths=())
    summary = replace(large(), kinds=(unknown, large().kinds[1]))
    assert [row[4] for row in searchable_sheet(summary).rows] == ["–", "below 0.1%"]
    assert svg_reader.is_named(searchable_picture(summary))
    assert gathered(summary.kinds, 1)[0][1].below_floor_high is None


@pytest.mark.parametrize("picture", [chance_picture, searchable_picture])
@pytest.mark.parametrize("make", [large, small, unfound])
def test_pictures_are_named_and_say_their_figures(
    picture: Callable[[ScreeningSummary], str], make: Callable[[], ScreeningSummary]
) -> None:
    drawn = picture(make())
    assert svg_reader.is_named(drawn)
    figures = [text for text in svg_reader.texts(drawn) if re.match(r"[\d<]|below", text)]
    assert len(figures) > 5


def test_bars_are_as_long_as_their_share() -> None:
    bars = [
        r for r in svg_reader.read(searchable_picture(large())).iter(f"{svg_reader.SVG}rect") if r.get("height") == "15"
    ]
    found = [float(bar.get("width", "")) for bar in bars if bar.get("fill") == "#16304a"]
    assert found[0] / found[1] == pytest.approx(31_020 / 35_120, abs=1e-3)
    below = [float(bar.get("width", "")) for bar in bars if bar.get("fill", "").startswith("url")]
    assert max(below) == pytest.approx(found[1], abs=0.1)


def test_marks_stand_on_a_scale_of_powers_of_ten() -> None:
    drawn = svg_reader.read(chance_picture(large()))
    discs = [float(c.get("cx", "")) for c in drawn.iter(f"{svg_reader.SVG}circle")][1:]
    ticks = {
        text.text: float(text.get("x", "")) for text in drawn.iter(f"{svg_reader.SVG}text") if text.get("text-anchor")
    }
    assert len(discs) == 4
    assert all(a > b for a, b in itertools.pairwise(discs))
    assert ticks["1,000"] < discs[1] < ticks["10⁴"]
    step = ticks["10"] - ticks["1"]
    assert ticks["1,000"] - ticks["100"] == pytest.approx(step, abs=0.1)


def test_what_lies_off_the_scale_has_its_figure_and_no_mark() -> None:
    tiny = replace(small().strengths[-1], candidates=0, expected=1e-9, error=None)
    drawn = chance_picture(replace(small(), strengths=(tiny,)))
    assert "< 10⁻⁶" in svg_reader.texts(drawn)
    assert len(list(svg_reader.read(drawn).iter(f"{svg_reader.SVG}polygon"))) == 1


@pytest.mark.parametrize("name", SIZES)
@pytest.mark.parametrize("width", [80, 96, 110])
def test_text_keeps_within_the_width(name: str, width: int) -> None:
    lines = screening_text(SIZES[name](), width).splitlines()
    assert max(map(len, lines)) <= width
    assert not any(line != line.rstrip() for line in lines)
    assert "\N{NO-BREAK SPACE}" not in "".join(lines)


def test_text_says_what_to_do_first_and_briefly_nothing_else() -> None:
    text = screening_text(large())
    parts = [
        "A candidate is not",
        "WHAT WAS DONE",
        "WHAT TO DO NEXT",
        "THE STRONGEST",
        "WHO CAN BE FOUND",
        "HOW THIS WAS",
    ]
    places = [text.index(part) for part in parts]
    assert places == sorted(places)
    brief = screening_text(large(), brief=True)
    assert text.startswith(brief.rstrip())
    assert "THE STRONGEST" not in brief
    assert "185 rows more: on the page." in text


def test_rules_of_the_search_are_told() -> None:
    text = plain(screening_text(large()))
    assert "M = 120,000, q = 0.1" in text
    assert "equal; rate per meiosis 0.0005 in mothers, 0.002 in fathers" in text
    assert "pairs run: new on the side of the remains 40,000,000" in text
    assert "37,400,000 pairs a second" in text
    assert "cd" * 32 in PAGES["large"]


@pytest.fixture(params=SIZES)
def written(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The page with lists just long enough to be folded: axe looks at every cell."""
    summary = SIZES[request.param]()
    short = replace(
        summary, candidates=summary.candidates[:28], direct=summary.direct[:3], brothers=summary.brothers[:3],
        alike_rows=summary.alike_rows[:9], not_searchable=summary.not_searchable[:9],
    )  # fmt: skip
    file = tmp_path / "screening.html"
    file.write_text(screening_html(short), encoding="utf-8")
    return file.as_uri()


@pytest.mark.browser
@pytest.mark.parametrize("width", [1280, 400])
def test_axe_finds_no_violation_and_the_page_never_scrolls_sideways(page: Page, written: str, width: int) -> None:
    assert_accessible(page, written, width)
    assert_never_sideways(page, width)


@pytest.mark.browser
def test_no_console_message_and_no_request_but_the_page(page: Page, written: str) -> None:
    assert_silent_and_alone(page, written)


@pytest.mark.browser
def test_no_word_of_a_picture_leaves_it_or_meets_another(page: Page) -> None:
    assert_words_stay_apart(page, PAGES["large"], 2)


@pytest.mark.browser
def test_it_prints_on_a4(page: Page) -> None:
    assert_prints_on_a4(page, PAGES["large"], 6, 14)
