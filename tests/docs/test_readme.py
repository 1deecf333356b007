"""The README's figures are those of a run."""

from __future__ import annotations

from pathlib import Path

import pytest

from antigone.account import Account
from antigone.domain import Facts
from antigone.identify import solve
from antigone.intake import read_case
from antigone.render import account_svg
from antigone.render.numbers import log10, probability


@pytest.fixture(scope="module")
def table(root: Path) -> dict[str, str]:
    """README row by its first remains."""
    lines = (root / "README.md").read_text(encoding="utf-8").splitlines()
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if line.startswith("| ")]
    return {cells[3]: " ".join(cells) for cells in rows if len(cells) == 6}


def test_eight_remains(root: Path, table: dict[str, str]) -> None:
    finding = solve(read_case(root / "examples" / "eight-remains"))
    for conclusion in finding.conclusions:
        if conclusion.remains is None:
            continue
        row = next(row for remains, row in table.items() if conclusion.remains in remains.split(", "))
        assert log10(conclusion.log10_lr) in row
        assert probability(conclusion.posterior).replace("\N{NO-BREAK SPACE}", " ") in row


def test_picture_is_that_of_the_account(root: Path, facts: Facts, account: Account) -> None:
    kept = (root / "docs" / "pictures" / "istanbul.svg").read_text(encoding="utf-8")
    assert kept == account_svg(facts, account)
