"""Which pairs stand, which must be compared, and in which blocks. Values in, values out.

A recorded block stands while every one of its members is there with the same digest, the circumstances
are the same, its files are whole, and no block recorded before it that stands shares a pair with it.
All other pairs of today's members are cut into blocks, one after another: those members that wait for
the same others form a group; of the groups, the one that waits for the fewest comes first (then the one
whose first member comes first); its first `targets_per_block` members are compared with the first
`queries_per_block` of those they wait for. Each block follows from what was covered before it alone, so
a plan that was cut short goes on with the very blocks that it had left.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from antigone.domain import (
    Block,
    Circumstances,
    CoveragePlan,
    Members,
    PlannedBlock,
    RecordedBlock,
    Why,
)
from antigone.identify.open_pairs import REASONS, STANDS, Ints, OpenPairs, Side


def plan_blocks(
    comparison: str,
    targets: Members,
    queries: Members | None,
    circumstances: Circumstances,
    earlier: Sequence[RecordedBlock],
    targets_per_block: int,
    queries_per_block: int,
    first: bool = False,
) -> CoveragePlan:
    """What stands of the record and what is to run, so that every pair of today is covered exactly once.

    queries: None compares the targets with each other, each unordered pair once, and each member with itself
    (a block of no pairs) where it is alone. earlier: the record, in its order, each block once; other
    comparisons are passed over. first: no run was ever finished, so nothing is called new.

    >>> digests = ("00" * 16, "01" * 16, "02" * 16)
    >>> families, remains = Members(("F1", "F2", "F3"), digests), Members(("R1",), digests[:1])
    >>> found = plan_blocks("kinship", families, remains, Circumstances("", {}, "antigone 1"), (), 2, 10)
    >>> [(p.block.targets.ids, p.block.pairs) for p in found.run], {k.value: n for k, n in found.why.items()}
    ([(('F1', 'F2'), 2), (('F3',), 1)], {'never-run': 3})
    """
    pairs = OpenPairs(targets, queries)
    ours = [recorded for recorded in earlier if recorded.covered.comparison == comparison]
    stand, aside = _weigh(pairs, ours, circumstances.digest, first)
    damaged = {recorded.covered.block for recorded in ours if recorded.damaged}
    run: list[PlannedBlock] = []
    while cut := pairs.next(targets_per_block, queries_per_block):
        rows, columns, within = cut
        opposite = None if within else pairs.columns.picked(columns)
        block = Block(comparison, circumstances.digest, pairs.rows.picked(rows), opposite)
        pairs.isolate(pairs.rows, rows)
        pairs.isolate(pairs.columns, columns)
        classes = pairs.rows.classes(rows), pairs.columns.classes(columns)
        why = {Why.FILE_DAMAGED: block.pairs} if block.id in damaged else pairs.count(*classes, within)
        pairs.mark(*classes, STANDS)
        run.append(PlannedBlock(block, why))
    return CoveragePlan(comparison, tuple(stand), tuple(run), aside)


def _weigh(
    pairs: OpenPairs, ours: Sequence[RecordedBlock], circumstances: str, first: bool
) -> tuple[list[RecordedBlock], dict[str, Why]]:
    """The recorded blocks that stand, and why the others do not; `pairs` then says so of every pair."""
    blocks = [(recorded, recorded.block) for recorded in ours if recorded.block is not None]
    of_targets = _recall(pairs, pairs.rows, [block.targets for _, block in blocks])
    of_queries = _recall(pairs, pairs.columns, [block.others for _, block in blocks])
    rows = {digest: pairs.rows.classes(places) for digest, (places, _) in of_targets.items()}
    columns = {digest: pairs.columns.classes(places) for digest, (places, _) in of_queries.items()}
    if blocks and not first:
        pairs.mark_new(rows.values(), columns.values())
    stand, aside = [], {r.covered.block: Why.FILE_DAMAGED for r in ours if r.block is None}
    for recorded, block in blocks:
        cells = rows[block.targets.digest], columns[block.others.digest]
        departed = {of_targets[block.targets.digest][1], of_queries[block.others.digest][1]}
        why = _set_aside(recorded, block, circumstances, departed)
        if why is None and pairs.stands(*cells):
            why = Why.OVERLAP
        if why is None:
            pairs.mark(*cells, STANDS)
            stand.append(recorded)
        else:
            aside[block.id] = why
    for _, block in blocks:
        if block.id in aside:
            pairs.mark(rows[block.targets.digest], columns[block.others.digest], REASONS.index(aside[block.id]))
    return stand, aside


def _recall(pairs: OpenPairs, side: Side, recorded: Iterable[Members]) -> dict[str, tuple[Ints, Why | None]]:
    """What became of each recorded set of members of a side; each is made whole classes."""
    found: dict[str, tuple[Ints, Why | None]] = {}
    for members in recorded:
        if members.digest not in found:
            found[members.digest] = side.today(members)
            pairs.isolate(side, found[members.digest][0])
    return found


def _set_aside(
    recorded: RecordedBlock, block: Block, circumstances: str, departed: Collection[Why | None]
) -> Why | None:
    """Why a block cannot stand, whatever other blocks there are; the first that applies."""
    if block.circumstances != circumstances:
        return Why.CIRCUMSTANCES
    if recorded.damaged:
        return Why.FILE_DAMAGED
    return next((why for why in (Why.CHANGED, Why.GONE) if why in departed), None)
