"""One locus as arrays: frequencies, mutation, silent allele, inheritance."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, eq=False)
class LocusModel:
    """What the engine knows of a locus with K alleles.

    frequencies: (K,) summing to 1. female, male: (K, K) mutation matrices, row = parental allele,
    column = transmitted allele; None for no mutation. silent: index of the allele that is never
    seen, or -1. x_linked: males carry their mother's allele only.
    """

    frequencies: NDArray[np.float64]
    female: NDArray[np.float64] | None = None
    male: NDArray[np.float64] | None = None
    silent: int = -1
    x_linked: bool = False
