"""Tables of log10 LR of a real frequency table, entry by entry, against the general engine."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from antigone.core import LocusModel, genotype_pair, log10_lr_table
from antigone.domain import MutationKind, MutationModel, Policy
from antigone.identify.encode import encode_seen
from antigone.intake import read_table
from evidence.framework import Outcome
from tests.reference.lr_tables import FAMILIES, by_engine, every_outcome

NAME = "table-entries"
TITLE = "Every entry of the screening's tables"
MUST_SHOW = (
    "Every entry of the screening's tables equals the general engine, for every allele of the table, for equal, "
    "proportional and stepwise mutation, with theta and dropout."
)

TOLERANCE = 1e-9
LOCI = ("TH01", "FGA", "SE33")
KINDS = (MutationKind.EQUAL, MutationKind.PROPORTIONAL, MutationKind.STEPWISE)
THETAS = (0.0, 0.01)
DROPOUTS = (0.0, 0.1)
RATE_FEMALE, RATE_MALE, FRACTIONAL = 0.0005, 0.002, 1e-5
TYPINGS, TYPINGS_SMALL = (10, 25, 3), (2, 2, 0)
"""By locus: as many as TH01 and FGA have alleles, and a few."""
SEED = 5
SLOW = {
    ("two siblings", False, 0.01): (10, 10, 2),
    ("uncle", False, 0.01): (10, 10, 3),
    ("two siblings", True, 0.0): (10, 1, 0),
    ("uncle", True, 0.0): (10, 3, 0),
    ("half brother", True, 0.0): (10, 10, 1),
    ("two siblings", True, 0.01): (10, 0, 0),
    ("uncle", True, 0.01): (10, 0, 0),
    ("half brother", True, 0.01): (10, 3, 0),
}
"""Fewer where the general engine takes seconds to minutes for a typing; by family, stepwise or not, and theta."""


def check(small: bool, n: int | None) -> Outcome:
    """`n` typings of the relatives at most, of each locus (25; 2 for a small run, which has no SE33)."""
    models = {(locus, kind): _model(locus, kind) for locus in LOCI for kind in KINDS}
    rows, ok = [], True
    for family in FAMILIES:
        for kind in KINDS:
            for theta in THETAS:
                typings = [min(count, n or count) for count in _typings(family, kind, theta, small)]
                parts = [
                    part
                    for locus, count in zip(LOCI, typings, strict=True)
                    if count
                    for part in _compared(models[locus, kind], family, theta, count)
                ]
                entries, zeros = sum(len(part) for part, _ in parts), sum(zero for _, zero in parts)
                largest = max(float(part.max()) for part, _ in parts)
                rows.append((family, str(kind), theta, *typings, f"{entries:,}", f"{zeros:,}", largest))
                ok &= largest < TOLERANCE
    header = ("family", "mutation", "theta", *(f"typings, {locus}" for locus in LOCI), "entries",
              "entries with LR 0", "largest difference")  # fmt: skip
    return Outcome(ok, header, rows, _notes(models))


def _notes(models: dict[tuple[str, MutationKind], LocusModel]) -> list[str]:
    size = {locus: len(models[locus, KINDS[0]].frequencies) for locus in LOCI}
    alleles = ", ".join(f"{locus} {size[locus]} alleles" for locus in LOCI)
    return [
        f"Norwegian table (`norway`): {alleles}. Each typing of the relatives has a table with an entry for every "
        "genotype, every single allele, nothing seen and not tested, on remains with dropout 0 and 0.1.",
        "General engine: the likelihood of the family and the remains together, as the missing person, against the "
        "same with the remains as somebody unrelated, entry by entry. Differences are of log10 LR, "
        f"absolute, below {TOLERANCE:g} where the claim holds; an LR of 0 has to be 0 in both.",
        "Typings: random (seeded) alleles of the table for each relative; in the n-th the first relative shows the "
        "n-th allele, so that with as many typings as alleles each allele is shown.",
        f"Mutation rates: female {RATE_FEMALE:g}, male {RATE_MALE:g}; stepwise, each further repeat is a tenth as "
        f"likely, and {FRACTIONAL:g} between whole repeats and others.",
        "Typings are fewer, or none (0), where the general engine needs seconds to minutes for the table of one.",
    ]


def _typings(family: str, kind: MutationKind, theta: float, small: bool) -> tuple[int, ...]:
    """How many typings of each locus are compared."""
    slow = SLOW.get((family, kind is MutationKind.STEPWISE, theta), TYPINGS)
    if not small:
        return slow
    return tuple(min(full // 3, few) for full, few in zip(slow, TYPINGS_SMALL, strict=True))


def _model(locus: str, kind: MutationKind) -> LocusModel:
    model = MutationModel(
        kind, RATE_FEMALE, RATE_MALE, fractional_rate_female=FRACTIONAL, fractional_rate_male=FRACTIONAL
    )
    policy = Policy(mutation=model)
    return encode_seen(read_table("Norway"), {locus: set()}, policy).models.locus(0)


def _compared(locus: LocusModel, family: str, theta: float, typings: int) -> Iterator[tuple[NDArray[np.float64], int]]:
    """By typing the absolute differences of all entries, and how many have LR 0 in both."""
    shape, typed, person = FAMILIES[family]
    k = len(locus.frequencies)
    shown = np.random.default_rng([SEED, k]).integers(0, k, (typings, len(typed), 2)).astype(np.int16)
    shown[:, 0, 0] = np.arange(typings) % k
    outcomes, nothing = every_outcome(k, DROPOUTS), np.zeros(len(typed))
    table = log10_lr_table(locus, genotype_pair(shape, locus, shown, person, theta=theta, rows=typed), outcomes)
    for row, relatives in zip(table, shown, strict=True):
        engine = by_engine(shape, locus, relatives, list(typed), person, outcomes, theta, nothing, nothing)
        impossible = np.isneginf(row) & np.isneginf(engine)
        difference = np.abs(np.subtract(row, engine, out=np.zeros(len(row)), where=~impossible))
        yield difference, int(impossible.sum())
