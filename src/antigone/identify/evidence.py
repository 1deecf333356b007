"""What the rules of a conclusion look at: every figure the lowest over the tables, and every doubt."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from antigone.domain import Case, Family, JointFinding, PairFinding, PairPosterior
from antigone.identify.leave_one_out import LeaveOneOut

Key = tuple[str, str, str]
"""(remains, family, missing)."""
SAME = 1e-6
"""Two posteriors closer than this, relatively, are equally good answers."""


@dataclass(frozen=True, slots=True)
class Doubts:
    """What the check of the input found, in the form the rules use.

    stands_for: remains -> the remains weighed for the same person. like_relative: remains -> the typed
    relative they look like. families: family -> codes of reasons that hold for all its comparisons.
    """

    not_identifiable: frozenset[tuple[str, str]] = frozenset()
    stands_for: Mapping[str, str] = field(default_factory=dict)
    like_relative: Mapping[str, str] = field(default_factory=dict)
    families: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    leave_one_out: LeaveOneOut = field(default_factory=LeaveOneOut)

    @property
    def duplicated(self) -> frozenset[str]:
        """Remains that share a person with other remains."""
        ones = list(self.stands_for.values())
        return frozenset(remains for remains, one in self.stands_for.items() if ones.count(one) > 1)


@dataclass(frozen=True, slots=True)
class Evidence:
    """Figures are the lowest over the tables, posteriors less the bound of what was left out of the sum."""

    case: Case
    pairs: Mapping[Key, PairFinding]
    posterior: Mapping[Key, float]
    under_wider_prior: Mapping[Key, float]
    best_by_table: Sequence[Mapping[tuple[str, str], str]]
    highest: Mapping[tuple[str, str], float]  # the one figure that is the highest over the tables
    best_answer: Mapping[str, tuple[str, str] | None]
    doubts: Doubts


def gather(
    case: Case, pairs: Sequence[PairFinding], joints: Sequence[JointFinding], doubts: Doubts | None = None
) -> Evidence:
    """Lowest figures over the tables."""
    posterior: dict[Key, float] = {}
    wider: dict[Key, float] = {}
    highest: dict[tuple[str, str], float] = {}
    best: list[Mapping[tuple[str, str], str]] = []
    for joint in joints:
        of_table: dict[tuple[str, str], tuple[float, str]] = {}
        for p in joint.pairs:
            key, value = (p.remains, p.family, p.missing), _assured(joint, p)
            posterior[key] = min(posterior.get(key, 1.0), value)
            highest[key[1:]] = max(highest.get(key[1:], 0.0), p.probability)
            of_table[key[1:]] = max(of_table.get(key[1:], (-1.0, "")), (p.probability, p.remains))
        for setting in joint.sensitivity:
            for p in setting.pairs:
                key, value = (p.remains, p.family, p.missing), _assured(joint, p)
                wider[key] = min(wider.get(key, 1.0), value)
        best.append({name: remains for name, (_, remains) in of_table.items()})
    answers = [joint.answers[0].assignment for joint in joints if joint.answers]
    by_key = {(p.remains, p.family, p.missing): p for p in pairs}
    return Evidence(
        case, by_key, posterior, wider or posterior, best, highest, answers[0] if answers else {}, doubts or Doubts()
    )


def _assured(joint: JointFinding, pair: PairPosterior) -> float:
    """The posterior less what was left out of the sum could take from it."""
    return max(pair.probability - joint.error_bounds.get(pair.remains, joint.error_bound), 0.0)


def best_pair(evidence: Evidence, keys: Sequence[Key]) -> Key:
    """The pair of highest posterior; among equally good ones, that of the best joint answer."""
    highest = max(evidence.posterior[key] for key in keys)
    equal = [key for key in keys if highest - evidence.posterior[key] <= SAME * highest]
    return next((key for key in equal if evidence.best_answer.get(key[0]) == key[1:]), equal[0])


def equally_good(evidence: Evidence, family: Family, best: Key) -> list[str]:
    """Other missing of the family for whom these remains fit exactly as well."""
    own = evidence.posterior[best]
    return [
        m
        for m in family.missing
        if m != best[2] and abs(evidence.posterior.get((best[0], family.name, m), -1.0) - own) <= SAME * own
    ]
