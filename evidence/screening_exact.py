"""The screening against the general engine, pair by pair."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import polars as pl

from antigone import read_case
from antigone.domain import Comparison
from antigone.identify import Screening, pairwise_log10_lr, plan_blocks, run_block
from antigone.intake import CaseColumns
from evidence.framework import Outcome
from evidence.wars import folder_of, make_war, scenario, screened

NAME = "screening-exact"
TITLE = "The screening against the general engine"
MUST_SHOW = (
    "2,000 random pairs, stratified by log10 LR, without early stop: single precision within 1e-4 below -10 and 1e-5 "
    "above; double precision equal to the general engine to 1e-9. The candidates of a war of 300 remains and 300 "
    "families are exactly those of the general engine."
)
BANDS = (-300.0, -30.0, -20.0, -10.0, -5.0, 0.0, 2.0, 300.0)
EVERYTHING = 1e-290
"""A floor that keeps every pair with an LR above 0."""


def check(small: bool, n: int | None) -> Outcome:
    """A war of n remains and n families, under theta 0 and 0.01."""
    size = n or (40 if small else 300)
    rows: list[list[object]] = []
    holds = True
    with folder_of(make_war(scenario(size, size, seed=4))) as folder:
        for theta in (0.0,) if small else (0.0, 0.01):
            more, good = _compared(
                folder.columns(theta=theta), _engine(folder.case, theta), 2_000 if not small else 200
            )
            rows += [[f"theta {theta:g}", *row] for row in more]
            holds &= good
    header = ("war", "log10 LR", "pairs", "largest difference, single", "largest difference, double", "holds")
    notes = (
        f"{size} remains, {size} families, 23 loci, mutation `equal`, partial and poor remains among them.",
        "Last line of each: candidates of the screening and of the general engine at the floor, as sets of pairs.",
    )
    return Outcome(holds, header, rows, notes)


def _engine(case: object, theta: float) -> pl.DataFrame:
    """remains, family, missing, log10 LR without the sex, by the general engine."""
    from dataclasses import replace
    from pathlib import Path

    found = read_case(Path(str(case)))
    found = replace(found, policy=replace(found.policy, theta=theta))
    rows = [(*key, sum(by_locus.values())) for key, by_locus in pairwise_log10_lr(found).items()]
    return pl.DataFrame(rows, schema=["remains", "family", "missing", "engine"], orient="row")


def _compared(columns: CaseColumns, engine: pl.DataFrame, pairs: int) -> tuple[list[list[object]], bool]:
    every = _every_pair(columns).join(engine, on=["remains", "family", "missing"])
    rng = np.random.default_rng(9)
    rows: list[list[object]] = []
    holds = True
    for low, high in pairwise(BANDS):
        band = every.filter(pl.col("engine").is_between(low, high, closed="left"))
        chosen = band[rng.permutation(len(band))[: -(-pairs // (len(BANDS) - 1))]]
        if chosen.is_empty():
            continue
        single = float((chosen["single"] - chosen["sex"] - chosen["engine"]).abs().max())  # type: ignore[arg-type]
        double = float((chosen["double"] - chosen["engine"]).abs().max())  # type: ignore[arg-type]
        good = single <= (1e-4 if high <= -10.0 else 1e-5) and double <= 1e-9
        holds &= good
        rows.append([f"{low:g} to {high:g}", len(chosen), single, double, "yes" if good else "NO"])
    found, _ = screened(columns)
    ours = {tuple(row) for row in found["candidates"].select("remains", "family", "missing").iter_rows()}
    floor = _floor(columns)
    theirs = every.filter(pl.col("engine") + pl.col("sex") >= floor)
    exact = {tuple(row) for row in theirs.select("remains", "family", "missing").iter_rows()}
    rows.append([f"candidates, from {floor:.2f}", len(ours), "", "", "yes" if ours == exact else "NO"])
    return rows, holds and ours == exact


def _floor(columns: CaseColumns) -> float:
    return Screening(columns.persons, columns.profiles, columns.tables, columns.policy).search.floor


def _every_pair(columns: CaseColumns) -> pl.DataFrame:
    """Every pair with an LR above 0: single and double precision, and the sex's share."""
    screening = Screening(columns.persons, columns.profiles, columns.tables, columns.policy, EVERYTHING)
    targets, queries = screening.sides[Comparison.KINSHIP]
    frames = []
    for planned in plan_blocks(Comparison.KINSHIP, targets, queries, screening.circumstances, (), 10_000, 10_000).run:
        answer = run_block(screening.search, screening.work(planned.block))
        table = screening.tables(answer)["candidates"]
        single = pl.Series("single", answer.single.astype(np.float64))  # type: ignore[union-attr]
        sex = pl.col("lr_sex").fill_null(0.0)
        frames.append(
            table.with_columns(single).select(
                "remains", "family", "missing", "single", (pl.col("log10_lr") - sex).alias("double"), sex.alias("sex")
            )
        )
    return pl.concat(frames)
