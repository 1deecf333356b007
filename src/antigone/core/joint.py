"""Who is who, jointly: the exact posterior over all assignments of remains to missing persons.

Weight of an assignment = prior of its number of identified x product over families of LR(set placed
in the family) x weight of the remains left over. The sum over assignments runs family by family with
the set of used remains as state, so it is exact; only how often a state is visited depends on the data.
"""

from __future__ import annotations

import heapq
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from antigone.core.assignment import best_assignment
from antigone.core.plans import TooComplex

Floats = NDArray[np.float64]
MOST_TOGETHER = 20
"""Remains in one connected component beyond which the exact sum does not fit in memory."""
NEGLIGIBLE = (0.0, 1e-14, 1e-12, 1e-10, 1e-8, 1e-6)
"""Weights tried, from the smallest, below which pairs are left out of a component that is too large."""
LN10 = math.log(10.0)


@dataclass(frozen=True, slots=True, eq=False)
class FamilyOptions:
    """What a family can take, beside nothing at all.

    placements: (options, missing) index of the remains placed on each missing person, or -1.
    log10_lr: (options,) LR of the set: these remains are these persons, against unrelated.
    """

    placements: NDArray[np.int64]
    log10_lr: Floats


@dataclass(frozen=True, slots=True)
class JointAnswer:
    """placements: by family, by missing person, the index of the remains or -1."""

    placements: tuple[tuple[int, ...], ...]
    log10_weight: float
    probability: float


@dataclass(frozen=True, slots=True, eq=False)
class JointPosterior:
    """pairs: by family (remains, missing) probabilities. nobody: (remains,) of nobody listed.
    absent: by family (missing,) not among these remains. error_bound: on any single probability.
    """

    pairs: tuple[Floats, ...]
    nobody: Floats
    absent: tuple[Floats, ...]
    answers: tuple[JointAnswer, ...]
    log10_total: float
    error_bound: float


def log_prior_by_count(remains: int, listed: int, missing_total: int, outside: float) -> Floats:
    """(remains + 1,) natural log of the prior of one assignment that identifies k of the remains.

    Each remains is one of the M missing with probability 1 - q; those that are, are distinct persons,
    each set of persons equally likely. So P(remains i = missing j) is (1 - q) / M before any
    evidence, exactly. Summed over how many of the remaining ones are missing persons nobody listed.
    ValueError where M is smaller than the number listed, or no assignment is possible.
    """
    if missing_total < listed:
        raise ValueError(f"{missing_total} missing in all, but {listed} are listed")
    unlisted = missing_total - listed
    values = np.full(remains + 1, -np.inf)
    for k in range(min(remains, listed) + 1):
        terms = []
        for s in range(min(remains - k, unlisted) + 1):
            others = remains - k - s
            if (others and outside == 0.0) or (k + s and outside == 1.0):
                continue
            terms.append(
                _log_binomial(remains - k, s)
                + (k + s) * (math.log1p(-outside) if k + s else 0.0)
                + others * (math.log(outside) if others else 0.0)
                + math.lgamma(unlisted + 1) - math.lgamma(unlisted - s + 1)
                + math.lgamma(missing_total - k - s + 1) - math.lgamma(missing_total + 1)
            )  # fmt: skip
        if terms:
            top = max(terms)
            values[k] = top + math.log(sum(math.exp(t - top) for t in terms))
    if not np.isfinite(values).any():
        raise ValueError("more remains than missing persons, and none may be of nobody counted")
    return values


def flat_prior(remains: int) -> Floats:
    """(remains + 1,) zeros: every assignment equally likely before any evidence (the peers' prior)."""
    return np.zeros(remains + 1)


def _log_binomial(n: int, k: int) -> float:
    return math.lgamma(n + 1) - math.lgamma(k + 1) - math.lgamma(n - k + 1)


def joint_posterior(
    remains: int,
    families: Sequence[FamilyOptions],
    log_prior: Floats,
    kin: Floats | None = None,
    most_answers: int = 10,
) -> JointPosterior:
    """The posterior of every pair, of nobody listed, of not among these, and the best answers.

    log_prior: see `log_prior_by_count`. kin: (remains, remains) weight of two unassigned remains as
    kin nobody listed, relative to unrelated; None for none. TooComplex where no exact sum fits.
    ValueError where every assignment is impossible.
    """
    together = np.zeros((remains, remains)) if kin is None else np.asarray(kin, np.float64)
    slope = _slope(log_prior)
    parts, error_bound = _components(remains, families, together, slope)
    solved = [_Component(part, families, together, slope) for part in parts]
    residual = log_prior - slope * np.arange(remains + 1)
    top = residual[np.isfinite(residual)].max()
    by_count = np.exp(residual - top)
    total = _finish(solved, by_count, remains)
    if total <= 0.0:
        raise ValueError("every assignment of these remains is impossible")
    log_scale = top + sum(part.log_scale for part in solved)
    pairs = tuple(np.zeros((remains, f.placements.shape[1])) for f in families)
    absent = tuple(np.ones(f.placements.shape[1]) for f in families)
    nobody = np.zeros(remains)
    for part in solved:
        part.add_probabilities(pairs, absent, nobody)
    log_total = math.log(total) + log_scale
    answers = _best_answers(solved, families, residual, slope, together, log_total, most_answers)
    return JointPosterior(pairs, nobody, absent, tuple(answers), log_total / LN10, error_bound)


def _slope(log_prior: Floats) -> float:
    """Average change of the log prior per identified remains: takes the bulk of the prior into the weights."""
    counts = np.flatnonzero(np.isfinite(log_prior))
    if len(counts) < 2:
        return 0.0
    return float((log_prior[counts[-1]] - log_prior[counts[0]]) / (counts[-1] - counts[0]))


@dataclass(frozen=True, slots=True, eq=False)
class _Part:
    """One connected component: remains, and by family the options kept."""

    remains: list[int]
    options: dict[int, NDArray[np.int64]]


def _components(
    remains: int, families: Sequence[FamilyOptions], together: Floats, slope: float
) -> tuple[list[_Part], float]:
    """Components of the graph of remains that can rival each other, and the bound for what was left out."""
    everything = {f: np.arange(len(options.log10_lr)) for f, options in enumerate(families)}
    finite = {f: kept[np.isfinite(families[f].log10_lr)] for f, kept in everything.items()}
    if remains <= MOST_TOGETHER and len(families) << remains <= 1 << 25:
        return [_Part(list(range(remains)), finite)], 0.0
    for least in NEGLIGIBLE:
        kept, dropped = _drop_negligible(remains, families, finite, least, slope)
        edges = np.where(together > least, together, 0.0)
        parts = _connected(remains, families, kept, edges)
        if max(len(part.remains) for part in parts) <= MOST_TOGETHER:
            return parts, dropped + float(np.triu(together - edges).sum())
    raise TooComplex(f"more than {MOST_TOGETHER} remains rival each other for the same missing persons")


def _drop_negligible(
    remains: int,
    families: Sequence[FamilyOptions],
    finite: dict[int, NDArray[np.int64]],
    least: float,
    slope: float,
) -> tuple[dict[int, NDArray[np.int64]], float]:
    """Leave out pairs whose weight, whatever else the family holds, is below `least`.

    Their summed weight bounds what they can change: P(pair) <= weight of the pair / weight without it.
    """
    kept, dropped = {}, 0.0
    for f, options in enumerate(families):
        heaviest = _heaviest_conditional(remains, options, finite[f], slope)
        light = (heaviest > 0.0) & (heaviest < least)
        dropped += float(heaviest[light].sum())
        placed = options.placements[finite[f]]
        missing = np.broadcast_to(np.arange(placed.shape[1]), placed.shape)
        uses_light = np.any((placed >= 0) & light[np.maximum(placed, 0), missing], axis=1)
        kept[f] = finite[f][~uses_light]
    return kept, dropped


def _heaviest_conditional(remains: int, options: FamilyOptions, finite: NDArray[np.int64], slope: float) -> Floats:
    """(remains, missing) largest weight of adding the pair to any set the family can hold."""
    weight_of = {tuple(options.placements[o]): options.log10_lr[o] for o in finite}
    weight_of[(-1,) * options.placements.shape[1]] = 0.0
    heaviest = np.zeros((remains, options.placements.shape[1]))
    for placement, value in weight_of.items():
        for m, i in enumerate(placement):
            if i < 0:
                continue
            without = weight_of.get((*placement[:m], -1, *placement[m + 1 :]), -math.inf)
            ratio = math.exp(min((value - without) * LN10 + slope, 600.0)) if without > -math.inf else math.inf
            heaviest[i, m] = max(heaviest[i, m], ratio)
    return heaviest


def _connected(
    remains: int, families: Sequence[FamilyOptions], kept: dict[int, NDArray[np.int64]], edges: Floats
) -> list[_Part]:
    leader = list(range(remains))

    def find(i: int) -> int:
        while leader[i] != i:
            leader[i] = leader[leader[i]]
            i = leader[i]
        return i

    users = {f: sorted({int(i) for i in families[f].placements[o].ravel() if i >= 0}) for f, o in kept.items()}
    for members in users.values():
        for i in members[1:]:
            leader[find(i)] = find(members[0])
    for i, j in zip(*np.nonzero(edges), strict=True):
        leader[find(int(i))] = find(int(j))
    groups: dict[int, list[int]] = {}
    for i in range(remains):
        groups.setdefault(find(i), []).append(i)
    return [
        _Part(members, {f: kept[f] for f, used in users.items() if used and find(used[0]) == root})
        for root, members in groups.items()
    ]


@dataclass(slots=True, eq=False)
class _Family:
    """A family's options inside a component: masks of remains, natural log weights, option numbers."""

    number: int
    masks: NDArray[np.int64]
    logs: Floats
    options: NDArray[np.int64]
    shares: Floats = field(default_factory=lambda: np.zeros(0))
    best: Floats = field(default_factory=lambda: np.zeros(0))  # log of the best completion, by used mask


class _Component:
    """Sums over one component, all weights scaled so that the best assignment is about 1."""

    def __init__(self, part: _Part, families: Sequence[FamilyOptions], together: Floats, slope: float) -> None:
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
        self.free = matchings.unassigned_weights(
            np.exp(-prices), np.ascontiguousarray(together[np.ix_(part.remains, part.remains)])
        )
        self.layers = [np.zeros(1 << self.size)]
        self.layers[0][0] = 1.0
        self.most = [0]  # remains that can be used before each family
        for family in self.families:
            width = families[family.number].placements.shape[1]
            self.most.append(min(self.most[-1] + width, self.size))
            after = np.empty(1 << self.size)
            matchings.forward(self.layers[-1], family.masks, np.exp(family.logs), self.most[-1], after)
            self.layers.append(after)
        self.counts: Floats = matchings.by_size(self.layers[-1] * self.free[::-1], self.size)
        self.total = 0.0

    def _prices(self, part: _Part, bit: dict[int, int], slope: float) -> Floats:
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

    def _family(self, f: int, options: NDArray[np.int64], bit: dict[int, int], prices: Floats, slope: float) -> _Family:
        placed, logs = self.all_families[f].placements[options], self.all_families[f].log10_lr[options]
        masks, scaled = [0], [0.0]
        for row, value in zip(placed, logs, strict=True):
            bits = [bit[int(i)] for i in row if i >= 0]
            masks.append(sum(1 << b for b in bits))
            scaled.append(value * LN10 + slope * len(bits) - sum(prices[b] for b in bits))
        price = max(scaled)
        self.log_scale += price
        return _Family(f, np.array(masks, np.int64), np.array(scaled) - price, np.array([-1, *options], np.int64))

    def finish(self, by_count: Floats) -> float:
        """Given the factor of k identified here (all other components summed), the option shares."""
        ends = np.empty(1 << self.size)
        self.kernels.weigh_ends(self.free, by_count, ends)
        self.nobody = self.kernels.left_over(self.layers[-1], ends, self.size)
        with np.errstate(divide="ignore"):
            best = np.log(ends)
        after = ends
        for n in range(len(self.families) - 1, -1, -1):
            family = self.families[n]
            family.shares = np.empty(len(family.masks))
            self.kernels.option_shares(self.layers[n], after, family.masks, np.exp(family.logs), family.shares)
            before, best_before = np.empty(1 << self.size), np.empty(1 << self.size)
            self.kernels.backward(
                after, best, family.masks, np.exp(family.logs), family.logs, self.most[n], before, best_before
            )
            family.best, after, best = best, before, best_before
            self.layers[n + 1] = np.zeros(0)
        self.best_of_all = float(best[0])
        self.total = float(after[0])
        return self.total

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
        """(log weight, option by family) from the best on: best-first with an exact bound."""
        heap: list[tuple[float, int, int, int, tuple[int, ...]]] = [(-self.best_of_all, 0, 0, 0, ())]
        ticket = 0
        while heap:
            bound, _, n, used, path = heapq.heappop(heap)
            if bound == math.inf:
                return
            if n == len(self.families):
                chosen = zip(self.families, path, strict=True)
                yield -bound, {f.number: int(f.options[o]) for f, o in chosen}
                continue
            family = self.families[n]
            so_far = sum(f.logs[o] for f, o in zip(self.families, path, strict=False))
            for o in np.flatnonzero((family.masks & used) == 0):
                ticket += 1
                value = so_far + family.logs[o] + family.best[used | int(family.masks[o])]
                heapq.heappush(heap, (-value, ticket, n + 1, used | int(family.masks[o]), (*path, int(o))))


def _finish(parts: list[_Component], by_count: Floats, remains: int) -> float:
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
        total = parts[n].finish(counts)
        after = np.convolve(after, parts[n].counts)
    return total


def _best_answers(
    parts: list[_Component],
    families: Sequence[FamilyOptions],
    residual: Floats,
    slope: float,
    together: Floats,
    log_total: float,
    most: int,
) -> list[JointAnswer]:
    """The best answers; across components, among the best of each."""
    lists = [[options for _, options in islice(part.answers(), most)] for part in parts]
    if any(not found for found in lists):
        return []
    candidates = {}
    frontier = [(0,) * len(lists)]
    seen = set(frontier)
    heap = [(-_log_weight(parts, lists, frontier[0], families, residual, slope), frontier[0])]
    while heap and len(candidates) < most:
        value, index = heapq.heappop(heap)
        candidates[index] = -value
        for n in range(len(lists)):
            further = (*index[:n], index[n] + 1, *index[n + 1 :])
            if further[n] < len(lists[n]) and further not in seen:
                seen.add(further)
                heapq.heappush(heap, (-_log_weight(parts, lists, further, families, residual, slope), further))
    answers = []
    for index, value in candidates.items():
        chosen = {f: o for n, i in enumerate(index) for f, o in lists[n][i].items()}
        placements = tuple(
            tuple(int(x) for x in f.placements[chosen[n]]) if chosen.get(n, -1) >= 0 else (-1,) * f.placements.shape[1]
            for n, f in enumerate(families)
        )
        answers.append(JointAnswer(placements, value / LN10, math.exp(value - log_total)))
    return sorted(answers, key=lambda a: -a.log10_weight)


def _log_weight(
    parts: list[_Component],
    lists: list[list[dict[int, int]]],
    index: tuple[int, ...],
    families: Sequence[FamilyOptions],
    residual: Floats,
    slope: float,
) -> float:
    """Natural log of prior x LRs x weight of the unassigned, for one answer of all components."""
    identified, value = 0, 0.0
    for part, found, i in zip(parts, lists, index, strict=True):
        used = 0
        for family in part.families:
            position = int(np.flatnonzero(family.options == found[i][family.number])[0])
            used |= int(family.masks[position])
            value += family.logs[position]
        value += part.log_scale + math.log(part.free[len(part.free) - 1 ^ used])
        identified += used.bit_count()
    return value + residual[identified]
