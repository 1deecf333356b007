"""The nearest peers' words, to compare with them: concordance mode only, never for a board."""

from __future__ import annotations

import math

from antigone.domain import Conclusion, Family, Status
from antigone.identify.evidence import Evidence, Key, best_pair, equally_good

WORTH_SHOWING = 1e-3
"""Posterior below which a pair without a supporting LR is no candidate."""


def by_peers_rules(evidence: Evidence, family: Family, missing: str) -> Conclusion:
    """The nearest peers' words, in concordance only: more than two incompatible loci exclude; a family
    with one missing goes by LR and its lead in row and column, one with several by the joint odds.
    """
    name = (family.name, missing)
    if name in evidence.doubts.not_identifiable:
        return Conclusion(*name, Status.NOT_IDENTIFIABLE, None, "no-informative-relative", None, None)
    settled = _settled_elsewhere(evidence, name)
    keys = [
        key for key, pair in evidence.pairs.items() if key[1:] == name and not pair.excluded and key[0] not in settled
    ]
    if not keys:
        return Conclusion(*name, Status.NO_MATCH, None, "all-excluded", None, None)
    if len(family.missing) > 1:
        best = best_pair(evidence, keys)
        return _peers_conclusion(evidence, best, *_joint_odds(evidence, family, best))
    best = max(keys, key=lambda key: evidence.pairs[key].log10_lr)
    return _peers_conclusion(evidence, best, evidence.pairs[best].log10_lr, _lead(evidence, best), False)


def _settled_elsewhere(evidence: Evidence, name: tuple[str, str]) -> set[str]:
    """Remains that are the undisputed match of another missing person; the peers take them out."""
    limits = evidence.case.policy.thresholds
    return {
        key[0]
        for key, pair in evidence.pairs.items()
        if key[1:] != name
        and pair.log10_lr >= limits.match_log10_lr
        and not pair.excluded
        and _lead(evidence, key) >= limits.lead_log10_lr
    }


def _joint_odds(evidence: Evidence, family: Family, best: Key) -> tuple[float, float, bool]:
    """log10 odds under the flat prior, twice (strength and lead), those of equally good members together."""
    partners = equally_good(evidence, family, best)
    p = sum(evidence.posterior[(best[0], family.name, m)] for m in (best[2], *partners))
    odds = math.inf if p >= 1.0 else (math.log10(p / (1.0 - p)) if p > 0.0 else -math.inf)
    return odds, odds, bool(partners)


def _lead(evidence: Evidence, best: Key) -> float:
    """log10 LR of the pair less the highest other of its remains or its missing person."""
    rivals = [
        pair.log10_lr
        for key, pair in evidence.pairs.items()
        if key != best and (key[0] == best[0] or key[1:] == best[1:]) and not pair.excluded
    ]
    return evidence.pairs[best].log10_lr - max(rivals, default=-math.inf)


def _peers_conclusion(evidence: Evidence, best: Key, strength: float, lead: float, symmetric: bool) -> Conclusion:
    limits, name = evidence.case.policy.thresholds, best[1:]
    figures = (evidence.pairs[best].log10_lr, evidence.posterior[best])
    if strength >= limits.match_log10_lr and lead >= limits.lead_log10_lr:
        if symmetric:
            return Conclusion(*name, Status.SYMMETRIC, best[0], "symmetric", *figures, ("symmetric-with",))
        return Conclusion(*name, Status.MATCH, best[0], "match-undisputed", *figures)
    reasons = ("lead-too-small",)
    if strength >= limits.match_log10_lr - 1.0 and lead >= limits.lead_log10_lr - 1.0:
        return Conclusion(*name, Status.PROBABLE, best[0], "probable-posterior", *figures, reasons)
    if figures[0] > 0.0 or figures[1] >= WORTH_SHOWING:
        return Conclusion(*name, Status.POSSIBLE, best[0], "possible-posterior", *figures, reasons)
    return Conclusion(*name, Status.NO_MATCH, None, "none-above", None, None)
