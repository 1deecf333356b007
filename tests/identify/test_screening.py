"""The screening of small, odd cases against the general engine, and what makes a block run again."""

from __future__ import annotations

from dataclasses import replace

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from antigone import CaseColumns, read_case, read_case_columns, screen_columns
from antigone.domain import Comparison, Prior
from antigone.identify import Screening, pairwise_log10_lr, plan_blocks, run_block

EXAMPLE = "examples/eight-remains"


@pytest.fixture(scope="module")
def case() -> CaseColumns:
    return read_case_columns(EXAMPLE)


def kept_families(case: CaseColumns, names: list[str]) -> CaseColumns:
    """The case with some of its families, read anew from a folder that has no others."""
    gone = case.persons.with_row_index("at").filter(pl.col("family").is_not_null() & ~pl.col("family").is_in(names))
    persons = case.persons.with_row_index("at").join(gone, on="at", how="anti")
    place = {old: new for new, old in enumerate(persons["at"].to_list())} | {-1: -1}
    families = {f: i for i, f in enumerate(dict.fromkeys(persons["family"].drop_nulls().to_list()))}
    moved = [pl.col(c).replace_strict(place, return_dtype=pl.Int64) for c in ("father_row", "mother_row")]
    number = pl.col("family").replace_strict(families, default=-1, return_dtype=pl.Int64).alias("family_id")
    profiles = case.profiles.filter(pl.col("person_row").is_in(list(place)))
    return replace(
        case,
        persons=persons.with_columns(*moved, number).drop("at"),
        profiles=profiles.with_columns(pl.col("person_row").replace_strict(place, return_dtype=pl.Int64)),
    )


def screened(case: CaseColumns) -> dict[str, pl.DataFrame]:
    return screen_columns(case.persons, case.profiles, case.tables, case.policy)


@pytest.mark.parametrize("theta", [0.0, 0.01])
@pytest.mark.parametrize("families", [["F1"], ["F1", "F4", "F6"], ["F2", "F5"], [f"F{i}" for i in range(1, 9)]])
def test_candidates_equal_the_general_engine(case: CaseColumns, families: list[str], theta: float) -> None:
    """With theta an unrelated person's genotypes depend on who is typed: no family may lend them to another."""
    few = kept_families(case, families)
    few = replace(few, tables=few.tables[:1], policy=replace(few.policy, theta=theta))
    whole = read_case(EXAMPLE)
    expected = pairwise_log10_lr(
        replace(
            whole, families=tuple(f for f in whole.families if f.name in families), tables=whole.tables[:1],
            policy=replace(whole.policy, theta=theta),
        )
    )  # fmt: skip
    found = screened(few)["candidates"]
    assert len(found)
    for row in found.iter_rows(named=True):
        by_locus = expected[row["remains"], row["family"], row["missing"]]
        for locus, value in by_locus.items():
            assert row[f"lr_{locus}"] == pytest.approx(value, abs=1e-9)


def test_a_pair_has_one_lr_whoever_else_is_in_its_block(case: CaseColumns) -> None:
    screening = Screening(case.persons, case.profiles, case.tables, case.policy)
    targets, queries = screening.sides[Comparison.KINSHIP]
    found = []
    for size in (1, 2, 100):
        plan = plan_blocks(Comparison.KINSHIP, targets, queries, screening.circumstances, (), size, 100)
        parts = [screening.tables(run_block(screening.search, screening.work(p.block)))["candidates"] for p in plan.run]
        whole = pl.concat(parts).sort("remains", "family", "missing")
        found.append(whole.select("remains", "family", "missing", "log10_lr", "chance_family", "^lr_.*$"))
    assert_frame_equal(found[0], found[2], rel_tol=1e-9, abs_tol=1e-9)
    assert_frame_equal(found[1], found[2], rel_tol=1e-9, abs_tol=1e-9)


def test_what_changes_everybodys_numbers_changes_the_circumstances(case: CaseColumns) -> None:
    """A locus that falls away, and an allele that no table has, change all blocks."""
    plain = Screening(case.persons, case.profiles, case.tables, case.policy).circumstances
    rarer = case.profiles.with_columns(
        pl.when((pl.col("person_row") == pl.col("person_row").max()) & (pl.col("locus") == "TH01"))
        .then(pl.lit("77")).otherwise(pl.col("allele1").cast(pl.String)).alias("allele1")
    )  # fmt: skip
    changed = Screening(case.persons, rarer, case.tables, case.policy).circumstances
    assert plain.digest != changed.digest
    again = Screening(case.persons, case.profiles, case.tables, case.policy).circumstances
    assert plain.digest == again.digest


def test_nobody_typed_among_the_remains(case: CaseColumns) -> None:
    remains = case.persons.with_row_index("at").filter(role="remains")["at"].to_list()
    untyped = case.profiles.filter(~pl.col("person_row").is_in(remains))
    found = screen_columns(case.persons, untyped, case.tables, case.policy)
    assert found["candidates"].is_empty()
    assert found["skipped"].filter(reason="no-loci")["pairs"].sum() > 0


def test_remains_without_families(case: CaseColumns) -> None:
    alone = kept_families(case, [])
    found = screen_columns(alone.persons, alone.profiles, alone.tables, alone.policy)
    assert set(found) >= {"brothers", "alike"}


def test_names_with_a_stroke_stay_apart(case: CaseColumns) -> None:
    renamed = case.persons.with_columns(
        pl.when(pl.col("person") == "R1").then(pl.lit("F1 / father")).otherwise(pl.col("person")).alias("person")
    )
    sides = Screening(renamed, case.profiles, case.tables, case.policy).sides
    assert "F1 // father" in sides[Comparison.ALIKE][0].ids
    assert "F1 / father" in sides[Comparison.ALIKE][0].ids


def test_with_one_missing_and_no_one_else_every_pair_is_a_candidate(case: CaseColumns) -> None:
    """M = 1 and q = 0 is a prior that is certain by itself: there is no floor."""
    certain = replace(case, policy=replace(case.policy, prior=Prior(1, 0.0, "one missing, by the list")))
    found = screened(certain)
    assert len(found["candidates"]) == found["missing"]["compared"].sum()
