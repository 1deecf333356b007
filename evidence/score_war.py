"""A whole war, scored against what really happened."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np

from antigone.core import LocusModel, apply_policy, genotype_numbers, genotype_pair, mutation, turing_sums
from antigone.core.pedigrees import FEMALE, MALE, Shape
from antigone.domain import KITS, FrequencyPolicy
from antigone.intake import read_table, write_case_columns, write_columns
from evidence.framework import Outcome
from evidence.wars import make_war, scenario

NAME = "score-war"
TITLE = "A whole war, scored"
MUST_SHOW = (
    "The screening of `whole-war` against its truth: what was found and missed and why, how far stated posteriors "
    "hold, chance hits expected and counted, the tail of unrelated pairs; and at every locus the sum over all "
    "genotypes of P(unrelated) x LR is 1 to 1e-9."
)
TURING = 1e-9
FAMILIES = {
    "mother": (Shape((-1, -1, 0), (-1, -1, 1), (MALE, FEMALE, MALE)), (1,), 2),
    "both parents": (Shape((-1, -1, 0), (-1, -1, 1), (MALE, FEMALE, MALE)), (0, 1), 2),
    "sibling": (Shape((-1, -1, 0, 0), (-1, -1, 1, 1), (MALE, FEMALE, MALE, MALE)), (3,), 2),
    "child and its mother": (Shape((-1, -1, 0), (-1, -1, 1), (MALE, FEMALE, MALE)), (1, 2), 0),
}


def check(small: bool, n: int | None) -> Outcome:
    """The scenario `whole-war`; small: a war of 150 remains."""
    with TemporaryDirectory(prefix="antigone-") as place:
        folder = Path(place)
        _make(folder, small, n)
        _quietly("screen", str(folder / "case"), str(folder / "run"))
        _quietly("score", str(folder / "run"), str(folder / "truth"), "--json", str(folder / "score.json"))
        score = json.loads((folder / "score.json").read_text("utf-8"))
    worst = _turing()
    rows = [*_found(score), *_missed(score), *_reliability(score), *_chance(score), *_tail(score)]
    rows.append(["largest distance from 1 of a locus's sum of P x LR", worst, "23 loci, four kinds of relatives"])
    outside = [c for c in score["chance_total"] if c["counted"] is not None and _apart(c) > 4.0]
    notes = (
        "Posteriors are estimates for scoring (belief propagation over all candidates), not conclusions.",
        "The claim holds where the sums are 1, and counted chance hits lie within four standard errors and 2 % of the "
        "expected ones.",
    )
    return Outcome(worst <= TURING and not outside, ("what", "figure", "detail"), rows, notes)


def _make(folder: Path, small: bool, families: int | None) -> None:
    if not small and families is None:
        _quietly("simulate", "whole-war", str(folder / "war"))
        for name in ("case", "truth"):
            (folder / "war" / name).rename(folder / name)
        return
    war = make_war(scenario(families or 600, 150, seed=3))
    write_case_columns(war.case, war.policy, war.scenario.tables, war.scenario.name, folder / "case")
    write_columns(war.truth, folder / "truth")
    plain = {"format": "antigone-truth/1", "scenario": {"name": war.scenario.name}, "tables": {}, "software": ""}
    (folder / "truth" / "truth.json").write_text(json.dumps(plain), encoding="utf-8")


def _found(score: dict[str, Any]) -> list[list[object]]:
    total = score["everything"]
    named = ", ".join(
        f"{n:,} right and {wrong} wrong at {level:g}"
        for level, n, wrong in zip(score["levels"], total["named"], total["wrong"], strict=True)
    )
    return [["true pairs found", f"{total['found']:,} of {total['possible']:,}", f"named: {named}"]]


def _missed(score: dict[str, Any]) -> list[list[object]]:
    reasons: dict[str, int] = {}
    for missed in score["missed"]:
        reasons[missed["reason"]] = reasons.get(missed["reason"], 0) + missed["pairs"]
    return [[f"missed: {reason}", f"{pairs:,}", "first fault present"] for reason, pairs in sorted(reasons.items())]


def _reliability(score: dict[str, Any]) -> list[list[object]]:
    return [
        [
            f"posterior {b['low']:g} to {b['high']:g}", f"{b['true']:,} of {b['pairs']:,} true",
            f"mean {b['mean']:.4f}, true {b['share_low']:.4f} to {b['share_high']:.4f}; exchanged {b['exchanged']}",
        ]
        for b in score["reliability"]
        if b["pairs"]
    ]  # fmt: skip


def _chance(score: dict[str, Any]) -> list[list[object]]:
    return [
        [
            f"chance hits from LR {10 ** c['log10_lr']:,.0f}",
            f"{c['counted']:,} counted" if c["counted"] is not None else "below the floor",
            f"{c['expected']:,.1f} expected, standard error {c['standard_error']:.1f}",
        ]
        for c in score["chance_total"]
    ]  # fmt: skip


def _apart(chance: dict[str, Any]) -> float:
    """Standard errors by which counted and expected differ, 2 % for the grid allowed."""
    expected, counted = float(chance["expected"]), float(chance["counted"])
    spread = float(np.hypot(np.sqrt(max(expected, 1.0)), chance["standard_error"]))
    return max(abs(counted - expected) - 0.02 * expected, 0.0) / spread


def _tail(score: dict[str, Any]) -> list[list[object]]:
    return [
        [
            f"unrelated pairs from LR {10 ** t['log10_lr']:,.0f}", f"{t['counted'] - t['related']:,} counted",
            f"{t['predicted']:,.0f} predicted ({t['low']:,.0f} to {t['high']:,.0f}), of {t['pairs']:,}",
        ]
        for t in score["tail"]
    ]  # fmt: skip


def _turing() -> float:
    """Over the Norwegian table's 23 loci and four kinds of relatives, mutation `equal`."""
    table, rng, worst = read_table("Norway"), np.random.default_rng(1), 0.0
    for name in KITS["Fusion 6C"]:
        p = apply_policy(list(table.loci[name].alleles.values()), 0, FrequencyPolicy(minimum=0.0)).frequencies
        k = len(p)
        locus = LocusModel(p, mutation.equal(k, 0.0005), mutation.equal(k, 0.002))
        for shape, typed, person in FAMILIES.values():
            shown = np.sort(rng.choice(k, (20, len(typed), 2), p=p / p.sum()), axis=2).astype(np.int16)
            pair = genotype_pair(shape, locus, shown, person, rows=typed)
            possible = pair.related.any(axis=1)
            with np.errstate(divide="ignore"):
                lr = np.log10(pair.related[possible]) - np.log10(pair.unrelated)
            assert lr.shape[1] == len(genotype_numbers(k)[0])
            worst = max(worst, float(np.abs(turing_sums(pair.unrelated, lr) - 1.0).max()))
    return worst


def _quietly(*arguments: str) -> None:
    done = subprocess.run([sys.executable, "-m", "antigone", *arguments], capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(done.stderr)
