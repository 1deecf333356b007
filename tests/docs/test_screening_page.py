"""Numbers and columns that the page on screening names are those of the program."""

from __future__ import annotations

import inspect
import re
from itertools import pairwise
from pathlib import Path

import pytest

from antigone.core import alike_pairs, log_lr_histogram
from antigone.core.urn import MOST_DRAWS
from antigone.domain import FLOOR, Comparison, Kin, Prior, Role, Skip
from antigone.identify.bulk_encode import CLASSES
from antigone.identify.screening_results import OF_BLOCKS, SEARCHABLE
from antigone.identify.search import BOUND
from antigone.identify.search_chance import BANDS, GRID, MOST_KINDS, SAMPLED_TARGETS
from antigone.simulate import FURTHER_COLUMNS, FURTHER_TABLES, RUN_TABLES

TEXT = (Path(__file__).resolve().parents[2] / "docs" / "screening.md").read_text("utf-8")
PAGE = " ".join(TEXT.split())
WORDS = {3: "three", 0.5: "half a unit"}


def default(function: object, name: str) -> object:
    assert callable(function)
    return inspect.signature(function).parameters[name].default


@pytest.mark.parametrize("sentence", [
    f"LR of {10 ** Prior(110_000, 0.1).log10_lr_reaching(FLOOR):.0f}.",
    f"Where it is above {SEARCHABLE:.0%}".replace("%", " %"),
    f"In every block, {SAMPLED_TARGETS} of each stratum",
    f"Thresholds of the whole search are {WORDS[GRID[1] - GRID[0]]} of log10 apart",
    f"a grid of {default(log_lr_histogram, 'step')} in log10",
    f"no more than {default(alike_pairs, 'most_differing')} loci of at least {default(alike_pairs, 'fewest_loci')}",
    f"more than {MOST_DRAWS} free founder alleles",
    f"at most {WORDS[MOST_KINDS]} kinds of samples",
    ", ".join([*(f"`{low}-{high - 1}`" for low, high in pairwise(BANDS)), f"`{BANDS[-1]}+`"]),
    f"({', '.join(CLASSES)})",
])  # fmt: skip
def test_the_page_says_what_the_program_does(sentence: str) -> None:
    assert sentence in PAGE


def test_powers_of_ten_of_the_page() -> None:
    assert (FLOOR, BOUND, GRID[-1]) == (1e-3, -6.0, 12.0)
    assert "reaches 10⁻³, the *floor*" in PAGE
    assert "below an LR of 10⁻⁶" in PAGE
    assert "Above 10¹² the figure" in PAGE


@pytest.mark.parametrize("code", [*Comparison, *(skip for skip in Skip if skip is not Skip.TOO_COMPLEX)])
def test_every_comparison_and_every_reason_has_its_row(code: str) -> None:
    assert re.search(rf"^\| [^|]*`{code}`", TEXT, re.MULTILINE)


def test_every_kind_of_relative_and_every_role_is_named() -> None:
    for word in (*Kin, *Role):
        assert re.search(rf"\b{word}\b", PAGE)


def test_the_columns_that_are_read_again_are_named() -> None:
    rows = re.findall(r"^\| `(\w+)` \| (`\w+`.*) \|$", TEXT.split("<!-- tables")[1], re.MULTILINE)
    shown = {table: set(re.findall(r"`(\w+)`", columns)) for table, columns in rows}
    needed = [*RUN_TABLES.items(), *FURTHER_TABLES.items(), *FURTHER_COLUMNS.items()]
    assert {table for table in OF_BLOCKS if not table.startswith("of_")} <= set(shown)
    for table, columns in needed:
        assert set(columns) <= shown[table]
