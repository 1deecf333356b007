"""A whole war, from the case folder on disk to the candidates."""

from __future__ import annotations

import json
import re
import resource
import statistics
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from antigone.intake import write_case_columns, write_columns
from evidence.framework import Outcome
from evidence.wars import make_war, scenario

NAME = "whole-war"
TITLE = "A whole war on one machine"
MUST_SHOW = (
    "10,000 remains against 100,000 families on 23 loci, the default mix of relatives, from the case folder on disk to "
    "the candidates, their chance figures and the record: 60 s or less (median of 3, compiled before), 4 GB or less, "
    "two cores, mutation `equal`; `stepwise` throughout beside it; the cost per pair does not grow from 100 to 100,000 "
    "families."
)
SECONDS, GIGABYTES = 60.0, 4.0
GROWTH = (100, 1_000, 10_000)
RUNS = 3


@dataclass(frozen=True)
class Run:
    """One screening in a process of its own."""

    seconds: float
    gigabytes: float
    about: dict[str, Any]
    out: Path


def check(small: bool, n: int | None) -> Outcome:
    """The scenario `whole-war`, and smaller wars of the same mix; n: families of the largest."""
    rows: list[list[object]] = []
    notes: list[str] = []
    with TemporaryDirectory(prefix="antigone-") as place:
        folder = Path(place)
        whole = _war(folder / "whole", n or (2_000 if small else 100_000), 500 if small else 10_000)
        runs = [_screen(whole, folder / f"run-{i}") for i in range(1 if small else RUNS)]
        seconds, memory = statistics.median(run.seconds for run in runs), max(run.gigabytes for run in runs)
        rows += _rows("mutation `equal`", runs)
        stepwise = _stepwise(whole)
        rows += _rows("mutation `stepwise`", [_screen(stepwise, folder / "stepwise")])
        rows += _growth(folder, small)
        rows += _scored(runs[0].out, whole.parent / "truth", folder)
    notes.append("Stages are seconds in the run of the median; reading, writing and starting Python are in the total.")
    notes.append("Nanoseconds a pair: tables and comparison alone, which few families share among fewer pairs.")
    met = small or (seconds <= SECONDS and memory <= GIGABYTES)
    return Outcome(met, ("what", "figure", "detail"), rows, notes)


def _war(folder: Path, families: int, remains: int) -> Path:
    """The case folder of a war; the truth stands beside it."""
    if (families, remains) == (100_000, 10_000):
        _quietly("simulate", "whole-war", str(folder))
        return folder / "case"
    war = make_war(scenario(families, remains, seed=11))
    write_case_columns(war.case, war.policy, war.scenario.tables, war.scenario.name, folder / "case")
    write_columns(war.truth, folder / "truth")
    plain = {"format": "antigone-truth/1", "scenario": {"name": war.scenario.name}, "tables": {}, "software": ""}
    (folder / "truth" / "truth.json").write_text(json.dumps(plain), encoding="utf-8")
    return folder / "case"


def _stepwise(case: Path) -> Path:
    """The same case under another mutation model."""
    settings = case / "settings.toml"
    settings.write_text(re.sub(r'kind = "equal"', 'kind = "stepwise"', settings.read_text("utf-8")), encoding="utf-8")
    return case


def _screen(case: Path, out: Path) -> Run:
    begin = time.perf_counter()
    command = [sys.executable, "-m", "antigone", "screen", str(case), str(out)]
    subprocess.run(command, check=True, capture_output=True)
    seconds = time.perf_counter() - begin
    memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1e6
    return Run(seconds, memory, json.loads((out / "screening.json").read_text("utf-8")), out)


def _rows(what: str, runs: list[Run]) -> list[list[object]]:
    middle = sorted(runs, key=lambda run: run.seconds)[len(runs) // 2]
    pairs = sum(middle.about["pairs"].values())
    kinship = middle.about["pairs"]["kinship"]
    stages = ", ".join(f"{stage} {value:.1f}" for stage, value in middle.about["seconds"].items())
    each = ", ".join(f"{run.seconds:.1f}" for run in runs)
    return [
        [f"{what}: seconds, median", f"{middle.seconds:.1f}", f"runs: {each}"],
        [f"{what}: where they go", "", stages],
        [f"{what}: peak memory", f"{max(run.gigabytes for run in runs):.2f} GB", "largest so far in this check"],
        [
            f"{what}: pairs of remains and missing persons",
            f"{kinship:,}",
            f"{kinship / middle.seconds / 1e6:.1f} million/s",
        ],
        [f"{what}: pairs of all comparisons", f"{pairs:,}", f"{pairs / middle.seconds / 1e6:.0f} million/s"],
        [
            f"{what}: candidates",
            f"{middle.about['rows']['candidates']:,}",
            f"floor: log10 LR {middle.about['floor_log10_lr']:.2f}",
        ],
    ]


def _growth(folder: Path, small: bool) -> list[list[object]]:
    rows: list[list[object]] = []
    for families in (100, 1_000) if small else GROWTH:
        case = _war(folder / f"war-{families}", families, 200 if small else 10_000)
        run = _screen(case, folder / f"run-{families}")
        own = sum(run.about["seconds"][stage] for stage in ("tables", "compare", "recompute"))
        pairs = run.about["pairs"]["kinship"]
        rows.append([
            f"{families:,} families", f"{run.seconds:.1f} s",
            f"{own / pairs * 1e9:.1f} ns a pair for tables and comparison ({pairs:,} pairs)",
        ])  # fmt: skip
    return rows


def _scored(run: Path, truth: Path, folder: Path) -> list[list[object]]:
    """What was found and missed, by kind of relatives, and the named ones that are wrong."""
    _quietly("score", str(run), str(truth), "--json", str(folder / "score.json"))
    score = json.loads((folder / "score.json").read_text("utf-8"))
    rows: list[list[object]] = []
    for kind in (score["everything"], *score["by_relatives"]):
        missed = kind["possible"] - kind["found"]
        heading = kind["heading"] or "all kinds"
        named = ", ".join(
            f"{n:,} named at {level:g}, {wrong} of them wrong"
            for level, n, wrong in zip(score["levels"], kind["named"], kind["wrong"], strict=True)
        )
        rows.append(
            [f"true pairs, {heading}", f"{kind['found']:,} of {kind['possible']:,} found, {missed:,} missed", named]
        )
    return rows


def _quietly(*arguments: str) -> None:
    command = [sys.executable, "-m", "antigone", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(done.stderr)
