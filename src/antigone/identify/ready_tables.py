"""All missing persons of a search with their tables ready, for remains that come one by one."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from antigone.core import LocusModel, Outcomes, Shape
from antigone.domain import Comparison
from antigone.identify.search import Search, groups_of, sex_row
from antigone.identify.search_tables import LocusRows, locus_rows

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class ReadyTables:
    """The distributions of all missing persons with usable relatives, under one frequency table.

    targets: (n,) their numbers in the search. It takes some 8 bytes a genotype for every different row: half a
    gigabyte for 100,000 families on 23 loci.
    """

    search: Search
    targets: Ints
    loci: tuple[tuple[LocusModel, LocusRows], ...]
    sexes: Ints

    @staticmethod
    def of(search: Search, table: int = 0) -> ReadyTables:
        """Under the table of this number, in the order of the case."""
        known = search.targets[Comparison.KINSHIP]
        chosen = np.concatenate([np.zeros(0, np.int64), *(g.targets for g in known.groups if g.informative)])
        groups, places, order = groups_of(known, np.sort(chosen))
        calls, plain = search.calls[table], set[Shape]()
        loci = tuple(
            (calls.models.locus(i), locus_rows(groups, places, calls, i, search.theta, plain))
            for i in range(len(calls.loci))
        )
        sexes = [np.full(len(own), sex_row(group.sex)) for group, own in zip(groups, places, strict=True)]
        return ReadyTables(search, order, loci, np.concatenate([np.zeros(0, np.int64), *sexes]))

    def log10_lr(self, codes: NDArray[np.int16], dropout: float, dropin: float, sex_kind: int) -> Floats:
        """(targets,) log10 LR of one sample. codes: (loci, width) under the same table; sex_kind: what it shows of
        the sex, a place in the search's kinds.
        """
        total: Floats = self.search.sexes[self.sexes, sex_kind]
        for (model, rows), seen in zip(self.loci, codes, strict=True):
            outcome = Outcomes(seen[None], np.array([dropout]), np.array([dropin]))
            total = total + rows.table(model, outcome)[rows.of, 0]
        return total
