"""Identifiers of everything in a war, as columns that are gathered by index."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import ArrayLike, NDArray

from antigone.simulate.bags import NOBODY, Bags
from antigone.simulate.fallen import Fallen
from antigone.simulate.families import Families
from antigone.simulate.kinds import BROTHER, MISSING, SLOTS
from antigone.simulate.samples import Samples
from antigone.simulate.scenario import Scenario


@dataclass(frozen=True, slots=True, eq=False)
class Names:
    """Identifiers by index. person: of the truth, null for numbers that do not exist; claim: the same
    people as papers name them, those of the register as FAMILY/PERSON.
    """

    family: pl.Series
    slot: pl.Series
    remains: pl.Series
    sample: pl.Series
    container: pl.Series
    person: pl.Series
    claim: pl.Series


def names_of(families: Families, fallen: Fallen, samples: Samples, bags: Bags) -> Names:
    """All identifiers; numbers follow the order of the files, and tell nothing else."""
    family = _numbered("F", len(families))
    numbers = np.where(fallen.exists, np.cumsum(fallen.exists) - 1, NOBODY)
    people = fallen.people
    listed = [family + f"/{SLOTS[slot]}" for slot in (MISSING, BROTHER)]
    unregistered = _numbered("not registered ", people.remains)
    others = pl.Series([""], dtype=pl.String).new_from_index(0, people.remains)
    return Names(
        family, pl.Series("slot", SLOTS, pl.Enum(SLOTS)), _numbered("R", len(fallen.of)),
        _numbered("S", len(samples)), _numbered("C", len(bags)),
        gather(_numbered("P", int(fallen.exists.sum())), numbers),
        pl.concat([*listed, unregistered, others]),
    )  # fmt: skip


def _numbered(letter: str, count: int) -> pl.Series:
    """F1 ... with as many digits as the last needs."""
    width = len(str(max(count, 1)))
    numbers = pl.Series("number", np.arange(1, count + 1)).cast(pl.String)
    return letter + numbers.str.zfill(width)


def gather(values: pl.Series, index: ArrayLike) -> pl.Series:
    """values[index]; null where the index is negative."""
    places = np.asarray(index)
    chosen = values.gather(pl.Series(np.maximum(places, 0), dtype=pl.UInt32))
    if (places < 0).any():
        present = pl.Series("present", places >= 0)
        chosen = pl.select(pl.when(present).then(chosen)).to_series()
    return chosen


def handover_names(scenario: Scenario) -> pl.Series:
    """Identifiers of the handovers, as listed."""
    return pl.Series("handover", [handover.name for handover in scenario.handovers], pl.String)


def words(choices: list[str], index: NDArray[np.int64]) -> pl.Series:
    """A column of a few different words."""
    return pl.Series("words", choices, pl.Enum(list(dict.fromkeys(choices)))).gather(
        pl.Series("index", index).cast(pl.UInt32)
    )
