"""One block of a search: some targets against some remains. Pure: arrays in, arrays out."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from antigone.core import LocusModel, Screened, Shape, exact_sums, lookup_tables, screen
from antigone.domain import Comparison, Skip, Stage
from antigone.identify.search import DIRECT_SCOPE, Search, groups_of, sex_row
from antigone.identify.search_chance import BlockChance, block_chance
from antigone.identify.search_kin import chance_among_kin
from antigone.identify.search_tables import LocusRows, locus_rows
from antigone.identify.targets import Group

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
LEAST_FOR_BROTHERS = 2.0
"""log10 LR below which two remains are not told to look like brothers."""
MARGIN = 1e-3
"""How far below the floor a sum in single precision may lie and still be computed again in double."""


@dataclass(frozen=True, slots=True, eq=False)
class BlockOfPairs:
    """Numbers of the targets and of the remains. among: each unordered pair of one set, once (remains as both).
    chance: with the chance figures of candidates.
    """

    comparison: str
    targets: Ints
    queries: Ints
    among: bool = False
    chance: bool = True


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """The candidates of a block, and what lies below the floor.

    targets, queries: (pairs,) numbers. log10_lr: the lowest over the tables, which `table` names by number.
    single: the highest sum in single precision, which let the pair through. by_locus: (pairs, loci of the search
    and the sex), nan for a locus that the deciding table lacks. loci: (pairs,) loci compared. target_above:
    (targets, 2) pairs with an LR of at least 1, and of 100. target_*, query_*: aligned with the block.
    compared_with: by target and by query, how many of the others. chance_kin: (pairs,) `chance_among_kin`.
    skipped: pairs by reason. without_theta: (targets,) where theta would not fit in memory.
    """

    block: BlockOfPairs
    targets: Ints
    queries: Ints
    log10_lr: Floats
    single: NDArray[np.float32]
    table: Ints
    by_locus: Floats
    loci: Ints
    target_below: Floats
    target_bounded: Ints
    target_above: Ints
    query_below: Floats
    query_bounded: Ints
    compared: int
    compared_with: tuple[Ints, Ints]
    skipped: Mapping[str, int]
    chance: BlockChance | None = None
    chance_kin: Floats | None = None
    without_theta: NDArray[np.bool_] | None = None
    seconds: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, eq=False)
class _Numbers:
    """The tables of the block under one frequency table."""

    loci: list[tuple[LocusModel, LocusRows]]
    tables: list[Floats]
    rows: Ints  # (targets, loci and sex)
    says: NDArray[np.bool_]  # (targets, loci)
    codes: NDArray[np.uint16]  # (loci and sex, queries)


def compare_block(search: Search, block: BlockOfPairs) -> Found:
    """Compare what may be compared; what may not is counted by reason."""
    usable, skipped = _usable(search, block)
    chosen, queries = usable
    groups, places, order = groups_of(search.targets[block.comparison], block.targets[chosen])
    place_of = {int(target): i for i, target in enumerate(block.targets)}
    back = np.array([place_of[int(target)] for target in order], np.int64)
    seconds = {Stage.TABLES.value: 0.0, Stage.COMPARE.value: 0.0, Stage.RECOMPUTE.value: 0.0}
    remains = block.queries[queries]
    numbers, screened, plain = [], [], set[Shape]()
    first = np.searchsorted(remains, order, side="right") if block.among else None
    floor = _floor(search, block)
    for table in range(len(search.calls)):
        begin = time.perf_counter()
        own = _numbers(search, block, table, groups, places, remains, plain)
        lookups = lookup_tables(own.tables, own.rows)
        middle = time.perf_counter()
        screened.append(screen(lookups, own.codes, floor - MARGIN, search.bound, first))
        numbers.append(own)
        seconds[Stage.TABLES] += middle - begin
        seconds[Stage.COMPARE] += time.perf_counter() - middle
    begin = time.perf_counter()
    found = _found(search, block, numbers, screened, (order, back), (remains, queries), skipped)
    seconds[Stage.RECOMPUTE] = time.perf_counter() - begin
    chance = chance_kin = None
    if block.comparison == Comparison.KINSHIP and block.chance:
        begin = time.perf_counter()
        chance = _chance(search, numbers[0], groups, places, order, remains, found)
        chance_kin = chance_among_kin(search, found.targets, found.log10_lr)
        seconds[Stage.CHANCE.value] = time.perf_counter() - begin
    without = np.zeros(len(block.targets), np.bool_)
    without[back] = np.repeat([group.shape in plain for group in groups], [len(own) for own in places])
    return replace(found, chance=chance, chance_kin=chance_kin, without_theta=without, seconds=seconds)


def _floor(search: Search, block: BlockOfPairs) -> float:
    """In a small case the floor lies below LR 1: brothers are then told from LR 100 on."""
    return max(search.floor, LEAST_FOR_BROTHERS) if block.comparison == Comparison.BROTHERS else search.floor


def _chance(
    search: Search,
    numbers: _Numbers,
    groups: list[Group],
    places: list[Ints],
    order: Ints,
    remains: Ints,
    found: Found,
) -> BlockChance:
    of_group = np.repeat(np.arange(len(groups)), [len(own) for own in places])
    place = {int(target): i for i, target in enumerate(order)}
    target = np.array([place[int(t)] for t in found.targets], np.int64)
    table = search.calls[0]
    used = [search.samples.loci.index(locus) for locus in table.loci]
    everybody, here = (
        [replace(kind, sets=kind.sets[:, used]) for kind in kinds] for kinds in (search.kinds, search.kinds_of(remains))
    )
    return block_chance(numbers.loci, everybody, here, of_group, search.floor, target, found.log10_lr, order)


def _usable(search: Search, block: BlockOfPairs) -> tuple[tuple[Ints, Ints], dict[str, int]]:
    """Places of the targets and queries of a block that may be compared, and the pairs that may not, by reason."""
    queries = reasons_against(search, search.remains[block.queries], block.comparison)
    if block.comparison == Comparison.KINSHIP:
        targets = np.full(len(block.targets), "", object)
        for group in search.targets[block.comparison].groups:
            if group.informative == 0:
                targets[group.has(block.targets)] = Skip.NO_RELATIVES.value
    else:
        own = search.targets[block.comparison].groups[0].samples[block.targets, 0]
        targets = reasons_against(search, own, block.comparison)
    skipped: dict[str, int] = {}
    good = np.flatnonzero(targets == ""), np.flatnonzero(queries == "")
    total = len(targets) * (len(targets) - 1) // 2 if block.among else len(targets) * len(queries)
    compared = len(good[0]) * (len(good[0]) - 1) // 2 if block.among else len(good[0]) * len(good[1])
    for reason in sorted({*targets, *queries} - {""}):
        bad = int((queries == reason).sum())
        pairs = bad * len(targets) if not block.among else bad * (len(targets) - bad) + bad * (bad - 1) // 2
        if not block.among:
            pairs += int((targets == reason).sum()) * len(good[1])
        skipped[reason] = pairs
    over = compared + sum(skipped.values()) - total
    if over and skipped:  # a pair bad on two grounds counts once, under the first reason
        skipped[max(skipped, key=lambda reason: skipped[reason])] -= over
    return good, skipped


def reasons_against(search: Search, samples: Ints, comparison: str) -> NDArray[np.object_]:
    """By sample "", or why it may not be compared: scope of use, nothing typed."""
    reasons = np.full(len(samples), "", object)
    scope = search.samples.scope[np.maximum(samples, 0)]
    typed = (samples >= 0) & search.samples.called[np.maximum(samples, 0)].any(axis=1)
    reasons[~typed] = Skip.NO_LOCI.value
    if comparison != Comparison.DIRECT:
        reasons[typed & (scope == DIRECT_SCOPE)] = Skip.SCOPE_DIRECT.value
    reasons[typed & (scope > DIRECT_SCOPE)] = Skip.SCOPE_NONE.value
    return reasons


def _numbers(
    search: Search, block: BlockOfPairs, table: int, groups: list[Group], places: list[Ints], remains: Ints,
    plain: set[Shape],
) -> _Numbers:  # fmt: skip
    calls, seen = search.calls[table], search.seen[table]
    loci, tables, rows = [], [], []
    for locus in range(len(calls.loci)):
        model = calls.models.locus(locus)
        own = locus_rows(groups, places, calls, locus, search.theta, plain)
        loci.append((model, own))
        tables.append(own.table(model, seen.outcomes[locus], seen.weights[locus]))
        rows.append(own.of)
    if block.comparison == Comparison.KINSHIP:
        sexes = [np.full(len(own), sex_row(group.sex)) for group, own in zip(groups, places, strict=True)]
        rows.append(np.concatenate(sexes) if sexes else np.zeros(0, np.int64))
    else:
        rows.append(np.full(len(rows[0]), -1))
    tables.append(search.sexes)
    kinds = search.samples.sexes[np.maximum(search.remains[remains], 0)].astype(np.uint16)
    says = np.stack([own.says for _, own in loci], axis=1)
    return _Numbers(loci, tables, np.stack(rows, axis=1), says, np.vstack([seen.codes[:, remains], kinds[None]]))


def _found(
    search: Search,
    block: BlockOfPairs,
    numbers: list[_Numbers],
    screened: list[Screened],
    targets: tuple[Ints, Ints],
    queries: tuple[Ints, Ints],
    skipped: dict[str, int],
) -> Found:
    """Pairs kept under any table, computed again under all; sums of what stays below, the largest over the tables."""
    order, back = targets
    remains, query_back = queries
    n = max(len(remains), 1)
    kept = np.unique(np.concatenate([s.targets * n + s.queries for s in screened]))
    target, query = kept // n, kept % n
    by_locus = [exact_sums(own.tables, own.rows, own.codes, target, query) for own in numbers]
    totals = np.array([values.sum(axis=1) for values in by_locus])
    good = (totals >= _floor(search, block)).any(axis=0)
    single = np.full(len(kept), -np.inf, np.float32)
    for passed in screened:
        at = np.searchsorted(kept, passed.targets * n + passed.queries)
        single[at] = np.maximum(single[at], passed.sums)
    below = np.zeros(len(block.targets)), np.zeros(len(block.targets), np.int64)
    above = np.zeros((len(block.targets), 2), np.int64)
    query_below = np.zeros(len(block.queries)), np.zeros(len(block.queries), np.int64)
    for kept_pairs, total in zip(screened, totals, strict=True):
        weak, lr = ~good, 10.0 ** total[~good]
        sums = kept_pairs.target_below + np.bincount(target[weak], lr, len(order))
        below[0][back] = np.maximum(below[0][back], sums)
        below[1][back] = np.maximum(below[1][back], kept_pairs.target_bounded)
        above[back] = np.maximum(above[back], kept_pairs.target_above)
        sums = kept_pairs.query_below + np.bincount(query[weak], lr, len(remains))
        query_below[0][query_back] = np.maximum(query_below[0][query_back], sums)
        query_below[1][query_back] = np.maximum(query_below[1][query_back], kept_pairs.query_bounded)
    target, query, totals = target[good], query[good], totals[:, good]
    decides = np.argmin(totals, axis=0) if len(target) else np.zeros(0, np.int64)
    every, loci = _by_locus(search, numbers, [values[good] for values in by_locus], decides, target, remains[query])
    among = len(order) * (len(order) - 1) // 2 if block.among else len(order) * len(remains)
    return Found(
        block=block,
        targets=order[target],
        queries=remains[query],
        log10_lr=totals.min(axis=0) if len(target) else np.zeros(0),
        single=single[good],
        table=decides,
        by_locus=every,
        loci=loci,
        target_below=below[0],
        target_bounded=below[1],
        target_above=above,
        query_below=query_below[0],
        query_bounded=query_below[1],
        compared=among,
        compared_with=(
            _each(len(block.targets), back, len(remains)),
            _each(len(block.queries), query_back, len(order)),
        ),
        skipped=skipped,
    )


def _by_locus(
    search: Search, numbers: list[_Numbers], by_table: list[Floats], decides: Ints, target: Ints, remains: Ints
) -> tuple[Floats, Ints]:
    """(pairs, loci of the search and the sex) log10 LR under the table that decides, and the loci compared."""
    every = np.full((len(target), len(search.loci) + 1), np.nan)
    loci = np.zeros(len(target), np.int64)
    called = search.samples.called[search.remains[remains]]
    for table, (calls, values, own) in enumerate(zip(search.calls, by_table, numbers, strict=True)):
        mine = np.flatnonzero(decides == table)
        columns = np.array([*(search.loci.index(locus) for locus in calls.loci), len(search.loci)], np.int64)
        every[np.ix_(mine, columns)] = values[mine]
        used = np.array([search.samples.loci.index(locus) for locus in calls.loci], np.int64)
        loci[mine] = (own.says[target[mine]] & called[np.ix_(mine, used)]).sum(axis=1)
    return every, loci


def _each(n: int, compared: Ints, others: int) -> Ints:
    """(n,) how many others each member was compared with."""
    each = np.zeros(n, np.int64)
    each[compared] = others
    return each
