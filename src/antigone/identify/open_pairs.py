"""Which pairs of today's members are open, by classes of members that no block tells apart."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from antigone.domain import Members, Why

Ints = NDArray[np.int64]
REASONS = tuple(Why)
STANDS = -1
_NEVER_RUN = REASONS.index(Why.NEVER_RUN)


class Side:
    """Today's members of one side, in classes.

    class_of: the class of each member (n). places: the members of each class, in their order.
    """

    def __init__(self, members: Members) -> None:
        self.members = members
        self.class_of: Ints = np.zeros(len(members), np.int64)
        self.places: list[Ints] = [np.arange(len(members))] if len(members) else []
        self._position = {name: i for i, name in enumerate(members.ids)}
        self._picked: dict[bytes, Members] = {}

    @property
    def sizes(self) -> Ints:
        """Members of each class."""
        return np.array([len(places) for places in self.places], np.int64)

    def picked(self, chosen: Ints) -> Members:
        """These members; the same value every time."""
        key = chosen.tobytes()
        if key not in self._picked:
            self._picked[key] = self.members.picked(chosen.tolist())
        return self._picked[key]

    def today(self, recorded: Members) -> tuple[Ints, Why | None]:
        """(where those of them who are not gone stand today; whether any has changed or is gone)."""
        found = [self._position.get(name) for name in recorded.ids]
        there = [(i, then) for i, then in zip(found, recorded.digests, strict=True) if i is not None]
        departed = Why.GONE if len(there) < len(found) else None
        if any(self.members.digests[i] != then for i, then in there):
            departed = Why.CHANGED
        return np.array([i for i, _ in there], np.int64), departed

    def split(self, chosen: Ints) -> list[int]:
        """Make these members whole classes; the classes that new ones were cut from, in the order of the new."""
        cut = []
        before = self.class_of[chosen]
        for parent, size in zip(*np.unique(before, return_counts=True), strict=True):
            if size < len(self.places[parent]):
                inside = np.sort(chosen[before == parent])
                self.class_of[inside] = len(self.places)
                self.places.append(inside)
                whole = self.places[parent]
                self.places[parent] = whole[self.class_of[whole] == parent]
                cut.append(int(parent))
        return cut

    def classes(self, chosen: Ints) -> Ints:
        """The classes of these members, each once."""
        return np.unique(self.class_of[chosen])

    def first(self, classes: Ints, limit: int) -> Ints:
        """The first members of several classes, in their order."""
        taken: list[Ints] = []
        count, last = 0, -1
        for places in sorted((self.places[c] for c in classes), key=lambda places: int(places[0])):
            if count >= limit and places[0] > last:
                break
            taken.append(places[:limit])
            count, last = count + len(places), max(last, int(taken[-1][-1]))
        return np.sort(np.concatenate(taken))[:limit]


class OpenPairs:
    """Today's pairs by class: why[t, q] is the place in `REASONS` of why a pair is open, or `STANDS`.

    In a set with itself both sides are one, and `why` is symmetric; its diagonal holds every member with
    itself, so that one who is alone is recorded too.
    """

    def __init__(self, targets: Members, queries: Members | None) -> None:
        self.rows = Side(targets)
        self.columns = self.rows if queries is None else Side(queries)
        self.why = np.full((len(self.rows.places), len(self.columns.places)), _NEVER_RUN, np.int8)

    @property
    def alone(self) -> bool:
        """Whether this is a set with itself."""
        return self.columns is self.rows

    def isolate(self, side: Side, chosen: Ints) -> None:
        """Make these members of one side whole classes."""
        cut = side.split(chosen)
        if cut and side is self.rows:
            self.why = np.concatenate([self.why, self.why[cut]])
        if cut and side is self.columns:
            self.why = np.concatenate([self.why, self.why[:, cut]], axis=1)

    def stands(self, rows: Ints, columns: Ints) -> bool:
        """Whether any pair of these classes stands."""
        return bool((self.why[np.ix_(rows, columns)] == STANDS).any())

    def mark(self, rows: Ints, columns: Ints, why: int) -> None:
        """Say why the pairs of these classes are open, or that they stand; what stands is left as it is."""
        cells = np.ix_(rows, columns)
        self.why[cells] = np.where(self.why[cells] == STANDS, STANDS, why)
        if self.alone:
            self.why[np.ix_(columns, rows)] = self.why[cells].T

    def mark_new(self, of_targets: Iterable[Ints], of_queries: Iterable[Ints]) -> None:
        """Say of every pair whether it has a member that is in none of these sets of classes, the recorded ones."""
        rows, columns = np.ones(len(self.rows.places), bool), np.ones(len(self.columns.places), bool)
        for classes in of_targets:
            rows[classes] = False
        for classes in of_queries:
            columns[classes] = False
        if self.alone:
            rows = columns = rows & columns
        self.why[:, columns] = REASONS.index(Why.NEW_TARGET if self.alone else Why.NEW_QUERY)
        self.why[rows, :] = REASONS.index(Why.NEW_TARGET)

    def count(self, rows: Ints, columns: Ints, within: bool) -> dict[Why, int]:
        """Pairs of these classes by reason; within: each unordered pair once, nobody with themselves."""
        codes = self.why[np.ix_(rows, columns)]
        pairs = np.outer(self.rows.sizes[rows], self.columns.sizes[columns])
        if within:
            np.fill_diagonal(pairs, np.diagonal(pairs) - self.rows.sizes[rows])
        share = 2 if within else 1
        return {REASONS[code]: int(pairs[codes == code].sum()) // share for code in np.unique(codes)}

    def next(self, targets_per_block: int, queries_per_block: int) -> tuple[Ints, Ints, bool] | None:
        """(targets, queries, whether they are one set) of the next block; None where nothing is open."""
        waits = self.why != STANDS
        waiting = waits @ self.columns.sizes
        if not waiting.any():
            return None
        fewest = np.flatnonzero(waiting == waiting[waiting > 0].min())
        row = waits[min(fewest, key=lambda c: int(self.rows.places[c][0]))]
        group = np.flatnonzero((waits == row).all(axis=1))
        targets = self.rows.first(group, targets_per_block)
        if self.alone and row[group[0]]:
            return targets, targets, True
        return targets, self.columns.first(np.flatnonzero(row), queries_per_block), False
