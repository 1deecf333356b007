"""Mutation models by name and rate; `core` turns them into matrices."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class MutationKind(StrEnum):
    """none, equal, proportional, stepwise as in Familias; onestep and dawid as in pedmut."""

    NONE = "none"
    EQUAL = "equal"
    PROPORTIONAL = "proportional"
    STEPWISE = "stepwise"
    ONESTEP = "onestep"
    DAWID = "dawid"
    CUSTOM = "custom"


@dataclass(frozen=True, slots=True)
class MutationModel:
    """One locus' model, female and male apart.

    `rate`: mutations per meiosis. `fractional_rate`: rate of jumps between whole repeats and
    microvariants. `range`: each further repeat is this factor less likely. `matrix` (custom only):
    one row per parental allele, one column per transmitted allele, in the order of `alleles`.
    """

    kind: MutationKind = MutationKind.NONE
    rate_female: float = 0.0
    rate_male: float = 0.0
    range_female: float = 0.1
    range_male: float = 0.1
    fractional_rate_female: float = 0.0
    fractional_rate_male: float = 0.0
    alleles: tuple[str, ...] = ()
    matrix_female: tuple[tuple[float, ...], ...] | None = None
    matrix_male: tuple[tuple[float, ...], ...] | None = None
