"""Which families of a large case have to be looked at one by one.

The rules of a pedigree stand in `domain.pedigree_problems` alone. Here whole columns are sieved: a family
that passes breaks none of them; one that does not is judged there.
"""

from __future__ import annotations

import numpy as np
import polars as pl
from numpy.typing import NDArray

from antigone.intake.numbering import ABSENT

_GENERATIONS = 32
"""Families of more generations are looked at one by one."""


def unsound(persons: pl.DataFrame, first: NDArray[np.int64]) -> NDArray[np.bool_]:
    """(rows,) whether something may be wrong with the person's family; False for remains and staff.

    persons: with links, see `CaseColumns`. first: (rows,) first row of the same person.
    """
    family, father, mother = (persons[name].to_numpy() for name in ("family_id", "father_row", "mother_row"))
    named_father, named_mother = (persons[name].is_not_null().to_numpy() for name in ("father", "mother"))
    found: NDArray[np.bool_] = (
        (named_father != named_mother) | (named_father & (father == ABSENT)) | (named_mother & (mother == ABSENT))
    )
    found |= (father == mother) & (father != ABSENT)
    found |= _has_sex(persons, father, "female") | _has_sex(persons, mother, "male")
    found |= (first != np.arange(len(first))) | _own_ancestors(father, mother)
    found |= persons["twin"].is_not_null().to_numpy()
    found |= (persons["inbreeding"] != 0.0).to_numpy() & named_father
    misses = np.zeros(int(family.max(initial=ABSENT)) + 2, np.bool_)
    misses[family[(persons["role"] == "missing").to_numpy()]] = True
    found |= ~misses[family]
    found[family == ABSENT] = False
    return found


def _has_sex(persons: pl.DataFrame, parent: NDArray[np.int64], sex: str) -> NDArray[np.bool_]:
    of_sex = np.append((persons["sex"] == sex).to_numpy(), False)
    return of_sex[parent]


def _own_ancestors(father: NDArray[np.int64], mother: NDArray[np.int64]) -> NDArray[np.bool_]:
    """(rows,) persons whose ancestors do not end within _GENERATIONS."""
    ended = np.append((father == ABSENT) & (mother == ABSENT), True)
    for _ in range(_GENERATIONS):
        rest = np.flatnonzero(~ended[:-1])
        further = rest[ended[father[rest]] & ended[mother[rest]]]
        if not len(further):
            break
        ended[further] = True
    return ~ended[:-1]
