"""`antigone kinship`: a question of a .fam file, a pair of a case, and what is refused."""

from __future__ import annotations

import importlib
from pathlib import Path

import pytest

from antigone.core import TooComplex
from antigone.domain import CaseFinding, KinshipFinding
from antigone.intake import from_json
from tests.cli.folders import small_case
from tests.command_line import antigone, assert_refused
from tests.intake import fams


@pytest.fixture
def question(tmp_path: Path) -> str:
    return str(fams.write(tmp_path, fams.question_text(), "paternity.fam"))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> str:
    return str(small_case(tmp_path_factory.mktemp("case") / "small"))


def test_the_pedigrees_of_a_familias_file(question: str, tmp_path: Path) -> None:
    values = tmp_path / "finding.json"
    answer = antigone("kinship", question, "--json", str(values))
    assert answer.exit_code == 0, answer.errors
    for words in ("Typed: AF, CH", "against: H2.", "TH01", "vWA", "theta 0.02"):
        assert words in answer.output
    finding = from_json(KinshipFinding, values.read_text("utf-8"))
    assert finding.reference == "H2"
    by_locus = finding.log10_likelihood_by_locus["H1"]
    against = finding.log10_reference_by_locus["H1"]
    assert finding.log10_lr["H1"] == pytest.approx(sum(by_locus[x] - against[x] for x in by_locus))


def test_another_reference(question: str) -> None:
    assert "against: H1" in antigone("kinship", question, "--reference", "H1").output


def test_a_pair_of_a_case_has_the_ratio_of_solve(folder: str, tmp_path: Path) -> None:
    values, whole = tmp_path / "pair.json", tmp_path / "case.json"
    pair = ("--remains", "R", "--family", "A", "--missing", "son")
    answer = antigone("kinship", folder, *pair, "--json", str(values))
    assert answer.exit_code == 0, answer.errors
    assert antigone("solve", folder, "--json", str(whole)).exit_code == 0
    (solved,) = [
        p
        for p in from_json(CaseFinding, whole.read_text("utf-8")).pairs
        if (p.remains, p.family, p.missing) == ("R", "A", "son")
    ]
    finding = from_json(KinshipFinding, values.read_text("utf-8"))
    assert finding.log10_lr["R is A / son"] == pytest.approx(solved.log10_lr - solved.log10_lr_sex)


@pytest.mark.parametrize(("options", "words"), [
    (("--remains", "R"), ("--family: an option is missing", "--missing: an option is missing")),
    (("--remains", "X", "--family", "A", "--missing", "son"), ("the case has no such remains", "one of R, S, T")),
    (("--remains", "R", "--family", "C", "--missing", "son"), ("the case has no such family", "one of A, B")),
    (("--remains", "R", "--family", "A", "--missing", "one"), ("the family misses nobody of this name", "one of son")),
    (("--remains", "R", "--family", "A", "--missing", "son", "--reference", "H1"), ("no such hypothesis", "A / son")),
    ((), ("Needed: a .fam file",)),
])  # fmt: skip
def test_what_is_refused_of_a_case(folder: str, options: tuple[str, ...], words: tuple[str, ...]) -> None:
    assert_refused(antigone("kinship", folder, *options), *words)


def test_a_file_with_remains_is_for_the_other_command(tmp_path: Path) -> None:
    assert_refused(antigone("kinship", str(fams.write(tmp_path, fams.dvi_text()))), "antigone solve")


def test_a_reference_that_the_file_does_not_have(question: str) -> None:
    assert_refused(antigone("kinship", question, "--reference", "H3"), "one of H1, H2")


def test_more_than_can_be_computed_exactly_is_a_problem_and_not_a_traceback(
    question: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    module = importlib.import_module("antigone.cli.kinship")

    def too_large(*_: object) -> None:
        raise TooComplex("12 alleles of founders that are not fully typed")

    monkeypatch.setattr(module, "kinship", too_large)
    assert_refused(antigone("kinship", question), "12 alleles of founders that are not fully typed")
