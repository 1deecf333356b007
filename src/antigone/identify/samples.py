"""All samples of a case beside each other: which of them look like one and the same person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from antigone.core import Shape, alike_log10_lr, log10_likelihoods
from antigone.domain import Case, Profile
from antigone.identify.pairwise import CaseNumbers

Floats = NDArray[np.float64]
ALIKE_LOG10_LR = 6.0
"""Two samples that speak this strongly for one person are to be joined or told apart first."""
ALIKE_OVER_BROTHERS = 3.0
"""... and this much more strongly than for full brothers."""
_TWO = Shape((-1, -1), (-1, -1), (2, 2))
_FATHER_AND_SON = Shape((-1, -1, 0), (-1, -1, 1), (1, 2, 2))


@dataclass(frozen=True, slots=True)
class Sample:
    """A typed sample: remains (family empty) or a member of a family."""

    family: str
    person: str
    profile: Profile

    @property
    def name(self) -> str:
        return f"{self.family} / {self.person}" if self.family else self.person


@dataclass(frozen=True, slots=True)
class AlikePair:
    """Two samples that look like one person: log10 LR of the same person against unrelated ones."""

    first: Sample
    second: Sample
    log10_lr: float


def case_samples(case: Case) -> list[Sample]:
    """Every sample with a call, the relatives first."""
    return [s for s in _all_samples(case) if any(call.alleles for call in s.profile.calls.values())]


def named_profiles(case: Case) -> list[tuple[str, Profile]]:
    """Every profile with the name its sample has in messages: family / person, or the remains."""
    return [(sample.name, sample.profile) for sample in _all_samples(case)]


def _all_samples(case: Case) -> list[Sample]:
    relatives = [Sample(f.name, person, p) for f in case.families for person, p in f.profiles.items()]
    return relatives + [Sample("", r.id, r.profile) for r in case.remains]


def alike_samples(case: Case, numbers: CaseNumbers) -> list[AlikePair]:
    """Pairs of samples, of remains or relatives, that look like one person; declared twins left out."""
    samples = case_samples(case)
    pairs = [
        (i, j) for i, j in combinations(range(len(samples)), 2) if not _declared_twins(case, samples[i], samples[j])
    ]
    if not pairs:
        return []
    same, over_brothers = _one_person_log10_lr(numbers, [s.profile for s in samples], pairs)
    alike = (same >= ALIKE_LOG10_LR) & (over_brothers >= ALIKE_OVER_BROTHERS)
    return [AlikePair(samples[pairs[n][0]], samples[pairs[n][1]], float(same[n])) for n in np.flatnonzero(alike)]


def unlisted_kin(numbers: CaseNumbers, prior: float) -> tuple[Floats, Floats]:
    """(remains, remains) prior x LR against unrelated: of any kinship, and of one man twice.

    The first is what two remains nobody listed may be to each other: brothers, father and son, or one man
    twice; without it, two unlisted brothers would be taken for two brothers of whatever family has only a
    distant relative typed. The second lets remains be a further part of remains that were placed.
    """
    profiles = [r.profile for r in numbers.case.remains]
    kin, same = np.zeros((len(profiles), len(profiles))), np.zeros((len(profiles), len(profiles)))
    pairs = list(combinations(range(len(profiles)), 2))
    if prior == 0.0 or not pairs:
        return kin, same
    one_person, over_brothers = _one_person_log10_lr(numbers, profiles, pairs)
    ratios = [one_person - over_brothers, _father_and_son_log10_lr(numbers, profiles, pairs), one_person]
    weights = prior * 10.0 ** np.minimum(ratios, 300.0)
    for n, (i, j) in enumerate(pairs):
        kin[i, j] = kin[j, i] = weights[:, n].sum()
        same[i, j] = same[j, i] = weights[-1, n]
    return kin, same


def _one_person_log10_lr(
    numbers: CaseNumbers, profiles: Sequence[Profile], pairs: Sequence[tuple[int, int]]
) -> tuple[Floats, Floats]:
    """(pairs,) log10 LR of one person against two unrelated ones, and against full brothers."""
    rows, lost, foreign = _observed(numbers, profiles, pairs)
    theta = numbers.case.policy.theta
    return alike_log10_lr(numbers.encoding.models, rows[:, 0], rows[:, 1], lost, foreign, theta)


def _father_and_son_log10_lr(
    numbers: CaseNumbers, profiles: Sequence[Profile], pairs: Sequence[tuple[int, int]]
) -> Floats:
    """(pairs,) log10 LR of father and son against unrelated ones, over the autosomal loci."""
    rows, lost, foreign = _observed(numbers, profiles, pairs)
    models = numbers.encoding.models
    arguments = (models, rows.transpose(0, 2, 1, 3), lost, foreign, numbers.case.policy.theta)
    ratio = log10_likelihoods(_FATHER_AND_SON, *arguments, rows=[0, 2]) - log10_likelihoods(_TWO, *arguments)
    return np.asarray(ratio[:, ~models.x_linked].sum(axis=1))


def _observed(
    numbers: CaseNumbers, profiles: Sequence[Profile], pairs: Sequence[tuple[int, int]]
) -> tuple[NDArray[np.int16], Floats, Floats]:
    """(pairs, 2, loci, width) codes, (pairs, 2) dropout and drop-in."""
    index, encoding = np.array(pairs, np.int64), numbers.encoding
    rows = np.array([encoding.profile_row(p) for p in profiles], np.int16)
    lost = np.array([encoding.dropout(p) for p in profiles])
    foreign = np.array([p.dropin for p in profiles])
    return rows[index], lost[index], foreign[index]


def _declared_twins(case: Case, first: Sample, second: Sample) -> bool:
    families = {family.name: family for family in case.families}
    if not first.family or first.family != second.family:
        return False
    return any({first.person, second.person} <= twins for twins in families[first.family].pedigree.twins)


def same_remains(pairs: Sequence[AlikePair], order: Sequence[str]) -> dict[str, str]:
    """Remains -> the remains that stand for the same person (itself where it is alone or the fullest)."""
    stands_for = {remains: remains for remains in order}
    calls: dict[str, int] = {}
    for first, second in ((p.first, p.second) for p in pairs if not p.first.family and not p.second.family):
        for sample in (first, second):
            calls[sample.person] = sum(1 for call in sample.profile.calls.values() if call.alleles)
        group = {r for r, one in stands_for.items() if one in (stands_for[first.person], stands_for[second.person])}
        fullest = max(sorted(group, key=order.index), key=lambda r: calls.get(r, 0))
        stands_for |= dict.fromkeys(group, fullest)
    return stands_for


def like_relatives(case: Case, pairs: Sequence[AlikePair]) -> dict[str, str]:
    """Remains -> the typed relative they look like; a missing person's own sample or twin is no such relative."""
    own = {(f.name, m) for f in case.families for m in f.missing}
    own |= {(f.name, p) for f in case.families for t in f.pedigree.twins if t & set(f.missing) for p in t}
    found = {}
    for pair in pairs:
        relatives = [s for s in (pair.first, pair.second) if s.family and (s.family, s.person) not in own]
        remains = [s for s in (pair.first, pair.second) if not s.family]
        if relatives and remains:
            found[remains[0].person] = relatives[0].name
    return found


def families_with_alike_relatives(pairs: Sequence[AlikePair]) -> set[str]:
    """Families in which one relative's sample looks like another's."""
    return {p.first.family for p in pairs if p.first.family and p.first.family == p.second.family}
