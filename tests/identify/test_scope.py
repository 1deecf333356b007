"""What a sample may be used for is heeded wherever samples are compared."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import polars as pl
import pytest

from antigone import CaseColumns, Scope, question_of_pair, read_case, read_case_columns, screen_columns, solve

EXAMPLE = "examples/eight-remains"


def scoped(scopes: Mapping[tuple[str | None, str], str]) -> CaseColumns:
    """The example with the scope of some persons' samples changed, by (family, person)."""
    case = read_case_columns(EXAMPLE)
    keys = list(zip(case.persons["family"].to_list(), case.persons["person"].to_list(), strict=True))
    by_row = {keys.index(key): scope for key, scope in scopes.items()}
    wanted = pl.col("person_row").replace_strict(by_row, default=None, return_dtype=pl.String)
    scope = wanted.fill_null(pl.col("scope").cast(pl.String)).alias("scope")
    return replace(case, profiles=case.profiles.with_columns(scope))


def screened(case: CaseColumns) -> dict[str, pl.DataFrame]:
    return screen_columns(case.persons, case.profiles, case.tables, case.policy)


def skipped(found: Mapping[str, pl.DataFrame]) -> dict[tuple[str, str], int]:
    return {(comparison, reason): pairs for comparison, reason, pairs in found["skipped"].iter_rows()}


@pytest.mark.parametrize("scope", ["direct", "none"])
def test_remains_out_of_scope_are_compared_with_no_family(scope: str) -> None:
    found = screened(scoped({(None, "R1"): scope}))
    assert "R1" not in found["candidates"]["remains"].to_list()
    assert found["remains"].filter(remains="R1")["compared"].item() == 0
    assert found["remains"].filter(remains="R2")["compared"].item() > 0
    assert skipped(found)["kinship", f"scope-{scope}"] == len(found["missing"])


def test_a_relative_out_of_scope_tells_nothing_of_kinship() -> None:
    whole, without = (screened(scoped(scopes)) for scopes in ({}, {("F1", "father"): "direct"}))
    assert whole["missing"].filter(family="F1")["relatives"].item() == "parent+parent"
    assert without["missing"].filter(family="F1")["relatives"].item() == "parent"
    lr = [f["candidates"].filter(family="F1", remains="R1")["log10_lr"].item() for f in (whole, without)]
    assert lr[1] < lr[0] - 3


def test_every_pair_is_compared_or_counted_as_skipped() -> None:
    found = screened(scoped({(None, "R1"): "direct", (None, "R2"): "none", ("F1", "father"): "direct"}))
    remains, missing = len(found["remains"]), len(found["missing"])
    left_out = sum(pairs for (comparison, _), pairs in skipped(found).items() if comparison == "kinship")
    assert found["missing"]["compared"].sum() + left_out == remains * missing
    assert found["remains"]["compared"].sum() == found["missing"]["compared"].sum()


def test_solve_leaves_them_out_and_says_so() -> None:
    case = read_case(EXAMPLE)
    family = case.families[0]
    father = replace(family.profiles["father"], scope=Scope.DIRECT)
    family = replace(family, profiles={**family.profiles, "father": father})
    changed = replace(case, families=(family, *case.families[1:]))
    assert ("out-of-scope", {"sample": "F1 / father", "scope": "direct"}) in solve(changed).warnings
    question = question_of_pair(changed, "R1", "F1", "son")
    assert "father" not in question.profiles
    assert "father" in question_of_pair(case, "R1", "F1", "son").profiles
