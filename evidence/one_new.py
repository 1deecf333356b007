"""One new remains, one new family: screened without running the rest again."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable

import numpy as np

from antigone.domain import Comparison
from antigone.identify import BlockOfPairs, Found, ReadyTables, Screening, run_block
from evidence.framework import Outcome
from evidence.wars import folder_of, make_war, scenario

NAME = "one-new"
TITLE = "One new remains, one new family"
MUST_SHOW = (
    "One new remains against 100,000 families, tables ready: 1 s or less. One new family against 10,000 remains: 50 ms "
    "or less. Both give the figures of the whole screening."
)
REMAINS_GOAL, FAMILY_GOAL = 1.0, 0.05
TIMES = 5


def check(small: bool, n: int | None) -> Outcome:
    """A war of n families; its remains and families taken one by one."""
    families, remains = (n or (2_000 if small else 100_000)), (500 if small else 10_000)
    with folder_of(make_war(scenario(families, remains, seed=12))) as folder:
        columns = folder.columns()
    screening = Screening(columns.persons, columns.profiles, columns.tables, columns.policy)
    search = screening.search
    begin = time.perf_counter()
    ready = ReadyTables.of(search)
    built = time.perf_counter() - begin
    everybody, targets = np.arange(len(search.remains)), np.arange(len(search.targets[Comparison.KINSHIP]))
    wanted = [int(r) for r in np.linspace(0, len(everybody) - 1, TIMES)]
    one_remains = _median(lambda i: _remains_lr(ready, wanted[i]))
    informative = [g for g in search.targets[Comparison.KINSHIP].groups if g.informative]
    chosen = [int(g.targets[len(g.targets) // 2]) for g in informative[:TIMES]]
    one_family = _median(lambda i: _family(screening, chosen[i % len(chosen)], everybody))
    apart = max(_difference(screening, ready, i, targets) for i in wanted)
    good = apart <= 1e-9 and (small or (one_remains <= REMAINS_GOAL and one_family <= FAMILY_GOAL))
    rows: list[list[object]] = [
        [f"one new remains against {len(ready.targets):,} missing persons", f"{one_remains * 1e3:.1f} ms"],
        [f"one new family against {len(everybody):,} remains", f"{one_family * 1e3:.1f} ms"],
        ["tables made ready, once", f"{built:.1f} s"],
        ["largest difference of log10 LR from the screening's", apart],
    ]
    notes = (
        f"Medians of {TIMES}, compiled before. Without chance figures, and without reading files.",
        "`antigone screen` into the same folder does either with the tables of the families concerned made anew.",
    )
    return Outcome(good, ("what", "figure"), rows, notes)


def _median(work: Callable[[int], object]) -> float:
    work(0)
    seconds = []
    for i in range(TIMES):
        begin = time.perf_counter()
        work(i)
        seconds.append(time.perf_counter() - begin)
    return statistics.median(seconds)


def _remains_lr(ready: ReadyTables, remains: int) -> np.ndarray:
    search = ready.search
    sample = int(search.remains[remains])
    codes = search.calls[0].rows(np.array([sample]))[0]
    samples = search.samples
    rates = float(samples.dropout[sample]), float(samples.dropin[sample])
    return ready.log10_lr(codes, *rates, int(samples.sexes[sample]))


def _family(screening: Screening, target: int, remains: np.ndarray) -> object:
    block = BlockOfPairs(Comparison.KINSHIP, np.array([target]), remains, chance=False)
    return run_block(screening.search, block)


def _difference(screening: Screening, ready: ReadyTables, remains: int, targets: np.ndarray) -> float:
    """Between the candidates of one remains in both ways; infinite where they are others."""
    block = BlockOfPairs(Comparison.KINSHIP, targets, np.array([remains]), chance=False)
    found = run_block(screening.search, block)
    assert isinstance(found, Found)
    alone = _remains_lr(ready, remains)
    kept = np.flatnonzero(alone >= screening.search.floor)
    by_target = dict(zip(ready.targets[kept].tolist(), alone[kept].tolist(), strict=True))
    if set(by_target) != set(found.targets.tolist()):
        return float("inf")
    pairs = zip(found.targets.tolist(), found.log10_lr.tolist(), strict=True)
    return max((abs(lr - by_target[target]) for target, lr in pairs), default=0.0)
