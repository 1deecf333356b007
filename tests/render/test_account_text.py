"""The account in the terminal: every line fits, every figure carries its mark."""

import pytest

from antigone.account import draw_up
from antigone.domain import Facts
from antigone.render import account_text
from antigone.render.account_tables import Table
from antigone.render.account_text import table_lines
from antigone.statements import exclusions, side_by_side


def text(facts: Facts, width: int, everything: bool = False) -> str:
    figures = side_by_side(facts) if everything else ()
    return account_text(facts, draw_up(facts, exclusions(facts)), figures, width)


@pytest.mark.parametrize("width", [80, 96, 120])
def test_no_line_is_longer_than_the_terminal_and_none_ends_in_blanks(facts: Facts, width: int) -> None:
    for line in text(facts, width, everything=True).splitlines():
        assert len(line) <= width, line
        assert line == line.rstrip()


def test_what_the_reader_must_find(facts: Facts) -> None:
    told = " ".join(text(facts, 500).split())
    assert "6,000 bodies [2]" in told
    assert "79 bodies [2]" in told
    assert "3,000 more bodies [2]" in told
    assert "3,000 more bodies [3]" in told
    assert "They are not added up." in told
    assert "nothing: refused" in told
    assert "498 killed (14 to 24 March 2022): Russian presidency [1]" in told
    assert "6,000 more" not in told


def test_every_source_is_listed_with_its_digest(facts: Facts) -> None:
    told = text(facts, 96)
    for document in facts.documents.values():
        assert document.sha256[:12] in told


def test_all_figures_only_when_asked_for(facts: Facts) -> None:
    assert "76,000 losses" in text(facts, 200, everything=True)
    assert "76,000 losses" not in text(facts, 200)


def test_cells_are_wrapped_into_their_columns() -> None:
    table = Table("t", "Caption", ("Head", "Other"), (("one two three four five six", "x"),), "Note.")
    assert table_lines(table, 24) == [
        "CAPTION",
        "Head               Other",
        "-----------------  -----",
        "one two three      x",
        "four five six",
        "Note.",
    ]
