"""Every code has its sentence, and a code without one is an error."""

from __future__ import annotations

import pytest

from antigone.domain import Status
from antigone.render import words
from antigone.render.words import UnknownCode

RULES = (
    "match-undisputed", "probable-posterior", "possible-posterior", "all-excluded", "symmetric", "none-above",
    "no-informative-relative",
)  # fmt: skip
REASONS = (
    "one-relative-only", "lead-too-small", "below-match-posterior", "weak-under-wider-prior", "duplicate-remains",
    "inconsistent-family", "tables-disagree", "sex-disagrees", "excluded-pair", "symmetric-with",
)  # fmt: skip
WARNINGS = {
    "family-inconsistent": {"family": "Alder", "loci": "FGA, TH01"},
    "profiles-identical": {"first": "R1", "second": "R2"},
    "remains-alike": {"first": "R1", "second": "R2", "log10_lr": "8.10"},
    "locus-not-in-table": {"locus": "SE33", "table": "North"},
    "allele-absent": {"locus": "FGA", "allele": "31.2", "table": "North"},
    "few-loci": {"sample": "R7", "loci": "9"},
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


@pytest.mark.parametrize("code", RULES)
def test_rules_have_words(code: str) -> None:
    assert words.rule_words(code).endswith(".")


@pytest.mark.parametrize("code", REASONS)
def test_reasons_have_words(code: str) -> None:
    assert not words.reason_words(code).endswith(".")


@pytest.mark.parametrize("code", WARNINGS)
def test_warnings_name_all_their_facts(code: str) -> None:
    sentence = words.warning_words(code, WARNINGS[code])
    assert all(fact in sentence for fact in WARNINGS[code].values())
    assert sentence.endswith(".")


@pytest.mark.parametrize("look_up", [words.rule_words, words.reason_words, lambda c: words.warning_words(c, {})])
def test_a_code_without_words_is_an_error(look_up: object) -> None:
    with pytest.raises(UnknownCode, match=r"no words for the .* 'brand-new'"):
        look_up("brand-new")  # type: ignore[operator]
