"""The mission page names every process of the facts, and nothing that does not exist."""

import re
from pathlib import Path

import pytest

from antigone.account import Account
from antigone.cli import main
from antigone.domain import Facts
from antigone.render import account_html
from antigone.render.account_words import ACTS, KINDS
from antigone.statements import side_by_side

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "mission.md").read_text(encoding="utf-8")


def rows() -> list[dict[str, str]]:
    """The rows of the one table of the page."""
    lines = [line for line in PAGE.splitlines() if line.startswith("|")]
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    return [dict(zip(cells[0], row, strict=True)) for row in cells[2:]]


def words(row: dict[str, str], column: str) -> set[str]:
    return {word.strip() for word in row[column].split(",") if word.strip()}


def test_every_act_and_object_of_the_facts_has_a_row_that_is_shown(facts: Facts) -> None:
    shown = [row for row in rows() if row["Shown by"] != "not yet"]
    acts = set().union(*(words(row, "Acts") for row in shown))
    kinds = set().union(*(words(row, "Objects") for row in shown))
    assert {statement.act.value for statement in facts.statements.values()} == acts
    assert {statement.kind for statement in facts.statements.values() if statement.kind} == kinds


def test_every_row_names_a_command_or_not_yet() -> None:
    for row in rows():
        if row["Shown by"] == "not yet":
            assert not row["Where"], row
            assert "antigone " not in row["Process"], row
        else:
            assert re.fullmatch(r"`antigone \w+`", row["Shown by"]), row
            assert row["Where"], row


def test_every_command_named_on_the_page_exists(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--help"])
    offered = set(re.findall(r"^  (\w+) ", capsys.readouterr().out.split("Commands:")[1], re.M))
    assert set(re.findall(r"`antigone (\w+)", PAGE)) <= offered


def test_every_path_named_on_the_page_exists() -> None:
    paths = re.findall(r"(?:examples|docs|src)/[\w./-]*\w", PAGE)
    assert paths
    assert [path for path in paths if not (ROOT / path).exists()] == []


def test_every_heading_the_page_points_to_is_on_the_account(facts: Facts, account: Account) -> None:
    html = account_html(facts, account, side_by_side(facts))
    told = " ".join(row["Where"] for row in rows() if row["Shown by"] == "`antigone account`")
    headings = set(re.findall(r'"([^"]+)"', told))
    assert len(headings) > 5
    assert [heading for heading in sorted(headings) if heading not in html] == []


def test_the_account_has_a_word_for_every_act_and_object_of_the_facts(facts: Facts, account: Account) -> None:
    html = account_html(facts, account, side_by_side(facts))
    for statement in facts.statements.values():
        assert ACTS[statement.act] in html
        assert not statement.kind or KINDS[statement.kind] in html
