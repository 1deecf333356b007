"""Every refusal that the register can give has a sentence, and every sentence a refusal."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from antigone.register.refusals import NotAllowed, NotHere, NotNow, Overtaken
from antigone.render import refusal_sentence
from antigone.render.refusal_words import _not_now, known_refusals

SOURCE = Path(__file__).resolve().parents[2] / "src" / "antigone"
ELSEWHERE = {"merge-other-way", "both-settled"}
"""Codes that are chosen before the refusal is made."""


def raised() -> dict[str, set[str]]:
    """Code -> the facts that go with it wherever it is raised."""
    found: dict[str, set[str]] = {}
    for folder in ("actions", "register", "web"):
        for path in (SOURCE / folder).glob("**/*.py"):
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "NotNow":
                    first = node.args[0]
                    if isinstance(first, ast.Constant):
                        facts = {keyword.arg for keyword in node.keywords if keyword.arg}
                        code = str(first.value)
                        spread = any(keyword.arg is None for keyword in node.keywords)
                        known = set(re.findall(r"\{(\w+)\}", _not_now().get(code, ""))) if spread else set()
                        found[code] = found.get(code, facts | known) & (facts | known)
    return found


def test_every_refusal_has_a_sentence_and_every_sentence_a_refusal() -> None:
    assert set(raised()) | ELSEWHERE == set(known_refusals())


@pytest.mark.parametrize("code", sorted(_not_now()))
def test_a_sentence_needs_no_fact_that_is_not_told(code: str) -> None:
    needed = set(re.findall(r"\{(\w+)\}", _not_now()[code]))
    facts = raised().get(code, {"first", "second", "state"})
    assert needed <= facts
    sentence = refusal_sentence(NotNow(code, **dict.fromkeys(facts, "XX-1")))
    assert sentence.endswith(".")
    assert "{" not in sentence


def test_sentences_say_what_to_do() -> None:
    said = refusal_sentence(NotHere("remains", "RM-000001-P"))
    assert said == "There is no RM-000001-P, or none that you may see. Check the identifier."
    assert "The administrator gives offices" in refusal_sentence(NotAllowed("sign"))
    assert refusal_sentence(Overtaken("PO-000001-7", "US-000008-C", "2026-11-22T05:31:00+00:00")).startswith(
        "US-000008-C changed PO-000001-7 at 2026-11-22T05:31:00+00:00, after you had opened it"
    )
    assert "Look at it again" in refusal_sentence(Overtaken("PO-000001-7"))


def test_a_code_that_nobody_worded_is_not_hidden() -> None:
    assert refusal_sentence(NotNow("unheard-of", grave="GR-1")) == "This cannot be done now (unheard-of: grave GR-1)."
