"""Problems in words."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from antigone.domain import FREQUENCIES, PERSONS, PROFILES, Place, Problem
from antigone.render import place_words, problem_sentence, refusal_text
from antigone.render.problems import known_codes

CODE = re.compile(r"[a-z]+(-[a-z]+)*")
Calls = dict[str, int]
"""Name of a function -> the place of its argument `code`."""


def parsed(root: Path) -> dict[Path, ast.Module]:
    """The modules that report problems; `render` alone turns them into words."""
    package = root / "src" / "antigone"
    files = [path for path in package.rglob("*.py") if "render" not in path.parts]
    return {path: ast.parse(path.read_text("utf-8")) for path in files}


def calls_defined_in(tree: ast.Module) -> Calls:
    """Functions that take a code; -1 for those of the same name that do not."""
    found = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            names = [argument.arg for argument in node.args.args if argument.arg != "self"]
            found[node.name] = names.index("code") if "code" in names else -1
    return found


def literals(node: ast.AST) -> Iterator[str]:
    """The texts an argument can be: a literal, or either side of `a if b else c`."""
    if isinstance(node, ast.IfExp):
        yield from literals(node.body)
        yield from literals(node.orelse)
    elif isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value


REMARKS = {"fault": -1, "hold": -1, "leave": -1, "hold_unless": -1, "_remark": -1, "Remark": -1}
"""What `antigone verify` remarks has words of its own: tests/render/test_verify_words.py."""


def codes_in(tree: ast.Module, elsewhere: Calls) -> set[str]:
    """Codes that this module reports, yields as findings, or keeps in a variable of that name."""
    calls = {**elsewhere, **calls_defined_in(tree), "Problem": 0, "FrequenciesRefused": 0, **REMARKS}
    nodes: list[ast.AST] = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            place = calls.get(name, -1)
            nodes += node.args[place : place + 1] if place >= 0 else []
            nodes += [keyword.value for keyword in node.keywords if keyword.arg == "code"]
        elif isinstance(node, ast.Yield) and isinstance(node.value, ast.Tuple) and len(node.value.elts) == 4:
            nodes.append(node.value.elts[0])
        elif isinstance(node, ast.Assign) and any(getattr(t, "id", "") == "code" for t in node.targets):
            nodes.append(node.value)
    return {text for node in nodes for text in literals(node) if CODE.fullmatch(text)}


@pytest.fixture(scope="module")
def reported(root: Path) -> set[str]:
    trees = parsed(root)
    calls = {name: place for tree in trees.values() for name, place in calls_defined_in(tree).items() if place >= 0}
    found = set().union(*(codes_in(tree, calls) for tree in trees.values()))
    (of_core,) = (codes_in(tree, {}) for path, tree in trees.items() if path.parts[-2:] == ("core", "frequencies.py"))
    kinds = {column.kind for column in (*PERSONS, *PROFILES, *FREQUENCIES)} - {"text"}  # a wrong cell has the kind's
    return (found - of_core) | {f"frequencies-{code}" for code in of_core} | kinds  # `identify` prefixes them


def test_every_code_that_is_reported_has_words(reported: set[str]) -> None:
    assert reported - set(known_codes()) == set()
    assert len(reported) > 120


def test_no_words_for_codes_that_nobody_reports(reported: set[str]) -> None:
    assert set(known_codes()) - reported == set()


def test_no_code_has_two_wordings() -> None:
    assert len(set(known_codes())) == len(known_codes())


def test_the_reading_of_codes_sees_a_new_one() -> None:
    tree = ast.parse('def f():\n    problems.append(Problem("brand-new", Place()))\n    yield "newer", a, b, c')
    assert codes_in(tree, {}) == {"brand-new", "newer"}


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
