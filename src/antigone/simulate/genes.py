"""Gene drop over whole arrays: all families at once, one person of the pedigree after the other."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from antigone.simulate.alleles import Alleles, MutationArrays, mutation_arrays
from antigone.simulate.families import Families
from antigone.simulate.kinds import FOUNDERS, MISSING, PARENTS, SLOTS
from antigone.simulate.scenario import Scenario
from antigone.simulate.streams import Streams

Codes = NDArray[np.uint8]
"""Codes of alleles, the place of a name in `Alleles.names`."""

MATERNAL, PATERNAL = 0, 1


@dataclass(frozen=True, slots=True, eq=False)
class Drop:
    """genes: (slot, family, locus, maternal | paternal). false_father: (family, slot), the declared
    father is not the father. mutations: columns slot, family, locus, side, from, to; one row each.
    """

    genes: Codes
    false_father: NDArray[np.bool_]
    mutations: NDArray[np.int64]


def drop_genes(scenario: Scenario, families: Families, alleles: Alleles, streams: Streams) -> Drop:
    """Everybody's genes. A missing person who is registered twice has the same in both families."""
    n, loci = len(families), len(alleles.loci)
    genes = np.zeros((len(SLOTS), n, loci, 2), np.uint8)
    for slot in FOUNDERS:
        genes[slot] = draw_founders(alleles, families.population, streams["founders"])
    female = mutation_arrays(alleles, scenario.mutation, scenario.mutation.rate_female)
    male = mutation_arrays(alleles, scenario.mutation, scenario.mutation.rate_male)
    false_father = np.zeros((n, len(SLOTS)), bool)
    changed: list[NDArray[np.int64]] = []
    for slot, (father, mother) in PARENTS.items():
        for side, parent, arrays in ((MATERNAL, mother, female), (PATERNAL, father, male)):
            passed = _transmit(genes[parent], streams["transmissions"])
            rows = _mutate(passed, arrays, families, streams["mutations"])
            changed.append(np.column_stack([np.full((len(rows), 1), slot), rows[:, :2],
                                            np.full((len(rows), 1), side), rows[:, 2:]]))  # fmt: skip
            genes[slot, :, :, side] = passed
        _false_paternity(scenario, slot, genes, false_father, families, alleles, streams)
        if slot == MISSING:
            again = families.second_of >= 0
            genes[slot, again] = genes[slot, families.second_of[again]]
    shown = _between_shown(np.concatenate(changed), families, false_father)
    return Drop(genes, false_father, shown)


def draw_founders(alleles: Alleles, population: NDArray[np.int64], rng: np.random.Generator) -> Codes:
    """(person, locus, 2): two independent draws from the table of each person's population."""
    cumulated = alleles.cumulated
    u = rng.random((len(population), len(alleles.loci), 2))
    codes = np.zeros(u.shape, np.uint8)
    for p in range(len(cumulated)):
        own = np.flatnonzero(population == p)
        for n, names in enumerate(alleles.names):
            last = int(np.flatnonzero(alleles.frequencies[p, n])[-1])
            drawn = np.searchsorted(cumulated[p, n, : len(names)], u[own, n], side="right")
            codes[own, n] = np.minimum(drawn, last)
    return codes


def _transmit(parent: Codes, rng: np.random.Generator) -> Codes:
    """(family, locus): one of the parent's two alleles at each locus."""
    second = rng.integers(0, 2, parent.shape[:2], np.uint8).astype(bool)
    return np.where(second, parent[:, :, 1], parent[:, :, 0])


def _mutate(passed: Codes, arrays: MutationArrays, families: Families, rng: np.random.Generator) -> NDArray[np.int64]:
    """Changes `passed` in place; returns columns family, locus, from, to."""
    u = rng.random(passed.shape)
    family, locus = np.nonzero(u < arrays.rates.max())
    before = passed[family, locus]
    where = (families.model[family], families.population[family], locus, before)
    rate, draw = arrays.rates[where], u[family, locus]
    hit = draw < rate
    family, locus, before = family[hit], locus[hit], before[hit]
    targets = arrays.targets[tuple(part[hit] for part in where)]
    after = np.sum(targets <= (draw[hit] / rate[hit])[:, None], axis=1)
    after = np.minimum(after, np.argmax(targets >= targets[:, -1:], axis=1))
    passed[family, locus] = after
    rows: NDArray[np.int64] = np.column_stack([family, locus, before, after]).astype(np.int64)
    return rows


def _false_paternity(
    scenario: Scenario, slot: int, genes: Codes, false_father: NDArray[np.bool_], families: Families,
    alleles: Alleles, streams: Streams,
) -> None:  # fmt: skip
    """Another man of the same population is the father; decided for each child whose father is declared."""
    rng = streams["false-paternity"]
    declared = families.shown[:, slot] & _parents_shown(families)[:, slot]
    other = np.flatnonzero((rng.random(len(families)) < scenario.rates.false_paternity) & declared)
    false_father[other, slot] = True
    man = draw_founders(alleles, families.population[other], rng)
    genes[slot, other, :, PATERNAL] = man[:, :, 0]


def _parents_shown(families: Families) -> NDArray[np.bool_]:
    """(family, slot): the person has parents in the family's pedigree."""
    shown = np.zeros_like(families.shown)
    for slot, (father, mother) in PARENTS.items():
        shown[:, slot] = families.shown[:, father] & families.shown[:, mother]
    return shown


def _between_shown(rows: NDArray[np.int64], families: Families, false_father: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Mutations between two persons of a pedigree who are parent and child."""
    slot, family, side = rows[:, 0], rows[:, 1], rows[:, 3]
    seen = families.shown[family, slot] & _parents_shown(families)[family, slot]
    replaced = (side == PATERNAL) & false_father[family, slot]
    kept: NDArray[np.int64] = rows[seen & ~replaced]
    return kept
