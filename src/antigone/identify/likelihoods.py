"""Single figures of a case by name, for whoever compares them with another program's."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from antigone.domain import Case
from antigone.identify.pairwise import CaseNumbers

Named = dict[str, float]


def pairwise_log10_lr(case: Case) -> dict[tuple[str, str, str], Named]:
    """(remains, family, missing) -> locus -> log10 LR under the first table, sex left aside."""
    numbers = CaseNumbers(case, case.tables[0])
    everybody = np.arange(len(case.remains))[:, None]
    return {
        (remains.id, family.name, missing): _named(numbers, values[i])
        for family in case.families
        for missing in family.missing
        for values in [numbers.set_log10_lr(family.name, [missing], everybody)]
        for i, remains in enumerate(case.remains)
    }


def family_log10_likelihood(case: Case, family: str) -> Named:
    """locus -> log10 likelihood of a family's typed members."""
    numbers = CaseNumbers(case, case.tables[0])
    return _named(numbers, numbers.family_log10(family))


def remains_log10_likelihood(case: Case, remains: str) -> Named:
    """locus -> log10 likelihood of remains as an unrelated person."""
    numbers = CaseNumbers(case, case.tables[0])
    return _named(numbers, numbers.remains_log10()[numbers.index[remains]])


def set_log10_likelihood(case: Case, family: str, placed: Mapping[str, str]) -> Named:
    """locus -> log10 likelihood of a family together with remains (missing person -> remains)."""
    numbers = CaseNumbers(case, case.tables[0])
    rows = np.array([[numbers.index[r] for r in placed.values()]], np.int64)
    return _named(numbers, numbers.set_log10_likelihood(family, list(placed), rows)[0])


def set_log10_lr(case: Case, family: str, placed: Mapping[str, str]) -> float:
    """log10 LR of a set of remains placed in a family (missing person -> remains), sex left aside."""
    numbers = CaseNumbers(case, case.tables[0])
    rows = np.array([[numbers.index[r] for r in placed.values()]], np.int64)
    return float(numbers.set_log10_lr(family, list(placed), rows)[0].sum())


def _named(numbers: CaseNumbers, values: NDArray[np.float64]) -> Named:
    return dict(zip(numbers.encoding.loci, map(float, values), strict=True))
