"""Priors of an assignment, by how many of the remains it identifies."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def log_prior_by_count(remains: int, listed: int, missing_total: int, outside: float) -> Floats:
    """(remains + 1,) natural log of the prior of one assignment that identifies k of the remains.

    Each remains is one of the M missing with probability 1 - q; those that are, are distinct persons,
    each set of persons equally likely. So P(remains i = missing j) is (1 - q) / M before any
    evidence, exactly. Summed over how many of the remaining ones are missing persons nobody listed.
    ValueError where M is smaller than the number listed, or no assignment is possible.

    >>> np.exp(log_prior_by_count(1, 3, 100, 0.1)).round(6).tolist()  # nobody listed; each one listed
    [0.973, 0.009]
    """
    if missing_total < listed:
        raise ValueError(f"{missing_total} missing in all, but {listed} are listed")
    unlisted = missing_total - listed
    values = np.full(remains + 1, -np.inf)
    for k in range(min(remains, listed) + 1):
        terms = []
        for s in range(min(remains - k, unlisted) + 1):
            others = remains - k - s
            if (others and outside == 0.0) or (k + s and outside == 1.0):
                continue
            terms.append(
                _log_binomial(remains - k, s)
                + (k + s) * (math.log1p(-outside) if k + s else 0.0)
                + others * (math.log(outside) if others else 0.0)
                + math.lgamma(unlisted + 1) - math.lgamma(unlisted - s + 1)
                + math.lgamma(missing_total - k - s + 1) - math.lgamma(missing_total + 1)
            )  # fmt: skip
        if terms:
            top = max(terms)
            values[k] = top + math.log(sum(math.exp(t - top) for t in terms))
    if not np.isfinite(values).any():
        raise ValueError("more remains than missing persons, and none may be of nobody counted")
    return values


def flat_prior(remains: int) -> Floats:
    """(remains + 1,) zeros: every assignment equally likely before any evidence (the peers' prior).

    >>> flat_prior(2).tolist()
    [0.0, 0.0, 0.0]
    """
    return np.zeros(remains + 1)


def _log_binomial(n: int, k: int) -> float:
    return math.lgamma(n + 1) - math.lgamma(k + 1) - math.lgamma(n - k + 1)
