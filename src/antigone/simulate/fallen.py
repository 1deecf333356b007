"""Whose remains they are: of the missing, of dead whose family gave nothing, of the other side."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from antigone.simulate.alleles import Alleles
from antigone.simulate.families import Families, draw_population
from antigone.simulate.genes import Codes, draw_founders
from antigone.simulate.kinds import BROTHER, MISSING
from antigone.simulate.scenario import Scenario
from antigone.simulate.streams import Streams


@dataclass(frozen=True, slots=True, eq=False)
class People:
    """Everybody who is missing or dead, by number: the missing person of each of F families, F missing
    brothers, R of our dead whom nobody registered, R dead of the other side. Not all numbers exist.
    """

    families: int
    remains: int

    @property
    def unregistered(self) -> int:
        return 2 * self.families

    @property
    def other_side(self) -> int:
        return 2 * self.families + self.remains

    @property
    def total(self) -> int:
        return 2 * self.families + 2 * self.remains


@dataclass(frozen=True, slots=True, eq=False)
class Fallen:
    """of: (remains,) number of the person. exists, prisoner: over persons. population: over persons.

    unregistered, others: (remains, locus, 2) genes of the dead who have no family here.
    """

    people: People
    of: NDArray[np.int64]
    exists: NDArray[np.bool_]
    prisoner: NDArray[np.bool_]
    population: NDArray[np.int64]
    unregistered: Codes
    others: Codes

    def genes(self, dropped: Codes) -> Codes:
        """(remains, locus, 2); dropped: genes of the families as in `Drop`."""
        people, f = self.people, self.people.families
        genes = np.zeros((len(self.of), *dropped.shape[2:]), np.uint8)
        parts = (
            (0, f, dropped[MISSING]), (f, people.unregistered, dropped[BROTHER]),
            (people.unregistered, people.other_side, self.unregistered),
            (people.other_side, people.total, self.others),
        )  # fmt: skip
        for start, end, source in parts:
            own = (self.of >= start) & (self.of < end)
            genes[own] = source[self.of[own] - start]
        return genes


def draw_fallen(scenario: Scenario, families: Families, alleles: Alleles, streams: Streams) -> Fallen:
    """Who lies in the remains handed over, in the order of the handovers."""
    f, r = len(families), sum(h.remains for h in scenario.received)
    people, rates = People(f, r), scenario.rates
    exists = np.concatenate([families.second_of < 0, families.brothers, np.zeros(2 * r, bool)])
    prisoner = (streams["fates"].random(2 * f) < rates.prisoners) & exists[: 2 * f]
    of = _listed(people, exists[:f] & ~prisoner[:f], streams["fallen"])
    _place_brothers(of, families.brothers & ~prisoner[f:], f, streams["brothers-fallen"])
    slots = np.arange(r)
    unlisted = (streams["unregistered"].random(r) < rates.nobody_registered) | (of < 0)
    of = np.where(unlisted, people.unregistered + slots, of)
    of = np.where(streams["other-side"].random(r) < rates.other_side, people.other_side + slots, of)
    of = of[_first_part(r, rates.further_part, streams["parts"])]
    of = of[streams["order"].permutation(r)]
    exists[of] = True
    rng = streams["others"]
    ours = draw_population(scenario, r, rng)
    theirs = np.full(r, scenario.populations.index(scenario.others.population))
    population = np.concatenate([families.population, families.population, ours, theirs])
    prisoner = np.concatenate([prisoner, np.zeros(2 * r, bool)])
    return Fallen(people, of, exists, prisoner, population,
                  draw_founders(alleles, ours, rng), draw_founders(alleles, theirs, rng))  # fmt: skip


def _listed(people: People, may: NDArray[np.bool_], rng: np.random.Generator) -> NDArray[np.int64]:
    """(remains,) a missing person each, nobody twice; -1 where none is left. `may`: could lie here.

    Each of the remains has candidates of its own, so that one who could not lie here moves nobody else.
    """
    order = rng.permutation(people.families)
    of = np.full(people.remains, -1)
    for start in range(0, people.families, people.remains):
        block = order[start : start + people.remains]
        free = (of[: len(block)] < 0) & may[block]
        of[: len(block)] = np.where(free, block, of[: len(block)])
    return of


def _place_brothers(of: NDArray[np.int64], may: NDArray[np.bool_], f: int, rng: np.random.Generator) -> None:
    """A missing brother is among the remains as often as any other missing person."""
    place = rng.integers(0, max(f, len(of)), f)
    brothers = np.flatnonzero(may & (place < len(of)))
    of[place[brothers]] = f + brothers


def _first_part(r: int, rate: float, rng: np.random.Generator) -> NDArray[np.int64]:
    """(remains,) itself, or earlier remains of which it is a further part."""
    slots = np.arange(r)
    further = (rng.random(r) < rate) & (slots > 0)
    earlier = np.floor(rng.random(r) * slots).astype(np.int64)
    first = np.where(further, earlier, slots)
    while further[first].any():
        first = first[first]
    return first
