"""A score as tables of plain words: one source for the terminal and for the page."""

from __future__ import annotations

from collections.abc import Sequence

from antigone.domain import ChanceHits, FoundPairs, MissedPairs, ReliabilityBin, Score, WhyWrong
from antigone.render import score_words as words
from antigone.render.language import _
from antigone.render.numbers import DASH, count, log10, probability
from antigone.render.screening_numbers import expected, strength
from antigone.render.screening_sheet import Sheet, sheet


def found_sheet(score: Score) -> Sheet:
    """Found and named, by the typed relatives of the run."""
    rows = [_found_row(_("all"), score.everything)]
    rows += [_found_row(words.heading_words(found.heading), found) for found in score.by_relatives]
    return _found_sheet(score, "found", _("Found and named, by typed relatives"), rows, words.about_found(score))


def group_sheet(score: Score) -> Sheet:
    """The same by the headings of the truth."""
    rows = [_found_row(words.group_words(found.heading), found) for found in score.by_group]
    return _found_sheet(score, "groups", _("The same, by what the truth calls the family"), rows)


def _found_sheet(
    score: Score, key: str, caption: str, rows: Sequence[tuple[str, ...]], meaning: str = ""
) -> Sheet:  # fmt: skip
    named = [_("at {level}: true / others").format(level=level) for level in score.levels]
    heads = (_("typed relatives"), _("true pairs"), _("could be found"), _("found"), _("missed"), _("best"), *named)
    return sheet(key, caption, heads, range(1, len(heads)), rows, meaning, names=[0])


def _found_row(name: str, found: FoundPairs) -> tuple[str, ...]:
    named = [f"{count(true)} / {count(wrong)}" for true, wrong in zip(found.named, found.wrong, strict=True)]
    share = f" ({words.percent(found.found / found.possible)})" if found.possible else ""
    figures = (found.pairs, found.possible)
    return (
        name, *map(count, figures), count(found.found) + share, count(found.pairs - found.found),
        count(found.leads), *named,
    )  # fmt: skip


def missed_sheet(score: Score) -> Sheet:
    """Missed pairs by reason."""
    reasons = list(dict.fromkeys(row.reason for row in score.missed))
    rows = []
    for reason in reasons:
        own = [row for row in score.missed if row.reason is reason]
        rows.append((words.missed_words(reason), count(sum(row.pairs for row in own)), _by_relatives(own)))
    heads = (_("reason"), _("pairs"), _("typed relatives"))
    return sheet("missed", _("Missed, and why"), heads, [1], rows, words.about_missed())


def _by_relatives(rows: Sequence[MissedPairs]) -> str:
    return "; ".join(f"{words.heading_words(row.relatives)}: {count(row.pairs)}" for row in rows)


def below_floor_sheet(score: Score) -> Sheet:
    """What stays below the floor, by the run's own figures and as counted."""
    rows = []
    for row in score.below_floor:
        low, high = f"{row.expected_low:,.1f}", f"{row.expected_high:,.1f}"
        between = low if low == high else _("{low} to {high}").format(low=low, high=high)
        rows.append((words.heading_words(row.relatives), count(row.pairs), between, count(row.counted)))
    heads = (_("typed relatives"), _("true pairs, fully typed"), _("expected below the floor"), _("counted"))
    return sheet("below", _("Below the floor"), heads, [1, 2, 3], rows, words.about_below_floor())


def wrong_sheet(score: Score) -> Sheet:
    """Wrong names by reason and level."""
    rows = []
    for reason in WhyWrong:
        own = [name.posterior for name in score.wrong_names if name.reason is reason]
        if own:
            rows.append((words.wrong_words(reason), *(count(sum(p >= level for p in own)) for level in score.levels)))
    heads = (_("reason"), *(_("at {level}").format(level=level) for level in score.levels))
    return sheet("wrong", _("Named wrongly, by reason"), heads, range(1, len(heads)), rows, words.about_wrong())


def wrong_name_sheet(score: Score) -> Sheet:
    """Every wrong name."""
    rows = [
        (
            name.remains, f"{name.family} / {name.missing}", words.heading_words(name.relatives), log10(name.log10_lr),
            probability(name.posterior), words.wrong_words(name.reason),
            "; ".join(who.replace("/", " / ") for who in name.really) or _("nobody whom a family misses"),
        )
        for name in score.wrong_names
    ]  # fmt: skip
    heads = (
        _("remains"), _("named as"), _("typed relatives"), _("log10 LR"), _("posterior"), _("why"), _("really"),
    )  # fmt: skip
    return sheet("wrong-names", _("Every wrong name"), heads, [3, 4], rows, names=[0, 1])


def reliability_sheet(score: Score) -> Sheet:
    """Posterior against the share that is true."""
    rows = [_bin_row(one) for one in score.reliability]
    heads = (
        _("posterior"), _("pairs"), _("mean posterior"), _("true"), _("share true"), _("95% interval"),
        _("share true without exchanged samples"),
    )  # fmt: skip
    return sheet("reliability-table", _("Posterior and truth"), heads, range(1, 7), rows, names=[0])


def _bin_row(one: ReliabilityBin) -> tuple[str, ...]:
    name = _("{low} to {high}").format(low=f"{one.low:g}", high=f"{one.high:g}")
    if not one.pairs:
        return (name, "0", *[DASH] * 5)
    rest = one.pairs - one.exchanged
    without = words.percent(one.true / rest) if one.exchanged and rest else DASH
    between = words.percents(one.share_low, one.share_high)
    share = words.percent(one.true / one.pairs)
    return (name, count(one.pairs), probability(one.mean), count(one.true), share, between, without)


def chance_total_sheet(score: Score) -> Sheet:
    """All strata together."""
    rows = []
    for hit in score.chance_total:
        strata = [one for one in score.chance if one.log10_lr == hit.log10_lr]
        outside = f"{count(sum(one.outside for one in strata))} / {count(len(strata))}"
        rows.append((strength(hit.log10_lr), *_hit_cells(hit), DASH if hit.counted is None else outside))
    heads = (
        _("strength"), _("pairs"), _("expected by chance"), _("counted"), _("95% interval"),
        _("strata with the expected number outside"),
    )  # fmt: skip
    return sheet("chance-total", _("Chance hits in all"), heads, range(1, 6), rows, words.about_chance(), [0])


def chance_sheet(score: Score) -> Sheet:
    """Every stratum, at LRs that the floor lets through."""
    rows = [
        (
            words.heading_words(hit.relatives), hit.loci_band or _("all"), strength(hit.log10_lr), *_hit_cells(hit),
            _("outside") if hit.outside else _("inside"),
        )
        for hit in score.chance
        if hit.counted is not None
    ]  # fmt: skip
    heads = (
        _("typed relatives"), _("loci"), _("strength"), _("pairs"), _("expected by chance"),
        _("counted"), _("95% interval"), _("expected lies"),
    )  # fmt: skip
    return sheet("chance-strata", _("Chance hits by stratum"), heads, [3, 4, 5, 6], rows, names=[1, 2])


def _hit_cells(hit: ChanceHits) -> tuple[str, str, str, str]:
    """Pairs, expected, counted, interval."""
    between = DASH if hit.low is None or hit.high is None else _between(hit.low, hit.high)
    return count(hit.pairs), expected(hit.expected, hit.standard_error), count(hit.counted), between


def _between(low: float, high: float) -> str:
    return _("{low} to {high}").format(low=_plain(low), high=_plain(high))


def _plain(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"


def related_sheet(score: Score) -> Sheet:
    """Candidates of kin, and those of exchanged samples."""
    strengths = list(dict.fromkeys(hit.log10_lr for hit in score.related))
    rows = [
        (words.related_words(relation), *(count(h.counted) for h in score.related if h.relation is relation))
        for relation in dict.fromkeys(hit.relation for hit in score.related)
    ]
    heads = (_("the remains are"), *(strength(log10_lr) for log10_lr in strengths))
    caption = _("Kin of the missing person, and exchanged samples")
    return sheet("related", caption, heads, range(1, len(heads)), rows, words.about_related())


def tail_sheet(score: Score) -> Sheet:
    """The tail of the unrelated pairs."""
    rows = [
        (
            strength(row.log10_lr), count(row.pairs), count(row.counted), count(row.related), count(row.unrelated),
            expected(row.predicted), _between(row.low, row.high),
        )
        for row in score.tail
    ]  # fmt: skip
    heads = (
        _("strength"), _("pairs"), _("reach it"), _("of them related"), _("unrelated"), _("predicted"),
        _("95% interval"),
    )  # fmt: skip
    return sheet("tail", _("All pairs that reach an LR"), heads, range(1, 7), rows, words.about_tail(), [0])
