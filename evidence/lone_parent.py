"""How often an unrelated person looks like the child of a lone parent."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from antigone.core import (
    FEMALE,
    MALE,
    LocusModel,
    LogLRHistograms,
    Rounding,
    Shape,
    apply_policy,
    locus_set,
    log10_likelihoods,
    log_lr_histogram,
    side_by_side,
    tail_bounds,
    turing_sums,
)
from antigone.core.chance_hits import sampled_tails
from antigone.domain import KITS, FrequencyPolicy, FrequencyTable
from antigone.intake import read_table
from evidence.framework import Outcome

NAME = "lone-parent"
TITLE = "How often an unrelated person looks like the child of a lone parent"
MUST_SHOW = (
    "P(LR > 10,000 | unrelated) for a lone parent at 15, 20, 21 and 23 loci agrees with figures found by another "
    "enumeration, to the two digits they have; the mean LR among unrelated pairs is 1 at every locus, within 1e-9."
)

REFERENCE = {"Identifiler": 1.3e-5, "CODIS 20": 2.6e-6, "GlobalFiler": 7.5e-7, "Fusion 6C": 1.6e-7}
"""An enumeration outside this repository, Norwegian frequencies, no mutation, no theta."""
EUROPEAN_PAIRS = {"Identifiler": 9_800, "CODIS 20": 2_000, "GlobalFiler": 600, "Fusion 6C": 120}
"""Chance pairs in 7e8 comparisons by importance sampling, European frequencies (norSTR), outside this repository."""
PAIRS = 10_000 * 70_000
THRESHOLD = 4.0
ROUNDED = 0.1
STEP, STEP_SMALL = 0.0005, 0.005
DRAWS, DRAWS_SMALL = 400_000, 20_000
TURING = 1e-9
BLOCK = 1 << 18
PARENT_AND_CHILD = Shape((-1, -1, 0), (-1, -1, 1), (MALE, FEMALE, MALE))

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class JointRow:
    """One locus: all pairs (parent's genotype, other person's genotype), under both hypotheses."""

    true: Floats
    unrelated: Floats
    turing: float

    def histogram(self, step: float, rounding: Rounding) -> LogLRHistograms:
        return log_lr_histogram(self.true[None], self.unrelated, step, rounding)

    def not_excluded(self) -> float:
        """P(LR > 0 | unrelated)."""
        return float(self.unrelated[self.true > 0.0].sum())


def check(small: bool, n: int | None) -> Outcome:
    """`n` draws of the sampling beside the bounds (400,000; 20,000 for a small run, which has two kits)."""
    table, step = read_table("Norway"), STEP_SMALL if small else STEP
    kits = [name for name in REFERENCE if not small or name in ("Identifiler", "CODIS 20")]
    loci = sorted({locus for kit in kits for locus in KITS[kit]})
    joint = {locus: joint_row(table, locus) for locus in loci}
    down, up, split = (side_by_side([joint[locus].histogram(step, r) for locus in loci])
                       for r in (Rounding.DOWN, Rounding.UP, Rounding.SPLIT))  # fmt: skip
    rows, ok = [], True
    for kit in kits:
        typed = np.array([[locus in KITS[kit] for locus in loci]])
        bounds = tail_bounds(down, up, np.where(typed, 0, -1), [THRESHOLD])
        low, high = float(bounds.chance_low[0, 0]), float(bounds.chance_high[0, 0])
        drawn = sampled_tails(
            split, [[0] * len(loci)], typed, [1], [THRESHOLD], draws=n or (DRAWS_SMALL if small else DRAWS)
        )
        value, error = float(drawn.value[0, 0]), float(drawn.error[0, 0])
        ok &= low * (1 - ROUNDED) <= REFERENCE[kit] <= high * (1 + ROUNDED)
        ok &= low - 3 * error <= value <= high + 3 * error
        excluded = math.prod(joint[locus].not_excluded() for locus in KITS[kit])
        pairs = f"{low * PAIRS:,.0f} to {high * PAIRS:,.0f}"
        rows.append((kit, len(KITS[kit]), low, high, REFERENCE[kit], f"{value:.3g} ± {error:.1g}", excluded, pairs,
                     EUROPEAN_PAIRS[kit]))  # fmt: skip
    worst = max(abs(row.turing - 1.0) for row in joint.values())
    header = ("kit", "loci", "P(LR > 1e4), lower bound", "upper bound", "reference", "importance sampling",
              "P(not excluded)", "chance pairs in 10,000 × 70,000", "the same, European table")  # fmt: skip
    return Outcome(ok and worst <= TURING, header, rows, _notes(worst, step))


def _notes(worst: float, step: float) -> list[str]:
    return [
        "Sum over all pairs of genotypes of P(pair | unrelated) × LR, LR by the engine: "
        f"1 within {worst:.1g} at each locus.",
        f"The bounds are certain (each locus rounded down and up to steps of {step:g} of log10 LR). The claim holds "
        "where the reference lies between them, widened by a tenth for its two digits, and the sampling within "
        "3 standard errors of them.",
        "Norwegian table (`norway`), Hardy-Weinberg, no mutation, no theta, both fully typed; the mean over all "
        "parents. Reference: an enumeration outside this repository. European table (norSTR): importance sampling of "
        "2 million true pairs, outside this repository; it is shown and not held to anything.",
        "LR 10,000 is where common programs begin to speak of a match. Against 70,000 missing with equal priors it "
        "leaves a posterior of 1 in 8: the chance pairs are why one relative alone makes no match report in a search.",
        "Mutation that is allowed for, theta, and relatives of the true person add to these figures.",
    ]


def joint_row(table: FrequencyTable, locus: str) -> JointRow:
    """All pairs of genotypes of one locus, with the LR of the likelihood engine."""
    listed = list(table.loci[locus].alleles.values())
    p = apply_policy(listed, 0, FrequencyPolicy(minimum=0.0)).frequencies
    first, second = np.triu_indices(len(p))
    genotypes = np.stack([first, second], axis=1).astype(np.int16)
    alone = p[first] * p[second] * np.where(first == second, 1.0, 2.0)
    parent, child = (pairs.ravel() for pairs in np.indices((len(first), len(first))))
    sharing = (genotypes[parent][:, :, None] == genotypes[child][:, None, :]).any(axis=(1, 2))
    log10_lr = np.full(len(parent), -np.inf)
    log10_lr[sharing] = _log10_lr(p, genotypes[parent[sharing]], genotypes[child[sharing]])
    unrelated = alone[parent] * alone[child]
    turing = float(turing_sums(unrelated, log10_lr[None])[0])
    return JointRow(unrelated * np.power(10.0, log10_lr), unrelated, turing)


def _log10_lr(p: Floats, parent: NDArray[np.int16], child: NDArray[np.int16]) -> Floats:
    """log10 LR, parent and child against unrelated, pair by pair."""
    loci, parts = locus_set([LocusModel(p)]), []
    nobody = np.full_like(parent, -2)
    for begin in range(0, len(parent), BLOCK):
        block = slice(begin, begin + BLOCK)
        no, one, two = nobody[block], parent[block], child[block]
        together, first, second = (
            log10_likelihoods(PARENT_AND_CHILD, loci, np.stack([father, no, child_of_his], axis=1)[:, None])[:, 0]
            for father, child_of_his in ((one, two), (one, no), (no, two))
        )
        parts.append(together - first - second)
    return np.concatenate(parts)
