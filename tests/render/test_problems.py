"""Problems in words."""

from __future__ import annotations

import re
from pathlib import Path

from antigone.domain import Place, Problem
from antigone.render import place_words, problem_sentence, refusal_text
from antigone.render.problems import known_codes

CALLS = re.compile(
    r"(?:Problem|\.refuse|\.add|\.wrong|report|_report_numbers|_report|yield)\s*\(?\s*"
    r'(?:[^"()]*?,\s*)?"([a-z]+(?:-[a-z]+)*)",'
)


def test_every_code_of_the_rooms_has_words(root: Path) -> None:
    """Codes are read off the calls that report them."""
    known, seen = set(known_codes()), set()
    for room in ("intake", "domain"):
        for path in (root / "src" / "antigone" / room).glob("*.py"):
            codes = set(CALLS.findall(path.read_text("utf-8")))
            assert codes <= known, f"{path.name}: {sorted(codes - known)}"
            seen |= codes
    assert len(seen) > 60


def test_codes_of_the_cells_have_words() -> None:
    assert {"role", "sex", "yes-no", "allele", "probability", "count", "frequency"} <= set(known_codes())


def test_place_leaves_out_what_is_empty() -> None:
    assert place_words(Place("case.fam", 7)) == "case.fam, line 7"
    assert place_words(Place("persons.csv", 7, "sex", "M1")) == "persons.csv, row 7, column sex (M1)"
    assert place_words(Place(item="TH01")) == "TH01"


def test_sentence_without_place_begins_with_a_capital() -> None:
    text = problem_sentence(Problem("missing-file", Place(), "nothing", "a file"))
    assert text.startswith("There is no such file. Found: nothing. Needed: a file.")


def test_code_without_words_is_still_a_sentence() -> None:
    assert problem_sentence(Problem("new-code")) == "This cannot be used (new-code)."


def test_refusal_counts_and_numbers() -> None:
    problem = Problem("empty-file", Place("persons.csv"), "nothing", "one row")
    lines = refusal_text([problem, problem]).split("\n")
    assert lines[0] == "2 problems; nothing was read."
    assert [line[:2] for line in lines[1:]] == ["1.", "2."]
