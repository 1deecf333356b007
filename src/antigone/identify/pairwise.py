"""LR of remains placed on missing persons of one family, locus by locus, under one table.

H1: these remains are these missing persons. H2: the remains are unrelated to the family and to each
other. With theta both are joint likelihoods of everybody typed, drawn from one urn; across families
theta is not carried on (the product of family LRs is the definition).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from antigone.core import FEMALE, Shape, TooComplex, log10_likelihoods, with_founders
from antigone.domain import Case, Chromosome, Family, FrequencyTable, Pedigree, Profile, Sex, chromosome_of
from antigone.identify.encode import SEX_CODES, Encoding, encode_loci, encode_pedigree

Floats = NDArray[np.float64]


class CaseNumbers:
    """All likelihoods of a case under one table; what the families say by themselves is kept."""

    def __init__(self, case: Case, table: FrequencyTable) -> None:
        self.case, self.table = case, table
        self.families = {family.name: family for family in case.families}
        self.encoding: Encoding = encode_loci(table, all_profiles(case), case.policy, x_loci_left_out(case))
        self.remains = [r.id for r in case.remains]
        self.index = {r: i for i, r in enumerate(self.remains)}
        rows = [self.encoding.profile_row(r.profile) for r in case.remains]
        self.remains_rows = np.array(rows, np.int16)  # (remains, loci, width)
        self.remains_dropout = np.array([self.encoding.dropout(r.profile) for r in case.remains])
        self.remains_dropin = np.array([r.profile.dropin for r in case.remains])
        self.without_theta: set[str] = set()  # families for which theta > 0 does not fit in memory
        self._family_log10: dict[tuple[str, ...], Floats] = {}

    def family_log10(self, name: str) -> Floats:
        """(loci,) log10 likelihood of the family's own typed members."""
        return self._own_log10(self.families[name])

    def _own_log10(self, family: Family) -> Floats:
        key = (family.name, *family.profiles)
        if key not in self._family_log10:
            self._family_log10[key] = self._likelihoods(family, (), np.zeros((1, 0), np.int64))[0]
        return self._family_log10[key]

    def remains_log10(self, theta: float | None = None) -> Floats:
        """(remains, loci) log10 likelihood of each remains as an unrelated person (a woman, for X)."""
        shape = Shape((-1,), (-1,), (FEMALE,))
        return log10_likelihoods(
            shape, self.encoding.models, self.remains_rows[:, :, None], self.remains_dropout[:, None],
            self.remains_dropin[:, None], self.case.policy.theta if theta is None else theta,
        )  # fmt: skip

    def _theta(self, family: Family) -> float:
        return 0.0 if family.name in self.without_theta else self.case.policy.theta

    def set_log10_lr(self, name: str, missing: Sequence[str], placements: NDArray[np.int64]) -> Floats:
        """(placements, loci) log10 LR of remains placed on these missing persons of a family.

        placements: (placements, len(missing)) indices of remains. Where H2 itself is impossible (the
        family contradicts itself at a locus without mutation), the locus says nothing: 0.
        """
        return self.family_set_log10_lr(self.families[name], missing, placements)

    def family_set_log10_lr(self, family: Family, missing: Sequence[str], placements: NDArray[np.int64]) -> Floats:
        """`set_log10_lr` of a family as it is given here, which may lack some of its profiles."""
        try:
            return self._ratio(family, missing, placements)
        except TooComplex:
            if family.name in self.without_theta or self.case.policy.theta == 0.0:
                raise
            self.without_theta.add(family.name)
            return self._ratio(family, missing, placements)

    def _ratio(self, family: Family, missing: Sequence[str], placements: NDArray[np.int64]) -> Floats:
        under_h1 = self._likelihoods(family, tuple(missing), placements)
        under_h2 = self._unrelated(family, tuple(missing), placements)
        with np.errstate(invalid="ignore"):
            lr = under_h1 - under_h2
        return np.where(np.isneginf(under_h2), 0.0, lr)

    def set_log10_likelihood(self, name: str, missing: Sequence[str], placements: NDArray[np.int64]) -> Floats:
        """(placements, loci) log10 likelihood of family and remains together under H1."""
        return self._likelihoods(self.families[name], tuple(missing), placements)

    def incompatible(self, name: str, missing: str) -> NDArray[np.bool_]:
        """(remains, loci) True where the remains could not be this person without mutation or dropout."""
        family = self.families[name]
        placements = np.arange(len(self.remains))[:, None]
        strict = self._likelihoods(family, (missing,), placements, strict=True)
        return np.isneginf(strict)

    def _unrelated(self, family: Family, missing: tuple[str, ...], placements: NDArray[np.int64]) -> Floats:
        """H2, the remains taken to have the sex of the missing person (which matters on X alone)."""
        sexes = tuple(SEX_CODES[family.pedigree.person(m).sex] for m in missing)
        if self._theta(family) == 0.0 and not self.encoding.models.x_linked.any():
            apart: Floats = self._own_log10(family) + self.remains_log10(theta=0.0)[placements].sum(axis=1)
            return apart
        return self._likelihoods(family, sexes, placements)

    def _likelihoods(
        self,
        family: Family,
        places: tuple[str, ...] | tuple[int, ...],
        placements: NDArray[np.int64],
        strict: bool = False,
    ) -> Floats:
        """(placements, loci): remains on missing persons, or (sexes given) as further, unrelated founders."""
        shape, index = encode_pedigree(family.pedigree)
        n, width = placements.shape
        persons = [index[p] if isinstance(p, str) else len(shape) + i for i, p in enumerate(places)]
        shape = with_founders(shape, [p for p in places if not isinstance(p, str)])
        typed = [p for p in family.profiles if p in index]
        if not typed and not width:
            return np.zeros((n, len(self.encoding.loci)))  # nothing was seen
        own = [self.encoding.profile_row(family.profiles[p]) for p in typed]
        observed = np.empty((n, len(self.encoding.loci), len(typed) + width, self.remains_rows.shape[2]), np.int16)
        for row, codes in enumerate(own):
            observed[:, :, row] = codes
        lost = np.empty((n, len(typed) + width))
        foreign = np.empty_like(lost)
        lost[:, : len(typed)] = [self.encoding.dropout(family.profiles[p]) for p in typed]
        foreign[:, : len(typed)] = [family.profiles[p].dropin for p in typed]
        observed[:, :, len(typed) :] = self.remains_rows[placements].transpose(0, 2, 1, 3)
        lost[:, len(typed) :] = self.remains_dropout[placements]
        foreign[:, len(typed) :] = self.remains_dropin[placements]
        models, theta = self.encoding.models, self._theta(family)
        if strict:
            models, theta, lost, foreign = models.without_mutation(), 0.0, lost * 0.0, foreign * 0.0
        rows = [index[p] for p in typed] + persons
        return log10_likelihoods(shape, models, observed, lost, foreign, theta, rows)


def all_profiles(case: Case) -> list[Profile]:
    """Every profile of the case, relatives first."""
    relatives = [profile for family in case.families for profile in family.profiles.values()]
    return relatives + [r.profile for r in case.remains]


def x_loci_without_sex(pedigrees: Iterable[Pedigree], profiles: Iterable[Profile]) -> tuple[str, ...]:
    """X-linked loci that are typed, if anybody's sex is unknown: they cannot be used then."""
    if all(person.sex is not Sex.UNKNOWN for pedigree in pedigrees for person in pedigree.persons):
        return ()
    typed = {locus for profile in profiles for locus in profile.calls}
    return tuple(sorted(locus for locus in typed if chromosome_of(locus) is Chromosome.X))


def x_loci_left_out(case: Case) -> tuple[str, ...]:
    """X-linked loci of a case that cannot be used."""
    return x_loci_without_sex([family.pedigree for family in case.families], all_profiles(case))


def total(per_locus: Floats) -> Floats:
    """Sum over loci; -inf where any locus is impossible."""
    result: Floats = per_locus.sum(axis=-1)
    return result
