"""Sums and maxima over all assignments of one component, family by family."""

from __future__ import annotations

import heapq
import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from antigone.core.assignment import best_assignment
from antigone.core.components import LN10, FamilyOptions, Part

Floats = NDArray[np.float64]
MOST_VISITS = 20_000
"""Partial answers looked at under the loose bound before the exact one is computed."""


@dataclass(slots=True, eq=False)
class PlacedFamily:
    """A family's options inside a component: masks of remains, natural log weights, option numbers."""

    number: int
    masks: NDArray[np.int64]
    logs: Floats
    options: NDArray[np.int64]
    shares: Floats = field(default_factory=lambda: np.zeros(0))


class Component:
    """Sums over one component, all weights scaled so that the best assignment is about 1."""

    def __init__(
        self, part: Part, families: Sequence[FamilyOptions], together: Floats, same: Floats, slope: float
    ) -> None:
        from antigone.core.kernels import matchings

        self.kernels = matchings
        self.remains, self.all_families = part.remains, families
        self.size = len(part.remains)
        bit = {i: b for b, i in enumerate(part.remains)}
        prices = self._prices(part, bit, slope)
        self.log_scale = float(prices.sum())
        self.families = []
        for f, options in part.options.items():
            self.families.append(self._family(f, options, bit, prices, slope))
        here = np.ix_(part.remains, part.remains)
        self.leftover: Floats = matchings.unassigned_weights(np.exp(-prices), np.ascontiguousarray(together[here]))
        if same[here].any():
            self.leftover = matchings.leftover_weights(self.leftover, np.ascontiguousarray(same[here]))
        else:
            self.leftover = self.leftover[::-1].copy()
        self.layers = [np.zeros(1 << self.size)]
        self.layers[0][0] = 1.0
        for family in self.families:
            after = np.empty(1 << self.size)
            matchings.forward(self.layers[-1], family.masks, np.exp(family.logs), after)
            self.layers.append(after)
        self.counts: Floats = matchings.by_size(self.layers[-1] * self.leftover, self.size)
        self.total = 0.0

    def _prices(self, part: Part, bit: dict[int, int], slope: float) -> Floats:
        """Dual prices of the remains in the best assignment of pairs; at least 0 (nobody listed)."""
        columns = []
        for f, options in part.options.items():
            placed, logs = self.all_families[f].placements[options], self.all_families[f].log10_lr[options]
            single = (placed >= 0).sum(axis=1) == 1
            column = np.full((self.size, placed.shape[1]), -np.inf)
            for row, value in zip(placed[single], logs[single], strict=True):
                m = int(np.argmax(row))
                column[bit[int(row[m])], m] = value * LN10 + slope
            columns.append(column)
        if not columns:
            return np.zeros(self.size)
        return np.maximum(best_assignment(np.concatenate(columns, axis=1))[1], 0.0)

    def _family(
        self, f: int, options: NDArray[np.int64], bit: dict[int, int], prices: Floats, slope: float
    ) -> PlacedFamily:
        placed, logs = self.all_families[f].placements[options], self.all_families[f].log10_lr[options]
        masks, scaled = [0], [0.0]
        for row, value in zip(placed, logs, strict=True):
            bits = [bit[int(i)] for i in row if i >= 0]
            masks.append(sum(1 << b for b in bits))
            scaled.append(value * LN10 + slope * len(bits) - sum(prices[b] for b in bits))
        price = max(scaled)
        self.log_scale += price
        return PlacedFamily(f, np.array(masks, np.int64), np.array(scaled) - price, np.array([-1, *options], np.int64))

    def finish(self, by_count: Floats, last: bool) -> float:
        """Given the factor of k identified here (all other components summed), the option shares.

        last: no other prior follows. Then the sums from the end take the place of those from the
        beginning, and stay for the search of the best answers.
        """
        ends = np.empty(1 << self.size)
        self.kernels.weigh_ends(self.leftover, by_count, ends)
        self.nobody = self.kernels.left_over(self.layers[-1], ends, self.size)
        self.layers[-1] = ends if last else self.layers[-1]
        after, spare = ends, np.empty(1 << self.size) if not last else ends
        for n in range(len(self.families) - 1, -1, -1):
            family, before = self.families[n], self.layers[n]
            target = before if last else spare
            family.shares = self.kernels.backward(before, after, family.masks, np.exp(family.logs), target)
            after, spare = target, after
        self.total = float(after[0])
        return self.total

    def _sum_bound(self, n: int, used: int) -> float:
        """Log of the sum over all completions from before family n: no less than the best of them."""
        total = float(self.layers[n][used])
        return math.log(total) if total > 0.0 else -math.inf

    def _best_completions(self) -> list[Floats]:
        """By family, the log weight of the best completion from every set of used remains: the exact bound."""
        with np.errstate(divide="ignore"):
            best = [np.log(self.layers[-1])]
        for family in reversed(self.families):
            before = np.empty(1 << self.size)
            self.kernels.best_backward(best[0], family.masks, family.logs, before)
            best.insert(0, before)
        return best

    def add_probabilities(self, pairs: tuple[Floats, ...], absent: tuple[Floats, ...], nobody: Floats) -> None:
        """Fill in what this component says; sums of small weights, never 1 minus large ones."""
        nobody[self.remains] = self.nobody / self.total
        for family in self.families:
            placements = self.all_families[family.number].placements
            absent[family.number][:] = 0.0
            for option, share in zip(family.options, family.shares / self.total, strict=True):
                if option < 0:
                    absent[family.number][:] += share
                    continue
                placed = placements[option]
                absent[family.number][placed < 0] += share
                for m in np.flatnonzero(placed >= 0):
                    pairs[family.number][placed[m], m] += share

    def answers(self) -> Iterator[tuple[float, dict[int, int]]]:
        """(log weight, option by family) from the best on, after the last `finish`."""
        found = 0
        for answer in self._search(self._sum_bound, MOST_VISITS):
            if answer is None:
                break
            found += 1
            yield answer
        else:
            return
        best = self._best_completions()
        exact = self._search(lambda n, used: float(best[n][used]))
        yield from (answer for answer in islice(exact, found, None) if answer is not None)

    def _search(
        self, bound: Callable[[int, int], float], most_visits: float = math.inf
    ) -> Iterator[tuple[float, dict[int, int]] | None]:
        """Best-first under a bound that is never too low; None once it has looked at too many partial answers."""
        heap: list[tuple[float, int, int, int, tuple[int, ...]]] = [(-bound(0, 0), 0, 0, 0, ())]
        visits = 0
        while heap:
            value, _, n, used, path = heapq.heappop(heap)
            if value == math.inf:
                return
            if n == len(self.families):
                chosen = zip(self.families, path, strict=True)
                yield -value, {f.number: int(f.options[o]) for f, o in chosen}
                continue
            if visits > most_visits:
                yield None
                return
            family = self.families[n]
            so_far = sum(f.logs[o] for f, o in zip(self.families, path, strict=False))
            for o in np.flatnonzero((family.masks & used) == 0):
                visits += 1
                then = used | int(family.masks[o])
                reach = float(so_far + family.logs[o]) + bound(n + 1, then)
                heapq.heappush(heap, (-reach, visits, n + 1, then, (*path, int(o))))


def finish_all(parts: list[Component], by_count: Floats, remains: int, last: bool) -> float:
    """Close every component under the prior of the number identified in all; the total weight."""
    before = [np.ones(1)]
    for part in parts:
        before.append(np.convolve(before[-1], part.counts))
    after = np.ones(1)
    total = 0.0
    for n in range(len(parts) - 1, -1, -1):
        others = np.convolve(before[n], after)
        reach = np.arange(parts[n].size + 1)
        counts = np.array(
            [np.dot(others[: remains + 1 - k], by_count[k : k + len(others)][: len(others)]) for k in reach]
        )
        total = parts[n].finish(counts, last)
        after = np.convolve(after, parts[n].counts)
    return total
