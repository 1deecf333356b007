"""Every malformed input is refused with one clear sentence for each thing to correct."""

from __future__ import annotations

from pathlib import Path

import pytest

from antigone.intake import read_case
from antigone.render import problem_sentence
from tests.intake.malformed import BUILDS, MALFORMED, Malformed
from tests.refusals import problems_of


@pytest.mark.parametrize("malformed", MALFORMED, ids=lambda m: m.name)
def test_sentence(malformed: Malformed, tmp_path: Path) -> None:
    path = malformed.build(tmp_path)
    sentences = [problem_sentence(problem) for problem in problems_of(read_case, path)]
    assert sentences[0] == malformed.sentence
    assert len(sentences) == malformed.problems


@pytest.mark.parametrize("malformed", MALFORMED, ids=lambda m: m.name)
def test_sentence_holds_place_found_and_needed(malformed: Malformed) -> None:
    place, found, needed = malformed.fragments
    assert place
    assert found
    assert needed


def test_every_input_has_its_sentence() -> None:
    assert [m.name for m in MALFORMED] == list(BUILDS)
    assert len(MALFORMED) >= 30
