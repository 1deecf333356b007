"""What is left of a comparison without any single relative: does it rest on one sample alone?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from antigone.domain import Case, Family
from antigone.identify.pairwise import CaseNumbers, total

Key = tuple[str, str, str]
"""(remains, family, missing)."""


@dataclass(frozen=True, slots=True)
class LeaveOneOut:
    """By pair: the log10 LR with everybody, the lowest without one relative, and the relative without whom
    it is highest.
    """

    full: Mapping[Key, float] = field(default_factory=dict)
    lowest: Mapping[Key, float] = field(default_factory=dict)
    highest: Mapping[Key, tuple[str, float]] = field(default_factory=dict)


def leave_one_out(case: Case, numbers: Sequence[CaseNumbers]) -> LeaveOneOut:
    """Every pair again without each typed relative in turn, the lowest over the tables."""
    full: dict[Key, float] = {}
    lowest: dict[Key, float] = {}
    highest: dict[Key, tuple[str, float]] = {}
    for family in case.families:
        typed = [p for p in family.profiles if p in family.pedigree.ids]
        if len(typed) < 2:
            continue
        for missing in family.missing:
            keys = [(remains.id, family.name, missing) for remains in case.remains]
            full |= dict(zip(keys, _lowest_log10_lr(numbers, family, missing), strict=True))
            for relative in typed:
                values = _lowest_log10_lr(numbers, without(family, relative), missing)
                for key, value in zip(keys, values, strict=True):
                    lowest[key] = min(lowest.get(key, np.inf), value)
                    highest[key] = max(highest.get(key, ("", -np.inf)), (relative, value), key=lambda pair: pair[1])
    return LeaveOneOut(full, lowest, highest)


def _lowest_log10_lr(numbers: Sequence[CaseNumbers], family: Family, missing: str) -> list[float]:
    """By remains, the lowest over the tables."""
    everybody = np.arange(len(numbers[0].remains))[:, None]
    values = [total(of_table.family_set_log10_lr(family, [missing], everybody)) for of_table in numbers]
    return [float(v) for v in np.min(values, axis=0)]


def without(family: Family, relative: str) -> Family:
    """The family with one relative's profile set aside."""
    return replace(family, profiles={p: profile for p, profile in family.profiles.items() if p != relative})
