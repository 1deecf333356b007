"""Blocks against a twin that enumerates every pair, over random histories of a record."""

from __future__ import annotations

import hashlib
import random
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations, combinations_with_replacement, product

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from antigone.domain import (
    Block,
    Circumstances,
    CoveragePlan,
    Covered,
    Members,
    PlannedBlock,
    RecordedBlock,
    Why,
)
from antigone.identify import plan_blocks

Pair = tuple[str, str]
UNSHRUNK = (Phase.explicit, Phase.generate)
"""A history that fails is short as it is; to shrink it takes minutes."""
HERE = Circumstances("policy", {"Norway": "table"}, "antigone 1", {"floor": 1e-3})


def members(versions: dict[str, int]) -> Members:
    digests = (hashlib.sha256(f"{name} {n}".encode()).hexdigest()[:32] for name, n in versions.items())
    return Members(tuple(versions), tuple(digests))


def named(names: str) -> Members:
    return members(dict.fromkeys(names, 0))


def recorded(block: Block, damaged: bool = False, lost: bool = False) -> RecordedBlock:
    sides = block.targets.digest, None if block.queries is None else block.queries.digest
    covered = Covered(block.id, block.comparison, block.circumstances, *sides, block.pairs, {}, {}, "")
    return RecordedBlock(covered, None if lost else block, damaged or lost)


# ------------------------------------------------------------------ the twin


def states(side: Members) -> dict[str, str]:
    return dict(zip(side.ids, side.digests, strict=True))


def names(side: Members | None) -> tuple[str, ...] | None:
    return None if side is None else side.ids


def enumerated(targets: Sequence[str], queries: Sequence[str] | None, alone: bool, selves: bool = False) -> list[Pair]:
    """Every pair by name; in a set with itself smaller name first, and with `selves` everybody with themselves."""
    if queries is not None:
        pairs = list(product(targets, queries))
        return [(min(p), max(p)) for p in pairs] if alone else pairs
    way = combinations_with_replacement if selves else combinations
    return [(min(p), max(p)) for p in way(targets, 2)]


def of_block(block: Block, alone: bool, selves: bool = False) -> list[Pair]:
    return enumerated(block.targets.ids, names(block.queries), alone, selves)


def fitting(entry: RecordedBlock, targets: Members, others: Members, circumstances: str) -> Why | None:
    """Why a recorded block is not one of today."""
    if entry.block is None or entry.damaged:
        other = entry.block is not None and entry.block.circumstances != circumstances
        return Why.CIRCUMSTANCES if other else Why.FILE_DAMAGED
    if entry.block.circumstances != circumstances:
        return Why.CIRCUMSTANCES
    both = ((entry.block.targets, targets), (entry.block.others, others))
    sides = [(states(then), states(today)) for then, today in both]
    if any(now.get(name, digest) != digest for then, now in sides for name, digest in then.items()):
        return Why.CHANGED
    return None if all(then.keys() <= now.keys() for then, now in sides) else Why.GONE


def weighed(record: Sequence[RecordedBlock], targets: Members, queries: Members | None, circumstances: str):
    """(blocks that stand, reason of every pair that was recorded and is open), pair by pair."""
    alone, others = queries is None, targets if queries is None else queries
    taken: set[Pair] = set()
    stand, aside = [], []
    for entry in record:
        why = fitting(entry, targets, others, circumstances)
        pairs = set(of_block(entry.block, alone, selves=True)) if entry.block else set()
        why = Why.OVERLAP if why is None and pairs & taken else why
        if why is None:
            taken |= pairs
            stand.append(entry)
        else:
            aside.append((pairs, why))
    return stand, {pair: why for pairs, why in aside for pair in pairs}


def reason(pair: Pair, reasons: dict[Pair, Why], record: Sequence[RecordedBlock], alone: bool, first: bool) -> Why:
    blocks = [entry.block for entry in record if entry.block]
    known = [{n for b in blocks for n in b.targets.ids}, {n for b in blocks for n in b.others.ids}]
    if alone:
        known = [known[0] | known[1]] * 2
    if pair in reasons:
        return reasons[pair]
    if first or not blocks:
        return Why.NEVER_RUN
    if pair[0] not in known[0] or (alone and pair[1] not in known[1]):
        return Why.NEW_TARGET
    return Why.NEW_QUERY if pair[1] not in known[1] else Why.NEVER_RUN


# ------------------------------------------------------------------ histories


@dataclass
class History:
    """Members that come, change, go and come back, and the record of runs that are cut short."""

    chance: random.Random
    alone: bool
    targets: dict[str, int] = field(default_factory=dict)
    queries: dict[str, int] = field(default_factory=dict)
    circumstances: int = 0
    record: list[RecordedBlock] = field(default_factory=list)

    def happen(self) -> None:
        side = self.chance.choice([self.targets] if self.alone else [self.targets, self.queries])
        known = "abcdefgh" if side is self.targets else "stuvwxyz"
        event = self.chance.choice(["come", "come", "come", "change", "back", "go", "rules", "damage", "lose"])
        if event == "come":
            for name in self.chance.sample(known, 3):
                side.setdefault(name, 0)
        elif event in ("change", "back", "go") and side:
            name = self.chance.choice(list(side))
            side[name] = {"change": side[name] + 1, "back": 0, "go": 0}[event]
            if event == "go":
                del side[name]
        elif event == "rules":
            self.circumstances = 1 - self.circumstances
        elif self.record:
            place = self.chance.randrange(len(self.record))
            entry = self.record[place]
            self.record[place] = replace(entry, damaged=True, block=None if event == "lose" else entry.block)
        if self.chance.random() < 0.3:  # the caller sorts by structure: new members come in between
            shuffled = self.chance.sample(list(side.items()), len(side))
            side.clear()
            side.update(shuffled)

    def today(self) -> tuple[Members, Members | None, Circumstances]:
        rules = replace(HERE, parameters={"floor": self.circumstances})
        return members(self.targets), None if self.alone else members(self.queries), rules

    def run(self, blocks: Sequence[PlannedBlock]) -> None:
        done = {planned.block.id for planned in blocks}
        self.record = [entry for entry in self.record if entry.covered.block not in done]
        self.record += [recorded(planned.block) for planned in blocks]


def check(history: History, found: CoveragePlan, sizes: tuple[int, int], first: bool) -> None:
    targets, queries, rules = history.today()
    alone, record = history.alone, history.record
    blocks = [entry.block for entry in found.stand] + [planned.block for planned in found.run]
    everything = enumerated(targets.ids, names(queries), alone)
    assert Counter(p for block in blocks for p in of_block(block, alone)) == Counter(everything)
    assert sum(block.pairs for block in blocks) == len(everything)

    stand, reasons = weighed(record, targets, queries, rules.digest)
    assert list(found.stand) == stand
    assert set(found.aside) == {e.covered.block for e in record} - {e.covered.block for e in stand}
    damaged = {entry.covered.block for entry in record if entry.damaged}
    for planned in found.run:
        block = planned.block
        assert len(block.targets) <= sizes[0]
        assert len(block.others) <= sizes[0 if block.queries is None else 1]
        assert states(block.targets).items() <= states(targets).items()
        assert states(block.others).items() <= states(targets if queries is None else queries).items()
        assert block.circumstances == rules.digest
        whys = Counter(reason(p, reasons, record, alone, first) for p in of_block(block, alone))
        expected = Counter({Why.FILE_DAMAGED: block.pairs}) if block.id in damaged else whys
        assert +Counter(planned.why) == +expected


@pytest.mark.parametrize("alone", [False, True], ids=["two sides", "a set with itself"])
@settings(max_examples=40, phases=UNSHRUNK)
@given(chance=st.randoms(use_true_random=False))
def test_every_pair_is_covered_exactly_once_whatever_happens(alone: bool, chance: random.Random) -> None:
    history = History(chance, alone)
    for _ in range(10):
        history.happen()
        sizes, first = (chance.randint(1, 4), chance.randint(1, 5)), chance.random() < 0.3
        found = plan_blocks("c", *history.today(), history.record, *sizes, first)
        check(history, found, sizes, first)
        if chance.random() < 0.4:  # several machines finish in any order
            history.run([p for p in found.run if chance.random() < 0.6])
        else:
            history.run(found.run[: chance.randint(0, len(found.run))])
    found = plan_blocks("c", *history.today(), history.record, 3, 3)
    history.run(found.run)
    assert plan_blocks("c", *history.today(), history.record, 2, 5).run == ()


@pytest.mark.parametrize("alone", [False, True], ids=["two sides", "a set with itself"])
@settings(max_examples=40, phases=UNSHRUNK)
@given(chance=st.randoms(use_true_random=False))
def test_a_plan_cut_short_goes_on_with_the_blocks_it_had_left(alone: bool, chance: random.Random) -> None:
    history = History(chance, alone)
    for _ in range(6):
        history.happen()
        sizes = (chance.randint(1, 4), chance.randint(1, 5))
        found = plan_blocks("c", *history.today(), history.record, *sizes)
        for done in range(len(found.run)):
            left = plan_blocks("c", *history.today(), history.record, *sizes)
            assert [p.block for p in left.run] == [p.block for p in found.run[done:]]
            history.run(left.run[:1])


# ------------------------------------------------------------------ cases that can be read


def runs(found: CoveragePlan) -> Iterator[tuple[str, str | None, dict[str, int]]]:
    for planned in found.run:
        queries = planned.block.queries
        sides = "".join(planned.block.targets.ids), queries and "".join(queries.ids)
        yield *sides, {why.value: pairs for why, pairs in planned.why.items()}


def after(targets: str, queries: str | None, sizes: tuple[int, int] = (2, 10)) -> list[RecordedBlock]:
    found = plan_blocks("c", named(targets), queries and named(queries), HERE, (), *sizes)
    return [recorded(planned.block) for planned in found.run]


def test_the_first_run_cuts_the_targets_in_the_order_given() -> None:
    found = plan_blocks("c", named("cab"), named("xyz"), HERE, (), 2, 2)
    assert list(runs(found)) == [
        ("ca", "xy", {"never-run": 4}), ("ca", "z", {"never-run": 2}),
        ("b", "xy", {"never-run": 2}), ("b", "z", {"never-run": 1}),
    ]  # fmt: skip


def test_a_set_with_itself_is_cut_into_triangles_and_rectangles() -> None:
    found = plan_blocks("c", named("abcde"), None, HERE, (), 2, 3)
    assert [(t, q) for t, q, _ in runs(found)] == [("ab", None), ("ab", "cde"), ("cd", None), ("cd", "e"), ("e", None)]
    assert [p.block.pairs for p in found.run] == [1, 6, 1, 2, 0]


def test_new_members_are_compared_with_all_in_blocks_of_their_own() -> None:
    record = after("abc", "xy")
    found = plan_blocks("c", named("adbce"), named("xyz"), HERE, record, 2, 10)
    assert [entry.block for entry in found.stand] == [entry.block for entry in record]
    assert list(runs(found)) == [
        ("ab", "z", {"new-query": 2}), ("c", "z", {"new-query": 1}),
        ("de", "xyz", {"new-target": 6}),
    ]  # fmt: skip


def of(targets: str, queries: str) -> RecordedBlock:
    return recorded(Block("c", HERE.digest, named(targets), named(queries)))


def test_members_are_cut_in_the_order_of_today_whichever_blocks_they_were_in() -> None:
    found = plan_blocks("c", named("abcd"), named("xy"), HERE, [of("ac", "x"), of("bd", "x")], 2, 10)
    assert [(t, q) for t, q, _ in runs(found)] == [("ab", "y"), ("cd", "y")]


def test_those_who_wait_for_the_fewest_come_first_then_those_who_stand_first() -> None:
    record = [of("a", "x"), of("b", "y"), of("c", "xz")]
    found = plan_blocks("c", named("bac"), named("xyz"), HERE, record, 2, 10)
    assert [(t, q) for t, q, _ in runs(found)] == [("c", "y"), ("b", "xz"), ("a", "yz")]


def test_one_new_member_of_a_set_with_itself() -> None:
    found = plan_blocks("c", named("abcd"), None, HERE, after("abc", None, (3, 3)), 3, 3)
    assert list(runs(found)) == [("abc", "d", {"new-target": 3}), ("d", None, {"new-target": 0})]


def test_a_block_with_a_member_that_changed_or_went_is_run_again_with_those_left() -> None:
    record = after("abcdef", "xy")
    targets = members({"a": 0, "b": 1, "c": 0, "e": 0, "f": 0})
    found = plan_blocks("c", targets, named("xy"), HERE, record, 2, 10)
    assert list(runs(found)) == [("ab", "xy", {"changed": 4}), ("c", "xy", {"gone": 2})]
    assert [entry.block for entry in found.stand] == [record[2].block]
    assert list(found.aside.values()) == [Why.CHANGED, Why.GONE]


def test_other_circumstances_run_everything_again_and_going_back_runs_nothing() -> None:
    record = after("abc", "xy")
    other = replace(HERE, table_digests={"Norway": "another"})
    found = plan_blocks("c", named("abc"), named("xy"), other, record, 5, 10)
    assert list(runs(found)) == [("abc", "xy", {"circumstances": 6})]
    record += [recorded(planned.block) for planned in found.run]
    assert plan_blocks("c", named("abc"), named("xy"), HERE, record, 5, 10).run == ()
    assert plan_blocks("c", named("abc"), named("xy"), other, record, 5, 10).run == ()


@pytest.mark.parametrize("lost", [False, True])
def test_a_damaged_block_is_run_again_as_it_was(lost: bool) -> None:
    whole, broken = after("abc", "xy")
    record = [whole, recorded(broken.block, damaged=True, lost=lost)]
    found = plan_blocks("c", named("abc"), named("xy"), HERE, record, 2, 10)
    assert [planned.block for planned in found.run] == [broken.block]
    assert list(runs(found)) == [("c", "xy", {"file-damaged": 2})]


def test_a_member_who_comes_back_is_not_covered_twice() -> None:
    record = after("abc", "x", (3, 3))
    found = plan_blocks("c", named("bcd"), named("x"), HERE, record, 3, 3)
    record += [recorded(planned.block) for planned in found.run]
    back = plan_blocks("c", named("abcd"), named("x"), HERE, record, 3, 3)
    assert [entry.block for entry in back.stand] == [record[0].block]
    assert list(runs(back)) == [("d", "x", {"overlap": 1})]


def test_other_comparisons_are_passed_over() -> None:
    record = after("abc", "xy")
    assert plan_blocks("brothers", named("abc"), named("xy"), HERE, record, 5, 5).stand == ()


def test_nothing_to_compare() -> None:
    assert plan_blocks("c", named(""), named("xy"), HERE, (), 5, 5).run == ()
    assert plan_blocks("c", named("ab"), named(""), HERE, (), 5, 5).run == ()
    assert plan_blocks("c", named(""), None, HERE, (), 5, 5).run == ()
    assert plan_blocks("c", named("ab"), named(""), HERE, after("abc", "xy"), 5, 5).run == ()


def test_members_are_named_once_and_have_a_digest_each() -> None:
    with pytest.raises(ValueError, match="twice"):
        Members(("a", "a"), ("00", "01"))
    with pytest.raises(ValueError, match="2 members with 1 digests"):
        Members(("a", "b"), ("00",))


def test_what_a_blocks_name_depends_on() -> None:
    block = Block("c", HERE.digest, named("ab"), named("xy"))
    others = [
        replace(block, comparison="d"), replace(block, circumstances=""), replace(block, queries=None),
        replace(block, targets=members({"a": 0, "b": 1})), replace(block, targets=named("ac")),
        replace(block, queries=named("xz")),
    ]  # fmt: skip
    assert len({b.id for b in [block, *others]}) == 1 + len(others)
    assert replace(block).id == block.id
