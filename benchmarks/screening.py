"""Screening: tables and comparison timed apart, how they grow with the families, and memory.

    python -m benchmarks.screening > benchmarks/screening.md

keeps the figures of a release beside the code. Ratios say more than seconds: machines differ, and are shared.
"""

from __future__ import annotations

import resource
from dataclasses import dataclass

import numpy as np

from antigone import __version__
from antigone.domain import Comparison, MutationKind, Stage
from antigone.identify import BlockOfPairs, Found, Screening, run_block
from evidence.framework import markdown_table
from evidence.wars import folder_of, make_war, scenario

FAMILIES = (100, 1_000, 10_000)
REMAINS = 10_000
BLOCK = 10_000


@dataclass(frozen=True)
class Timing:
    """One war under one mutation model; seconds by stage, peak memory of the process so far in GB."""

    families: int
    mutation: str
    pairs: int
    tables: float
    compare: float
    chance: float
    gigabytes: float


def measure(families: tuple[int, ...] = FAMILIES, remains: int = REMAINS) -> list[Timing]:
    """Every size under `equal` and `stepwise`, after one small war that is not counted."""
    _timing(200, 200, MutationKind.EQUAL)
    _timing(200, 200, MutationKind.STEPWISE)
    return [_timing(n, remains, kind) for n in families for kind in (MutationKind.EQUAL, MutationKind.STEPWISE)]


def _timing(families: int, remains: int, kind: MutationKind) -> Timing:
    with folder_of(make_war(scenario(families, remains, seed=5))) as folder:
        columns = folder.columns(kind)
    search = Screening(columns.persons, columns.profiles, columns.tables, columns.policy).search
    everybody, n = np.arange(len(search.remains)), len(search.targets[Comparison.KINSHIP])
    seconds = dict.fromkeys((Stage.TABLES, Stage.COMPARE, Stage.CHANCE), 0.0)
    pairs = 0
    for begin in range(0, n, BLOCK):
        block = BlockOfPairs(Comparison.KINSHIP, np.arange(begin, min(begin + BLOCK, n)), everybody)
        found = run_block(search, block)
        assert isinstance(found, Found)
        pairs += found.compared
        for stage in seconds:
            seconds[stage] += found.seconds[stage]
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    return Timing(families, kind.value, pairs, *seconds.values(), memory)


def report(timings: list[Timing]) -> str:
    """The figures as a page."""
    rows = [
        [
            f"{t.families:,}", t.mutation, f"{t.pairs:,}", f"{t.tables:.2f}", f"{t.compare:.2f}", f"{t.chance:.2f}",
            f"{(t.tables + t.compare) / t.pairs * 1e9:.1f}", f"{t.pairs / t.compare / 1e6:.0f}", f"{t.gigabytes:.2f}",
        ]
        for t in timings
    ]  # fmt: skip
    header = (
        "families", "mutation", "pairs", "tables, s", "comparison, s", "chance figures, s",
        "tables and comparison, ns a pair", "million pairs/s compared", "peak memory so far, GB",
    )  # fmt: skip
    title = f"# Screening, Antigone {__version__}\n\n{REMAINS:,} remains, 23 loci, theta 0, two cores.\n\n"
    return title + markdown_table(header, rows) + "\n"


if __name__ == "__main__":
    print(report(measure()), end="")
