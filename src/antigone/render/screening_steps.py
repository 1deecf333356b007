"""What was done and what to do next: the first thing a coordinator reads."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from antigone.domain import Comparison, Role, ScreeningSummary, Strength
from antigone.render.language import _
from antigone.render.numbers import count
from antigone.render.screening_numbers import duration, expected, moment, part_of, strength
from antigone.render.screening_words import next_sample_words, relatives_words

_CLEAR = 10.0
"""Candidates stand clear of chance from so many times what chance gives."""
_KINDS_NAMED = 3


@dataclass(frozen=True, slots=True)
class Step:
    """What to do next; `part`: where on the page the figures stand; `each`: a line for each kind of family."""

    head: str
    words: str
    part: str
    each: tuple[str, ...] = ()


def nothing_compared(summary: ScreeningSummary) -> bool:
    """Whether no remains was compared with any missing person."""
    return not any(summary.comparison(which).pairs for which in (Comparison.KINSHIP, Comparison.DIRECT))


def clear_of_chance(summary: ScreeningSummary) -> Strength | None:
    """The weakest strength at which candidates are ten times as many as chance gives."""
    found = (s for s in summary.strengths if s.expected is not None and s.candidates >= max(1, _CLEAR * s.expected))
    return next(found, None)


def done_lines(summary: ScreeningSummary) -> Iterator[str]:
    """What was done and found, a line each."""
    counts, compared = summary.counts, summary.comparison(Comparison.KINSHIP)
    yield _("{remains} remains, {missing} missing persons of {families} families, {samples} samples.").format(
        remains=count(counts.remains), missing=count(counts.missing), families=count(counts.families),
        samples=count(counts.samples),
    )  # fmt: skip
    if nothing_compared(summary):
        yield _("No remains could be compared with any missing person; ended {when}.").format(when=moment(summary.when))
    else:
        yield _("{pairs} pairs of remains and missing persons compared; ended {when}, after {time}.").format(
            pairs=count(compared.pairs), when=moment(summary.when),
            time=duration(sum(stage.seconds for stage in summary.stages)),
        )  # fmt: skip
        yield from _reached(summary)
    if counts.missing:
        yield _("Missing persons who cannot be found with the relatives they have: {part}.").format(
            part=part_of(summary.not_searchable_total, counts.missing)
        )


def _reached(summary: ScreeningSummary) -> Iterator[str]:
    """How many of the remains have a candidate at the floor, and clear of chance."""
    lowest = next(iter(summary.strengths), None)
    if lowest is None or not lowest.candidates:
        yield _("No pair reaches the floor ({floor}).").format(floor=strength(summary.rules.floor_log10_lr))
        return
    remains = summary.counts.remains
    yield _("Remains with a candidate at or above the floor ({floor}): {part}.").format(
        floor=strength(lowest.log10_lr), part=part_of(lowest.remains, remains)
    )
    clear = clear_of_chance(summary)
    if clear is not None and clear is not lowest:
        yield _("Remains with a candidate from {strength} on, where chance gives few: {part}.").format(
            strength=strength(clear.log10_lr), part=part_of(clear.remains, remains)
        )


def next_steps(summary: ScreeningSummary) -> list[Step]:
    """In the order in which they should be taken."""
    steps = [*_alike(summary), *_direct(summary), *_candidates(summary), *_brothers(summary)]
    return [*steps, *_ask_families(summary), *_skipped(summary), _again()]


def _alike(summary: ScreeningSummary) -> Iterator[Step]:
    joined = {Role.REMAINS}
    soiled = [a.pairs for a in summary.alike if {a.first_role, a.second_role} not in (joined, {*joined, Role.MISSING})]
    if sum(soiled):
        words = _(
            "Pairs of samples of different people that look like one person: {n}. They may be soiled, exchanged or "
            "registered twice. Until they are cleared up, their candidates may be false, and true ones hidden."
        )
        yield Step(_("Clear up samples"), words.format(n=count(sum(soiled))), "alike")
    parts = sum(a.pairs for a in summary.alike if {a.first_role, a.second_role} == joined)
    if parts:
        words = _(
            "Pairs of remains that look like one person: {n}. Join them, or tell them apart, before any is named."
        )
        yield Step(_("Join remains of one person"), words.format(n=count(parts)), "alike")


def _direct(summary: ScreeningSummary) -> Iterator[Step]:
    found = summary.comparison(Comparison.DIRECT).found
    if found:
        words = _(
            "Remains that agree with a missing person's own sample: {n}. Confirm where each of those samples comes "
            "from, then weigh them with all other evidence."
        )
        yield Step(_("Confirm own samples"), words.format(n=count(found)), "direct")


def _candidates(summary: ScreeningSummary) -> Iterator[Step]:
    if nothing_compared(summary):
        yield Step(_("Add what is missing"), _nothing_words(summary), "compared")
        return
    found = summary.comparison(Comparison.KINSHIP).found
    if not found:
        words = _(
            "No pair reaches the floor. That does not say that none of the missing lies among these remains: look at "
            "who can be found at all, and whether the families of those who could lie here have given samples."
        )
        yield Step(_("Look at who can be found"), words, "searchable")
        return
    clear = clear_of_chance(summary)
    if clear is None:
        words = _(
            "At no strength are there ten times as many candidates as chance gives. Weigh none of the {n} candidates "
            "on this DNA alone: ask for a further relative, or look for other evidence."
        )
        yield Step(_("Weigh no candidate by this alone"), words.format(n=count(found)), "candidates")
        return
    words = _(
        "Candidates from {strength} on: {n}, of {remains} remains and {missing} missing persons; expected by chance: "
        "{chance}. Put remains and families that share candidates into a case folder of their own and run "
        "“antigone solve”, which weighs them together."
    )
    yield Step(
        _("Weigh the strong candidates"),
        words.format(
            strength=strength(clear.log10_lr), n=count(clear.candidates), remains=count(clear.remains),
            missing=count(clear.missing), chance=expected(clear.expected, clear.error),
        ),
        "candidates",
    )  # fmt: skip
    if found > clear.candidates:
        words = _(
            "Weaker candidates: {n}. Many of them are chance. A further relative of these families, or other evidence,"
            " shows which."
        )
        yield Step(_("Hold the weaker ones back"), words.format(n=count(found - clear.candidates)), "chance")


def _nothing_words(summary: ScreeningSummary) -> str:
    if not summary.counts.remains:
        return _("There are no remains with a DNA profile. Add their samples to the case folder, and screen again.")
    if not summary.counts.missing:
        return _("No family names a missing person. Add families to the case folder, and screen again.")
    return _(
        "No missing person has a typed relative or own sample that may be compared. Ask the families for samples; the "
        "reasons stand under what was not compared."
    )


def _brothers(summary: ScreeningSummary) -> Iterator[Step]:
    found = summary.comparison(Comparison.BROTHERS).found
    if found:
        words = _("Pairs of remains that look like brothers: {n}. Weigh both of a pair together.")
        yield Step(_("Look at brothers"), words.format(n=count(found)), "brothers")


def _ask_families(summary: ScreeningSummary) -> Iterator[Step]:
    unfound = [(kind.missing - kind.searchable, kind.relatives) for kind in summary.kinds]
    unfound = sorted((pair for pair in unfound if pair[0]), key=lambda pair: -pair[0])
    if not unfound:
        return
    line = _("Typed: {relatives}; {n} missing persons. Ask for {sample}.")
    each = tuple(
        line.format(n=count(n), relatives=relatives_words(kind), sample=next_sample_words(kind))
        for n, kind in unfound[:_KINDS_NAMED]
    )
    head = _("Ask families for samples")
    words = _("Missing persons who cannot be found with the relatives they have: {n}. Most of them:")
    if summary.not_searchable_total == summary.counts.missing:
        head = _("Ask families for samples before anything else")
        words = _(
            "None of the {n} missing persons can be found with the relatives they have; more remains will not change "
            "that. Most of them:"
        )
    yield Step(head, words.format(n=count(summary.not_searchable_total)), "searchable", each)


def _skipped(summary: ScreeningSummary) -> Iterator[Step]:
    left_out = sum(skip.samples for each in summary.comparisons for skip in each.skipped)
    if left_out:
        words = _(
            "Samples or missing persons left out of a comparison: {n}. The table says why, and what would change it."
        )
        yield Step(_("Look at what was not compared"), words.format(n=count(left_out)), "skipped")


def _again() -> Step:
    words = _("Whenever remains or samples are added, screen again into the same folder: only what is new is compared.")
    return Step(_("Screen again"), words, "compared")
