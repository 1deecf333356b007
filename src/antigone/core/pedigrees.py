"""A pedigree as arrays, and what follows from its shape alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

MALE, FEMALE, UNKNOWN = 1, 2, 0
"""Codes of `Shape.sex`."""


@dataclass(frozen=True, slots=True)
class Shape:
    """Who is whose child, by index.

    father, mother: (persons,) index of the parent, -1 for founders (always both or neither).
    sex: (persons,) MALE (1), FEMALE (2) or UNKNOWN (0). twin: (persons,) the same number >= 0 for monozygotic
    twins, -1 otherwise. inbreeding: (persons,) probability that a founder's two alleles are
    identical by descent; 0 elsewhere.
    """

    father: tuple[int, ...]
    mother: tuple[int, ...]
    sex: tuple[int, ...]
    twin: tuple[int, ...] = ()
    inbreeding: tuple[float, ...] = ()

    def __post_init__(self) -> None:
        n = len(self.father)
        if not self.twin:
            object.__setattr__(self, "twin", (-1,) * n)
        if not self.inbreeding:
            object.__setattr__(self, "inbreeding", (0.0,) * n)

    def __len__(self) -> int:
        return len(self.father)


def with_founders(shape: Shape, sexes: Sequence[int]) -> Shape:
    """The pedigree and, last, persons of these sexes who are unrelated to it and to each other.

    >>> with_founders(Shape((-1,), (-1,), (MALE,)), [FEMALE]).sex
    (1, 2)
    """
    more = len(sexes)
    return Shape(
        shape.father + (-1,) * more,
        shape.mother + (-1,) * more,
        shape.sex + tuple(sexes),
        shape.twin + (-1,) * more,
        shape.inbreeding + (0.0,) * more,
    )


def ancestors_first(shape: Shape) -> list[int]:
    """Indices with every parent before its children. ValueError where someone is their own ancestor."""
    order: list[int] = []
    placed = [False] * len(shape)
    waiting = list(range(len(shape)))
    while waiting:
        later = []
        for i in waiting:
            parents = (shape.father[i], shape.mother[i])
            if all(p < 0 or placed[p] for p in parents):
                order.append(i)
                placed[i] = True
            else:
                later.append(i)
        if len(later) == len(waiting):
            raise ValueError(f"persons {later} are their own ancestors")
        waiting = later
    return order


def kinship(shape: Shape) -> NDArray[np.float64]:
    """(persons, persons) autosomal kinship coefficients (Lange 2002, section 5.2)."""
    n = len(shape)
    phi = np.zeros((n, n))
    order = ancestors_first(shape)
    for position, i in enumerate(order):
        f, m = shape.father[i], shape.mother[i]
        twin = next((j for j in order[:position] if shape.twin[i] >= 0 and shape.twin[j] == shape.twin[i]), -1)
        if twin >= 0:
            phi[i, :], phi[:, i] = phi[twin, :], phi[:, twin]
            phi[i, i] = phi[i, twin] = phi[twin, i] = phi[twin, twin]
        elif f < 0:
            phi[i, i] = 0.5 * (1.0 + shape.inbreeding[i])
        else:
            for j in order[:position]:
                phi[i, j] = phi[j, i] = 0.5 * (phi[f, j] + phi[m, j])
            phi[i, i] = 0.5 * (1.0 + phi[f, m])
    return phi
