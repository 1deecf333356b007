"""The likelihood of one family on a kit: one at a time, and in a batch of different typings.

The peer's figures (pedprobr 1.1.0, R 4.2.2, one thread, 2 cores, CPU milliseconds per likelihood on 23
markers; stepwise on 13) were measured once on a machine of the same kind; ratios to them are a guide.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray

from antigone.core import LocusModel, LocusSet, Shape, ancestors_first, locus_set, log10_likelihoods, mutation
from antigone.intake import read_table

NUCLEAR = Shape((-1, -1, 0, 0), (-1, -1, 1, 1), (1, 2, 1, 2))
"""Both parents and two children; one parent and the children typed."""
TEN = Shape((-1, -1, 0, 0, -1, 0, -1, 2, 2, 6), (-1, -1, 1, 1, -1, 1, -1, 4, 4, 3), (1, 2, 1, 2, 2, 2, 1, 1, 2, 1))
"""Ten members in three generations, five typed."""


@dataclass(frozen=True)
class Setting:
    """One line of the comparison. `peer`: milliseconds of the peer."""

    name: str
    shape: Shape
    typed: tuple[int, ...]
    mutation: str
    peer: float


SETTINGS = (
    Setting("nuclear family, no mutation", NUCLEAR, (0, 2, 3), "none", 3.0),
    Setting("nuclear family, equal", NUCLEAR, (0, 2, 3), "equal", 5.0),
    Setting("ten members, no mutation", TEN, (1, 4, 5, 7, 9), "none", 6.2),
    Setting("ten members, equal", TEN, (1, 4, 5, 7, 9), "equal", 9.3),
    Setting("ten members, stepwise, 13 loci", TEN, (1, 4, 5, 7, 9), "stepwise", 10.0),
)


@dataclass(frozen=True)
class Timing:
    """Medians, in milliseconds per likelihood over all loci."""

    setting: Setting
    one: float
    batch: float
    batch_size: int


def kit_loci(kind: str) -> LocusSet:
    """The first 23 loci of the table of 35 under a mutation model; stepwise on the 13 smallest."""
    table = read_table("Norway 35")
    loci = []
    for locus in list(table.loci)[:23]:
        alleles = table.loci[locus].alleles
        p = np.array(list(alleles.values()))
        loci.append((p / p.sum(), np.array([float(a) for a in alleles])))
    if kind == "stepwise":
        loci = sorted(loci, key=lambda pair: len(pair[0]))[:13]
    return locus_set([_model(kind, p, repeats) for p, repeats in loci])


def _model(kind: str, p: NDArray[np.float64], repeats: NDArray[np.float64]) -> LocusModel:
    if kind == "none":
        return LocusModel(p)
    if kind == "equal":
        return LocusModel(p, mutation.equal(len(p), 0.0005), mutation.equal(len(p), 0.002))
    female, male = (mutation.stepwise(repeats, rate, 0.1, 1e-5) for rate in (0.0005, 0.002))
    return LocusModel(p, female, male)


def simulated_typings(shape: Shape, loci: LocusSet, typed: Sequence[int], n: int, seed: int = 1) -> NDArray[np.int16]:
    """(n, loci, persons, 2) genotypes passed on from drawn founders, untyped persons left out."""
    rng = np.random.default_rng(seed)
    observed = np.full((n, len(loci), len(shape), 2), -2, np.int16)
    everybody = np.arange(n)
    for locus in range(len(loci)):
        k = int(loci.sizes[locus])
        p = loci.frequencies[locus, :k]
        genotypes = np.zeros((n, len(shape), 2), np.int64)
        for i in ancestors_first(shape):
            if shape.father[i] < 0:
                genotypes[:, i] = rng.choice(k, size=(n, 2), p=p / p.sum())
                continue
            for slot, parent in enumerate((shape.mother[i], shape.father[i])):
                genotypes[:, i, slot] = genotypes[everybody, parent, rng.integers(0, 2, n)]
        for i in typed:
            observed[:, locus, i] = genotypes[:, i]
    return observed


def median_seconds(work: Callable[[], object], repeats: int) -> float:
    """Median wall time of one call, after one that is not counted."""
    work()
    seconds = []
    for _ in range(repeats):
        begin = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - begin)
    return statistics.median(seconds)


def measure(batch: int = 10_000, repeats: int = 5) -> list[Timing]:
    """Every setting, in a batch and (the processor then being awake) one at a time."""
    timings = []
    for setting in SETTINGS:
        loci = kit_loci(setting.mutation)
        observed = simulated_typings(setting.shape, loci, setting.typed, batch)
        many = median_seconds(partial(log10_likelihoods, setting.shape, loci, observed), repeats)
        one = median_seconds(partial(log10_likelihoods, setting.shape, loci, observed[:1]), 10 * repeats)
        timings.append(Timing(setting, one * 1e3, many * 1e3 / batch, batch))
    return timings


if __name__ == "__main__":
    for t in measure():
        ratios = f"{t.setting.peer / t.one:8.1f} {t.setting.peer / t.batch:8.1f}"
        print(f"{t.setting.name:35s} one {t.one:8.4f} ms  batch {t.batch:8.4f} ms  peer/ours {ratios}")
