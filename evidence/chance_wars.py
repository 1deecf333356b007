"""Expected chance hits against those counted, over wars whose truth is known."""

from __future__ import annotations

from dataclasses import fields, replace

import numpy as np
import polars as pl

from antigone.domain import Comparison
from antigone.identify import Found, Screening, plan_blocks, run_block
from antigone.simulate import Quality, Rates
from evidence.framework import Outcome
from evidence.wars import folder_of, make_war, scenario

NAME = "chance-wars"
TITLE = "Chance hits, expected and counted"
MUST_SHOW = (
    "Over ten wars of 1,000 remains and 10,000 families (seeds 1 to 10), for three kits, the number of unrelated pairs "
    "counted at LR 100, 1,000 and 10,000 agrees with the number expected, within sampling error."
)
KITS = ("Identifiler", "GlobalFiler", "Fusion 6C")
THRESHOLDS = (2.0, 3.0, 4.0)
MOST_ERRORS = 3.0
"""Standard errors, of the sum over the wars, that counted and expected may lie apart."""
DROPOUT = 0.2
QUALITIES = (
    Quality("full", 0.7, 0.0, 0.0),
    Quality("partial", 0.2, 0.3, DROPOUT),
    Quality("poor", 0.1, 0.6, DROPOUT),
)
GRID_ERROR = 0.015
"""Of the expected number, which the histograms' grid may add."""


def check(small: bool, n: int | None) -> Outcome:
    """n wars for each kit."""
    wars = n or (2 if small else 10)
    size = (100, 500) if small else (1_000, 10_000)
    rows: list[list[object]] = []
    holds = True
    settings = [(kit, True) for kit in (KITS[-1:] if small else KITS)]
    settings += [] if small else [(KITS[0], False)]
    for kit, held in settings:
        found = np.array([_war(kit, seed, *size, held) for seed in range(1, wars + 1)])  # (wars, 3, thresholds)
        for i, threshold in enumerate(THRESHOLDS):
            counted, expected, error = found[:, 0, i], found[:, 1, i], found[:, 2, i]
            apart = counted - expected
            spread = np.sqrt(wars * max(apart.var(ddof=1), expected.mean()) + (error**2).sum())
            errors = max(abs(apart.sum()) - GRID_ERROR * expected.sum(), 0.0) / spread
            holds &= bool(errors <= MOST_ERRORS) or not held
            rows.append([
                kit if held else f"{kit}, another dropout", f"{10**threshold:,.0f}", int(counted.sum()),
                round(float(expected.sum()), 1),
                round(float(spread), 1), f"{counted.min():.0f} to {counted.max():.0f}", round(float(errors), 2),
            ])  # fmt: skip
    header = ("kit", "LR from", "counted", "expected", "standard error", "counted in one war", "errors apart")
    notes = (
        f"{wars} wars of {size[0]:,} remains and {size[1]:,} families a kit, without faults; partial and poor "
        "remains among them. Pairs of one person left out.",
        f"Remains lose alleles as the analyst's policy says ({DROPOUT:g} in partial and poor samples). The last lines "
        "show what another dropout does (0.05 and 0.2 in truth, 0.1 and 0.3 in the policy); they are not held to it.",
        "Standard error: from the spread between the wars (at least that of a count), and of the expected number.",
        f"Expected numbers may be off by {GRID_ERROR:.1%} through the grid; what lies beyond is held to it.",
    )
    return Outcome(holds, header, rows, notes)


def _war(kit: str, seed: int, remains: int, families: int, known_dropout: bool) -> list[list[float]]:
    """Counted, expected, and its standard error at each threshold."""
    none = Rates(**{field.name: 0.0 for field in fields(Rates)})
    wanted = scenario(families, remains, seed, kit, none)
    if known_dropout:
        wanted = replace(wanted, qualities=QUALITIES)
    war = make_war(wanted)
    with folder_of(war) as folder:
        columns = folder.columns()
    if known_dropout:
        policy = replace(columns.policy, dropout=replace(columns.policy.dropout, partial=DROPOUT, poor=DROPOUT))
        columns = replace(columns, policy=policy)
    screening = Screening(columns.persons, columns.profiles, columns.tables, columns.policy)
    targets, queries = screening.sides[Comparison.KINSHIP]
    candidates, strata = [], []
    for planned in plan_blocks(Comparison.KINSHIP, targets, queries, screening.circumstances, (), 20_000, 20_000).run:
        answer = run_block(screening.search, screening.work(planned.block))
        assert isinstance(answer, Found)
        tables = screening.tables(answer)
        candidates.append(tables["candidates"].select("remains", "family", "missing", "log10_lr"))
        strata.append(tables["strata"])
    missing = war.truth["missing"].select(pl.col("family", "missing").cast(pl.String), own=pl.col("person"))
    remains_are = war.truth["remains"].select(pl.col("remains").cast(pl.String), "person")
    pairs = pl.concat(candidates).join(missing, on=["family", "missing"]).join(remains_are, on="remains")
    unrelated = pairs.filter(pl.col("own") != pl.col("person"))["log10_lr"].to_numpy()
    summed = pl.concat(strata).group_by("threshold").agg(pl.col("expected", "variance").sum()).sort("threshold")
    at = summed.filter(pl.col("threshold").is_in(THRESHOLDS))
    counted = [float((unrelated >= threshold).sum()) for threshold in THRESHOLDS]
    return [counted, at["expected"].to_list(), at["variance"].sqrt().to_list()]
