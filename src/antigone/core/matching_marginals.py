"""Who goes with whom in a whole war, by belief propagation: an estimate for scoring and ordering.

A conclusion about a person rests on the exact sum (`joint_posterior`), never on this. The exact sum over
matchings is a permanent, out of reach where chance hits join a whole war into one component. The Bethe
approximation (Zdeborova & Mezard 2006; Bayati et al. 2007; for permanents Vontobel 2013, Narahara et al. 2013
on the sums it replaces here) passes on each edge i-j the probability that i is free when j is taken away,

    x(i -> j) = 1 / (1 + sum over k other than j of w(i, k) x(k -> i)),

and then P(i, j) = w x(i -> j) x(j -> i) / (1 + the same). It is exact on trees, near where loops are long, and
decides too soon in tight ones: of two ways of placing two remains on two missing persons, both far better than
nobody, it takes the better one whole, however little better (the Bethe permanent of 2 by 2 is the larger term).
The messages go half way to their new value each round, as logarithms: the fixed point attracts then.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Indices = NDArray[np.int64]
ROUNDS_AT_A_TIME = 8
"""Rounds after which the edges that no longer change are set aside."""
SETTLED = 1e-3
"""An edge is set aside when it changes by less than this part of the tolerance."""


@dataclass(frozen=True, slots=True, eq=False)
class MatchingMarginals:
    """pairs: (edges,) P(the edge is in the matching). first_free, second_free: P(on no edge).

    change: the largest change of a pair's probability in the last round over all edges; rounds: how many.
    """

    pairs: Floats
    first_free: Floats
    second_free: Floats
    rounds: int
    change: float


def matching_marginals(
    first: Indices,
    second: Indices,
    log10_weights: Floats,
    sizes: tuple[int, int],
    tolerance: float = 1e-9,
    most_rounds: int = 50_000,
) -> MatchingMarginals:
    """Estimated marginals where a matching weighs the product of its edges' weights, and nothing else.

    first, second: (edges,) index of the two ends, below `sizes`. log10_weights: (edges,) weight of the edge
    against both ends free. Where `change` of the answer is above `tolerance`, it did not settle in `most_rounds`.

    Two remains that fit one missing person 1,000 and 100 times better than nobody, or nothing:

    >>> found = matching_marginals(np.array([0, 1]), np.array([0, 0]), np.array([3.0, 2.0]), (2, 1))
    >>> found.pairs.round(4).tolist(), found.first_free.round(4).tolist(), found.second_free.round(4).tolist()
    ([0.9083, 0.0908], [0.0917, 0.9092], [0.0009])
    """
    weights = 10.0 ** np.asarray(log10_weights, np.float64)
    messages = _Messages(np.asarray(first), np.asarray(second), weights, sizes)
    rounds, change = 0, 0.0
    while len(weights) and rounds < most_rounds:
        changes = messages.send(np.arange(len(weights)), ROUNDS_AT_A_TIME)
        rounds, change = rounds + ROUNDS_AT_A_TIME, float(changes.max())
        if change <= tolerance:
            break
        moving = np.flatnonzero(changes > SETTLED * tolerance)
        while len(moving) and rounds < most_rounds:
            changes = messages.send(moving, ROUNDS_AT_A_TIME)
            rounds += ROUNDS_AT_A_TIME
            moving = moving[changes > SETTLED * tolerance]
    free = [1.0 / (1.0 + messages.received(side)) for side in (0, 1)]
    return MatchingMarginals(messages.pairs(), free[0], free[1], rounds, change)


class _Messages:
    """The state: by side, (edges,) the probability that this end of the edge is free when the other is taken away."""

    def __init__(self, first: Indices, second: Indices, weights: Floats, sizes: tuple[int, int]) -> None:
        self.ends, self.sizes, self.weights = (first, second), sizes, weights
        self.free = [np.ones(len(weights)), np.ones(len(weights))]

    def received(self, side: int) -> Floats:
        """(nodes of the side,) sum over edges of weight x message from the other end."""
        return self._at_nodes(side, self.weights * self.free[1 - side])

    def pairs(self) -> Floats:
        odds = self.weights * self.free[0] * self.free[1]
        return odds / (1.0 + odds)

    def send(self, edges: Indices, rounds: int) -> Floats:
        """So many rounds on these edges, all others held; (edges,) change of their probability in the last one."""
        weights = self.weights[edges]
        free = [messages[edges] for messages in self.free]
        held = [self._held(side, edges) for side in (0, 1)]
        stars = [_Stars(self.ends[side][edges], held[side]) for side in (0, 1)]
        before = after = np.zeros(len(edges))
        for _ in range(rounds):
            target = [stars[side].without_each(weights * free[1 - side]) for side in (0, 1)]
            free = [np.sqrt(now / (1.0 + others)) for now, others in zip(free, target, strict=True)]
            odds = weights * free[0] * free[1]
            before, after = after, odds / (1.0 + odds)
        for messages, now in zip(self.free, free, strict=True):
            messages[edges] = now
        return np.abs(after - before)

    def _held(self, side: int, edges: Indices) -> Floats:
        """(nodes,) what the edges that are held add at each node."""
        if len(edges) == len(self.weights):
            return np.zeros(self.sizes[side])
        held = self.weights * self.free[1 - side]
        held[edges] = 0.0
        return self._at_nodes(side, held)

    def _at_nodes(self, side: int, values: Floats) -> Floats:
        return np.bincount(self.ends[side], values, minlength=self.sizes[side]).astype(np.float64, copy=False)


class _Stars:
    """Edges by the node at one of their ends."""

    def __init__(self, nodes: Indices, held: Floats) -> None:
        self.order = np.argsort(nodes, kind="stable")
        ordered = nodes[self.order]
        self.starts = np.flatnonzero(np.append(True, ordered[1:] != ordered[:-1]))
        self.star = np.cumsum(np.append(0, (ordered[1:] != ordered[:-1]).astype(np.int64)))
        self.held = held[ordered]

    def without_each(self, values: Floats) -> Floats:
        """(edges,) sum over the node's other edges, and what is held there.

        The largest edge of a node is left out of the sum before it is formed, so that a sum of small terms
        beside a large one keeps its digits.
        """
        ordered = values[self.order]
        largest = ordered == np.maximum.reduceat(ordered, self.starts)[self.star]
        several = np.add.reduceat(largest.astype(np.float64), self.starts)[self.star] - 1.0
        small = np.add.reduceat(np.where(largest, 0.0, ordered), self.starts)[self.star]
        total = np.add.reduceat(ordered, self.starts)[self.star]
        others = np.where(largest, small + several * ordered, np.maximum(total - ordered, 0.0))
        out = np.empty_like(values)
        out[self.order] = others + self.held
        return out


def log10_odds_of_one_more(remains: int, listed: int, missing_total: int, outside: float, identified: float) -> float:
    """log10 of how much the prior changes when one more of the remains is placed on a listed person.

    The slope of `log_prior_by_count` at `identified`, its sum over the unlisted missing taken at its largest
    term; right to about 1 / remains. -inf where every remains is of nobody counted.
    ValueError where M is smaller than the number listed, or more remains than missing persons are inside.

    >>> from antigone.core import log_prior_by_count
    >>> exact = np.diff(log_prior_by_count(200, 900, 1000, 0.05)) / math.log(10)
    >>> [round(float(exact[k]) - log10_odds_of_one_more(200, 900, 1000, 0.05, k + 0.5), 3) for k in (0, 50, 150)]
    [-0.0, -0.0, -0.001]
    """
    if missing_total < listed:
        raise ValueError(f"{missing_total} missing in all, but {listed} are listed")
    if outside >= 1.0:
        return -math.inf
    inside, unlisted, rest = 1.0 - outside, missing_total - listed, remains - identified
    middle = outside * (missing_total - identified) + inside * (unlisted + rest)
    gap = max(middle * middle - 4.0 * rest * inside * unlisted, 0.0)
    on_unlisted = 2.0 * rest * inside * unlisted / (middle + math.sqrt(gap)) if middle > 0.0 else 0.0
    vacant = missing_total - identified - on_unlisted
    elsewhere = outside * vacant + inside * (unlisted - on_unlisted)
    if vacant <= 0.0 or elsewhere <= 0.0:
        raise ValueError("more remains than missing persons, and none may be of nobody counted")
    return math.log10(inside / elsewhere)
