"""Samples: of which donor each is, which laboratory had it, and which were exchanged there."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from antigone.simulate.alleles import Alleles
from antigone.simulate.fallen import Fallen
from antigone.simulate.families import Families
from antigone.simulate.genes import Codes, Drop, draw_founders
from antigone.simulate.kinds import GIVEN_AS, SLOTS, UNRELATED
from antigone.simulate.scenario import Scenario
from antigone.simulate.streams import Streams

AS_GIVEN = -2
"""The relative is who the family says."""


@dataclass(frozen=True, slots=True, eq=False)
class Samples:
    """Arrays over samples: those of relatives first, by family and slot, then those of remains.

    family and slot: (relatives,). truly: (relatives,) slot of the person it really is, UNRELATED or
    AS_GIVEN. laboratory: (samples,). genes: (samples, locus, 2) of the donor. male: the donor's sex.
    typed: (samples,) the sample whose genes were typed under this one's name; itself where none was exchanged.
    """

    family: NDArray[np.int64]
    slot: NDArray[np.int64]
    truly: NDArray[np.int64]
    laboratory: NDArray[np.int64]
    genes: Codes
    male: NDArray[np.bool_]
    typed: NDArray[np.int64]

    @property
    def relatives(self) -> int:
        return len(self.family)

    def __len__(self) -> int:
        return len(self.laboratory)


def draw_samples(
    scenario: Scenario, families: Families, drop: Drop, fallen: Fallen, alleles: Alleles, streams: Streams
) -> Samples:
    """One sample of every typed relative and of all remains."""
    family, slot = np.nonzero(families.typed)
    truly = _given_as_another(scenario, families, streams["given-as-another"])[family, slot]
    source = np.where(truly >= 0, truly, slot)
    genes = drop.genes[source, family]
    strangers = np.flatnonzero(truly == UNRELATED)
    genes[strangers] = draw_founders(alleles, families.population[family[strangers]], streams["strangers"])
    of_remains = fallen.genes(drop.genes)
    r = len(fallen.of)
    male = np.append(families.male[family, slot], np.ones(r, bool))
    rng = streams["laboratories"]
    by_person = _laboratories(scenario, rng.random(families.typed.shape))[family, slot]
    laboratory = np.append(by_person, _laboratories(scenario, rng.random(r)))
    n = len(family)
    swapped = np.append(
        _exchanged(laboratory[:n], scenario.rates.swapped_relatives, streams["swapped-relatives"]),
        n + _exchanged(laboratory[n:], scenario.rates.swapped_remains, streams["swapped-remains"]),
    )
    return Samples(family, slot, truly, laboratory, np.concatenate([genes, of_remains]), male, swapped)


def _given_as_another(scenario: Scenario, families: Families, rng: np.random.Generator) -> NDArray[np.int64]:
    """(family, slot): who the typed relative really is."""
    another = (rng.random(families.typed.shape) < scenario.rates.given_as_another) & families.typed
    choice = rng.random(families.typed.shape)
    truly = np.full(families.typed.shape, AS_GIVEN)
    for slot, options in GIVEN_AS.items():
        chosen = np.array(options)[np.floor(choice[:, slot] * len(options)).astype(np.int64)]
        truly[:, slot] = np.where(another[:, slot], chosen, AS_GIVEN)
    return truly


def _laboratories(scenario: Scenario, u: NDArray[np.float64]) -> NDArray[np.int64]:
    shares = np.cumsum([laboratory.share for laboratory in scenario.laboratories])
    return np.minimum(np.searchsorted(shares, u, side="right"), len(shares) - 1)


def _exchanged(laboratory: NDArray[np.int64], rate: float, rng: np.random.Generator) -> NDArray[np.int64]:
    """(samples,) the sample typed in its place: pairs within a laboratory; an odd one stays itself."""
    typed = np.arange(len(laboratory))
    mishandled = rng.random(len(laboratory)) < rate
    order = rng.permutation(len(laboratory))
    for number in np.unique(laboratory):
        chosen = order[mishandled[order] & (laboratory[order] == number)]
        pairs = chosen[: len(chosen) // 2 * 2].reshape(-1, 2)
        typed[pairs] = pairs[:, ::-1]
    return typed


def slot_name(slot: int) -> str:
    """The word for who a relative really is."""
    return {AS_GIVEN: "as given", UNRELATED: "unrelated"}.get(slot) or SLOTS[slot]
