"""From numbers to the words of the trade, by rules that are written down here and nowhere else."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from antigone.domain import (
    Case,
    Conclusion,
    Family,
    JointFinding,
    Mode,
    PairFinding,
    Status,
)
from antigone.identify.checks import Warnings

Key = tuple[str, str, str]
"""(remains, family, missing)."""
SAME = 1e-6
"""Two posteriors closer than this, relatively, are equally good answers."""
WORTH_SHOWING = 1e-3
"""Posterior below which, under every table, a pair is no candidate."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the rules look at: figures are the lowest over the tables."""

    case: Case
    pairs: Mapping[Key, PairFinding]
    posterior: Mapping[Key, float]
    under_wider_prior: Mapping[Key, float]
    best_by_table: Sequence[Mapping[tuple[str, str], str]]
    highest: Mapping[tuple[str, str], float]  # the one figure that is the highest over the tables
    best_answer: Mapping[str, tuple[str, str] | None]
    not_identifiable: frozenset[tuple[str, str]]
    inconsistent: frozenset[str]
    alike: frozenset[str]


def gather(
    case: Case,
    pairs: Sequence[PairFinding],
    joints: Sequence[JointFinding],
    not_identifiable: Sequence[tuple[str, str]],
    warnings: Warnings,
) -> Evidence:
    """Lowest figures over the tables, and what the input check found."""
    posterior: dict[Key, float] = {}
    wider: dict[Key, float] = {}
    best: list[Mapping[tuple[str, str], str]] = []
    highest: dict[tuple[str, str], float] = {}
    answers = [joint.answers[0] for joint in joints if joint.answers]
    for joint in joints:
        of_table: dict[tuple[str, str], tuple[float, str]] = {}
        for p in joint.pairs:
            key = (p.remains, p.family, p.missing)
            posterior[key] = min(posterior.get(key, 1.0), p.probability)
            highest[key[1:]] = max(highest.get(key[1:], 0.0), p.probability)
            of_table[key[1:]] = max(of_table.get(key[1:], (-1.0, "")), (p.probability, p.remains))
        for setting in joint.sensitivity:
            for p in setting.pairs:
                key = (p.remains, p.family, p.missing)
                wider[key] = min(wider.get(key, 1.0), p.probability)
        best.append({name: remains for name, (_, remains) in of_table.items()})
    alike = {facts[k] for code, facts in warnings if code == "remains-alike" for k in ("first", "second")}
    inconsistent = {facts["family"] for code, facts in warnings if code == "family-inconsistent"}
    by_key = {(p.remains, p.family, p.missing): p for p in pairs}
    return Evidence(
        case, by_key, posterior, wider or posterior, best, highest, answers[0].assignment if answers else {},
        frozenset(not_identifiable), frozenset(inconsistent), frozenset(alike),
    )  # fmt: skip


def conclusions(evidence: Evidence) -> tuple[Conclusion, ...]:
    """One conclusion per missing person, in the order of the case."""
    decide = _by_peers_rules if evidence.case.policy.mode is Mode.CONCORDANCE else _one_missing
    return tuple(decide(evidence, family, m) for family in evidence.case.families for m in family.missing)


def remains_conclusions(evidence: Evidence, found: Sequence[Conclusion]) -> dict[str, Status]:
    """One word per remains: the strongest conclusion it is part of, excluded from all, or no match."""
    strength = (Status.MATCH, Status.SYMMETRIC, Status.PROBABLE, Status.POSSIBLE)
    words: dict[str, Status] = {}
    for remains in evidence.case.remains:
        own = {c.status for c in found if c.remains == remains.id}
        strongest = next((s for s in strength if s in own), None)
        pairs = [p for key, p in evidence.pairs.items() if key[0] == remains.id]
        all_excluded = bool(pairs) and all(p.excluded for p in pairs)
        words[remains.id] = strongest or (Status.EXCLUDED if all_excluded else Status.NO_MATCH)
    return words


def _one_missing(evidence: Evidence, family: Family, missing: str) -> Conclusion:
    name = (family.name, missing)
    if name in evidence.not_identifiable:
        return Conclusion(*name, Status.NOT_IDENTIFIABLE, None, "no-informative-relative", None, None)
    keys = [key for key in evidence.posterior if key[1:] == name]
    if not keys:
        return Conclusion(*name, Status.NO_MATCH, None, "none-above", None, None)
    best = _best(evidence, keys)
    pair, posterior = evidence.pairs[best], evidence.posterior[best]
    partners = _equally_good(evidence, family, best)
    if partners:
        together = posterior + sum(evidence.posterior[(best[0], family.name, m)] for m in partners)
        if together >= evidence.case.policy.thresholds.probable_posterior:
            reasons = ("symmetric-with", *_reasons(evidence, best, together))
            return Conclusion(*name, Status.SYMMETRIC, best[0], "symmetric", pair.log10_lr, posterior, reasons)
    reasons = _reasons(evidence, best, posterior)
    status, rule = _word(evidence, best, posterior, reasons)
    if status is Status.NO_MATCH:
        all_excluded = all(evidence.pairs[key].excluded for key in keys)
        rule = "all-excluded" if all_excluded else rule
        return Conclusion(*name, status, None, rule, None, None)
    return Conclusion(*name, status, best[0], rule, pair.log10_lr, posterior, reasons)


def _best(evidence: Evidence, keys: Sequence[Key]) -> Key:
    """The pair of highest posterior; among equally good ones, that of the best joint answer."""
    highest = max(evidence.posterior[key] for key in keys)
    equal = [key for key in keys if highest - evidence.posterior[key] <= SAME * highest]
    return next((key for key in equal if evidence.best_answer.get(key[0]) == key[1:]), equal[0])


def _word(evidence: Evidence, best: Key, posterior: float, reasons: tuple[str, ...]) -> tuple[Status, str]:
    limits = evidence.case.policy.thresholds
    if evidence.highest[best[1:]] < WORTH_SHOWING or evidence.pairs[best].excluded:
        return Status.NO_MATCH, "none-above"
    if posterior >= limits.match_posterior and not reasons:
        return Status.MATCH, "match-undisputed"
    if posterior >= limits.probable_posterior:
        return Status.PROBABLE, "probable-posterior"
    return Status.POSSIBLE, "possible-posterior"


def _reasons(evidence: Evidence, key: Key, posterior: float) -> tuple[str, ...]:
    """Codes of everything that stands against calling this pair a match."""
    limits, pair = evidence.case.policy.thresholds, evidence.pairs[key]
    best_elsewhere = {table.get(key[1:]) for table in evidence.best_by_table}
    against = {
        "below-match-posterior": posterior < limits.match_posterior,
        "weak-under-wider-prior": evidence.under_wider_prior[key] < limits.probable_posterior
        and posterior == evidence.posterior[key],
        "lead-too-small": pair.log10_lr < limits.match_log10_lr or _has_rival(evidence, key),
        "one-relative-only": pair.typed_relatives < limits.min_typed_relatives,
        "duplicate-remains": key[0] in evidence.alike,
        "inconsistent-family": key[1] in evidence.inconsistent,
        "tables-disagree": len(best_elsewhere) > 1,
        "sex-disagrees": pair.log10_lr_sex < -1.0,
        "excluded-pair": pair.excluded,
    }
    return tuple(code for code, holds in against.items() if holds)


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
        if k != key and ((k[0] == key[0] and k[1] != key[1]) or (k[1:] == key[1:] and k[0] not in settled))
    )


def _equally_good(evidence: Evidence, family: Family, best: Key) -> list[str]:
    """Other missing of the family for whom these remains fit exactly as well."""
    own = evidence.posterior[best]
    return [
        m
        for m in family.missing
        if m != best[2] and abs(evidence.posterior.get((best[0], family.name, m), -1.0) - own) <= SAME * own
    ]


def _by_peers_rules(evidence: Evidence, family: Family, missing: str) -> Conclusion:
    """The nearest peers' words, in concordance only: more than two incompatible loci exclude; a family
    with one missing goes by LR and its lead in row and column, one with several by the joint odds.
    """
    name = (family.name, missing)
    if name in evidence.not_identifiable:
        return Conclusion(*name, Status.NOT_IDENTIFIABLE, None, "no-informative-relative", None, None)
    keys = [key for key, pair in evidence.pairs.items() if key[1:] == name and not pair.excluded]
    if not keys:
        return Conclusion(*name, Status.NO_MATCH, None, "all-excluded", None, None)
    if len(family.missing) > 1:
        best = _best(evidence, keys)
        return _peers_conclusion(evidence, best, *_joint_odds(evidence, family, best))
    best = max(keys, key=lambda key: evidence.pairs[key].log10_lr)
    return _peers_conclusion(evidence, best, evidence.pairs[best].log10_lr, _lead(evidence, best), False)


def _joint_odds(evidence: Evidence, family: Family, best: Key) -> tuple[float, float, bool]:
    """log10 odds under the flat prior, twice (strength and lead), those of equally good members together."""
    partners = _equally_good(evidence, family, best)
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
