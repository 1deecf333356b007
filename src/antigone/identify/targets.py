"""Whom remains are compared with: missing persons, grouped by who of their family is typed.

Families of one structure share their plans, and those whose typed members show the same share a table.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from antigone.core import FEMALE, MALE, UNKNOWN, Shape, informative_relatives, kind_of_relatives
from antigone.domain import NO_RELATIVES, Sex

Ints = NDArray[np.int64]
TWO_OF_ONE = Shape((-1, -1), (-1, -1), (UNKNOWN, UNKNOWN), (0, 0))
"""Two samples of one person, as twins are."""
FULL_BROTHERS = Shape((-1, -1, 0, 0), (-1, -1, 1, 1), (MALE, FEMALE, MALE, MALE))
_SEXES = {Sex.MALE.value: MALE, Sex.FEMALE.value: FEMALE, Sex.UNKNOWN.value: UNKNOWN}
NOBODY = np.zeros(0, np.int64)
_NONE = -9


@dataclass(frozen=True, slots=True, eq=False)
class Group:
    """Targets of one structure: who is asked for, who is typed.

    targets: (n,) their numbers. samples: (n, typed) sample of each typed person. relatives: kind of the typed
    relatives; informative: how many share descent with the person asked for.
    """

    shape: Shape
    person: int
    typed: tuple[int, ...]
    targets: Ints
    samples: Ints
    relatives: str = NO_RELATIVES
    informative: int = 0

    def has(self, targets: Ints) -> NDArray[np.bool_]:
        """Which of these targets are of the group: its numbers follow each other."""
        if not len(self.targets):
            return np.zeros(len(targets), np.bool_)
        within: NDArray[np.bool_] = (targets >= self.targets[0]) & (targets <= self.targets[-1])
        return within

    @property
    def sex(self) -> Sex:
        codes = {MALE: Sex.MALE, FEMALE: Sex.FEMALE}
        return codes.get(self.shape.sex[self.person], Sex.UNKNOWN)


@dataclass(frozen=True, slots=True, eq=False)
class Targets:
    """family: (n,) family number, -1 for none. person: (n,) row of the persons frame, or number of the sample."""

    family: Ints
    person: Ints
    groups: tuple[Group, ...]

    def __len__(self) -> int:
        return len(self.person)


def samples_as_targets(samples: Ints, shape: Shape, typed: int, person: int) -> Targets:
    """Each sample as the typed member of a small pedigree, whose other member is asked for."""
    everybody = np.arange(len(samples))
    group = Group(shape, person, (typed,), everybody, samples[:, None])
    return Targets(np.full(len(samples), -1), samples, (group,))


def missing_as_targets(persons: pl.DataFrame, usable: Ints, keep_sexes: bool) -> Targets:
    """Every missing person, those of one structure behind each other.

    persons: as read by columns. usable: (persons,) the sample that may be used for kinship, -1 for none. A
    missing person's own sample is not used for themselves: that is a direct comparison. keep_sexes: X-linked
    loci are compared, so that everybody's sex matters.
    """
    rows = np.flatnonzero(persons["family_id"].to_numpy() >= 0)
    if not len(rows):
        return Targets(NOBODY, NOBODY, ())
    family = persons["family_id"].to_numpy()[rows]
    order = np.argsort(family, kind="stable")
    rows, family = rows[order], family[order]
    starts = np.flatnonzero(np.append(True, family[1:] != family[:-1])[: len(family)])
    sizes = np.diff(np.append(starts, len(rows)))
    structures, which = _structures(persons, rows, starts, sizes, usable)
    alike: dict[_Asked, list[tuple[Ints, Ints, Ints]]] = {}
    for number, structure in enumerate(structures):
        members = np.flatnonzero(which == number)
        for missing in structure.missing:
            typed = tuple(i for i in structure.typed if i != missing)
            places = rows[starts[members][:, None] + np.array((missing, *typed), np.int64)]
            asked = _asked(structure.shape, missing, typed, keep_sexes)
            alike.setdefault(asked, []).append((family[starts[members]], places[:, 0], usable[places[:, 1:]]))
    families, own, groups, n = [NOBODY], [NOBODY], [], 0
    for asked, parts in alike.items():
        families += [part[0] for part in parts]
        own += [part[1] for part in parts]
        samples = np.concatenate([part[2] for part in parts])
        groups.append(_group(asked, np.arange(n, n + len(samples)), samples))
        n += len(samples)
    return Targets(np.concatenate(families), np.concatenate(own), tuple(groups))


@dataclass(frozen=True, slots=True)
class _Asked:
    """A pedigree without those who do not matter for the person asked for."""

    shape: Shape
    person: int
    typed: tuple[int, ...]


def _asked(shape: Shape, person: int, typed: tuple[int, ...], keep_sexes: bool) -> _Asked:
    """Typed persons, the person asked for and their ancestors; on autosomes only a parent's sex matters."""
    kept: set[int] = set()
    todo = {person, *typed}
    while todo:
        kept |= todo
        todo = {p for i in todo for p in (shape.father[i], shape.mother[i]) if p >= 0} - kept
    order = sorted(kept)
    number = {old: new for new, old in enumerate(order)} | {-1: -1}
    parents = {p for i in order for p in (shape.father[i], shape.mother[i])}
    sexes = (shape.sex[i] if keep_sexes or i == person or i in parents else UNKNOWN for i in order)
    father, mother = (tuple(number[parent[i]] for i in order) for parent in (shape.father, shape.mother))
    twin, inbreeding = tuple(shape.twin[i] for i in order), tuple(shape.inbreeding[i] for i in order)
    reduced = Shape(father, mother, tuple(sexes), twin, inbreeding)
    return _Asked(reduced, number[person], tuple(number[i] for i in typed))


def _group(asked: _Asked, targets: Ints, samples: Ints) -> Group:
    kind = kind_of_relatives(asked.shape, asked.typed, asked.person)
    informative = informative_relatives(asked.shape, asked.typed, asked.person)
    return Group(asked.shape, asked.person, asked.typed, targets, samples, kind, informative)


@dataclass(frozen=True, slots=True)
class _Structure:
    shape: Shape
    missing: tuple[int, ...]
    typed: tuple[int, ...]


def _structures(
    persons: pl.DataFrame, rows: Ints, starts: Ints, sizes: Ints, usable: Ints
) -> tuple[list[_Structure], Ints]:
    """The different structures, and by family which it has."""
    local = np.arange(len(rows)) - np.repeat(starts, sizes)
    place = np.full(len(persons), -1, np.int64)
    place[rows] = local
    inbreeding = persons["inbreeding"].cast(pl.Float64).fill_null(0.0).to_numpy()
    degrees, degree = np.unique(inbreeding[rows], return_inverse=True)
    sex = persons["sex"].cast(pl.String).fill_null(Sex.UNKNOWN.value).replace_strict(_SEXES).to_numpy()
    columns = (
        _parent(persons["father_row"].to_numpy(), place, rows),
        _parent(persons["mother_row"].to_numpy(), place, rows),
        sex[rows],
        _twins(persons, rows, starts, sizes),
        degree.ravel(),
        (persons["role"].cast(pl.String) == "missing").to_numpy()[rows].astype(np.int64),
        (usable[rows] >= 0).astype(np.int64),
    )
    width = int(sizes.max(initial=1))
    key = np.full((len(starts), width, len(columns)), _NONE, np.int16)
    key[np.repeat(np.arange(len(starts)), sizes), local] = np.stack(columns, axis=1)
    flat = key.reshape(len(starts), -1)
    packed = flat.view(np.dtype((np.void, flat.shape[1] * 2))).ravel()
    _, first, which = np.unique(packed, return_index=True, return_inverse=True)
    return [_structure(key[i, : sizes[i]], degrees) for i in first], np.asarray(which.ravel(), np.int64)


def _structure(key: NDArray[np.int16], degrees: NDArray[np.float64]) -> _Structure:
    father, mother, sex, twin, degree, missing, typed = (tuple(map(int, column)) for column in key.T)
    shape = Shape(father, mother, sex, twin, tuple(float(degrees[d]) for d in degree))
    return _Structure(shape, tuple(np.flatnonzero(missing).tolist()), tuple(np.flatnonzero(typed).tolist()))


def _parent(parent_row: Ints, place: Ints, rows: Ints) -> Ints:
    parents = parent_row[rows]
    return np.where(parents < 0, -1, place[parents])


def _twins(persons: pl.DataFrame, rows: Ints, starts: Ints, sizes: Ints) -> Ints:
    """By member of a family, the first of their twins within it, -1 for none."""
    twins = np.full(len(rows), -1, np.int64)
    label = persons["twin"].cast(pl.String).to_list() if persons["twin"].null_count() < len(persons) else []
    first: dict[tuple[int, str], int] = {}
    family = np.repeat(np.arange(len(starts)), sizes) if label else starts
    for i, row in enumerate(rows if label else ()):
        if label[row] is not None:
            own = int(family[i])
            twins[i] = first.setdefault((own, label[row]), i - int(starts[own]))
    return twins
