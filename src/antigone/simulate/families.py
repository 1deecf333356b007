"""Which families there are: who of each is shown and typed, who is registered twice, of which population."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from antigone.simulate.kinds import BROTHER, EITHER, FATHER, KINDS, MALE, MISSING, MOTHER, SLOT_SEX, SLOTS
from antigone.simulate.scenario import Scenario
from antigone.simulate.streams import Streams

_KINDS = tuple(KINDS)


@dataclass(frozen=True, slots=True, eq=False)
class Families:
    """Arrays over families; shown, typed and male over (family, slot).

    kind: place in KINDS. second_of: the family whose missing person this one misses, too, or -1.
    model: 0 the scenario's mutation kind, 1 stepwise.
    """

    kind: NDArray[np.int64]
    second_of: NDArray[np.int64]
    brothers: NDArray[np.bool_]
    population: NDArray[np.int64]
    model: NDArray[np.int64]
    shown: NDArray[np.bool_]
    typed: NDArray[np.bool_]
    male: NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.kind)


def draw_families(scenario: Scenario, streams: Streams) -> Families:
    """All families of the receiving side. A second registration is by a child and its other parent."""
    n, rates = scenario.families, scenario.rates
    kind = _kinds(scenario, streams["kinds"])
    second_of = _second_registrations(n, rates.second_registration, streams["second-registrations"])
    second = second_of >= 0
    kind[second] = _KINDS.index("child")
    brothers = (streams["brothers"].random(n) < rates.brothers) & ~second
    population = draw_population(scenario, n, streams["populations"])
    population[second] = population[second_of[second]]
    model = (streams["mutation-models"].random(n) < scenario.mutation.stepwise_share).astype(np.int64)
    shown = _masks("shown")[kind]
    shown[brothers, BROTHER] = True
    shown[:, [FATHER, MOTHER]] |= brothers[:, None]
    male = np.array(SLOT_SEX) == MALE
    either = np.array(SLOT_SEX) == EITHER
    sexes = np.where(either, streams["sexes"].random((n, len(SLOTS))) < 0.5, male)
    typed = _masks("typed")[kind]
    own = streams["direct-references"].random((n, 2)) < rates.direct_reference
    typed[:, [MISSING, BROTHER]] = own & shown[:, [MISSING, BROTHER]]
    return Families(kind, second_of, brothers, population, model, shown, typed, sexes)


def draw_population(scenario: Scenario, n: int, rng: np.random.Generator) -> NDArray[np.int64]:
    """(n,) places in `scenario.populations`, for people of the receiving side."""
    side, u = scenario.ours, rng.random(n)
    second = scenario.populations.index(side.second_population or side.population)
    return np.where(u < scenario.rates.second_population, second, scenario.populations.index(side.population))


def _kinds(scenario: Scenario, rng: np.random.Generator) -> NDArray[np.int64]:
    kinds = np.array([_KINDS.index(entry.kind) for entry in scenario.relatives])
    cumulated = np.cumsum([entry.share for entry in scenario.relatives])
    drawn = np.searchsorted(cumulated, rng.random(scenario.families), side="right")
    return kinds[np.minimum(drawn, len(kinds) - 1)]


def _second_registrations(n: int, rate: float, rng: np.random.Generator) -> NDArray[np.int64]:
    """`rate` of the missing persons are registered by two families; nobody by three."""
    second = rng.random(n) < rate / (1.0 + rate)
    order = rng.permutation(n)
    first = order[~second[order]]
    again = np.flatnonzero(second)[: len(first)]
    second_of = np.full(n, -1)
    second_of[again] = first[: len(again)]
    return second_of


def _masks(field: str) -> NDArray[np.bool_]:
    """(kind, slot): whom a kind shows, or has typed."""
    masks = np.zeros((len(KINDS), len(SLOTS)), bool)
    for row, kind in enumerate(KINDS.values()):
        masks[row, sorted(getattr(kind, field))] = True
    return masks
