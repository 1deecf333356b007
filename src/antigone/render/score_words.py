"""Codes of a score into words, and what each figure means. A code without words is an error."""

from __future__ import annotations

import math

from antigone.domain import Really, Score, WhyMissed, WhyWrong
from antigone.render.case_view import prior_words
from antigone.render.language import _
from antigone.render.numbers import count, log10
from antigone.render.screening_numbers import strength
from antigone.render.screening_words import relatives_words
from antigone.render.words import words_of


def heading_words(relatives: str) -> str:
    """A kind of relatives of the run; the missing person may not be in it.

    >>> [heading_words(kind) for kind in ("parent", "")]
    ['one parent', 'not in the run']
    """
    return relatives_words(relatives) if relatives else _("not in the run")


def group_words(group: str) -> str:
    """A heading of the truth.

    >>> group_words("distant")
    'distant relatives'
    """
    groups = {
        "lone-parent": _("one parent"),
        "both-parents": _("both parents"),
        "full-siblings": _("full siblings"),
        "child": _("child with its other parent"),
        "distant": _("distant relatives"),
        "none": _("nobody usable"),
        "": _("not in the truth"),
    }
    return words_of("group", group, groups)


def missed_words(reason: WhyMissed) -> str:
    """Why a true pair is no candidate."""
    reasons = {
        WhyMissed.UNCOMPARED: _("never compared: not in the run, or without a usable locus"),
        WhyMissed.NO_RELATIVES: _("no usable relatives"),
        WhyMissed.EXCHANGED_REMAINS: _("the sample of the remains was exchanged in the laboratory"),
        WhyMissed.EXCHANGED_RELATIVE: _("a relative's sample was exchanged in the laboratory"),
        WhyMissed.GIVEN_AS_ANOTHER: _("a relative is somebody else than the family said"),
        WhyMissed.FALSE_PATERNITY: _("a declared father is not the father"),
        WhyMissed.TYPING_ERROR: _("a typing error, in the remains or in a relative"),
        WhyMissed.MUTATION: _("a mutation between them"),
        WhyMissed.WEAK_RELATIVES: _("relatives too distant: the run says so"),
        WhyMissed.FEW_LOCI: _("remains typed in part"),
        WhyMissed.WITHIN: _("no fault known: within what the run states, or not"),
    }
    return words_of("reason of a missed pair", reason, reasons)


def wrong_words(reason: WhyWrong) -> str:
    """Why a pair that is not true was named."""
    reasons = {
        WhyWrong.EXCHANGED: _("a sample exchanged in the laboratory"),
        WhyWrong.JOINED: _("joined with remains of somebody else"),
        WhyWrong.BROTHER: _("brother of the person named"),
        WhyWrong.SECOND_REGISTRATION: _("brother; another family misses the person named, too"),
        WhyWrong.CHANCE: _("chance: unrelated"),
    }
    return words_of("reason of a wrong name", reason, reasons)


def related_words(relation: Really) -> str:
    """What remains that are not the missing person are to them."""
    relations = {
        Really.KIN: _("brothers of the missing person"),
        Really.EXCHANGED: _("made to look it by an exchanged sample"),
    }
    return words_of("relation", relation, relations)


def synthetic() -> str:
    """The sentence that stands first on everything."""
    return _(
        "This measures a program on an invented war. Nobody in it ever lived. What is found, missed and named "
        "wrongly here says what to expect of such a search; it says nothing about any person."
    )


def about_found(score: Score) -> str:
    """What the first table counts."""
    words = _(
        "A true pair is one of the remains and a missing person who are one human being; somebody registered by two "
        "families has two, and so has somebody who lies in two bags. It could be found where the family has usable "
        "relatives, is found where it is a candidate ({floor}), and is the best where no other candidate of the "
        "remains is stronger. The last columns count the pairs named, those with at least this posterior: true ones / "
        "others."
    )
    return words.format(floor=strength(score.floor_log10_lr))


def about_missed() -> str:
    """How the reasons are chosen."""
    return _(
        "The first reason that applies, in this order. A fault that is there need not be the cause: a distant "
        "relative is missed with and without it."
    )


def about_below_floor() -> str:
    """What the run states of itself."""
    return _(
        "For each missing person the run states how probable it is that the right remains, fully typed, stay below "
        "the floor. Here these figures are added up over true pairs without a known fault, and counted."
    )


def about_wrong() -> str:
    """What to make of wrong names."""
    return _(
        "Pairs named at 0.9 or more that are not true. No posterior knows of an exchanged sample: a second sample "
        "does. Brothers and second registrations are told apart by further relatives."
    )


def about_reliability(score: Score) -> str:
    """How to read the curve."""
    words = _(
        "Of pairs with a posterior near 0.9, nine in ten should be true. Each person among the remains is counted "
        "once. Posteriors are an estimate from the list of candidates, made to score and to order, not to conclude: "
        "every person among the remains and every missing person is used at most once, prior odds {odds} (log10), "
        "{prior}. They hold only for samples that were not exchanged and kin who are as declared."
    )
    estimate = score.estimate
    return words.format(odds=log10(estimate.log10_odds), prior=prior_words(estimate.missing_total, estimate.outside))


def twice_words(score: Score) -> str:
    """Missing persons who are registered twice stand beside the curve."""
    twice = score.registered_twice
    words = _(
        "Left out: {pairs} pairs with missing persons whom two families registered, {true} of them true, with a sum of "
        "posteriors of {sum}. By the estimate only one registration of a person can be right; by the truth both are."
    )
    return words.format(pairs=count(twice.pairs), true=count(twice.true), sum=f"{twice.mean * twice.pairs:,.1f}")


def joined_words(score: Score) -> str:
    """What became of joining."""
    joined = score.joined
    words = _(
        "{remains} remains were joined into {persons} persons; {wrongly} of them are of another person than those they "
        "were joined with, {exchanged} of these by an exchanged sample. {apart} further remains of a person were "
        "not joined and rival each other."
    )
    return words.format(
        remains=count(joined.remains), persons=count(joined.persons), wrongly=count(joined.wrongly),
        exchanged=count(joined.exchanged), apart=count(joined.apart),
    )  # fmt: skip


def sum_words(score: Score) -> str:
    """Posteriors added up against what is true."""
    estimate = score.estimate
    words = _("All {pairs} posteriors add up to {sum}; {true} of the pairs are true.")
    unsettled = "" if estimate.settled else " " + _("The estimate did not settle: its figures are rough.")
    total = f"{estimate.sum_posterior:,.1f}"
    return words.format(pairs=count(estimate.pairs), sum=total, true=count(estimate.true)) + unsettled


def about_chance() -> str:
    """Expected against counted."""
    return _(
        "Candidates of unrelated people, counted by the truth, beside what the run expected. The interval holds the "
        "expected number in 95 of 100 searches, if hits come one by one; those of one family or of one of the remains "
        "come together, and scatter a little more."
    )


def about_related() -> str:
    """Kin of the true person."""
    return _(
        "Candidates that are neither true nor unrelated stand apart. They are no chance hits, and no LR against "
        "unrelated people tells them from the true person."
    )


def about_tail() -> str:
    """The tail of all unrelated pairs."""
    return _(
        "Of all pairs compared, how many reach an LR, whether candidates or not. Taken off are the candidates that "
        "the truth knows as related; what is left are unrelated people, and a few true pairs below the floor."
    )


def percent(share: float, up: bool = False) -> str:
    """Two digits of what is rarer, the share or the rest; cut downwards, `up`: upwards.

    >>> [percent(share) for share in (0.0, 0.0000893, 0.034, 0.5, 0.9, 0.99963, 1.0)]
    ['0%', '0.0089%', '3.4%', '50%', '90%', '99.963%', '100%']
    >>> percent(0.03412, up=True)
    '3.5%'
    """
    rest = min(share, 1.0 - share)
    if rest <= 0.0:
        return f"{share:.0%}"
    places = min(max(0, -math.floor(math.log10(rest) + 1e-9) - 1), 10)
    steps = share * 100 * 10**places
    return f"{(math.ceil(steps - 1e-6) if up else math.floor(steps + 1e-6)) / 10**places:.{places}f}%"


def percents(low: float, high: float) -> str:
    """An interval, rounded outwards.

    >>> percents(0.0341, 0.0342)
    '3.4% to 3.5%'
    """
    return _("{low} to {high}").format(low=percent(low), high=percent(high, up=True))
