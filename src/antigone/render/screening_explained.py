"""What the parts of a screening mean, in plain words: for readers who see them for the first time."""

from __future__ import annotations

from antigone.domain import ScreeningRules
from antigone.render.case_view import prior_words
from antigone.render.language import _
from antigone.render.screening_numbers import strength


def candidate_is_no_identification() -> str:
    """The sentence that stands first on everything."""
    return _(
        "A candidate is not an identification. A screening only says which pairs are worth a closer look; a search "
        "of this kind always finds some by chance. No family may be told of a candidate."
    )


def about_candidates(rules: ScreeningRules) -> str:
    """What makes a candidate, with its prior."""
    words = _(
        "The likelihood ratio (LR) says how many times more probable the DNA results are if the remains are this "
        "missing person than if they are of somebody unrelated to the family. log10 LR 4 means 10,000 times. A pair is "
        "a candidate from {floor} on: from there the odds before the DNA results ({prior}), times the LR, reach {odds}."
    )
    return words.format(
        floor=strength(rules.floor_log10_lr),
        prior=prior_words(rules.missing_total, rules.outside),
        odds=f"{rules.floor:g}",
    )


def about_chance() -> tuple[tuple[str, str], ...]:
    """The chance figures beside a candidate: term and text."""
    return (
        (
            _("chance, this family"),
            _(
                "How many of the remains of this search are expected to be at least as strong with this family though "
                "nobody of them belongs to it. 0.001: once in a thousand searches like this one. It answers: is this "
                "family easily matched?"
            ),
        ),
        (
            _("chance, whole search"),
            _(
                "How many pairs of remains and missing persons in the whole search are expected to be at least as "
                "strong though they are unrelated. It answers: among so many comparisons, is such a pair a "
                "surprise? Near 1 or above, it is none: chance alone gives one."
            ),
        ),
        (
            _("chance, kin"),
            _(
                "Where a family misses several: the probability that another of its missing persons, lying there in "
                "place of this one, would be at least as strong. A dash: the family misses one person."
            ),
        ),
    )


def about_strengths() -> str:
    """Counted candidates beside those that chance gives."""
    return _(
        "Each line counts all candidates at least so strong, the lines below it included. Expected by chance: pairs of "
        "unrelated people. Where both figures are near each other, most candidates are chance; where far more are "
        "counted than expected, most are true, or relatives of the true person."
    )


def about_searchable() -> str:
    """What it means to be searchable."""
    return _(
        "A missing person can be found if the right remains, fully typed, would stay below the floor with a "
        "probability of 5% at most. Where it is more, a search without a candidate says little: the person may lie "
        "among the remains and not show. One sample more changes that; where nobody closer lives, an earlier sample "
        "of the missing person does."
    )


def about_kinds() -> str:
    """Candidates and chance, by kind of relatives."""
    return _(
        "The same figures by kind of relatives. Beside each number of candidates stands how many are expected by "
        "chance: distant relatives give many weak candidates, most of them by chance."
    )


def about_direct() -> str:
    """Remains against direct references."""
    return _(
        "The remains agree with a sample the missing person left in life. It is the strongest evidence DNA can give, "
        "if that sample is truly the person's: ask who took it, from what, and when."
    )


def about_brothers() -> str:
    """Remains against remains."""
    return _(
        "Two remains that look like full brothers. If a family misses two, weigh both together; if one is named, look "
        "for the other in the same family."
    )


def about_alike() -> str:
    """One person behind two samples."""
    return _(
        "Two samples that look like one person, and not merely like brothers. Clear these up before anything else: a "
        "soiled or exchanged sample makes false candidates and hides true ones."
    )


def about_skipped() -> str:
    """What was left out."""
    return _("Nothing is left out in silence: what was not compared is counted here, with the reason.")


def about_changes() -> str:
    """What was run anew."""
    return _(
        "The search runs in blocks of remains and families. What had not changed since the run before was kept; the "
        "rest was run, for these reasons."
    )
