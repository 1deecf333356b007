"""The one place where the frequency part of the policy is applied."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from antigone.domain import FrequencyPolicy

MINIMUM_WITHOUT_SIZE = 0.001
"""Minimum frequency where neither policy, table nor database size gives one."""


SUM_AS_GIVEN = 1e-6
"""A sum this close to 1 is rounding in print: the figures are used as they stand."""


class FrequenciesRefused(ValueError):
    """`code` says what is wrong: negative, above-one, absent-allele; `found` the figure."""

    def __init__(self, code: str, found: float) -> None:
        self.code, self.found = code, found
        super().__init__(f"{code}: {found}")


@dataclass(frozen=True, slots=True, eq=False)
class AppliedFrequencies:
    """frequencies: (listed + absent [+ rest] [+ silent],) summing to 1; indices -1 where there is none."""

    frequencies: NDArray[np.float64]
    rest: int
    silent: int


def minimum_frequency(policy: FrequencyPolicy, database_size: int | None, table_minimum: float | None) -> float:
    """The policy's minimum, else the table's, else 5 / (2 N) (NRC II 1996), else 0.001."""
    if policy.minimum is not None:
        return policy.minimum
    if table_minimum:
        return table_minimum
    if database_size:
        return 5.0 / (2.0 * database_size)
    return MINIMUM_WITHOUT_SIZE


def apply_policy(
    listed: ArrayLike,
    absent: int,
    policy: FrequencyPolicy,
    database_size: int | None = None,
    table_minimum: float | None = None,
    silent: float = 0.0,
) -> AppliedFrequencies:
    """Frequencies of the listed alleles, then `absent` more, then the rest and the silent allele.

    A sum within `sum_tolerance` of 1 (silent included) is rescaled; a larger gap becomes one
    further allele, the rest; a larger excess is refused. Then the minimum: alleles below it are raised to
    it and the others scaled down to make room (at most half of an equal share each).

    >>> apply_policy([0.5, 0.5], 1, FrequencyPolicy(minimum=0.01)).frequencies.round(4).tolist()
    [0.495, 0.495, 0.01]
    """
    p = np.array(listed, np.float64)
    if p.size and not np.all(p >= 0.0):
        raise FrequenciesRefused("negative", float(p.min()))
    total = float(p.sum()) + silent
    if not (0.0 <= silent < 1.0 and total > silent):
        raise FrequenciesRefused("no-mass", total)
    if total > 1.0 + policy.sum_tolerance:
        raise FrequenciesRefused("above-one", total)
    if absent and policy.absent == "refuse":
        raise FrequenciesRefused("absent-allele", float(absent))
    rest = 1.0 - total if total < 1.0 - policy.sum_tolerance else 0.0
    least = minimum_frequency(policy, database_size, table_minimum)
    if absent and least <= 0.0 and not (rest and policy.absent == "rest"):
        raise FrequenciesRefused("absent-allele", float(absent))
    extra = np.full(absent, least)
    if rest and policy.absent == "rest" and absent:
        extra = np.full(absent, rest / (absent + 1))
        rest /= absent + 1
    visible = np.concatenate([p, extra, [rest] if rest else []])
    if visible.min() < least or abs(visible.sum() + silent - 1.0) > SUM_AS_GIVEN:
        visible = _with_minimum(visible, least, 1.0 - silent)
    n = len(p) + absent
    frequencies = np.append(visible, silent) if silent else visible
    return AppliedFrequencies(frequencies, n if rest else -1, len(frequencies) - 1 if silent else -1)


def _with_minimum(p: NDArray[np.float64], least: float, total: float) -> NDArray[np.float64]:
    """Scaled to `total`, nothing below `least` (or half of an equal share, if that is less)."""
    least = min(least, 0.5 * total / len(p))
    raised = np.zeros(len(p), bool)
    while True:
        scaled = p * (total - least * raised.sum()) / p[~raised].sum()
        low = ~raised & (scaled < least)
        if not low.any():
            return np.where(raised, least, scaled)
        raised |= low
