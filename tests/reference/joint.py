"""Who is who, by writing down every assignment. Exact fractions; slow; to be checked by eye.

R remains, M missing in all, n of them listed in families. Every remains is one of the M with
probability 1 - q, independently; those that are lie on distinct persons, all placements equally
likely. What cannot be (more remains among the M than M) is left out and the rest normalised.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

Person = tuple[str, str]
"""(family, missing person)."""
Assignment = tuple[Person | None, ...]
"""One entry per remains, in their order; None is nobody listed."""
SetLR = Callable[[str, Mapping[str, str]], float]
"""(family, missing person -> remains) -> LR of the whole set against unrelated."""


@dataclass(frozen=True)
class Prior:
    """M, q, and e: the prior that two given unassigned remains are brothers nobody listed."""

    missing_total: int
    outside: float | Fraction
    unlisted_kin: float | Fraction = 0.0


@dataclass(frozen=True)
class Posterior:
    """Every assignment with its probability, and what follows from them; Z is their total weight."""

    assignments: dict[Assignment, Fraction]
    marginals: dict[tuple[str, str, str], Fraction]
    nobody_listed: dict[str, Fraction]
    not_among_these: dict[Person, Fraction]
    z: Fraction


def posterior(
    remains: Sequence[str],
    families: Mapping[str, Sequence[str]],
    set_lr: SetLR,
    prior: Prior | None,
    brothers_lr: Callable[[str, str], float] = lambda one, other: 1.0,
) -> Posterior:
    """All assignments weighed. `prior` None: every assignment is as likely as any other."""
    persons = [(family, m) for family, missing in families.items() for m in missing]
    weights = {
        a: _prior_weight(a, remains, len(persons), prior, brothers_lr) * _evidence(a, remains, families, set_lr)
        for a in assignments(len(remains), persons)
    }
    z = sum(weights.values(), Fraction(0))
    probability = {a: w / z for a, w in weights.items()}
    marginals: dict[tuple[str, str, str], Fraction] = defaultdict(Fraction)
    nobody = dict.fromkeys(remains, Fraction(0))
    absent = dict.fromkeys(persons, Fraction(0))
    for assignment, p in probability.items():
        for r, person in zip(remains, assignment, strict=True):
            if person is None:
                nobody[r] += p
            else:
                marginals[r, *person] += p
        for person in set(persons) - set(assignment):
            absent[person] += p
    return Posterior(probability, dict(marginals), nobody, absent, z)


def assignments(how_many: int, persons: Sequence[Person]) -> Iterator[Assignment]:
    """Every way to give each remains one listed person or nobody, no person twice."""
    if how_many == 0:
        yield ()
        return
    for rest in assignments(how_many - 1, persons):
        yield (*rest, None)
        for person in persons:
            if person not in rest:
                yield (*rest, person)


def placement_prior(k: int, remains: int, listed: int, missing_total: int, outside: Fraction) -> Fraction:
    """Prior of one assignment that puts k given remains on k given listed persons.

    Of the others, s lie on missing persons of no listed family and the rest are of nobody counted.
    """
    m, inside, total = missing_total, 1 - outside, Fraction(0)
    for s in range(min(remains - k, m - listed) + 1):
        ways = math.comb(remains - k, s) * math.perm(m - listed, s)
        chance = inside ** (k + s) * outside ** (remains - k - s)
        total += ways * chance * Fraction(math.factorial(m - k - s), math.factorial(m))
    return total


def _prior_weight(
    assignment: Assignment,
    remains: Sequence[str],
    listed: int,
    prior: Prior | None,
    brothers_lr: Callable[[str, str], float],
) -> Fraction:
    if prior is None:
        return Fraction(1)
    unassigned = [r for r, person in zip(remains, assignment, strict=True) if person is None]
    placed = len(remains) - len(unassigned)
    q, e = Fraction(prior.outside), Fraction(prior.unlisted_kin)
    weight = placement_prior(placed, len(remains), listed, prior.missing_total, q)
    return weight * _kin_among(unassigned, e, brothers_lr)


def _kin_among(unassigned: list[str], e: Fraction, brothers_lr: Callable[[str, str], float]) -> Fraction:
    """Sum over all sets of disjoint pairs of the unassigned, each pair weighing e x LR(brothers)."""
    if len(unassigned) < 2 or e == 0:
        return Fraction(1)
    first, *others = unassigned
    total = _kin_among(others, e, brothers_lr)
    for i, other in enumerate(others):
        pair = e * Fraction(brothers_lr(first, other))
        total += pair * _kin_among(others[:i] + others[i + 1 :], e, brothers_lr)
    return total


def _evidence(
    assignment: Assignment, remains: Sequence[str], families: Mapping[str, Sequence[str]], set_lr: SetLR
) -> Fraction:
    weight = Fraction(1)
    for family in families:
        found = {p[1]: r for r, p in zip(remains, assignment, strict=True) if p and p[0] == family}
        if found:
            weight *= Fraction(set_lr(family, found))
    return weight
