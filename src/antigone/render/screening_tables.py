"""Candidates and who can be found, as tables of plain words: one source for the terminal and for the page."""

from __future__ import annotations

from collections.abc import Sequence

from antigone.domain import Comparison, KindCount, ScreeningSummary, Strength
from antigone.render import screening_explained as explained
from antigone.render.language import _
from antigone.render.numbers import count, log10
from antigone.render.screening_numbers import expected, missed, part_of, strength
from antigone.render.screening_sheet import Sheet, sheet
from antigone.render.screening_words import next_sample_words, relatives_words

MOST_KINDS = 24


def gathered(kinds: Sequence[KindCount], most: int = MOST_KINDS) -> list[tuple[str, KindCount]]:
    """The kinds of relatives in words; where they are too many, the last of them together."""
    shown = kinds if len(kinds) <= most else kinds[: most - 1]
    named = [(relatives_words(kind.relatives), kind) for kind in shown]
    rest = kinds[len(shown) :]
    return [*named, (_("other kinds together: {n}").format(n=len(rest)), _together(rest))] if rest else named


def _together(kinds: Sequence[KindCount]) -> KindCount:
    """Sums; the probabilities weighed by the number of missing persons."""
    missing = sum(kind.missing for kind in kinds)

    def mean(bounds: list[float | None]) -> float | None:
        known = [bound * kind.missing for bound, kind in zip(bounds, kinds, strict=True) if bound is not None]
        return sum(known) / missing if len(known) == len(kinds) and missing else None

    return KindCount(
        "",
        missing,
        sum(kind.searchable for kind in kinds),
        mean([kind.below_floor_low for kind in kinds]),
        mean([kind.below_floor_high for kind in kinds]),
        tuple(_step_of(kinds, step.log10_lr) for step in _steps(kinds)),
    )


def _steps(kinds: Sequence[KindCount]) -> tuple[Strength, ...]:
    """The strengths counted; the same for all kinds that have any."""
    return max((kind.strengths for kind in kinds), key=len, default=())


def _step_of(kinds: Sequence[KindCount], log10_lr: float) -> Strength:
    """One strength over several kinds. Remains may stand in several kinds, and are not counted here."""
    found = [step for kind in kinds for step in kind.strengths if step.log10_lr == log10_lr]
    expected_pairs = [step.expected for step in found if step.expected is not None]
    errors = [step.error for step in found if step.error is not None]
    return Strength(
        log10_lr,
        sum(step.candidates for step in found),
        0,
        sum(step.missing for step in found),
        sum(expected_pairs) if expected_pairs else None,
        sum(errors) if errors else None,
    )


def strength_sheet(summary: ScreeningSummary) -> Sheet:
    """Candidates by strength beside what chance gives."""
    heads = (
        _("strength"), _("candidates"), _("expected by chance"), _("remains in them"), _("missing persons in them"),
    )  # fmt: skip
    rows = (
        (strength(s.log10_lr), count(s.candidates), expected(s.expected, s.error), count(s.remains), count(s.missing))
        for s in summary.strengths
    )
    meaning = explained.about_strengths()
    return sheet("strengths", _("Candidates by strength"), heads, range(1, 5), rows, meaning, names=[0])


def candidate_sheet(summary: ScreeningSummary) -> Sheet:
    """The strongest candidates; the deciding table where there are several, chance among kin where it was asked."""
    several = len(summary.rules.tables) > 1
    kin = any(row.chance_kin is not None for row in summary.candidates)
    heads = [
        _("remains"), _("family"), _("missing person"), _("relatives typed"), _("log10 LR"), _("loci"),
        _("chance, this family"), _("chance, whole search"),
    ]  # fmt: skip
    heads += [_("chance, kin")] * kin + [_("lowest under table")] * several
    rows = []
    for row in summary.candidates:
        cells = [
            row.remains, row.family, row.missing, relatives_words(row.relatives), log10(row.log10_lr), count(row.loci),
            expected(row.chance_family, row.chance_family_error), expected(row.chance_search),
        ]  # fmt: skip
        rows.append((*cells, *[expected(row.chance_kin)] * kin, *[row.deciding_table] * several))
    caption = _("The strongest candidates: {n} of {total}").format(
        n=count(len(rows)), total=count(summary.comparison(Comparison.KINSHIP).found)
    )
    return sheet("candidates-table", caption, heads, range(4, 8 + kin), rows, names=(0, 1, 2))


def searchable_sheet(summary: ScreeningSummary) -> Sheet:
    """Who can be found, by kind of relatives, and what to ask for."""
    heads = (
        _("relatives typed"), _("missing persons"), _("can be found"), _("cannot"), _("true person below the floor"),
        _("sample to ask for next"),
    )  # fmt: skip
    rows = (
        (
            words, count(kind.missing), part_of(kind.searchable, kind.missing), count(kind.missing - kind.searchable),
            missed(kind.below_floor_low, kind.below_floor_high), _next_sample(kind),
        )
        for words, kind in gathered(summary.kinds)
    )  # fmt: skip
    caption, meaning = _("Who can be found, by kind of relatives"), explained.about_searchable()
    return sheet("searchable-table", caption, heads, range(1, 5), rows, meaning)


def _next_sample(kind: KindCount) -> str:
    if kind.missing == kind.searchable:
        return _("none needed")
    return next_sample_words(kind.relatives) if kind.relatives else _("see each family")


def chance_by_kind_sheet(summary: ScreeningSummary, most: int = 8) -> Sheet:
    """Candidates and chance at each strength, by kind of relatives; of the strengths at most the last `most`."""
    kinds = gathered(summary.kinds)
    steps = _steps(summary.kinds)[-most:]
    heads = [_("relatives typed")]
    for step in steps:
        heads += [strength(step.log10_lr), _("by chance")]
    rows = []
    for words, kind in kinds:
        here = [_step_of([kind], step.log10_lr) for step in steps]
        pairs = ((count(step.candidates), expected(step.expected, step.error)) for step in here)
        rows.append((words, *(cell for pair in pairs for cell in pair)))
    caption = _("Candidates and chance, by kind of relatives")
    return sheet("chance-by-kind", caption, heads, range(1, len(heads)), rows, explained.about_kinds())


def not_searchable_sheet(summary: ScreeningSummary) -> Sheet:
    """The first of those who cannot be found."""
    heads = (
        _("family"), _("missing person"), _("relatives typed"), _("true person below the floor"),
        _("sample to ask for next"),
    )  # fmt: skip
    rows = [
        (
            r.family, r.missing, relatives_words(r.relatives), missed(r.below_floor_low, r.below_floor_high),
            next_sample_words(r.relatives),
        )
        for r in summary.not_searchable
    ]  # fmt: skip
    caption = _("Missing persons who cannot be found: {n} of {total}").format(
        n=count(len(rows)), total=count(summary.not_searchable_total)
    )
    return sheet("not-searchable", caption, heads, [3], rows, names=(0, 1))
