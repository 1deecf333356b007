"""A screening: whom it compares, the work of each block, and the tables that are kept of it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import polars as pl
from numpy.typing import NDArray

from antigone.domain import (
    FLOOR,
    Block,
    Circumstances,
    Comparison,
    Covered,
    FrequencyTable,
    Members,
    Policy,
    RecordedBlock,
)
from antigone.identify.alike_block import BlockOfSamples, FoundAlike, compare_samples
from antigone.identify.blocks import plan_blocks
from antigone.identify.bulk_encode import CLASSES
from antigone.identify.compare_block import BlockOfPairs, Found, compare_block
from antigone.identify.provenance import digest_of
from antigone.identify.same_software import sources
from antigone.identify.screening_results import results
from antigone.identify.search import Search, prepare_search, remains_rows
from antigone.identify.search_chance import BANDS
from antigone.identify.search_members import members_of, models_digest
from antigone.identify.targets import Group

Ints = NDArray[np.int64]
Work = BlockOfPairs | BlockOfSamples
Answer = Found | FoundAlike
TARGETS_PER_BLOCK: dict[str, int] = {Comparison.KINSHIP: 10_000, Comparison.DIRECT: 10_000, Comparison.BROTHERS: 20_000,
                     Comparison.ALIKE: 50_000}  # fmt: skip
QUERIES_PER_BLOCK = 100_000


def run_block(search: Search, work: Work) -> Answer:
    """The work of one block: pure, and the same wherever it is done."""
    return compare_samples(search, work) if isinstance(work, BlockOfSamples) else compare_block(search, work)


def screen_columns(
    persons: pl.DataFrame,
    profiles: pl.DataFrame,
    tables: Sequence[FrequencyTable],
    policy: Policy,
    floor: float = FLOOR,
) -> dict[str, pl.DataFrame]:
    """Everybody against everybody, in memory: the tables that `antigone screen` writes, by name.

    persons, profiles, tables, policy: of `read_case_columns`. floor: prior odds x LR from which a pair is a candidate.
    InputRefused where the policy has no prior, or forbids what a table lacks.

    >>> from antigone.intake import read_case_columns
    >>> case = read_case_columns("examples/eight-remains")
    >>> found = screen_columns(case.persons, case.profiles, case.tables, case.policy)
    >>> found["candidates"].sort("log10_lr", descending=True)["remains", "family"].row(0)
    ('R5', 'F4')
    """
    screening = Screening(persons, profiles, tables, policy, floor)
    parts: dict[str, list[pl.DataFrame]] = {}
    standing = []
    for comparison, (targets, queries) in screening.sides.items():
        sizes = TARGETS_PER_BLOCK[comparison], QUERIES_PER_BLOCK
        plan = plan_blocks(comparison, targets, queries, screening.circumstances, (), *sizes)
        for planned in plan.run if len(targets) else ():
            answer = run_block(screening.search, screening.work(planned.block))
            for name, table in screening.tables(answer).items():
                parts.setdefault(name, []).append(table)
            standing.append(_in_memory(planned.block, answer))
    return results(parts, standing)


def _in_memory(block: Block, answer: Answer) -> RecordedBlock:
    queries = None if block.queries is None else block.queries.digest
    covered = Covered(
        block.id, block.comparison, block.circumstances, block.targets.digest, queries, answer.compared,
        answer.skipped, {}, "",
    )  # fmt: skip
    return RecordedBlock(covered, block)


class Screening:
    """One case, ready to be compared. Blocks come from `plan_blocks` over `sides`; `run_block` does them.

    sides: by comparison its targets and queries, None for a set with itself.
    """

    def __init__(
        self,
        persons: pl.DataFrame,
        profiles: pl.DataFrame,
        tables: Sequence[FrequencyTable],
        policy: Policy,
        floor: float = FLOOR,
    ) -> None:
        """persons, profiles: a case read by columns. InputRefused as `prepare_search`."""
        self.search = prepare_search(persons, profiles, tables, policy, floor)
        self.sides = members_of(self.search, persons, profiles)
        self.circumstances = Circumstances(
            digest_of(policy),
            {table.name: digest_of(table) for table in tables},
            sources(),
            {"floor": floor, "bound": self.search.bound, "models": models_digest(self.search)},
        )
        self._persons, self._remains = persons, remains_rows(persons)
        self._numbers = {
            key: {name: i for i, name in enumerate(side.ids)}
            for comparison, both in self.sides.items()
            for key, side in (((comparison, 0), both[0]), ((comparison, 1), both[1]))
            if side is not None
        }

    def work(self, block: Block) -> Work:
        """The block as numbers, without names."""
        comparison = block.comparison
        targets = self._numbered(comparison, 0, block.targets)
        alone = self.sides[comparison][1] is None
        if comparison == Comparison.ALIKE:
            others = None if block.queries is None else self._numbered(comparison, 0, block.queries)
            return BlockOfSamples(targets, others)
        queries = self._numbered(comparison, 0 if alone else 1, block.others)
        return BlockOfPairs(comparison, targets, queries, among=block.queries is None)

    def _numbered(self, comparison: str, side: int, members: Members) -> Ints:
        numbers = self._numbers[(comparison, side)]
        return np.array([numbers[name] for name in members.ids], np.int64)

    def tables(self, answer: Answer) -> dict[str, pl.DataFrame]:
        """What is kept of a block, by name of the table."""
        if isinstance(answer, FoundAlike):
            return {"alike": self._alike(answer)}
        comparison = answer.block.comparison
        if comparison == Comparison.BROTHERS:
            return {"brothers": self._brothers(answer)}
        if comparison == Comparison.DIRECT:
            return {"direct": self._pairs(answer)}
        return {
            "candidates": self._pairs(answer),
            "of_missing": self._of_missing(answer),
            "of_remains": self._of_remains(answer),
            "strata": self._strata(answer),
        }

    def _pairs(self, found: Found) -> pl.DataFrame:
        targets = self.search.targets[found.block.comparison]
        rows = targets.person[found.targets]
        direct = found.block.comparison == Comparison.DIRECT
        rows = self.search.samples.person[rows] if direct else rows
        names = [calls.table for calls in self.search.calls]
        frame = pl.DataFrame({
            "remains": self._column("person", self._remains[found.queries]),
            "family": self._column("family", rows),
            "person" if direct else "missing": self._column("person", rows),
            "log10_lr": found.log10_lr,
            "deciding_table": pl.Series([names[i] for i in found.table], dtype=pl.String),
            "loci": found.loci,
        })  # fmt: skip
        if found.chance is not None:
            frame = frame.with_columns(
                chance_family=pl.Series(found.chance.of),
                chance_family_error=pl.Series(found.chance.error),
                chance_kin=pl.Series(found.chance_kin, dtype=pl.Float64).fill_nan(None),
                chance_remains=pl.lit(int(sum(kind.counts.sum() for kind in self.search.kinds))),
            )
        loci = [*(f"lr_{locus}" for locus in self.search.loci), "lr_sex"]
        by_locus = pl.DataFrame(dict(zip(loci, found.by_locus.T, strict=True))).fill_nan(None)
        return frame.hstack(by_locus.get_columns())

    def _brothers(self, found: Found) -> pl.DataFrame:
        rows = self._remains
        return pl.DataFrame({
            "first": self._column("person", rows[found.targets]),
            "second": self._column("person", rows[found.queries]),
            "log10_lr": found.log10_lr,
            "loci": found.loci,
        })  # fmt: skip

    def _of_missing(self, found: Found) -> pl.DataFrame:
        targets = self.search.targets[Comparison.KINSHIP]
        rows, chosen = targets.person[found.block.targets], found.block.targets
        kind, informative = np.empty(len(targets), object), np.zeros(len(targets), np.int64)
        for group in targets.groups:
            kind[group.targets], informative[group.targets] = group.relatives, group.informative
        place = {int(t): i for i, t in enumerate(chosen)}
        compared = [t for group in targets.groups if group.informative for t in chosen[group.has(chosen)]]
        below, band = np.ones(len(chosen)), np.ones(len(chosen), np.int64)
        if found.chance is not None:
            places = [place[int(t)] for t in compared]
            below[places] = found.chance.below
            band[places] = np.searchsorted(BANDS, found.chance.typed, side="right")
        counts = np.bincount([place[int(t)] for t in found.targets], minlength=len(chosen))
        return pl.DataFrame({
            "family": self._column("family", rows),
            "missing": self._column("person", rows),
            "relatives": pl.Series(kind[chosen].tolist(), dtype=pl.String),
            "typed_relatives": informative[chosen],
            "loci_band": pl.Series([_band(int(i)) for i in band], dtype=pl.String),
            "below_floor": below,
            "compared": found.compared_with[0],
            "without_theta": np.zeros(len(chosen), np.bool_) if found.without_theta is None else found.without_theta,
            "candidates": counts,
            "sum_below_floor": found.target_below,
            "below_bound": found.target_bounded,
            "above_1": found.target_above[:, 0],
            "above_100": found.target_above[:, 1],
        })  # fmt: skip

    def _of_remains(self, found: Found) -> pl.DataFrame:
        chosen = found.block.queries
        place = {int(q): i for i, q in enumerate(chosen)}
        counts = np.bincount([place[int(q)] for q in found.queries], minlength=len(chosen))
        samples = self.search.remains[chosen]
        called = self.search.samples.called[np.maximum(samples, 0)].sum(axis=1)
        return pl.DataFrame({
            "remains": self._column("person", self._remains[chosen]),
            "sample_class": pl.Series(
                [CLASSES[self.search.samples.sample_class[s]] if s >= 0 else None for s in samples], dtype=pl.String
            ),
            "loci": np.where(samples >= 0, called, 0),
            "compared": found.compared_with[1],
            "candidates": counts,
            "sum_below_floor": found.query_below,
            "below_bound": found.query_bounded,
        })  # fmt: skip

    def _strata(self, found: Found) -> pl.DataFrame:
        rows = found.chance.strata if found.chance is not None else np.zeros((0, 6))
        kinds = [g.relatives for g in self._groups_of(found.block.targets)]
        return pl.DataFrame({
            "relatives": pl.Series([kinds[int(i)] for i in rows[:, 0]], dtype=pl.String),
            "loci_band": pl.Series([_band(int(i)) for i in rows[:, 1]], dtype=pl.String),
            "threshold": rows[:, 2],
            "expected": rows[:, 3],
            "variance": rows[:, 4],
            "missing": rows[:, 5].astype(np.int64),
        })  # fmt: skip

    def _groups_of(self, chosen: Ints) -> list[Group]:
        groups = self.search.targets[Comparison.KINSHIP].groups
        return [g for g in groups if g.informative and g.has(chosen).any()]

    def _alike(self, found: FoundAlike) -> pl.DataFrame:
        rows = self.search.samples.person[found.pairs]
        twins = self._declared_twins(rows)
        rows = rows[~twins]
        side = {
            f"{which}_{name}" if name != "person" else which: self._column(name, rows[:, i])
            for i, which in enumerate(("first", "second"))
            for name in ("role", "family", "person")
        }
        figures = {
            "compared": found.compared_loci, "differing": found.differing,
            "log10_lr": found.log10_lr, "over_brothers": found.over_brothers,
        }  # fmt: skip
        return pl.DataFrame({**side, **{name: values[~twins] for name, values in figures.items()}})

    def _declared_twins(self, rows: Ints) -> NDArray[np.bool_]:
        label = self._persons["twin"].cast(pl.String).fill_null("").to_numpy()[rows]
        family = self._persons["family_id"].to_numpy()[rows]
        same = (label[:, 0] == label[:, 1]) & (family[:, 0] == family[:, 1]) & (family[:, 0] >= 0)
        declared: NDArray[np.bool_] = same & (label[:, 0] != "")
        return declared

    def _column(self, name: str, rows: Ints) -> pl.Series:
        return self._persons[name].cast(pl.String)[rows].fill_null("")


def _band(number: int) -> str:
    """Loci typed among the relatives: `18-21`, or `22+`."""
    low = BANDS[number - 1]
    return f"{low}-{BANDS[number] - 1}" if number < len(BANDS) else f"{low}+"
