"""One generator per part of the simulation, so that switching one thing off leaves the others as they were."""

from __future__ import annotations

import numpy as np

PARTS = (
    "kinds", "brothers", "second-registrations", "populations", "mutation-models", "sexes",
    "founders", "transmissions", "mutations", "false-paternity", "strangers", "others",
    "fates", "fallen", "brothers-fallen", "unregistered", "other-side", "parts", "order",
    "bags", "tags", "names", "papers", "laboratories", "given-as-another",
    "swapped-relatives", "swapped-remains", "qualities", "failures", "dropouts", "typing-errors",
    "direct-references",
)  # fmt: skip
"""A new part goes to the end: a seed then still gives what it gave."""


class Streams:
    """The generators of one war, by the name of the part."""

    def __init__(self, seed: int) -> None:
        spawned = np.random.SeedSequence(seed).spawn(len(PARTS))
        self._by_part = {part: np.random.default_rng(child) for part, child in zip(PARTS, spawned, strict=True)}

    def __getitem__(self, part: str) -> np.random.Generator:
        return self._by_part[part]
