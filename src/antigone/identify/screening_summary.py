"""What a screening found, drawn from its tables: counts, chance figures and the strongest rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

import numpy as np
import polars as pl

from antigone.domain import (
    Changes,
    Comparison,
    ComparisonCount,
    CoveragePlan,
    FrequencyTable,
    KindCount,
    LociMutation,
    MutationModel,
    PairsRun,
    Policy,
    RecordedBlock,
    Role,
    ScreeningCounts,
    ScreeningRules,
    ScreeningSummary,
    Skip,
    SkipCount,
    Stage,
    StageSeconds,
    Strength,
    TableUsed,
    Why,
)
from antigone.identify.compare_block import reasons_against
from antigone.identify.screening import Screening
from antigone.identify.screening_results import expected_in_search
from antigone.identify.screening_rows import (
    alike_counts,
    alike_rows,
    brothers_rows,
    candidate_rows,
    direct_rows,
    not_searchable_rows,
)
from antigone.identify.search import NO_SCOPE, Search

STRENGTHS = (2.0, 4.0, 6.0, 8.0)
"""log10 LR at which candidates are counted, beside the floor."""
TABLE_OF = {
    Comparison.KINSHIP: "candidates",
    Comparison.DIRECT: "direct",
    Comparison.BROTHERS: "brothers",
    Comparison.ALIKE: "alike",
}
"""The table with the pairs that each comparison found."""


def screening_summary(
    name: str,
    when: str,
    persons: pl.DataFrame,
    policy: Policy,
    tables: Sequence[FrequencyTable],
    screening: Screening,
    made: Mapping[str, pl.DataFrame],
    plans: Sequence[CoveragePlan],
    standing: Sequence[RecordedBlock],
    seconds: Mapping[str, float],
) -> ScreeningSummary:
    """One screening, as a page needs it.

    name, persons, policy, tables: the case, read by columns. when: end of the run, ISO 8601 in UTC. made: as
    `results` gives them. plans: of this run; standing: all blocks that stand after it. seconds: of this run, by
    `Stage`. Example: `tests/identify/test_screening_summary.py`.
    """
    search, said = screening.search, screening.circumstances
    levels = (search.floor, *(level for level in STRENGTHS if level > search.floor))
    found, strata, missing = (made.get(name) for name in ("candidates", "strata", "missing"))
    strengths: tuple[Strength, ...] = ()
    kinds: tuple[KindCount, ...] = ()
    if found is not None and strata is not None and missing is not None:
        numbered = missing.select("family", "missing", "relatives").with_row_index("number")
        found = found.join(numbered, on=["family", "missing"], how="left")
        strengths = _strengths(found.select(_counted(levels)).row(0), levels, strata)
        kinds = _kinds(missing, found, levels, strata)
    return ScreeningSummary(
        case=name,
        software=said.software,
        when=when,
        counts=_counts(persons, len(search.samples)),
        rules=_rules(policy, tables, screening),
        comparisons=tuple(_comparisons(search, made, plans, standing)),
        stages=tuple(StageSeconds(stage, seconds[stage]) for stage in Stage if seconds.get(stage)),
        pairs_per_second=_pairs_per_second(plans, standing, seconds),
        strengths=strengths,
        kinds=kinds,
        changes=_changes(plans),
        candidates=candidate_rows(found),
        direct=direct_rows(made.get("direct")),
        brothers=brothers_rows(made.get("brothers")),
        alike=alike_counts(made.get("alike")),
        alike_rows=alike_rows(made.get("alike")),
        not_searchable=not_searchable_rows(missing, persons),
    )


def _counts(persons: pl.DataFrame, samples: int) -> ScreeningCounts:
    of_role = Counter(dict(persons["role"].cast(pl.String).value_counts().iter_rows()))
    families = persons["family_id"].filter(persons["family_id"] >= 0).n_unique()
    return ScreeningCounts(of_role[Role.REMAINS], families, of_role[Role.MISSING], samples, of_role[Role.STAFF])


def _rules(policy: Policy, tables: Sequence[FrequencyTable], screening: Screening) -> ScreeningRules:
    said, prior = screening.circumstances, policy.prior
    if prior is None:
        raise ValueError("a screening has a prior")
    used = tuple(TableUsed(table.name, table.note, said.table_digests[table.name]) for table in tables)
    return ScreeningRules(
        prior.missing_total, prior.outside, prior.reason, policy.theta,
        tuple(_mutation(policy, screening.search.loci)), used, float(said.parameters["floor"]),
        float(said.parameters["bound"]), said.policy_digest,
    )  # fmt: skip


def _mutation(policy: Policy, loci: Sequence[str]) -> Iterator[LociMutation]:
    """By model the loci it holds for; none are named where one model holds for all."""
    loci_of: dict[MutationModel, list[str]] = {}
    for locus in loci:
        loci_of.setdefault(policy.mutation_by_locus.get(locus, policy.mutation), []).append(locus)
    for model, own in loci_of.items():
        yield LociMutation(model, tuple(own) if len(loci_of) > 1 else ())


def _comparisons(
    search: Search,
    made: Mapping[str, pl.DataFrame],
    plans: Sequence[CoveragePlan],
    standing: Sequence[RecordedBlock],
) -> Iterator[ComparisonCount]:
    compared = Counter[str]()
    for recorded in standing:
        compared[recorded.covered.comparison] += recorded.covered.compared
    skipped = list(made["skipped"].select("comparison", "reason", "pairs").iter_rows())
    without = made["missing"].select((pl.col("typed_relatives") == 0).sum()).item() if "missing" in made else 0
    for comparison in (c for c in Comparison if any(plan.comparison == c for plan in plans)):
        samples = _samples_left_out(search, comparison) | {Skip.NO_RELATIVES: without}
        skips = (SkipCount(Skip(why), samples.get(why, 0), n) for of, why, n in skipped if of == comparison)
        found = made.get(TABLE_OF[comparison])
        yield ComparisonCount(comparison, compared[comparison], 0 if found is None else len(found), tuple(skips))


def _samples_left_out(search: Search, comparison: Comparison) -> dict[str, int]:
    """Samples that a comparison passes over altogether, by reason."""
    if comparison is Comparison.ALIKE:
        return {Skip.SCOPE_NONE: int((search.samples.scope == NO_SCOPE).sum())}
    own = search.targets[comparison].person if comparison is Comparison.DIRECT else search.remains[:0]
    return Counter(reasons_against(search, np.concatenate([search.remains, own]), comparison).tolist())


def _pairs_per_second(
    plans: Sequence[CoveragePlan], standing: Sequence[RecordedBlock], seconds: Mapping[str, float]
) -> float | None:
    """Pairs compared by look-up in this run (all comparisons but `alike`) by the time of just that."""
    run = {planned.block.id for plan in plans if plan.comparison != Comparison.ALIKE for planned in plan.run}
    pairs = sum(recorded.covered.compared for recorded in standing if recorded.covered.block in run)
    spent = seconds.get(Stage.COMPARE, 0.0)
    return pairs / spent if pairs and spent else None


def _counted(levels: Sequence[float]) -> list[pl.Expr]:
    """For each level: candidates, remains in them, missing persons in them."""
    counted = []
    for i, level in enumerate(levels):
        reached = pl.col("log10_lr") >= level
        counted.append(reached.sum().alias(f"candidates {i}"))
        counted += [pl.col(side).filter(reached).n_unique().alias(f"{side} {i}") for side in ("remains", "number")]
    return counted


def _strengths(counts: Sequence[int], levels: Sequence[float], strata: pl.DataFrame) -> tuple[Strength, ...]:
    expected = _expected(strata, levels)
    by_level = zip(levels, counts[0::3], counts[1::3], counts[2::3], expected, strict=True)
    return tuple(Strength(level, n, remains, missing, *chance) for level, n, remains, missing, chance in by_level)


def _expected(strata: pl.DataFrame, levels: Sequence[float]) -> list[tuple[float | None, float | None]]:
    """Chance hits at each level and their standard error; None below the lowest threshold computed."""
    if strata.is_empty():
        return [(None, None)] * len(levels)
    lowest = strata["threshold"].to_numpy().min()
    rows = zip(levels, *expected_in_search(strata, levels), strict=True)
    return [(float(value), float(error)) if level >= lowest else (None, None) for level, value, error in rows]


def _kinds(
    missing: pl.DataFrame, found: pl.DataFrame, levels: Sequence[float], strata: pl.DataFrame
) -> tuple[KindCount, ...]:
    """The commonest kind first; means are taken in the order of the rows, so that every run has the same bits."""
    counts = {row[0]: row[1:] for row in found.group_by("relatives").agg(_counted(levels)).iter_rows()}
    nothing = (0,) * (3 * len(levels))
    of_kind, chance = (
        {str(key[0]): part for key, part in frame.partition_by("relatives", as_dict=True).items()}
        for frame in (missing, strata)
    )
    return tuple(
        KindCount(
            kind, len(own), int(own["searchable"].sum()),
            float(own["below_floor_low"].to_numpy().mean()), float(own["below_floor_high"].to_numpy().mean()),
            _strengths(counts.get(kind, nothing), levels, chance[kind]) if kind in chance else (),
        )
        for kind, own in sorted(of_kind.items(), key=lambda entry: (-len(entry[1]), entry[0]))
    )  # fmt: skip


def _changes(plans: Sequence[CoveragePlan]) -> Changes | None:
    """None in a first run, which has nothing to keep."""
    kept, run = sum(len(plan.stand) for plan in plans), sum(len(plan.run) for plan in plans)
    why = sum((Counter(plan.why) for plan in plans), Counter[Why]())
    if not kept and set(why) <= {Why.NEVER_RUN}:
        return None
    return Changes(kept, run, tuple(PairsRun(reason, why[reason]) for reason in Why if why[reason]))
