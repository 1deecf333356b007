"""The checks' own rules: what fails makes exit 1, an unknown name gets a sentence, pages have one form."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

import evidence.__main__ as command
from evidence.framework import Check, Outcome, load_checks, markdown_table, page


def made(name: str, ok: bool) -> Check:
    return Check(name, name.title(), f"{name} is so", lambda small, n: Outcome(ok, ["n", "small"], [[n, small]]))


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[..., int]:
    """The command with one claim that holds and one that does not; its pages go to an empty folder."""
    monkeypatch.setattr(command, "load_checks", lambda: [made("false", False), made("true", True)])
    monkeypatch.setattr(command, "PAGES", tmp_path)
    monkeypatch.setattr(command, "write_index", lambda checks: None)
    return lambda *arguments: command.main(list(arguments))


def test_a_claim_that_does_not_hold_makes_exit_1(run: Callable[..., int], capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--small") == 1
    said = capsys.readouterr().out
    assert "DOES NOT HOLD" in said
    assert "1 of 2 claims hold\nNOT: false" in said


def test_claims_that_hold_make_exit_0(run: Callable[..., int]) -> None:
    assert run("--only", "true", "--small") == 0
    assert run("--only", "false", "--small") == 1


def test_an_unknown_name_gets_the_names_there_are(run: Callable[..., int], capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--only", "truth") == 2
    assert capsys.readouterr().out == "no check is called 'truth'; there are: false, true\n"


def test_number_and_size_reach_the_check(run: Callable[..., int], capsys: pytest.CaptureFixture[str]) -> None:
    run("--only", "true", "--small", "--n", "7")
    assert "| 7 | True |" in capsys.readouterr().out


def test_a_small_run_writes_no_page_and_a_whole_one_does(run: Callable[..., int], tmp_path: Path) -> None:
    run("--small")
    assert list(tmp_path.iterdir()) == []
    run()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["false.md", "true.md"]


def test_page() -> None:
    outcome = Outcome(False, ["file", "largest"], [["a|b", 1.23456789e-12], ["c", 3]], ["seed 4", "seed 5"])
    text = page(made("count", True), outcome)
    headings = [line for line in text.splitlines() if line.startswith("#")]
    assert headings == ["# Count", "## How it was run", "## Result"]
    assert "Claim: count is so\n\nRun it again: `make evidence ONLY=count`\n" in text
    assert "**The claim does not hold.**" in text
    assert "| a\\|b | 1.23457e-12 |\n| c | 3 |\n\n- seed 4\n- seed 5\n" in text
    for circumstance in ("date", "Antigone", "machine", "Python"):
        assert f"\n- {circumstance}: " in text


def test_every_row_of_a_table_is_as_wide_as_its_header() -> None:
    assert markdown_table(["a", "b"], [[1, 0.5]]) == "| a | b |\n| --- | --- |\n| 1 | 0.5 |"


def test_every_check_has_a_name_of_its_own_a_title_and_a_claim() -> None:
    checks = load_checks()
    names = [check.name for check in checks]
    assert len(set(names)) == len(names)
    assert all(check.title and check.must_show.endswith(".") for check in checks)
    assert all(name == name.lower() and " " not in name for name in names)
