"""Codes into sentences: conclusions, rules, reasons and warnings. A code without words is an error."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from antigone.domain import Status
from antigone.render.language import _

W = TypeVar("W")


class UnknownCode(LookupError):
    """A code that nobody has written a sentence for; printing it bare would hide what it says."""

    def __init__(self, kind: str, code: str) -> None:
        super().__init__(f"no words for the {kind} {code!r}")


def words_of(kind: str, code: str, words: Mapping[Any, W]) -> W:
    """The words of a code; UnknownCode names the `kind` of code that was looked for."""
    if code not in words:
        raise UnknownCode(kind, code)
    return words[code]


def status_words(status: Status) -> str:
    """A conclusion in the words of INTERPOL's guide.

    >>> status_words(Status.MATCH)
    'DNA match report, for the board'
    """
    return words_of(
        "status",
        status,
        {
            Status.MATCH: _("DNA match report, for the board"),
            Status.PROBABLE: _("probable"),
            Status.POSSIBLE: _("possible"),
            Status.EXCLUDED: _("excluded"),
            Status.SYMMETRIC: _("several equally good answers"),
            Status.NO_MATCH: _("no match to date"),
            Status.NOT_IDENTIFIABLE: _("not identifiable with these relatives"),
        },
    )


def peer_words(status: Status) -> str:
    """The word other programs use for the same conclusion; empty where they use none."""
    return {
        Status.MATCH: _("match, undisputed"),
        Status.POSSIBLE: _("inconclusive"),
        Status.SYMMETRIC: _("symmetric match"),
        Status.NOT_IDENTIFIABLE: _("non-identifiable"),
    }.get(status, "")


def status_line(status: Status) -> str:
    """Both words.

    >>> status_line(Status.POSSIBLE)
    'possible [inconclusive]'
    """
    peers = peer_words(status)
    return f"{status_words(status)} [{peers}]" if peers else status_words(status)


def status_meaning(status: Status) -> str:
    """One plain sentence for those who read a conclusion for the first time."""
    return words_of(
        "status",
        status,
        {
            Status.MATCH: _("The figures reach every value set for a match; the board now weighs all evidence."),
            Status.PROBABLE: _("The figures point to one answer but do not reach every value set for a match."),
            Status.POSSIBLE: _("The figures neither reach a conclusion nor rule it out; more samples are needed."),
            Status.EXCLUDED: _("All remains of this case that could be compared speak clearly against this person."),
            Status.SYMMETRIC: _("Two or more answers fit equally well and these relatives cannot separate them."),
            Status.NO_MATCH: _("None of the remains of this case is likely to be this person."),
            Status.NOT_IDENTIFIABLE: _("No typed relative carries information on this person."),
        },
    )


def remains_words(status: Status) -> str:
    """A conclusion said of remains rather than of a missing person."""
    special = {
        Status.EXCLUDED: _("excluded from every missing person of this case"),
        Status.NO_MATCH: _("no match to date"),
    }
    return special.get(status) or status_line(status)


def rules() -> Mapping[str, str]:
    """Every rule that can decide a conclusion."""
    return {
        "match-undisputed": _("LR, lead over all others, posterior and typed relatives reach the match values."),
        "probable-posterior": _("The posterior reaches the value for “probable”, not every value for a match."),
        "possible-posterior": _("The posterior stays below the value for “probable”; nothing rules it out."),
        "all-excluded": _("Every comparison with this person lies at or below the exclusion value."),
        "symmetric": _("Members of the family fit these remains equally well; only together do they reach “probable”."),
        "none-above": _("No remains reach a posterior worth reporting for this person."),
        "held-back": _("The posterior reaches the value for “probable”, but its ground is doubtful."),
        "fits-without-a-relative": _(
            "With all relatives the remains are excluded; without one of them they fit. Check the relationship "
            "and the sample of that relative."
        ),
        "differs-at-few-loci": _(
            "A few loci speak against it, all the others for it: rule out a misread call or a mutation."
        ),
        "no-informative-relative": _("The typed relatives share no ancestry that bears on this person."),
    }


def rule_words(code: str) -> str:
    """Which rule decided, in one sentence."""
    return words_of("rule", code, rules())


def reasons() -> Mapping[str, str]:
    """Everything that can stand against a stronger word."""
    return {
        "one-relative-only": _("only one relative is typed; a match needs more"),
        "rests-on-one-relative": _("without one of the relatives the LR falls below the value for a match"),
        "joint-answer-alone": _("the comparison itself says nothing; only the joint answer points there"),
        "same-as-relative": _("the remains carry the profile of a typed relative: a swapped or soiled sample"),
        "relatives-alike": _("two relatives of the family carry one profile"),
        "relative-sex": _("a relative's sample shows the other sex than the family tree"),
        "incompatible-loci": _("more loci are incompatible without mutation than a match may have"),
        "theta-not-applied": _("theta could not be applied to this family"),
        "not-all-weighed": _("too many remains for this family: only the likeliest were weighed jointly"),
        "lr-below-match": _("the LR is below the value for a match"),
        "lead-too-small": _("another candidate comes too near"),
        "below-match-posterior": _("the posterior is below the value for a match"),
        "weak-under-wider-prior": _("the posterior falls below its value if more people are missing or unlisted"),
        "duplicate-remains": _("other remains carry a profile that may be the same person's"),
        "inconsistent-family": _("the relatives' own profiles do not fit the declared family"),
        "tables-disagree": _("the frequency tables lead to different conclusions"),
        "sex-disagrees": _("the sex seen in the remains speaks against it"),
        "excluded-pair": _("the comparison lies at or below the exclusion value"),
        "symmetric-with": _("another missing person of the family fits equally well"),
    }


def reason_words(code: str) -> str:
    """What stands against a stronger word."""
    return words_of("reason", code, reasons())


def warnings() -> Mapping[str, str]:
    """Everything that can be odd about an input, with places for its facts."""
    return {
        "family-inconsistent": _("Family {family}: its relatives' own profiles do not fit together at {loci}."),
        "example-table": _("Table {table} is an example, not for casework: nobody may be named by these figures."),
        "samples-alike": _(
            "{first} and {second} look like one person (log10 LR {log10_lr} against unrelated): join them or tell "
            "them apart first."
        ),
        "relative-sex": _("Family {family}: the sample of {person} shows the other sex than the family tree."),
        "sex-unknown": _(
            "The sex of {person}, family {family}, is not stated: the sex seen in remains does not weigh."
        ),
        "no-mutation": _("No mutation is allowed for: one true mutation or misread call excludes the right person."),
        "fits-without": _(
            "{remains} would fit {missing} of family {family} without {relative} (log10 LR {log10_lr}): check that "
            "relationship and that sample. For the geneticist alone; not for the family."
        ),
        "theta-not-applied": _("Family {family}: too many untyped founders for theta; computed with theta 0."),
        "not-all-weighed": _("Family {family}: only its likeliest remains were weighed jointly."),
        "locus-not-in-table": _("Not in table {table}, and left out of the comparison under it: {locus}."),
        "allele-absent": _("Not in table {table}, and given a frequency by the policy: {locus} {allele}."),
        "few-loci": _("{sample} has results at {loci} loci only."),
        "out-of-scope": _("{sample} was not used: its scope is {scope}, and kinship was weighed."),
        "left-out": _("Locus {locus} was left out by the settings of the case."),
        "dropout-class": _("{sample} counts as {class}: each allele is taken as lost with probability {d}."),
        "linked-pair": _("{loci} lie close together on one chromosome and were treated as independent."),
    }


def warning_words(code: str, facts: Mapping[str, str]) -> str:
    """A warning about the input, with its facts filled in."""
    return words_of("warning", code, warnings()).format(**facts).replace(" .", ".")
