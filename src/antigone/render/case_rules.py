"""The rules behind a conclusion, in words: casework by ours, concordance by those of other programs."""

from __future__ import annotations

from antigone.domain import Mode, Policy
from antigone.render.language import _
from antigone.render.numbers import log10


def rule_rows(policy: Policy) -> list[tuple[str, str]]:
    """Term and text of every rule that applies."""
    if policy.mode is Mode.CONCORDANCE:
        mode = _("concordance: the rules of other programs, to compare with them; not for casework")
        return [(_("Thresholds"), _peers_thresholds(policy)), (_("Rules"), mode)]
    return [
        (_("Thresholds"), _thresholds(policy)),
        (_("Exclusion"), _exclusion(policy)),
        (_("One relative alone"), _one_relative(policy)),
        (_("Samples that look alike"), _alike()),
        (_("Rules"), _("casework")),
    ]


def sex_words(policy: Policy) -> str:
    """How the sex seen in the remains counts."""
    if policy.mode is Mode.CONCORDANCE:
        return _(
            "a sex that differs from the missing person's rules a pair out, without error; otherwise it says nothing"
        )
    s = policy.sex
    return _(
        "amelogenin counts as an observation with error: X alone in a man {x:g} ({xp:g} in a partial sample), X and Y "
        "in a woman {xy:g}; a recorded sex is wrong with probability {wrong:g}; share of men among those the remains "
        "could be {share:g}"
    ).format(
        x=s.x_only_given_male, xp=s.x_only_given_male_partial, xy=s.xy_given_female, wrong=s.recorded_wrong,
        share=s.male_share,
    )  # fmt: skip


def _peers_thresholds(policy: Policy) -> str:
    t = policy.thresholds
    return _(
        "match: log10 LR at least {lr:g} and {lead:g} above every rival; probable: each one less; excluded: more than "
        "{n} loci that do not fit"
    ).format(lr=t.match_log10_lr, lead=t.lead_log10_lr, n=t.max_incompatible)


def _thresholds(policy: Policy) -> str:
    t = policy.thresholds
    return _(
        "match: posterior at least {match:g}, log10 LR at least {lr:g} and {lead:g} above every rival, at least "
        "{relatives} typed relatives, at most {loci} loci that do not fit without a mutation; probable: posterior at "
        "least {probable:g}"
    ).format(
        match=t.match_posterior, lr=t.match_log10_lr, lead=t.lead_log10_lr, relatives=t.min_typed_relatives,
        loci=t.max_incompatible, probable=t.probable_posterior,
    )  # fmt: skip


def _exclusion(policy: Policy) -> str:
    return _(
        "log10 LR at most {excluded} under every frequency table; where the remains would fit without a single "
        "relative, or all speaks for them but what was seen at no more than {few} of at least 12 loci, the word is "
        "“possible”, for a second look"
    ).format(excluded=log10(policy.thresholds.exclusion_log10_lr), few=policy.thresholds.max_incompatible)


def _one_relative(policy: Policy) -> str:
    return _(
        "a match must not rest on one relative: each comparison is repeated without each typed relative in turn, and "
        "the log10 LR must stay at {lr:g} or above"
    ).format(lr=policy.thresholds.match_log10_lr)


def _alike() -> str:
    return _(
        "all samples are compared with each other; two look like one person from log10 LR 6 against unrelated persons, "
        "if that is 3 above full brothers; remains that look alike are weighed once; remains that look like a typed "
        "relative, and relatives who look alike, stand against a match"
    )
