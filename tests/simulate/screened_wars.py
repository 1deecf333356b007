"""A small war screened by the general engine: the run folder and the truth that `score` reads."""

from __future__ import annotations

import json
import math
from dataclasses import replace
from pathlib import Path

import numpy as np
import polars as pl

from antigone.domain import Case, Prior
from antigone.identify.encode import sample_class
from antigone.identify.pairwise import CaseNumbers
from antigone.identify.samples import alike_samples
from antigone.identify.sexes import log10_sex_lr
from antigone.intake import read_case, to_plain, write_case_columns, write_columns
from antigone.simulate import Analysis, Handover, Side, War
from tests.simulate.wars import WAR, war, with_rates

FLOOR = 1e-3
RELATIVES = {
    "mother": "parent", "father": "parent", "both-parents": "parent+parent", "sibling": "sibling",
    "two-siblings": "sibling+sibling", "child": "child+partner", "grandparents": "grandparent+grandparent",
    "uncle": "uncle", "half-sibling": "half-sibling", "none": "none",
}  # fmt: skip
BELOW_FLOOR = {"uncle": (0.2, 0.3), "half-sibling": (0.2, 0.3), "grandparent+grandparent": (0.06, 0.08)}
"""As a run might state it; others are always found."""

SMALL = replace(
    with_rates(WAR, direct_reference=0.0, second_registration=0.1, brothers=0.1, swapped_remains=0.08,
               second_population=0.0),
    name="small", families=80, handovers=(Handover("H1", "2025-06", "B", "A", 60),),
    parties=(Side("A", "Side A", "Norway"), Side("B", "Side B", "Norway")), analysis=Analysis(("Norway",), 0.0),
)  # fmt: skip


def screened(folder: Path) -> tuple[Path, Path, War]:
    """(the run folder, the truth, the war) of SMALL, written below `folder`."""
    small = war(SMALL)
    write_case_columns(small.case, small.policy, small.scenario.tables, "small", folder / "case")
    write_columns(small.truth, folder / "truth")
    (folder / "truth" / "truth.json").write_text(json.dumps({"scenario": {"name": "small", "seed": 7}}), "utf-8")
    run = folder / "run"
    run.mkdir()
    screen(read_case(folder / "case"), small.truth, run)
    return run, folder / "truth", small


def screen(case: Case, truth: dict[str, pl.DataFrame], run: Path) -> None:
    """Every remains against every missing person by the general engine, as a run folder has it."""
    prior = case.policy.prior
    assert prior is not None
    floor = floor_log10_lr(prior)
    pairs = _pairs(case)
    typed = pairs.filter(pl.col("typed") > 0).drop("typed")
    above, below = typed.filter(pl.col("log10_lr") >= floor), typed.filter(pl.col("log10_lr") < floor)
    sums = {
        side: typed.group_by(on).agg(compared=pl.len()).join(
            below.group_by(on).agg(sum_below_floor=(10.0 ** pl.col("log10_lr")).sum()), on=on, how="left"
        ).with_columns(pl.col("sum_below_floor").fill_null(0.0))
        for side, on in (("remains", ["remains"]), ("missing", ["family", "missing"]))
    }  # fmt: skip
    above.write_parquet(run / "candidates.parquet")
    _remains(case).join(sums["remains"], on="remains", how="left").write_parquet(run / "remains.parquet")
    missing = _missing(case, truth).join(sums["missing"], on=["family", "missing"], how="left")
    missing.with_columns(pl.col("compared", "sum_below_floor").fill_null(0)).write_parquet(run / "missing.parquet")
    _alike(case).write_parquet(run / "alike.parquet")
    settings = {"format": "antigone-screening/1", "case": case.name, "floor": FLOOR, "policy": to_plain(case.policy)}
    (run / "screening.json").write_text(json.dumps(settings), "utf-8")


def floor_log10_lr(prior: Prior) -> float:
    p = (1.0 - prior.outside) / prior.missing_total
    return math.log10(FLOOR * (1.0 - p) / p)


def _pairs(case: Case) -> pl.DataFrame:
    """remains, family, missing, log10_lr (the lowest over the tables), loci, typed (relatives)."""
    tables = [CaseNumbers(case, table) for table in case.tables]
    everybody = np.arange(len(case.remains))[:, None]
    frames = []
    for family in case.families:
        for missing in family.missing:
            sex = np.array([
                log10_sex_lr(r.profile, family.pedigree.person(missing).sex, case.policy.sex, lost > 0.0)
                for r, lost in zip(case.remains, tables[0].remains_dropout, strict=True)
            ])  # fmt: skip
            by_table = [t.set_log10_lr(family.name, [missing], everybody).sum(axis=1) for t in tables]
            frames.append(pl.DataFrame({
                "remains": [r.id for r in case.remains], "family": family.name, "missing": missing,
                "log10_lr": np.min(by_table, axis=0) + sex,
                "loci": [sum(1 for call in r.profile.calls.values() if call.alleles) for r in case.remains],
                "typed": len(family.profiles),
            }))  # fmt: skip
    return pl.concat(frames)


def _remains(case: Case) -> pl.DataFrame:
    loci = list(case.tables[0].loci)
    rows = [
        (r.id, sample_class(r.profile, loci, case.policy), sum(1 for c in r.profile.calls.values() if c.alleles))
        for r in case.remains
    ]
    return pl.DataFrame(rows, schema=["remains", "sample_class", "loci"], orient="row")


def _missing(case: Case, truth: dict[str, pl.DataFrame]) -> pl.DataFrame:
    kind = dict(truth["families"].select("family", pl.col("kind").cast(pl.String)).iter_rows())
    rows = []
    for family in case.families:
        relatives = RELATIVES[kind[family.name]]
        low, high = BELOW_FLOOR.get(relatives, (0.0, 0.0)) if family.profiles else (1.0, 1.0)
        for missing in family.missing:
            rows.append((family.name, missing, relatives, len(family.profiles), low, high, high <= 0.05))
    columns = ["family", "missing", "relatives", "typed_relatives", "below_floor_low", "below_floor_high", "searchable"]
    return pl.DataFrame(rows, schema=columns, orient="row")


def _alike(case: Case) -> pl.DataFrame:
    found = alike_samples(replace(case, families=()), CaseNumbers(case, case.tables[0]))
    rows = [("remains", p.first.person, "remains", p.second.person, p.log10_lr, 3.0) for p in found]
    schema = {
        "first_role": pl.String, "first": pl.String, "second_role": pl.String, "second": pl.String,
        "log10_lr": pl.Float64, "over_brothers": pl.Float64,
    }  # fmt: skip
    return pl.DataFrame(rows, schema=schema, orient="row")
