"""A case and its finding side by side: the look-ups that text and page share."""

from __future__ import annotations

from dataclasses import dataclass

from antigone.domain import Case, CaseFinding, Conclusion, Family, PairFinding, PairPosterior, Sensitivity, Status
from antigone.render.language import _
from antigone.render.numbers import count

Missing = tuple[str, str]
"""A missing person: family name and person id."""

NO_BREAK = "\N{NO-BREAK SPACE}"
LISTED_FROM = 1e-4
"""Candidates below this posterior are counted, not listed."""
LIKELY_FROM = 0.01
"""Probability from which remains may well be a person."""
MOST_LISTED = 6


@dataclass(frozen=True, slots=True)
class Share:
    """One part of what a set of remains could be; `missing` is None for nobody listed."""

    missing: Missing | None
    name: str
    probability: float


class CaseView:
    """Names, pairs and posteriors of one finding, found by what they are about."""

    def __init__(self, case: Case, finding: CaseFinding) -> None:
        self.case, self.finding = case, finding
        self.families = {family.name: family for family in case.families}
        self.missing: tuple[Missing, ...] = tuple(
            (family.name, person) for family in case.families for person in family.missing
        )
        self.remains = tuple(remains.id for remains in case.remains)
        self._pairs = {(p.remains, p.family, p.missing): p for p in finding.pairs}
        joints = (finding.joint, *finding.other_joints)
        self._posteriors = _lowest([joint.pairs for joint in joints])
        self._of_joint = _lowest([finding.joint.pairs])
        self._wider = [
            _lowest([joint.sensitivity[place].pairs for joint in joints])
            for place in range(min(len(joint.sensitivity) for joint in joints))
        ]

    def name(self, missing: Missing) -> str:
        """Display name of a missing person."""
        family = self.families.get(missing[0])
        return family.labels.get(missing[1], missing[1]) if family else missing[1]

    def full_name(self, missing: Missing) -> str:
        return _("{name} (family {family})").format(name=self.name(missing), family=missing[0])

    def pair(self, remains: str, missing: Missing) -> PairFinding | None:
        return self._pairs.get((remains, *missing))

    def posterior(self, remains: str, missing: Missing) -> float | None:
        """The lowest over the tables."""
        return self._posteriors.get((remains, *missing))

    def wider(self, remains: str, missing: Missing) -> tuple[float | None, ...]:
        """The same posterior under each of the harsher priors."""
        return tuple(figures.get((remains, *missing)) for figures in self._wider)

    @property
    def priors(self) -> tuple[Sensitivity, ...]:
        return self.finding.joint.sensitivity

    def prior_words(self) -> str:
        """M and q as they stand beside every posterior."""
        return prior_words(self.finding.missing_total, self.finding.outside)

    @property
    def flat(self) -> bool:
        """Whether the prior is the flat one, which names neither M nor q."""
        return self.finding.missing_total is None or self.finding.outside is None

    def conclusion(self, missing: Missing) -> Conclusion | None:
        found = (c for c in self.finding.conclusions if (c.family, c.missing) == missing)
        return next(found, None)

    def matched(self, family: Family) -> dict[str, str]:
        """Missing persons of a family with a match report, and the remains."""
        return {
            c.missing: c.remains
            for c in self.finding.conclusions
            if c.family == family.name and c.status is Status.MATCH and c.remains
        }

    def candidates(self, missing: Missing) -> list[PairFinding]:
        """Everything compared with a missing person, the likeliest first."""
        pairs = [p for p in self.finding.pairs if (p.family, p.missing) == missing]
        return sorted(pairs, key=lambda p: (-(self.posterior(p.remains, missing) or 0.0), -p.log10_lr))

    def listed(self, missing: Missing) -> list[PairFinding]:
        """The candidates worth a row: a posterior that is not negligible, or an LR above 1."""
        return [
            pair
            for pair in self.candidates(missing)
            if (self.posterior(pair.remains, missing) or 0.0) >= LISTED_FROM or pair.log10_lr > 0
        ][:MOST_LISTED]

    def likeliest(self, remains: str) -> list[Share]:
        """The missing persons these remains may well be."""
        return [s for s in self.shares(remains) if s.missing and s.probability >= LIKELY_FROM][:MOST_LISTED]

    def shares(self, remains: str) -> list[Share]:
        """What these remains could be under one table, the likeliest first and nobody listed last."""
        people = [
            Share(missing, self.full_name(missing), self._of_joint.get((remains, *missing), 0.0))
            for missing in self.missing
        ]
        people = sorted((s for s in people if s.probability > 0), key=lambda s: -s.probability)
        nobody = self.finding.joint.nobody_listed.get(remains, 0.0)
        return [*people, Share(None, _("nobody listed"), nobody)]


def _lowest(of_tables: list[tuple[PairPosterior, ...]]) -> dict[tuple[str, str, str], float]:
    """The lowest posterior of every pair over the tables."""
    lowest: dict[tuple[str, str, str], float] = {}
    for pairs in of_tables:
        for p in pairs:
            key = (p.remains, p.family, p.missing)
            lowest[key] = min(p.probability, lowest.get(key, 1.0))
    return lowest


def prior_words(missing_total: int | None, outside: float | None) -> str:
    """M and q as they stand beside every posterior, kept on one line each.

    >>> prior_words(7000, 0.1).replace(NO_BREAK, " ")
    'M = 7,000, q = 0.1'
    >>> prior_words(None, None)
    'a flat prior'
    """
    if missing_total is None or outside is None:
        return _("a flat prior")
    return f"M = {count(missing_total)}, q = {outside:g}".replace(" = ", f"{NO_BREAK}={NO_BREAK}")
