"""Frequency tables as arrays: codes of alleles, cumulated frequencies, cumulated mutations."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from antigone.core import mutation
from antigone.domain import KITS, FrequencyTable, InputRefused, Place, Problem
from antigone.simulate.scenario import Mutation, Scenario

AMEL = "AMEL"


@dataclass(frozen=True, slots=True, eq=False)
class Alleles:
    """loci: autosomal. names: by locus, the code of an allele is its place. frequencies: (population,
    locus, allele), 0 beyond the names and for alleles a table lacks; they sum to 1.
    """

    loci: tuple[str, ...]
    names: tuple[tuple[str, ...], ...]
    frequencies: NDArray[np.float64]

    @property
    def cumulated(self) -> NDArray[np.float64]:
        return np.cumsum(self.frequencies, axis=2)


def alleles_of(scenario: Scenario, tables: Mapping[str, FrequencyTable]) -> Alleles:
    """Alleles of all loci of the kits in use. InputRefused where a table lacks a locus.

    A silent allele of a table is left out: the others are rescaled.
    """
    populations = [tables[name] for name in scenario.populations]
    loci = _loci(scenario)
    problems = [
        Problem("locus-not-in-table", Place(table.name, item=locus), f"no {locus}", "a table that has it")
        for table in populations
        for locus in loci
        if locus not in table.loci
    ]
    if problems:
        raise InputRefused(problems)
    names = tuple(_names(locus, populations) for locus in loci)
    frequencies = np.zeros((len(populations), len(loci), max(map(len, names))))
    for p, table in enumerate(populations):
        for n, locus in enumerate(loci):
            listed = table.loci[locus].alleles
            values = np.array([listed.get(name, 0.0) for name in names[n]])
            frequencies[p, n, : len(values)] = values / values.sum()
    return Alleles(loci, names, frequencies)


def _loci(scenario: Scenario) -> tuple[str, ...]:
    kits = sorted({lab.kit for lab in scenario.laboratories}, key=lambda kit: (-len(KITS[kit]), kit))
    return tuple(dict.fromkeys(locus for kit in kits for locus in KITS[kit]))


def _names(locus: str, tables: Sequence[FrequencyTable]) -> tuple[str, ...]:
    return tuple(sorted({name for table in tables for name in table.loci[locus].alleles}, key=repeat_order))


def repeat_order(allele: str) -> tuple[float, str]:
    """Alleles by repeat number; those that are no number last.

    >>> sorted(["10", "9.3", "OL", "9"], key=repeat_order)
    ['9', '9.3', '10', 'OL']
    """
    try:
        return float(allele), ""
    except ValueError:
        return np.inf, allele


@dataclass(frozen=True, slots=True, eq=False)
class MutationArrays:
    """rates: (model, population, locus, allele), that this allele changes. targets: the same with
    one more axis, cumulated probabilities of what it changes into.
    """

    rates: NDArray[np.float64]
    targets: NDArray[np.float64]


def mutation_arrays(alleles: Alleles, chosen: Mutation, rate: float) -> MutationArrays:
    """Model 0 is the scenario's kind, model 1 is stepwise; `rate` is of one sex.

    InputRefused where a model cannot be built, as a stepwise one over alleles that are no numbers.
    """
    populations, loci, most = alleles.frequencies.shape
    rates = np.zeros((2, populations, loci, most))
    targets = np.zeros((2, populations, loci, most, most))
    for model, kind in enumerate((chosen.kind, "none" if chosen.kind == "none" else "stepwise")):
        for p, n in np.ndindex(populations, loci):
            present = np.flatnonzero(alleles.frequencies[p, n])
            matrix = _matrix(alleles, p, n, kind, rate, chosen.step_range)
            rates[model, p, n, present] = 1.0 - np.diag(matrix)
            np.fill_diagonal(matrix, 0.0)
            full = np.zeros((len(present), most))
            full[:, present] = matrix / np.maximum(matrix.sum(axis=1, keepdims=True), 1e-300)
            targets[model, p, n, present] = np.cumsum(full, axis=1)
    return MutationArrays(rates, targets)


def _matrix(alleles: Alleles, p: int, n: int, kind: str, rate: float, step_range: float) -> NDArray[np.float64]:
    """Over the alleles of this population alone, in the order of their codes."""
    frequencies = alleles.frequencies[p, n]
    present = np.flatnonzero(frequencies)
    try:
        if kind == "equal":
            return mutation.equal(len(present), rate)
        if kind == "proportional":
            return mutation.proportional(frequencies[present], rate)
        if kind == "stepwise":
            repeats = np.array([float(alleles.names[n][i]) for i in present])
            return mutation.stepwise(repeats, rate, step_range, 0.0)
    except ValueError as error:
        place = Place(item=alleles.loci[n])
        raise InputRefused(
            [Problem("mutation-impossible", place, str(error), "a lower rate, or another kind")]
        ) from None
    return np.eye(len(present))
