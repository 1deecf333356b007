"""Every code has its sentence, and a code without one is an error."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from antigone.domain import Status
from antigone.render import words
from antigone.render.problems import known_codes
from antigone.render.words import UnknownCode

WARNINGS = {
    "family-inconsistent": {"family": "Alder", "loci": "FGA, TH01"},
    "samples-alike": {"first": "R1", "second": "A / sister", "log10_lr": "8.10"},
    "relative-sex": {"family": "Alder", "person": "sister"},
    "sex-unknown": {"family": "Alder", "person": "son"},
    "no-mutation": {},
    "example-table": {"table": "Norway"},
    "fits-without": {"remains": "R1", "family": "Alder", "missing": "son", "relative": "sister", "log10_lr": "5.20"},
    "theta-not-applied": {"family": "Alder"},
    "not-all-weighed": {"family": "Alder"},
    "locus-not-in-table": {"locus": "SE33", "table": "North"},
    "allele-absent": {"locus": "FGA", "allele": "31.2", "table": "North"},
    "few-loci": {"sample": "R7", "loci": "9"},
    "out-of-scope": {"sample": "A / sister", "scope": "direct"},
    "left-out": {"locus": "D12S391"},
    "dropout-class": {"sample": "R7", "class": "poor", "d": "0.3"},
    "linked-pair": {"loci": "vWA / D12S391"},
}


def test_conclusions_are_in_interpols_words() -> None:
    assert {status: words.status_words(status) for status in Status} == {
        Status.MATCH: "DNA match report, for the board",
        Status.PROBABLE: "probable",
        Status.POSSIBLE: "possible",
        Status.EXCLUDED: "excluded",
        Status.SYMMETRIC: "several equally good answers",
        Status.NO_MATCH: "no match to date",
        Status.NOT_IDENTIFIABLE: "not identifiable with these relatives",
    }


def test_no_conclusion_says_identified() -> None:
    said = [f(status) for status in Status for f in (words.status_line, words.status_meaning, words.remains_words)]
    assert not any("identified" in sentence or "identification" in sentence for sentence in said)


def test_peers_words_stand_in_brackets() -> None:
    assert words.status_line(Status.MATCH) == "DNA match report, for the board [match, undisputed]"
    assert words.status_line(Status.PROBABLE) == "probable"


def codes_in_identify(root: Path) -> set[str]:
    """Codes that the room writes as literals, those of refused inputs among them."""
    found = set()
    for path in (root / "src" / "antigone" / "identify").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                found |= {node.value} if re.fullmatch(r"[a-z]+(-[a-z]+)+", node.value) else set()
    return found


def test_every_code_has_words_and_every_wording_its_code(root: Path) -> None:
    with_words = set(words.rules()) | set(words.reasons()) | set(words.warnings())
    found = codes_in_identify(root)
    assert found - with_words <= set(known_codes())
    assert with_words - found == {"symmetric"}  # of one word, and so not told from other literals
    assert len(with_words) > 30


@pytest.mark.parametrize("code", words.rules())
def test_rules_are_sentences(code: str) -> None:
    assert words.rule_words(code).endswith(".")


@pytest.mark.parametrize("code", words.reasons())
def test_reasons_are_parts_of_a_sentence(code: str) -> None:
    assert not words.reason_words(code).endswith(".")


def test_every_warning_is_tried_with_its_facts() -> None:
    assert set(WARNINGS) == set(words.warnings())


@pytest.mark.parametrize("code", WARNINGS)
def test_warnings_name_all_their_facts(code: str) -> None:
    sentence = words.warning_words(code, WARNINGS[code])
    assert all(fact in sentence for fact in WARNINGS[code].values())
    assert sentence.endswith(".")


@pytest.mark.parametrize("look_up", [words.rule_words, words.reason_words, lambda c: words.warning_words(c, {})])
def test_a_code_without_words_is_an_error(look_up: object) -> None:
    with pytest.raises(UnknownCode, match=r"no words for the .* 'brand-new'"):
        look_up("brand-new")  # type: ignore[operator]
