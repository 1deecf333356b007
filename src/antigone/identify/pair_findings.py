"""Every remains against every missing person, one by one."""

from __future__ import annotations

from typing import Any

import numpy as np

from antigone.domain import Case, Mode, PairFinding, Profile
from antigone.identify.checks import typed_relatives
from antigone.identify.event import sex_matrix
from antigone.identify.pairwise import CaseNumbers, total
from antigone.identify.sexes import sexes_disagree


def pair_findings(case: Case, numbers: list[CaseNumbers]) -> list[PairFinding]:
    """Every remains against every missing person, the table with the lowest LR deciding each pair."""
    findings = []
    everybody = np.arange(len(case.remains))[:, None]
    for family in case.families:
        relatives = {m: typed_relatives(family, m, numbers[0].encoding.loci) for m in family.missing}
        sex = sex_matrix(case, numbers[0], family)
        for j, missing in enumerate(family.missing):
            per_table = [n.set_log10_lr(family.name, [missing], everybody) for n in numbers]
            incompatible = numbers[0].incompatible(family.name, missing)
            for i, remains in enumerate(case.remains):
                totals = [float(total(values[i]) + sex[i, j]) for values in per_table]
                decides = int(np.argmin(totals))
                of_table = numbers[decides].encoding
                bad = [x for x, no in zip(numbers[0].encoding.loci, incompatible[i], strict=True) if no]
                findings.append(
                    PairFinding(
                        remains=remains.id,
                        family=family.name,
                        missing=missing,
                        log10_lr=totals[decides],
                        log10_lr_by_table={n.table.name: t for n, t in zip(numbers, totals, strict=True)},
                        log10_lr_by_locus=dict(zip(of_table.loci, map(float, per_table[decides][i]), strict=True)),
                        log10_lr_sex=float(sex[i, j]),
                        deciding_table=of_table.table,
                        incompatible_loci=tuple(bad),
                        compared_loci=_compared(remains.profile, family.profiles.values(), of_table.loci),
                        typed_relatives=relatives[missing],
                        excluded=_excluded(case, max(totals), len(bad)),
                        sex_disagrees=sexes_disagree(remains.profile, family.pedigree.person(missing).sex),
                    )
                )
    return findings


def _compared(profile: Profile, relatives: Any, loci: tuple[str, ...]) -> int:
    own = {x for x in loci if x in profile.calls and profile.calls[x].alleles}
    theirs = {x for r in relatives for x in r.calls if r.calls[x].alleles}
    return len(own & theirs)


def _excluded(case: Case, highest_log10_lr: float, incompatible: int) -> bool:
    """Excluded under every table, so that a table cannot hide what another one shows."""
    limits = case.policy.thresholds
    if case.policy.mode is Mode.CONCORDANCE:
        return incompatible > limits.max_incompatible or highest_log10_lr == -np.inf
    return highest_log10_lr <= limits.exclusion_log10_lr
