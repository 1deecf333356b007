"""What `antigone verify` remarks, in words: every code has a sentence, and no sentence is of no code."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from antigone.render.verify_words import known_remarks


def _checks(root: Path) -> list[ast.Module]:
    return [ast.parse(path.read_text("utf-8")) for path in (root / "src" / "antigone" / "verify").glob("*.py")]


def _texts(node: ast.AST) -> Iterator[str]:
    """Whole texts under a node; parts of composed ones are not."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif not isinstance(node, ast.JoinedStr):
        for part in ast.iter_child_nodes(node):
            yield from _texts(part)


def remarked(root: Path, calls: Mapping[str, int]) -> set[str]:
    """Codes that the checks give as texts to these methods of `Remarks`, at these places."""
    found: set[str] = set()
    for tree in _checks(root):
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in calls:
                for argument in node.args[calls[node.func.attr] :][:1]:
                    found.update(_texts(argument))
    return found


KINDS = [
    pytest.param({"hold": 0, "hold_unless": 1}, known_remarks()[0], id="held"),
    pytest.param({"fault": 0}, known_remarks()[1] - {"forked-at"}, id="faults"),  # another sentence for `forked`
    pytest.param({"leave": 0}, known_remarks()[2], id="unchecked"),
]


@pytest.mark.parametrize(("calls", "known"), KINDS)
def test_every_remark_has_a_sentence(root: Path, calls: Mapping[str, int], known: frozenset[str]) -> None:
    found = remarked(root, calls)
    assert found
    assert found <= known


@pytest.mark.parametrize(("calls", "known"), KINDS)
def test_no_sentence_is_of_a_remark_that_nobody_makes(
    root: Path, calls: Mapping[str, int], known: frozenset[str]
) -> None:
    written = {text for tree in _checks(root) for text in _texts(tree)}
    composed = {f"{first}-{last}" for first in ("findings", "entries", "sealed") for last in written}
    assert known - written - composed == set()
