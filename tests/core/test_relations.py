"""What people are to each other: against a slow twin that walks every path, in pedigrees with loops."""

from __future__ import annotations

import random
from collections import Counter

import pytest

from antigone.core import Shape, informative_relatives, kind_of_relatives, kinship, relations
from antigone.domain import NO_RELATIVES, Kin

# 0 and 1 grandparents; 2 father, 3 his brother, 4 mother, 5 the brother's wife; 6 missing, 7 his brother,
# 8 cousin; 9 the mother's second husband, 10 half brother; 11 wife, 12 child; 13 the child's partner,
# 14 grandchild; 15 the brother's wife, 16 nephew; 17 a stranger, 18 the grandfather's child with her.
FATHER = (-1, -1, 0, 0, -1, -1, 2, 2, 3, -1, 9, -1, 6, -1, 12, -1, 7, -1, 0)
MOTHER = (-1, -1, 1, 1, -1, -1, 4, 4, 5, -1, 4, -1, 11, -1, 13, -1, 15, -1, 17)
SEX = (1, 2, 1, 1, 2, 2, 1, 1, 1, 1, 1, 2, 1, 2, 1, 2, 1, 2, 1)
WIDE = Shape(FATHER, MOTHER, SEX)
ME = 6

PATHS = {
    "u": Kin.PARENT,
    "d": Kin.CHILD,
    "uu": Kin.GRANDPARENT,
    "dd": Kin.GRANDCHILD,
    "du": Kin.PARTNER,
}
"""What somebody at the end of a path is; siblings and those beyond need two paths."""
BY_TWO = {"ud": Kin.SIBLING, "uud": Kin.UNCLE, "udd": Kin.NEPHEW, "uudd": Kin.COUSIN}


def steps(shape: Shape, i: int, way: str) -> list[int]:
    """One step up (u) or down (d)."""
    if way == "u":
        return [p for p in (shape.father[i], shape.mother[i]) if p >= 0]
    return [c for c in range(len(shape)) if i in (shape.father[c], shape.mother[c])]


def paths(shape: Shape, start: int, ways: str) -> list[tuple[int, ...]]:
    """Every path of these steps from `start` that does not go straight back."""
    found: list[tuple[int, ...]] = [(start,)]
    for way in ways:
        found = [(*p, i) for p in found for i in steps(shape, p[-1], way) if len(p) < 2 or i != p[-2]]
    return found


def by_paths(shape: Shape, missing: int, person: int) -> Kin:
    """The relation found by walking: two paths that differ in the top alone make brothers and sisters full."""
    kins = {kin for ways, kin in PATHS.items() if any(p[-1] == person for p in paths(shape, missing, ways))}
    for ways, kin in BY_TWO.items():
        top = ways.rindex("u") + 1
        ends = Counter((*p[:top], *p[top + 1 :]) for p in paths(shape, missing, ways) if p[-1] == person)
        kins |= {kin} if 2 in ends.values() else set()
        kins |= {Kin.HALF_SIBLING} if ways == "ud" and ends else set()
    twin = shape.twin[missing] >= 0 and shape.twin[missing] == shape.twin[person]
    kins |= {Kin.TWIN} if twin else set()
    return next((kin for kin in Kin if kin in kins), Kin.OTHER)


def random_shape(rng: random.Random) -> Shape:
    """Up to 12 persons who marry anybody of the other sex, their own aunts and sisters among them."""
    father, mother, sex, twin = [-1, -1, -1], [-1, -1, -1], [1, 2, 0], [-1, -1, -1]
    sex[2] = rng.choice((1, 2))
    while len(father) < rng.randint(5, 12):
        sex.append(rng.choice((1, 2)))
        twin.append(-1)
        if rng.random() < 0.15:
            father.append(-1)
            mother.append(-1)
            continue
        father.append(rng.choice([i for i, s in enumerate(sex[:-1]) if s == 1]))
        mother.append(rng.choice([i for i, s in enumerate(sex[:-1]) if s == 2]))
        if rng.random() < 0.1:
            father.append(father[-1])
            mother.append(mother[-1])
            sex.append(sex[-1])
            twin[-1:] = [len(twin), len(twin)]
    return Shape(tuple(father), tuple(mother), tuple(sex), tuple(twin))


def test_every_relation_of_a_wide_family() -> None:
    expected = (
        "grandparent grandparent parent uncle parent other None sibling cousin other half-sibling partner child "
        "other grandchild other nephew other other"
    )
    assert [str(kin) for kin in relations(WIDE, ME)] == expected.split()


def test_seen_from_the_other_end() -> None:
    back = {Kin.PARENT: Kin.CHILD, Kin.GRANDPARENT: Kin.GRANDCHILD, Kin.UNCLE: Kin.NEPHEW}
    for i, kin in enumerate(relations(WIDE, ME)):
        if kin is not None:
            assert relations(WIDE, i)[ME] == {**back, **{b: a for a, b in back.items()}}.get(kin, kin)


@pytest.mark.parametrize("seed", range(60))
def test_against_walking_every_path(seed: int) -> None:
    shape = random_shape(random.Random(seed))
    for missing in range(len(shape)):
        walked = [None if i == missing else by_paths(shape, missing, i) for i in range(len(shape))]
        assert list(relations(shape, missing)) == walked


@pytest.mark.parametrize("seed", range(60))
def test_informative_relatives_are_those_with_kinship(seed: int) -> None:
    rng = random.Random(seed)
    shape = random_shape(rng)
    phi = kinship(shape)
    for missing in range(len(shape)):
        typed = [i for i in range(len(shape)) if rng.random() < 0.6]
        related = [i for i in typed if i != missing and phi[missing, i] > 0]
        assert informative_relatives(shape, typed, missing) == len(related)


def test_twins_without_parents_share_their_line() -> None:
    # 0 and 1 identical twins who are founders; 2, 3 their partners; 4, 5 a child of each.
    shape = Shape((-1, -1, -1, -1, 0, 1), (-1, -1, -1, -1, 2, 3), (1, 1, 2, 2, 1, 1), (7, 7, -1, -1, -1, -1))
    assert relations(shape, 4)[1] is Kin.UNCLE
    assert relations(shape, 4)[5] is Kin.COUSIN
    assert relations(shape, 0)[1] is Kin.TWIN
    assert informative_relatives(shape, [5, 1, 2], 4) == 3
    assert kinship(shape)[4, 5] > 0


def test_married_cousins_are_cousins_first() -> None:
    # 4 and 5 are cousins through 2 and 3, and have a child together.
    shape = Shape((-1, -1, 0, 0, 2, 7, 4, -1, -1), (-1, -1, 1, 1, 8, 3, 5, -1, -1), (1, 2, 1, 2, 1, 2, 1, 1, 2))
    assert relations(shape, 4)[5] is Kin.COUSIN
    assert kind_of_relatives(shape, [5, 6, 7], 4) == "child+cousin+other"


@pytest.mark.parametrize(
    ("typed", "kind", "informative"),
    [
        ([], NO_RELATIVES, 0),
        ([ME], NO_RELATIVES, 0),
        ([4], "parent", 1),
        ([4, 2], "parent+parent", 2),
        ([12, 11], "child+partner", 1),
        ([11], "partner", 0),
        ([17, 15], "other+other", 0),
        ([18], "other", 1),
        ([10, 3, 7, ME], "half-sibling+sibling+uncle", 3),
    ],
)
def test_kinds_of_relatives(typed: list[int], kind: str, informative: int) -> None:
    assert kind_of_relatives(WIDE, typed, ME) == kind
    assert informative_relatives(WIDE, typed, ME) == informative
