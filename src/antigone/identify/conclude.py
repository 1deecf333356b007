"""From numbers to the words of the trade, by rules that are written down here and nowhere else."""

from __future__ import annotations

from collections.abc import Sequence

from antigone.domain import Conclusion, Family, Mode, PairFinding, Status
from antigone.identify.evidence import Evidence, Key, best_pair, equally_good
from antigone.identify.peers_rules import by_peers_rules

WORTH_SHOWING = 1e-3
"""Posterior below which, under every table, a pair is no candidate."""
SUPPORTING_LOG10_LR = 1.0
"""Below this the pair itself says nothing, and a high posterior comes from the joint answer alone."""
CLEARLY = 2.0
"""Times its prior that a posterior reaches when the event says something for a pair."""
ENOUGH_LOCI = 12
"""Loci compared from which a few that differ are shown rather than taken for an exclusion."""


def conclusions(evidence: Evidence) -> tuple[Conclusion, ...]:
    """One conclusion per missing person, in the order of the case."""
    decide = by_peers_rules if evidence.case.policy.mode is Mode.CONCORDANCE else _one_missing
    return tuple(decide(evidence, family, m) for family in evidence.case.families for m in family.missing)


def remains_conclusions(evidence: Evidence, found: Sequence[Conclusion]) -> dict[str, Status]:
    """One word per remains: the strongest conclusion it is part of, excluded from all, or no match.

    Remains that were weighed through others of the same person have the word of those.
    """
    strength = (Status.MATCH, Status.SYMMETRIC, Status.PROBABLE, Status.POSSIBLE)
    words: dict[str, Status] = {}
    for remains in evidence.case.remains:
        one = evidence.doubts.stands_for.get(remains.id, remains.id)
        own = {c.status for c in found if c.remains == one}
        strongest = next((s for s in strength if s in own), None)
        pairs = [p for key, p in evidence.pairs.items() if key[0] == one]
        all_excluded = bool(pairs) and all(p.excluded for p in pairs)
        words[remains.id] = strongest or (Status.EXCLUDED if all_excluded else Status.NO_MATCH)
    return words


def _one_missing(evidence: Evidence, family: Family, missing: str) -> Conclusion:
    name = (family.name, missing)
    if name in evidence.doubts.not_identifiable:
        return Conclusion(*name, Status.NOT_IDENTIFIABLE, None, "no-informative-relative", None, None)
    keys = [
        key
        for key in evidence.posterior
        if key[1:] == name and evidence.doubts.stands_for.get(key[0], key[0]) == key[0]
    ]
    best = best_pair(evidence, keys)
    pair, posterior = evidence.pairs[best], evidence.posterior[best]
    says_nothing = pair.log10_lr <= 0.0 and not _raised(evidence, posterior)
    if (
        evidence.highest[name] < WORTH_SHOWING
        or pair.excluded
        or (says_nothing and not _tables_disagree(evidence, best))
    ):
        return _second_look(evidence, name, keys)
    partners = equally_good(evidence, family, best)
    together = posterior + sum(evidence.posterior[(best[0], family.name, m)] for m in partners)
    wider = evidence.under_wider_prior[best] * (1 + len(partners))
    reasons = _reasons(evidence, best, together, wider)
    limits = evidence.case.policy.thresholds
    held_back = {"same-as-relative", "joint-answer-alone"} & set(reasons)
    if partners and together >= limits.probable_posterior and "same-as-relative" not in reasons:
        reasons = ("symmetric-with", *reasons)
        return Conclusion(*name, Status.SYMMETRIC, best[0], "symmetric", pair.log10_lr, posterior, reasons)
    status, rule = Status.POSSIBLE, "possible-posterior"
    if posterior >= limits.match_posterior and not reasons:
        status, rule = Status.MATCH, "match-undisputed"
    elif posterior >= limits.probable_posterior:
        status, rule = (Status.POSSIBLE, "held-back") if held_back else (Status.PROBABLE, "probable-posterior")
    return Conclusion(*name, status, best[0], rule, pair.log10_lr, posterior, reasons)


def _raised(evidence: Evidence, posterior: float) -> bool:
    """The event as a whole makes the pair clearly likelier than it was, even where its own LR does not:
    brothers of a family with one distant relative typed are weak alone and strong together.
    """
    prior = evidence.case.policy.prior
    return prior is None or posterior > CLEARLY * (1.0 - prior.outside) / prior.missing_total


def _second_look(evidence: Evidence, name: tuple[str, str], keys: Sequence[Key]) -> Conclusion:
    """Before saying that nobody fits: would somebody fit but for one relative, or for a few loci?"""
    limits, found = evidence.case.policy.thresholds, evidence.doubts.leave_one_out.highest
    fits = [
        key
        for key in keys
        if found.get(key, ("", 0.0))[1] >= limits.match_log10_lr and evidence.pairs[key].log10_lr <= 0.0
    ]
    few = [key for key in keys if _differs_at_few_loci(evidence.pairs[key], evidence)]
    for candidates, rule in ((fits, "fits-without-a-relative"), (few, "differs-at-few-loci")):
        if candidates:
            best = max(candidates, key=lambda key: found.get(key, ("", 0.0))[1])
            pair, posterior = evidence.pairs[best], evidence.posterior[best]
            reasons = _reasons(evidence, best, posterior, evidence.under_wider_prior[best])
            return Conclusion(*name, Status.POSSIBLE, best[0], rule, pair.log10_lr, posterior, reasons)
    all_excluded = all(evidence.pairs[key].excluded for key in keys)
    return Conclusion(*name, Status.NO_MATCH, None, "all-excluded" if all_excluded else "none-above", None, None)


def _differs_at_few_loci(pair: PairFinding, evidence: Evidence) -> bool:
    """Only a few loci speak against the pair, and all the others together would make a match."""
    limits = evidence.case.policy.thresholds
    others = sum(value for locus, value in pair.log10_lr_by_locus.items() if locus not in pair.incompatible_loci)
    few = 0 < len(pair.incompatible_loci) <= limits.max_incompatible and pair.compared_loci >= ENOUGH_LOCI
    return few and others >= limits.match_log10_lr


def _reasons(evidence: Evidence, key: Key, posterior: float, wider: float) -> tuple[str, ...]:
    """Codes of everything that stands against calling this pair a match."""
    limits, pair, doubts = evidence.case.policy.thresholds, evidence.pairs[key], evidence.doubts
    alone = doubts.leave_one_out.lowest.get(key, limits.match_log10_lr)
    against = {
        "below-match-posterior": posterior < limits.match_posterior,
        "weak-under-wider-prior": wider < limits.probable_posterior,
        "lr-below-match": pair.log10_lr < limits.match_log10_lr,
        "lead-too-small": _has_rival(evidence, key),
        "joint-answer-alone": posterior >= limits.probable_posterior and pair.log10_lr < SUPPORTING_LOG10_LR,
        "one-relative-only": pair.typed_relatives < limits.min_typed_relatives,
        "rests-on-one-relative": pair.typed_relatives >= limits.min_typed_relatives and alone < limits.match_log10_lr,
        "same-as-relative": key[0] in doubts.like_relative,
        "duplicate-remains": key[0] in doubts.duplicated,
        "tables-disagree": _tables_disagree(evidence, key),
        "sex-disagrees": pair.sex_disagrees,
        "incompatible-loci": len(pair.incompatible_loci) > limits.max_incompatible,
        "excluded-pair": pair.excluded,
    }
    return (*(code for code, holds in against.items() if holds), *doubts.families.get(key[1], ()))


def _tables_disagree(evidence: Evidence, key: Key) -> bool:
    """Another table has other remains for the person, or excludes what this one does not."""
    limit = evidence.case.policy.thresholds.exclusion_log10_lr
    sides = {lr <= limit for lr in evidence.pairs[key].log10_lr_by_table.values()}
    return len({table.get(key[1:]) for table in evidence.best_by_table}) > 1 or len(sides) > 1


def _has_rival(evidence: Evidence, key: Key) -> bool:
    """Another pair of these remains, or of this missing person, comes within the lead.

    Members of the same family are left to the joint posterior: brothers rival each other by nature.
    """
    limits, own = evidence.case.policy.thresholds, evidence.pairs[key].log10_lr
    in_family: dict[str, float] = {}
    for k, p in evidence.posterior.items():
        if k[1] == key[1]:
            in_family[k[0]] = in_family.get(k[0], 0.0) + p
    settled = {remains for remains, p in in_family.items() if p >= limits.probable_posterior}
    return any(
        own - pair.log10_lr < limits.lead_log10_lr
        for k, pair in evidence.pairs.items()
        if k != key
        and k[1:] not in evidence.doubts.not_identifiable
        and ((k[0] == key[0] and k[1] != key[1]) or (k[1:] == key[1:] and k[0] not in settled))
    )
