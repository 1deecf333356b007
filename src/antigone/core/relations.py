"""What each person of a pedigree is to a missing one, from the shape alone."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from antigone.core.pedigrees import Shape
from antigone.domain import NO_RELATIVES, Kin


def relations(shape: Shape, missing: int) -> tuple[Kin | None, ...]:
    """(persons,) what each person is to the missing one; None for the missing person.

    Where a loop makes somebody two things at once, the first in the order of `Kin` is said. Only full
    brothers and sisters of a parent are uncles, and so on down to nephews and cousins; a half brother of a
    parent is OTHER.

    >>> family = Shape(father=(-1, -1, 0, 0, -1, 2), mother=(-1, -1, 1, 1, -1, 4), sex=(1, 2, 1, 2, 2, 1))
    >>> [str(kin) for kin in relations(family, 5)]
    ['grandparent', 'grandparent', 'parent', 'uncle', 'parent', 'None']
    """
    parents = _parents(shape, (missing,))
    own = _children(shape, (missing,))
    siblings = _full_siblings(shape, missing)
    uncles = {uncle for parent in parents for uncle in _full_siblings(shape, parent)}
    groups = {
        Kin.TWIN: _twins(shape, missing),
        Kin.PARENT: parents,
        Kin.CHILD: own,
        Kin.SIBLING: siblings,
        Kin.HALF_SIBLING: _children(shape, parents),
        Kin.GRANDPARENT: _parents(shape, parents),
        Kin.GRANDCHILD: _children(shape, own),
        Kin.UNCLE: uncles,
        Kin.NEPHEW: _children(shape, siblings),
        Kin.COUSIN: _children(shape, uncles),
        Kin.PARTNER: _parents(shape, own),
        Kin.OTHER: set(range(len(shape))),
    }
    closest = (next(kin for kin, group in groups.items() if i in group) for i in range(len(shape)))
    return tuple(None if i == missing else kin for i, kin in enumerate(closest))


def kind_of_relatives(shape: Shape, typed: Collection[int], missing: int) -> str:
    """What the typed persons are to the missing one, each of them once, sorted and joined by "+".

    `typed`: indices of the persons whose profiles may be used; the missing person is passed over. Persons
    who alone say nothing, such as a partner, stay: beside a child they do.

    >>> family = Shape(father=(-1, -1, 0, 0), mother=(-1, -1, 1, 1), sex=(1, 2, 1, 2))
    >>> [kind_of_relatives(family, typed, 2) for typed in ([0, 1], [3, 1], [])]
    ['parent+parent', 'parent+sibling', 'none']
    """
    kins = relations(shape, missing)
    return "+".join(sorted(kin for i in typed if (kin := kins[i]) is not None)) or NO_RELATIVES


def informative_relatives(shape: Shape, typed: Collection[int], missing: int) -> int:
    """Typed persons who share an ancestor with the missing one: those with a kinship above 0.

    >>> family = Shape(father=(-1, -1, 0), mother=(-1, -1, 1), sex=(1, 2, 1))
    >>> informative_relatives(family, [1, 2], missing=0)
    1
    """
    line = _line(shape, missing)
    return sum(i != missing and not line.isdisjoint(_line(shape, i)) for i in typed)


def _parents(shape: Shape, persons: Iterable[int]) -> set[int]:
    return {parent for i in persons for parent in (shape.father[i], shape.mother[i]) if parent >= 0}


def _children(shape: Shape, persons: Collection[int]) -> set[int]:
    return {i for i in range(len(shape)) if shape.father[i] in persons or shape.mother[i] in persons}


def _twins(shape: Shape, person: int) -> set[int]:
    """Everybody who carries the person's genotype, the person among them."""
    number = shape.twin[person]
    return {person} if number < 0 else {i for i, other in enumerate(shape.twin) if other == number}


def _full_siblings(shape: Shape, person: int) -> set[int]:
    """Those with both parents in common and identical twins, without the person."""
    both = (shape.father[person], shape.mother[person])
    full = {i for i, parents in enumerate(zip(shape.father, shape.mother, strict=True)) if parents == both}
    return ((full if both[0] >= 0 else set()) | _twins(shape, person)) - {person}


def _line(shape: Shape, person: int) -> set[int]:
    """The person and all ancestors, a group of identical twins as one."""
    line: set[int] = set()
    todo = {person}
    while todo:
        line |= {min(_twins(shape, i)) for i in todo}
        todo = _parents(shape, todo)
    return line
