"""All pairs of samples on 23 loci: pairs per second as the samples grow, complete ones and some in part.

Then the likelihood ratios of pairs that are left, by the number of pairs.
"""

from __future__ import annotations

import statistics
import time
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from antigone.core import Alleles, LocusModel, LocusSet, alike_log10_lr, alike_pairs, locus_set, mutation
from antigone.intake import read_table

LOCI = 23
DROPOUT = 0.1
"""Of every allele of a sample in part."""


@dataclass(frozen=True)
class Timing:
    """Median seconds of the comparison of all pairs, from the observations on."""

    samples: int
    share_in_part: float
    pairs: int
    alike: int
    seconds: float


def models() -> LocusSet:
    """The first loci of the table of 35, with everyday mutation."""
    tables = list(read_table("Norway 35").loci.values())[:LOCI]
    frequencies = [np.array(list(table.alleles.values())) for table in tables]
    loci = []
    for p in frequencies:
        female, male = (mutation.equal(len(p), rate) for rate in (0.0005, 0.002))
        loci.append(LocusModel(p / p.sum(), female, male))
    return locus_set(loci)


def unrelated(loci: LocusSet, samples: int, share_in_part: float, seed: int = 1) -> NDArray[np.int16]:
    """(samples, loci, 2) observations of unrelated persons; some samples in part, by dropout."""
    rng = np.random.default_rng(seed)
    rows = np.empty((samples, len(loci), 2), np.int16)
    for i in range(len(loci)):
        p = loci.frequencies[i, : loci.sizes[i]]
        rows[:, i] = rng.choice(len(p), (samples, 2), p=p)
    in_part = rng.random(samples) < share_in_part
    rows[(rng.random(rows.shape) < DROPOUT) & in_part[:, None, None]] = -1
    rows = -np.sort(-rows, axis=2)
    rows[..., 1][(rows[..., 0] == rows[..., 1]) & in_part[:, None]] = -1
    return rows


def measure(
    sizes: tuple[int, ...] = (1_000, 3_000, 10_000, 30_000, 100_000),
    shares: tuple[float, ...] = (0.0, 0.3),
    repeats: int = 3,
) -> list[Timing]:
    """The median per size, after one run that compiles."""
    loci = models()
    list(alike_pairs(Alleles.of(unrelated(loci, 200, 0.5))))
    timings = []
    for share in shares:
        for n in sizes:
            rows = unrelated(loci, n, share)
            seconds = []
            for _ in range(repeats):
                begin = time.perf_counter()
                blocks = [(block.looked_at, len(block.pairs)) for block in alike_pairs(Alleles.of(rows))]
                seconds.append(time.perf_counter() - begin)
            looked_at, alike = map(sum, zip(*blocks, strict=True))
            timings.append(Timing(n, share, looked_at, alike, statistics.median(seconds)))
    return timings


def measure_ratios(sizes: tuple[int, ...] = (100, 1_000, 10_000), theta: float = 0.01) -> list[tuple[int, float]]:
    """(pairs, seconds) of the ratios of pairs of one person's samples, one of them in part."""
    loci = models()
    timings = []
    for n in (sizes[0], *sizes):
        full, in_part = unrelated(loci, n, 0.0), unrelated(loci, n, 1.0)
        rates = np.broadcast_to([0.0, DROPOUT], (n, 2))
        begin = time.perf_counter()
        alike_log10_lr(loci, full, in_part, rates, theta=theta)
        timings.append((n, time.perf_counter() - begin))
    return timings[1:]


if __name__ == "__main__":
    for t in measure():
        rate = t.pairs / t.seconds
        print(
            f"{t.samples:7,d} samples, {t.share_in_part:4.0%} in part: {t.pairs:13,d} pairs, {t.alike:7,d} alike, "
            f"{t.seconds:7.3f} s, {rate / 1e9:6.2f}e9 pairs/s"
        )
    for pairs, seconds in measure_ratios():
        print(f"{pairs:7,d} pairs weighed in {seconds:7.3f} s, {pairs / seconds:9,.0f} pairs/s")
