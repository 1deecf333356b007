"""A screening drawn together for a page: every count against a count by hand, on tables made up at random."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from antigone.domain import (
    AlikeCount,
    Block,
    Changes,
    Comparison,
    CoveragePlan,
    Covered,
    LociMutation,
    Members,
    MutationKind,
    MutationModel,
    PairsRun,
    PlannedBlock,
    RecordedBlock,
    Role,
    ScreeningSummary,
    Skip,
    Stage,
    Strength,
    Why,
)
from antigone.identify import Screening
from antigone.identify.screening_rows import MOST_CANDIDATES, alike_counts
from antigone.identify.screening_summary import screening_summary
from antigone.intake import read_case_columns
from antigone.render import screening_html, screening_text

CASE = read_case_columns(Path(__file__).resolve().parents[2] / "examples" / "eight-remains")
SCREENING = Screening(CASE.persons, CASE.profiles, CASE.tables, CASE.policy)
FLOOR = SCREENING.search.floor
LEVELS = (FLOOR, 2.0, 4.0, 6.0, 8.0)
KINDS = {"F1": "parent+parent", "F2": "parent", "F5": "uncle", "F7": "none"}
WHEN = "2026-11-22T14:05:09Z"


def candidates(n: int, seed: int = 1) -> pl.DataFrame:
    rng = np.random.default_rng(seed)
    families = rng.choice(["F1", "F2", "F5"], 300)
    return pl.DataFrame({
        "remains": [f"R{i}" for i in rng.integers(1, 9, 300)],
        "family": families,
        "missing": [person_of(family) for family in families],
        "log10_lr": rng.uniform(FLOOR - 1.0, 10.0, 300),
        "deciding_table": "Norway",
        "loci": rng.integers(8, 24, 300),
        "chance_family": rng.uniform(size=300),
        "chance_family_error": rng.uniform(size=300),
        "chance_search": rng.uniform(size=300),
        "lr_TH01": rng.uniform(size=300),
    }).head(n)  # fmt: skip


def missing() -> pl.DataFrame:
    """In another order than that of the case."""
    families = sorted(KINDS, reverse=True)
    kinds = [KINDS[family] for family in families]
    below = [{"none": 1.0, "uncle": 0.4}.get(kind, 0.01) for kind in kinds]
    return pl.DataFrame({
        "family": families,
        "missing": [person_of(family) for family in families],
        "relatives": kinds,
        "typed_relatives": [0 if kind == "none" else 1 for kind in kinds],
        "below_floor_low": below,
        "below_floor_high": [b * 1.5 if b < 0.5 else b for b in below],
        "searchable": [b < 0.05 for b in below],
    })  # fmt: skip


def person_of(family: str) -> str:
    listed = CASE.persons.filter((pl.col("family") == family) & (pl.col("role").cast(pl.String) == "missing"))
    return str(listed["person"][0])


def strata(lowest: float = 0.0) -> pl.DataFrame:
    """Chance falls by the powers of ten given; the uncle's is known within a tenth."""
    slopes = {("parent", "18-"): 1.0, ("parent", "22-"): 1.0, ("uncle", "22-"): 2.0, ("parent+parent", "22-"): 1.5}
    rows = [
        (kind, band, t, 10.0 ** (2.0 - slope * t), 3, 10.0 ** (1.0 - slope * t) * (kind == "uncle"))
        for (kind, band), slope in slopes.items()
        for t in np.arange(lowest, 12.1, 0.5)
    ]
    names = ["relatives", "loci_band", "threshold", "expected", "missing", "standard_error"]
    return pl.DataFrame(rows, schema=names, orient="row")


def skipped(*rows: tuple[str, str, int]) -> pl.DataFrame:
    schema = {"comparison": pl.String, "reason": pl.String, "pairs": pl.Int64}
    return pl.DataFrame(list(rows), schema=schema, orient="row")


def whole(n: int = 300) -> dict[str, pl.DataFrame]:
    return {"candidates": candidates(n), "missing": missing(), "strata": strata(), "skipped": skipped()}


def recorded(comparison: Comparison, name: str, compared: int) -> RecordedBlock:
    block = Block(comparison, "", Members((name,), ("00",)), Members(("R1",), ("01",)))
    return RecordedBlock(Covered(block.id, comparison, "", "", "", compared, {}, {}, WHEN), block)


def planned(block: RecordedBlock, **why: int) -> PlannedBlock:
    assert block.block is not None
    return PlannedBlock(block.block, {Why[reason.upper()]: n for reason, n in why.items()})


def plans_of(*blocks: tuple[RecordedBlock, dict[str, int] | None]) -> list[CoveragePlan]:
    """A plan for each comparison; blocks with reasons are run, the others stand."""
    found = []
    for comparison in dict.fromkeys(block.covered.comparison for block, _ in blocks):
        ours = [(block, why) for block, why in blocks if block.covered.comparison == comparison]
        stand = tuple(block for block, why in ours if why is None)
        found.append(
            CoveragePlan(comparison, stand, tuple(planned(block, **why) for block, why in ours if why is not None))
        )
    return found


FIRST = ((recorded(Comparison.KINSHIP, "F1", 64), {"never_run": 64}),)


def summary_of(
    made: dict[str, pl.DataFrame],
    blocks: tuple[tuple[RecordedBlock, dict[str, int] | None], ...] = FIRST,
    seconds: Mapping[str, float] | None = None,
    screening: Screening = SCREENING,
) -> ScreeningSummary:
    standing = [block for block, _ in blocks]
    return screening_summary(
        CASE.name, WHEN, CASE.persons, CASE.policy, CASE.tables, screening, made, plans_of(*blocks), standing,
        seconds or {},
    )  # fmt: skip


def counted(rows: list[dict[str, object]], level: float) -> tuple[int, int, int]:
    reached = [row for row in rows if float(str(row["log10_lr"])) >= level]
    return (
        len(reached),
        len({row["remains"] for row in reached}),
        len({(row["family"], row["missing"]) for row in reached}),
    )


def of_strength(step: Strength) -> tuple[int, int, int]:
    return step.candidates, step.remains, step.missing


@pytest.mark.parametrize("n", [300, 7, 0])
def test_candidates_are_counted_from_each_strength_on(n: int) -> None:
    made = whole(n)
    rows = made["candidates"].to_dicts()
    found = summary_of(made)
    assert [step.log10_lr for step in found.strengths] == list(LEVELS)
    assert [of_strength(step) for step in found.strengths] == [counted(rows, level) for level in LEVELS]
    for kind in found.kinds:
        own = [row for row in rows if KINDS[str(row["family"])] == kind.relatives]
        assert [of_strength(step) for step in kind.strengths] == [
            counted(own, level) for level in (LEVELS if kind.relatives != "none" else ())
        ]


def test_strengths_begin_with_the_floor_and_go_on_above_it() -> None:
    search = replace(SCREENING.search, floor=4.0)
    high = Screening(CASE.persons, CASE.profiles, CASE.tables, CASE.policy)
    high.search = search
    assert [step.log10_lr for step in summary_of(whole(), screening=high).strengths] == [4.0, 6.0, 8.0]


def test_chance_is_interpolated_in_the_logarithm_and_summed_over_the_bands() -> None:
    assert FLOOR % 0.5 > 0.1  # between two thresholds
    found = summary_of(whole())
    parent = next(kind for kind in found.kinds if kind.relatives == "parent")
    assert [step.expected for step in parent.strengths] == pytest.approx([2 * 10 ** (2 - t) for t in LEVELS])
    assert [step.error for step in parent.strengths] == [0.0] * 5
    uncle = next(kind for kind in found.kinds if kind.relatives == "uncle")
    assert [step.expected for step in uncle.strengths] == pytest.approx([10 ** (2 - 2 * t) for t in LEVELS])
    assert [step.error for step in uncle.strengths[1:]] == pytest.approx([10 ** (1 - 2 * t) for t in LEVELS[1:]])
    together = [sum(10 ** (2 - slope * t) for slope in (1.0, 1.0, 2.0, 1.5)) for t in LEVELS[1:]]
    assert [step.expected for step in found.strengths[1:]] == pytest.approx(together)


def test_below_the_lowest_threshold_no_chance_is_told_rather_than_too_little() -> None:
    made = whole() | {"strata": strata(lowest=1.0)}
    assert FLOOR < 1.0
    first, second, *_ = summary_of(made).strengths
    assert (first.expected, first.error) == (None, None)
    assert second.expected is not None


def test_kinds_are_sorted_by_how_many_there_are_and_their_bounds_are_means() -> None:
    frame = missing()
    twice = frame.filter(pl.col("relatives") == "uncle").with_columns(
        missing=pl.lit("other"), below_floor_low=0.2, below_floor_high=0.2, searchable=False
    )
    found = summary_of(whole() | {"missing": pl.concat([frame, twice])})
    assert [(kind.relatives, kind.missing, kind.searchable) for kind in found.kinds] == [
        ("uncle", 2, 0), ("none", 1, 0), ("parent", 1, 1), ("parent+parent", 1, 1),
    ]  # fmt: skip
    bounds = found.kinds[0].below_floor_low, found.kinds[0].below_floor_high
    assert bounds == pytest.approx(((0.4 + 0.2) / 2, (0.6 + 0.2) / 2))


def test_means_are_the_same_to_the_bit_in_every_run() -> None:
    rng = np.random.default_rng(4)
    n = 100_000
    below = rng.uniform(size=n) * 10.0 ** rng.integers(-12, 0, n)
    frame = missing()[rng.integers(0, len(KINDS), n)].with_columns(below_floor_low=below, below_floor_high=below)
    found = {summary_of(whole(0) | {"missing": frame}).kinds for _ in range(10)}
    assert len(found) == 1
    for kind in found.pop():
        own = below[(frame["relatives"] == kind.relatives).to_numpy()]
        assert kind.below_floor_low == kind.below_floor_high == own.mean()


def test_the_first_rows_are_the_strongest_with_their_kind_of_relatives() -> None:
    made = whole()
    rows = sorted(made["candidates"].to_dicts(), key=lambda row: -row["log10_lr"])[:MOST_CANDIDATES]
    found = summary_of(made).candidates
    assert [(r.remains, r.family, r.log10_lr) for r in found] == [
        (row["remains"], row["family"], row["log10_lr"]) for row in rows
    ]
    assert all(r.relatives == KINDS[r.family] and r.chance_kin is None for r in found)
    made["candidates"] = made["candidates"].with_columns(chance_kin=0.25)
    assert {r.chance_kin for r in summary_of(made).candidates} == {0.25}


def test_who_cannot_be_found_stands_in_the_order_of_the_case() -> None:
    found = summary_of(whole()).not_searchable
    assert [(r.family, r.missing, r.relatives, r.typed_relatives) for r in found] == [
        (family, person_of(family), KINDS[family], n) for family, n in (("F5", 1), ("F7", 0))
    ]


def test_pairs_of_kept_blocks_count_and_what_was_run_is_told_by_reason() -> None:
    blocks = (
        (recorded(Comparison.KINSHIP, "F1", 100), None),
        (recorded(Comparison.KINSHIP, "F2", 30), {"new_query": 20, "changed": 10}),
        (recorded(Comparison.BROTHERS, "R2", 6), {"new_query": 6}),
        (recorded(Comparison.ALIKE, "F2 / son", 4_000), {"new_query": 4_000}),
    )
    found = summary_of(whole(5), blocks, {"compare": 0.5, "alike": 2.0, "tables": 0.0})
    assert [(c.comparison, c.pairs, c.found) for c in found.comparisons] == [
        (Comparison.KINSHIP, 130, 5), (Comparison.BROTHERS, 6, 0), (Comparison.ALIKE, 4_000, 0),
    ]  # fmt: skip
    assert found.changes == Changes(1, 3, (PairsRun(Why.NEW_QUERY, 4_026), PairsRun(Why.CHANGED, 10)))
    assert found.pairs_per_second == (30 + 6) / 0.5
    assert [(s.stage, s.seconds) for s in found.stages] == [(Stage.COMPARE, 0.5), (Stage.ALIKE, 2.0)]


def test_a_first_run_has_no_changes_and_a_run_of_nothing_no_speed() -> None:
    kept = ((recorded(Comparison.KINSHIP, "F1", 64), None),)
    assert summary_of(whole()).changes is None
    again = summary_of(whole(), kept, {"compare": 0.5})
    assert again.changes == Changes(1, 0, ())
    assert again.pairs_per_second is None


def test_samples_left_out_are_counted_by_reason() -> None:
    scopes = CASE.profiles["scope"].cast(pl.String)
    person = CASE.profiles["person_row"]
    rows = {name: CASE.persons["person"].to_list().index(name) for name in ("R1", "R2", "R3")}
    scope = [{rows["R1"]: "direct", rows["R2"]: "none"}.get(row, own) for row, own in zip(person, scopes, strict=True)]
    profiles = CASE.profiles.with_columns(scope=pl.Series(scope)).filter(pl.col("person_row") != rows["R3"])
    screening = Screening(CASE.persons, profiles, CASE.tables, CASE.policy)
    reasons = [
        (Comparison.KINSHIP, Skip.NO_LOCI, 9), (Comparison.KINSHIP, Skip.NO_RELATIVES, 8),
        (Comparison.KINSHIP, Skip.SCOPE_DIRECT, 9), (Comparison.KINSHIP, Skip.SCOPE_NONE, 9),
        (Comparison.ALIKE, Skip.SCOPE_NONE, 20), (Comparison.ALIKE, Skip.TOO_FEW_LOCI, 3),
    ]  # fmt: skip
    blocks = (*FIRST, (recorded(Comparison.ALIKE, "R1", 6), {"never_run": 6}))
    made = whole() | {"skipped": skipped(*((str(c), str(r), n) for c, r, n in reasons))}
    found = summary_of(made, blocks, screening=screening)
    assert [(skip.reason, skip.samples, skip.pairs) for skip in found.comparison(Comparison.KINSHIP).skipped] == [
        (Skip.NO_LOCI, 1, 9), (Skip.NO_RELATIVES, 1, 8), (Skip.SCOPE_DIRECT, 1, 9), (Skip.SCOPE_NONE, 1, 9),
    ]  # fmt: skip
    assert [(skip.reason, skip.samples) for skip in found.comparison(Comparison.ALIKE).skipped] == [
        (Skip.SCOPE_NONE, 1), (Skip.TOO_FEW_LOCI, 0),
    ]  # fmt: skip


def test_samples_alike_are_counted_by_role_whichever_comes_first() -> None:
    frame = pl.DataFrame({
        "first_role": ["staff", "remains", "remains", "relative"],
        "second_role": ["remains", "staff", "remains", "missing"],
    })  # fmt: skip
    assert alike_counts(frame) == (
        AlikeCount(Role.REMAINS, Role.REMAINS, 1),
        AlikeCount(Role.REMAINS, Role.STAFF, 2),
        AlikeCount(Role.RELATIVE, Role.MISSING, 1),
    )


def test_the_rules_are_those_of_the_screening() -> None:
    own = MutationModel(MutationKind.PROPORTIONAL, 0.001, 0.001)
    policy = replace(CASE.policy, mutation_by_locus={"TH01": own})
    other = Screening(CASE.persons, CASE.profiles, CASE.tables, policy)
    found = screening_summary(
        CASE.name, WHEN, CASE.persons, policy, CASE.tables, other, {"skipped": skipped()}, [], [], {}
    ).rules
    assert found.floor_log10_lr == pytest.approx(FLOOR)
    assert (found.bound, found.policy_digest) == (-6.0, other.circumstances.policy_digest)
    rest = tuple(locus for locus in other.search.loci if locus != "TH01")
    assert set(found.mutation) == {LociMutation(own, ("TH01",)), LociMutation(CASE.policy.mutation, rest)}
    assert summary_of(whole()).rules.mutation == (LociMutation(CASE.policy.mutation),)
    assert [(t.name, t.digest) for t in found.tables] == list(other.circumstances.table_digests.items())


def test_counts_are_those_of_the_case() -> None:
    counts = summary_of(whole()).counts
    roles = CASE.persons["role"].cast(pl.String).to_list()
    assert (counts.remains, counts.missing, counts.staff) == tuple(map(roles.count, ("remains", "missing", "staff")))
    assert (counts.families, counts.samples) == (
        CASE.persons["family"].drop_nulls().n_unique(),
        len(set(CASE.profiles["person_row"])),
    )


@pytest.mark.parametrize("made", [whole(), whole(0), {"skipped": skipped()}], ids=["whole", "no candidate", "nothing"])
def test_it_can_be_shown(made: dict[str, pl.DataFrame]) -> None:
    found = summary_of(made)
    assert CASE.name in screening_text(found)
    assert "<html" in screening_html(found)
