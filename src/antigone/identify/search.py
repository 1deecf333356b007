"""Everything one search compares, as arrays: no name leaves through it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from antigone.domain import FLOOR, Comparison, FrequencyTable, InputRefused, Place, Policy, Problem, Role, Sex
from antigone.identify.bulk_encode import SCOPES, BulkEncoder, Calls, Samples, sex_table
from antigone.identify.search_chance import RemainsKind, remains_kinds
from antigone.identify.search_tables import QueryCodes, query_codes
from antigone.identify.targets import (
    FULL_BROTHERS,
    NOBODY,
    TWO_OF_ONE,
    Group,
    Targets,
    missing_as_targets,
    samples_as_targets,
)

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
BOUND = -6.0
"""log10 LR below which a pair is counted at this value."""
KINSHIP_SCOPE, DIRECT_SCOPE, NO_SCOPE = range(len(SCOPES))


@dataclass(frozen=True, slots=True, eq=False)
class Search:
    """Targets by comparison, the remains as queries, and what all samples show under each table.

    remains: (queries,) the sample of each remains, -1 where there is none. seen: by table, the remains'
    outcomes. kinds: all remains by kind of sample. sexes: (sexes, kinds of sex seen) log10 LR. floor: log10 LR from
    which a pair is a candidate; bound: below which it is counted at this value.
    """

    samples: Samples
    calls: tuple[Calls, ...]
    seen: tuple[QueryCodes, ...]
    remains: Ints
    kinds: tuple[RemainsKind, ...]
    targets: Mapping[str, Targets]
    sexes: Floats
    theta: float
    floor: float
    bound: float

    @property
    def loci(self) -> tuple[str, ...]:
        """Loci of all tables, each once."""
        return tuple(dict.fromkeys(locus for calls in self.calls for locus in calls.loci))

    def kinds_of(self, chosen: Ints) -> tuple[RemainsKind, ...]:
        """Those of the chosen remains that may be used for kinship, by kind of sample; `kinds` where all are."""
        whole = len(chosen) == len(self.remains)
        return self.kinds if whole else _kinds(self.samples, self.remains[chosen])


def prepare_search(
    persons: pl.DataFrame,
    profiles: pl.DataFrame,
    tables: Sequence[FrequencyTable],
    policy: Policy,
    floor: float = FLOOR,
) -> Search:
    """Names become indices. persons, profiles: a case read by columns. InputRefused where a table or the prior is
    not fit for it.
    """
    if policy.prior is None:
        needed = "the number of ALL missing who could lie here (M) and the probability of none of them (q)"
        raise InputRefused([Problem("no-prior", Place(item="prior"), "no prior", needed)])
    sexes = persons["sex"].cast(pl.String).fill_null(Sex.UNKNOWN.value)
    in_families = persons["family_id"] >= 0
    x_usable = not (sexes.filter(in_families) == Sex.UNKNOWN.value).any()
    encoder = BulkEncoder(persons, profiles, policy, x_usable)
    samples = encoder.samples
    calls = tuple(encoder.calls(table) for table in tables)
    own = np.full(len(persons), -1, np.int64)
    own[samples.person] = np.arange(len(samples))
    role = persons["role"].cast(pl.String).to_numpy()
    remains = own[remains_rows(persons)]
    usable = np.full(len(persons), -1, np.int64)
    fit = (samples.scope == KINSHIP_SCOPE) & samples.called.any(axis=1)
    usable[samples.person[fit]] = np.flatnonzero(fit)
    direct = own[np.flatnonzero(role == Role.MISSING.value)]
    targets: dict[str, Targets] = {
        Comparison.KINSHIP: missing_as_targets(persons, usable, any(c.models.x_linked.any() for c in calls)),
        Comparison.DIRECT: samples_as_targets(direct[direct >= 0], TWO_OF_ONE, 0, 1),
        Comparison.BROTHERS: samples_as_targets(remains, FULL_BROTHERS, 2, 3),
    }
    seen = tuple(query_codes(c, np.maximum(remains, 0)) for c in calls)
    sex_lr = sex_table(samples.sex_kinds, list(Sex), policy.sex)
    least = policy.prior.log10_lr_reaching(floor)
    kinds = _kinds(samples, remains)
    return Search(samples, calls, seen, remains, kinds, targets, sex_lr, policy.theta, least, min(BOUND, least - 1.0))


def remains_rows(persons: pl.DataFrame) -> Ints:
    """Rows of the remains among the persons, in the order of the queries of a search."""
    return np.flatnonzero((persons["role"].cast(pl.String) == Role.REMAINS.value).to_numpy())


def _kinds(samples: Samples, remains: Ints) -> tuple[RemainsKind, ...]:
    """remains: the sample of each, -1 where there is none."""
    fit = remains[(remains >= 0) & (samples.scope[remains] == KINSHIP_SCOPE)]
    fit = fit[samples.called[fit].any(axis=1)]
    return remains_kinds(samples.called[fit], samples.dropout[fit], samples.dropin[fit])


def sex_row(sex: Sex) -> int:
    """Row of `Search.sexes`."""
    return list(Sex).index(sex)


def groups_of(targets: Targets, chosen: Ints) -> tuple[list[Group], list[Ints], Ints]:
    """The groups among the chosen targets, by group the places chosen in its list, and all of them in that order."""
    groups, places, order = [], [], []
    for group in targets.groups:
        own = chosen[group.has(chosen)]
        if len(own):
            groups.append(group)
            places.append(own - group.targets[0])
            order.append(own)
    return groups, places, np.concatenate(order) if order else NOBODY
