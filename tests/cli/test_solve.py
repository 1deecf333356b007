"""`antigone solve`: what it prints, what it writes, how it refuses."""

from __future__ import annotations

import importlib
import json
from pathlib import Path

import pytest

from antigone.core import TooComplex
from antigone.domain import CaseFinding
from antigone.intake import from_json
from tests.cli.folders import small_case
from tests.command_line import antigone, assert_refused
from tests.intake import fams


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small_case(tmp_path_factory.mktemp("case") / "small")


@pytest.fixture(autouse=True)
def wide_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """Conclusions in one line each."""
    monkeypatch.setenv("COLUMNS", "120")


def spoken(text: str) -> str:
    """With ordinary spaces."""
    return text.replace("\N{NO-BREAK SPACE}", " ")


def test_it_prints_conclusions_and_writes_page_and_values(folder: Path, tmp_path: Path) -> None:
    page, values = tmp_path / "page.html", tmp_path / "finding.json"
    answer = antigone("solve", str(folder), "--html", str(page), "--json", str(values))
    assert answer.exit_code == 0, answer.errors
    for words in ("Small case", "DNA match report, for the board", "several equally good answers", "M = 100, q = 0.1"):
        assert words in spoken(answer.output)
    assert page.read_text("utf-8").startswith("<!DOCTYPE html>")
    finding = from_json(CaseFinding, values.read_text("utf-8"))
    assert (finding.missing_total, finding.outside) == (100, 0.1)
    assert {c.missing: c.remains for c in finding.conclusions if c.family == "A"} == {"son": "R"}


def test_the_same_case_gives_the_same_values(folder: Path, tmp_path: Path) -> None:
    for name in ("one.json", "two.json"):
        assert antigone("solve", str(folder), "--json", str(tmp_path / name)).exit_code == 0
    assert (tmp_path / "one.json").read_bytes() == (tmp_path / "two.json").read_bytes()


def test_progress_goes_to_standard_error_alone(folder: Path) -> None:
    answer = antigone("solve", str(folder))
    assert "Comparing" in answer.errors
    assert "Comparing" not in answer.output


def test_as_many_answers_as_asked_for(folder: Path, tmp_path: Path) -> None:
    values = tmp_path / "finding.json"
    assert antigone("solve", str(folder), "--answers", "1", "--json", str(values)).exit_code == 0
    assert len(json.loads(values.read_text("utf-8"))["joint"]["answers"]) == 1


def test_a_familias_file_is_solved_by_the_peers_rules_unless_m_and_q_are_given(tmp_path: Path) -> None:
    path = str(fams.write(tmp_path, fams.dvi_text()))
    peers = antigone("solve", path)
    assert peers.exit_code == 0, peers.errors
    assert "concordance" in peers.output
    ours = antigone("solve", path, "--missing-total", "40", "--outside", "0.2", "--reason", "counted")
    assert ours.exit_code == 0, ours.errors
    for words in ("M = 40, q = 0.2", "counted", "casework"):
        assert words in spoken(ours.output)


@pytest.mark.parametrize(("options", "words"), [
    (("--missing-total", "40"), ("--outside", "the prior is not stated")),
    (("--outside", "0.2"), ("--missing-total", "the prior is not stated")),
    (("--missing-total", "40", "--outside", "0"), ("--outside", "no reason is given", "--reason TEXT")),
    (("--missing-total", "2", "--outside", "0.2"), ("prior", "2 missing in all, but 3 are listed")),
    (("--missing-total", "0", "--outside", "0.2"), ("--missing-total", "x>=1")),
    (("--missing-total", "40", "--outside", "1"), ("--outside", "0<=x<1")),
])  # fmt: skip
def test_a_prior_that_is_refused(folder: Path, options: tuple[str, ...], words: tuple[str, ...]) -> None:
    assert_refused(antigone("solve", str(folder), *options), *words)


def test_every_problem_of_a_folder_at_once_and_nothing_written(folder: Path, tmp_path: Path) -> None:
    spoiled = small_case(tmp_path / "spoiled")
    persons = spoiled / "persons.csv"
    persons.write_text(persons.read_text("utf-8").replace("female", "femal", 1).replace("missing", "mising"))
    answer = antigone("solve", str(spoiled), "--json", str(tmp_path / "finding.json"))
    assert_refused(answer, "6 problems; nothing was read.", "femal", "mising", "row 3")
    assert not (tmp_path / "finding.json").exists()


def test_what_does_not_fit_is_told_as_a_problem(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    module = importlib.import_module("antigone.cli.solve")

    def too_large(*_: object) -> None:
        raise TooComplex("tables of 9000000000 entries are needed")

    monkeypatch.setattr(module, "solve", too_large)
    answer = antigone("solve", str(folder))
    assert_refused(answer, "Small case: an exact answer does not fit", "tables of 9000000000 entries")
