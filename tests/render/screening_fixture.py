"""Screenings of the right shape, large, small and empty; figures invented, identifiers alone, nobody named."""

from __future__ import annotations

from dataclasses import replace

from antigone.domain import (
    AlikeCount,
    AlikeRow,
    BrothersRow,
    CandidateRow,
    Changes,
    Comparison,
    ComparisonCount,
    DirectRow,
    KindCount,
    LociMutation,
    MutationKind,
    MutationModel,
    NotSearchable,
    PairsRun,
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

EQUAL = LociMutation(MutationModel(MutationKind.EQUAL, 0.0005, 0.002))
NORTH = TableUsed("North", "made up for tests", "ab" * 32)
EXAMPLE = TableUsed("South", "example, not for casework", "cd" * 32)
RULES = ScreeningRules(
    120_000, 0.1, "all missing of both years by the register", 0.01, (EQUAL,), (NORTH, EXAMPLE), 1e-3, -6.0, "5d" * 32
)
SECONDS = (3.1, 2.25, 11.0, 24.6, 1.8, 4.0, 2.2, 1.1)
STAGES = tuple(StageSeconds(stage, s) for stage, s in zip(Stage, SECONDS, strict=True))

LARGE_KINDS = (
    ("parent", 35_120, 31_020, 0.012, 0.021, (9_812, 811, 31.2, 0.2), (30_010, 2_420, 1_690, 1_601)),
    ("parent+parent", 15_044, 15_044, 1e-7, 2e-6, (140, 1.2, 0.01, 1e-4), (980, 760, 751, 745)),
    ("sibling", 9_880, 0, 0.118, 0.143, (22_104, 602, 12.0, 0.2), (30_240, 940, 322, 231)),
    ("none", 8_012, 0, 1.0, 1.0, (0, 0, 0, 0), (0, 0, 0, 0)),
    ("child+partner", 7_930, 7_930, 2e-4, 4e-4, (1_902, 44, 1.1, 0.02), (2_402, 470, 402, 399)),
    ("uncle", 6_120, 0, 0.512, 0.549, (9_740, 81, 0.3, 0.001), (9_911, 96, 7, 1)),
    ("child", 5_860, 4_440, 0.019, 0.034, (1_730, 140, 5.4, 0.04), (5_010, 410, 288, 270)),
    ("sibling+sibling", 5_020, 4_902, 0.014, 0.018, (3_104, 51, 0.6, 0.01), (3_480, 280, 221, 208)),
    ("half-sibling", 3_990, 0, 0.471, 0.503, (6_230, 52, 0.2, 0.001), (6_402, 81, 9, 1)),
    ("grandparent+grandparent", 2_014, 0, 0.204, 0.241, (2_930, 60, 0.9, 0.01), (3_010, 121, 30, 14)),
    ("parent+sibling", 610, 610, 4e-4, 9e-4, (44, 0.8, 0.01, 1e-4), (90, 41, 38, 38)),
    ("half-sibling+parent+uncle", 212, 212, 0.002, 0.004, (30, 1.0, 0.02, 2e-4), (40, 14, 12, 12)),
    ("cousin+nephew+nephew+other", 95, 0, 0.61, 0.72, (61, 0.2, 0.001, 1e-6), (62, 0, 0, 0)),
    ("partner", 93, 0, 1.0, 1.0, (0, 0, 0, 0), (0, 0, 0, 0)),
)  # fmt: skip
"""Relatives, missing persons, searchable, bounds of P(below floor); expected and counted at four strengths."""
STEPS = (RULES.floor_log10_lr, 4.0, 6.0, 8.0)


def kind(
    relatives: str, missing: int, searchable: int, low: float, high: float, chance: tuple[float, ...],
    counted: tuple[int, ...],
) -> KindCount:  # fmt: skip
    strengths = tuple(
        Strength(at, n, min(n, 9_000), min(n, missing), e, 0.02 * e)
        for at, n, e in zip(STEPS, counted, chance, strict=True)
    )
    return KindCount(relatives, missing, searchable, low, high, strengths)


def totals(kinds: tuple[KindCount, ...], remains: tuple[int, ...], error: float = 0.07) -> tuple[Strength, ...]:
    """The strengths over all kinds."""
    found = []
    for at, n, steps in zip(STEPS, remains, zip(*(k.strengths for k in kinds), strict=True), strict=True):
        expected = sum(step.expected or 0.0 for step in steps)
        counted = sum(step.candidates for step in steps)
        found.append(Strength(at, counted, n, min(counted, 2 * n), expected, error * expected))
    return tuple(found)


def candidate(
    place: int, log10_lr: float, relatives: str = "parent", kin: float | None = None, pairs: float = 9e8
) -> CandidateRow:
    """The candidate of this place in the list."""
    chance = 10 ** (-1.2 * log10_lr)
    return CandidateRow(
        f"R-{(place * 7919) % 10_000:05d}", f"F-{(place * 104_729) % 100_000:06d}", "missing", relatives, log10_lr,
        "North", 23 - place % 4,
        pairs / 1e5 * chance, pairs / 1e6 * chance, pairs * chance, kin,
    )  # fmt: skip


def large() -> ScreeningSummary:
    """A whole war, the second run into its folder."""
    kinds = tuple(kind(*row) for row in LARGE_KINDS)
    typed = [k.relatives for k in kinds if k.strengths[-1].candidates]
    rows = [candidate(n, 19.4 - n * 0.06, typed[n % len(typed)], 0.02 if n % 11 == 3 else None) for n in range(200)]
    alike = [
        AlikeRow(Role.REMAINS, "", f"R-{n:05d}", Role.REMAINS, "", f"R-{n + 31:05d}", 23 - n % 9, n % 2,
                 22.1 - n * 0.1, 9.7)
        for n in range(60)
    ] + [
        AlikeRow(Role.REMAINS, "", "R-00812", Role.STAFF, "", "S-3", 23, 0, 24.0, 11.2),
        AlikeRow(Role.RELATIVE, "F-000120", "mother", Role.RELATIVE, "F-031877", "mother", 21, 0, 21.9, 10.4),
    ]  # fmt: skip
    unfound = [k for k in kinds if k.missing > k.searchable]
    return ScreeningSummary(
        case="The whole war, synthetic",
        software="Antigone 0.3.0",
        when="2026-11-22T14:05:09Z",
        counts=ScreeningCounts(10_000, 98_114, 100_000, 151_208, 12),
        rules=RULES,
        comparisons=(
            ComparisonCount(Comparison.KINSHIP, 918_950_000, sum(k.strengths[0].candidates for k in kinds), (
                SkipCount(Skip.NO_RELATIVES, 8_105, 81_050_000), SkipCount(Skip.NO_LOCI, 31, 3_100_000),
                SkipCount(Skip.SCOPE_DIRECT, 402, 0), SkipCount(Skip.TOO_COMPLEX, 1, 10_000),
            )),
            ComparisonCount(Comparison.DIRECT, 4_020_000, 37, (SkipCount(Skip.SCOPE_NONE, 5, 50_000),)),
            ComparisonCount(Comparison.BROTHERS, 49_995_000, 212, (SkipCount(Skip.TOO_FEW_LOCI, 118, 1_180_000),)),
            ComparisonCount(Comparison.ALIKE, 12_900_000_000, 3_120),
        ),
        stages=STAGES,
        pairs_per_second=37_400_000.0,
        strengths=totals(kinds, (9_411, 4_120, 3_380, 3_190)),
        kinds=kinds,
        alike=(
            AlikeCount(Role.REMAINS, Role.REMAINS, 3_055), AlikeCount(Role.REMAINS, Role.STAFF, 4),
            AlikeCount(Role.REMAINS, Role.RELATIVE, 2), AlikeCount(Role.RELATIVE, Role.RELATIVE, 59),
        ),
        changes=Changes(1_210, 44, (PairsRun(Why.NEW_QUERY, 40_000_000), PairsRun(Why.CHANGED, 1_200_000))),
        candidates=tuple(rows),
        direct=tuple(DirectRow(f"R-{n:05d}", f"F-{n:06d}", "missing", 25.5 - n * 0.2, 23) for n in range(37)),
        brothers=tuple(BrothersRow(f"R-{n:05d}", f"R-{n + 500:05d}", 11.8 - n * 0.1, 23) for n in range(40)),
        alike_rows=tuple(sorted(alike, key=lambda row: -row.log10_lr)),
        not_searchable=tuple(
            NotSearchable(f"F-{n:06d}", "missing", k.relatives, 1, k.below_floor_low, k.below_floor_high)
            for n, k in ((n, unfound[n % len(unfound)]) for n in range(50))
        ),
    )  # fmt: skip


def small() -> ScreeningSummary:
    """Sixty remains and ninety families: few candidates, none alike, the first run."""
    kinds = (
        kind("parent", 41, 41, 1e-4, 3e-4, (3.1, 0.03, 3e-4, 2.6e-6), (34, 26, 24, 12)),
        kind("parent+parent", 22, 22, 1e-9, 1e-8, (0.02, 1e-4, 2e-6, 1e-8), (14, 14, 14, 14)),
        kind("uncle", 18, 0, 0.31, 0.31, (4.4, 0.02, 1e-4, 1e-7), (6, 1, 0, 0)),
        kind("none", 9, 0, 1.0, 1.0, (0, 0, 0, 0), (0, 0, 0, 0)),
    )
    return replace(
        large(),
        case="Sixty remains",
        counts=ScreeningCounts(60, 88, 90, 176, 0),
        rules=replace(RULES, tables=(NORTH,)),
        comparisons=(ComparisonCount(Comparison.KINSHIP, 4_860, 54), ComparisonCount(Comparison.BROTHERS, 1_770, 0)),
        stages=(StageSeconds(Stage.READ, 0.2), StageSeconds(Stage.COMPARE, 0.04)),
        pairs_per_second=121_500.0,
        strengths=totals(kinds, (47, 41, 38, 26)),
        kinds=kinds,
        alike=(),
        changes=None,
        candidates=tuple(candidate(n, 12.2 - n * 0.3, "parent", pairs=4_860) for n in range(30)),
        direct=(),
        brothers=(),
        alike_rows=(),
        not_searchable=(NotSearchable("F-000007", "missing", "uncle", 1, 0.31, 0.31),),
    )


def unfound() -> ScreeningSummary:
    """Remains and families, but no candidate, and nobody who can be found."""
    kinds = (kind("uncle", 4, 0, 0.4, 0.44, (0.02, 1e-4, 1e-6, 1e-9), (0, 0, 0, 0)),)
    return replace(
        small(),
        case="Four uncles",
        counts=ScreeningCounts(5, 4, 4, 9, 0),
        comparisons=(ComparisonCount(Comparison.KINSHIP, 20, 0),),
        strengths=totals(kinds, (0, 0, 0, 0)),
        kinds=kinds,
        candidates=(),
        not_searchable=(NotSearchable("F-000001", "missing", "uncle", 1, 0.4, 0.44),),
    )


def empty() -> ScreeningSummary:
    """No remains at all: nothing to compare."""
    return replace(
        unfound(),
        case="Nothing came",
        counts=ScreeningCounts(0, 0, 0, 0, 0),
        comparisons=(ComparisonCount(Comparison.KINSHIP, 0, 0),),
        stages=(),
        pairs_per_second=None,
        strengths=(),
        kinds=(),
        not_searchable=(),
    )


SIZES = {"large": large, "small": small, "unfound": unfound, "empty": empty}
