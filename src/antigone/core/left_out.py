"""What was left out of a joint sum, and how much that can change.

A dropped placement can change an event about a component only if it touches it, and then by at most its
own probability, weight x P(both free) to first order: tiny where the remains or the person are settled.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class LeftOut:
    """placements: by family (remains, missing) weights left out; kin: (remains, remains) weights left out."""

    placements: tuple[Floats, ...]
    kin: Floats

    def error_bounds(
        self,
        groups: Sequence[tuple[Sequence[int], Sequence[int]]],
        nobody: Floats,
        absent: Sequence[Floats],
    ) -> Floats:
        """(remains,) most that any probability of these remains can change, to first order.

        groups: by component its remains and its families. nobody: (remains,) and absent: by family
        (missing,) posteriors of the sum that was kept.
        """
        kin = self._kin(nobody)
        placed = [w * np.minimum.outer(nobody, gone) for w, gone in zip(self.placements, absent, strict=True)]
        by_remains = sum((p.sum(axis=1) for p in placed), np.zeros(len(nobody)))
        bounds = np.zeros(len(nobody))
        for remains, families in groups:
            inside = np.isin(np.arange(len(nobody)), remains)
            touched = float(by_remains[inside].sum()) + float(kin[inside].sum())
            touched += sum(float(placed[f][~inside].sum()) for f in families)
            bounds[inside] = min(touched, 1.0)
        return bounds

    def _kin(self, nobody: Floats) -> Floats:
        """A pair is kin with at most weight x P(both unassigned); that moves another event by at most the
        chance that one of the two would have been placed.
        """
        both = np.minimum.outer(nobody, nobody)
        settled = np.minimum(np.add.outer(1.0 - nobody, 1.0 - nobody), 1.0)
        product: Floats = self.kin * both * settled
        return product
