"""Published allele frequencies as they stand, before any policy is applied."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class LocusFrequencies:
    """Allele -> frequency at one locus; `silent` is the frequency of the allele nobody sees."""

    alleles: Mapping[str, float]
    silent: float = 0.0
    database_size: int | None = None
    minimum: float | None = None  # a minimum the table itself declares (Familias does)


@dataclass(frozen=True, slots=True)
class FrequencyTable:
    """One population's table, with its source and what it may be used for."""

    name: str
    source: str
    loci: Mapping[str, LocusFrequencies] = field(repr=False)
    note: str = ""
