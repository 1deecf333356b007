"""Own samples that agree, brothers among the remains, samples that look like one person: as tables."""

from __future__ import annotations

from antigone.domain import AlikeRow, Comparison, ScreeningSummary
from antigone.render import screening_explained as explained
from antigone.render.language import _
from antigone.render.numbers import count, log10
from antigone.render.screening_sheet import Sheet, sheet
from antigone.render.screening_words import alike_words, roles
from antigone.render.words import words_of


def direct_sheet(summary: ScreeningSummary) -> Sheet:
    """Remains that agree with a missing person's own sample."""
    heads = (_("remains"), _("family"), _("missing person"), _("log10 LR"), _("loci"))
    rows = [(r.remains, r.family, r.person, log10(r.log10_lr), count(r.loci)) for r in summary.direct]
    caption = _("Remains and own samples that agree: {n} of {total}").format(
        n=count(len(rows)), total=count(summary.comparison(Comparison.DIRECT).found)
    )
    return sheet("direct-table", caption, heads, (3, 4), rows, explained.about_direct(), names=(0, 1, 2))


def brothers_sheet(summary: ScreeningSummary) -> Sheet:
    """Remains that look like brothers."""
    heads = (_("remains"), _("other remains"), _("log10 LR, full brothers : unrelated"), _("loci"))
    rows = [(r.first, r.second, log10(r.log10_lr), count(r.loci)) for r in summary.brothers]
    caption = _("Remains that look like brothers: {n} of {total} pairs").format(
        n=count(len(rows)), total=count(summary.comparison(Comparison.BROTHERS).found)
    )
    return sheet("brothers-table", caption, heads, (2, 3), rows, explained.about_brothers(), names=(0, 1))


def alike_count_sheet(summary: ScreeningSummary) -> Sheet:
    """Samples that look like one person, by whose they are."""
    heads = (_("sample of"), _("and of"), _("pairs"), _("what it may mean, and what to do"))
    rows = (
        (_role(a.first_role), _role(a.second_role), count(a.pairs), alike_words(a.first_role, a.second_role))
        for a in summary.alike
        if a.pairs
    )
    meaning = explained.about_alike()
    return sheet("alike-counts", _("Samples that look like one person"), heads, [2], rows, meaning)


def alike_sheet(summary: ScreeningSummary) -> Sheet:
    """The pairs themselves."""
    heads = (
        _("sample"), _("other sample"), _("loci compared"), _("differing"), _("log10 LR, one person : unrelated"),
        _("log10 LR, one person : brothers"),
    )  # fmt: skip
    rows = [
        (*_two_samples(r), count(r.compared), count(r.differing), log10(r.log10_lr), log10(r.over_brothers))
        for r in summary.alike_rows
    ]
    caption = _("The pairs: {n} of {total}").format(
        n=count(len(rows)), total=count(sum(a.pairs for a in summary.alike))
    )
    return sheet("alike-table", caption, heads, range(2, 6), rows)


def _two_samples(row: AlikeRow) -> tuple[str, str]:
    return (
        _sample(row.first_role, row.first_family, row.first),
        _sample(row.second_role, row.second_family, row.second),
    )


def _sample(role: str, family: str, sample: str) -> str:
    words = _("{sample}, family {family} ({role})") if family else _("{sample} ({role})")
    return words.format(sample=sample, family=family, role=_role(role))


def _role(role: str) -> str:
    return words_of("role", role, roles())
