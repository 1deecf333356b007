"""The lines of a pedigree as nets: what has to be joined between two neighbouring rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from antigone.render.pedigree_rows import Union

Key = str | int
"""A person by id, or a number: the passage of a line through a row it only crosses."""


@dataclass(frozen=True, slots=True)
class Net:
    """What one union joins between `row` and the row below.

    `tops`: two partners (a number stands for a partner who lives in a higher row), one passage, or
    one partner on the way down to the other. `bottoms`: children, passages, stand-ins.
    """

    union: Union
    row: int
    tops: tuple[Key, ...]
    bottoms: tuple[Key, ...]
    to_partner: bool = False

    @property
    def couple(self) -> bool:
        return len(self.tops) == 2


@dataclass(slots=True)
class Nets:
    """All nets of one connected pedigree, and the row of every person and passage."""

    rows: dict[Key, int] = field(default_factory=dict)
    nets: list[Net] = field(default_factory=list)

    def passage(self, row: int) -> int:
        """A new place in a row for a line to pass through."""
        key = sum(isinstance(k, int) for k in self.rows)
        self.rows[key] = row
        return key


def nets_of(rows: Mapping[str, int], unions: Sequence[Union]) -> Nets:
    """Break every union into nets between neighbouring rows, with passages where a line is long."""
    found = Nets()
    found.rows.update(rows)
    for union in unions:
        row = max(rows[parent] for parent in union.parents)
        tops = tuple(_stand_in(found, union, parent, row) for parent in union.parents)
        bottoms = tuple(_first_step(found, union, child, row) for child in union.children)
        found.nets.append(Net(union, row, tops, bottoms))
    return found


def _stand_in(found: Nets, union: Union, parent: str, row: int) -> Key:
    """The partner, or the end of a line that comes down from the partner's higher row."""
    above: Key = parent
    for lower in range(found.rows[parent] + 1, row + 1):
        below = found.passage(lower)
        found.nets.append(Net(union, lower - 1, (above,), (below,), to_partner=True))
        above = below
    return above


def _first_step(found: Nets, union: Union, child: str, row: int) -> Key:
    """The child, or the first passage of a line that runs down to the child's lower row."""
    below: Key = child
    for upper in range(found.rows[child] - 1, row, -1):
        above = found.passage(upper)
        found.nets.append(Net(union, upper, (above,), (below,)))
        below = above
    return below
