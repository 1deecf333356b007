"""One case, from its values to its conclusions.

1. numbers: likelihoods under each table            `pairwise.CaseNumbers`
2. checks of the input                              `checks.input_warnings`
3. who cannot be identified with these relatives    `checks.not_identifiable`
4. every pair: LR, per locus, sex, exclusion        `pair_findings`
5. the event: joint posterior under each table      `event.joint_finding`
6. conclusions, the lowest figure deciding          `conclude`
"""

from __future__ import annotations

from typing import Any

import numpy as np

from antigone.domain import Case, CaseFinding, InputRefused, JointFinding, Mode, PairFinding, Place, Problem, Profile
from antigone.identify.checks import input_warnings, not_identifiable, typed_relatives
from antigone.identify.conclude import conclusions, gather, remains_conclusions
from antigone.identify.event import joint_finding, sex_matrix
from antigone.identify.mutation_checks import not_lumpable, not_stationary
from antigone.identify.pairwise import CaseNumbers, total
from antigone.identify.provenance import provenance


def solve(case: Case, most_answers: int = 10) -> CaseFinding:
    """Everything that can be said of a case.

    InputRefused where the policy or the input forbids an answer; TooComplex where none fits exactly.
    """
    _refuse_half_a_case(case)
    numbers = [CaseNumbers(case, table) for table in case.tables]
    warnings = input_warnings(case, numbers[0])
    unreachable = not_identifiable(case)
    pairs = pair_findings(case, numbers)
    joints = [joint_finding(case, of_table, most_answers) for of_table in numbers]
    evidence = gather(case, pairs, joints, unreachable, warnings)
    found = conclusions(evidence)
    deciding = _deciding(joints)
    prior = case.policy.prior if case.policy.mode is Mode.CASEWORK else None
    return CaseFinding(
        case=case.name,
        warnings=tuple(warnings),
        not_identifiable=unreachable,
        pairs=tuple(pairs),
        joint=deciding,
        remains_conclusions=remains_conclusions(evidence, found),
        conclusions=found,
        provenance=provenance(case),
        missing_total=prior.missing_total if prior else None,
        outside=prior.outside if prior else None,
        prior_reason=prior.reason if prior else "",
        other_joints=tuple(joint for joint in joints if joint is not deciding),
        not_stationary=not_stationary(numbers),
        not_lumpable=not_lumpable(numbers),
    )


def _refuse_half_a_case(case: Case) -> None:
    problems = []
    if not case.remains:
        problems.append(Problem("no-remains", Place(item=case.name), "none", "one or more"))
    if not case.families:
        problems.append(Problem("no-families", Place(item=case.name), "none", "one or more"))
    if problems:
        raise InputRefused(problems)


def pair_findings(case: Case, numbers: list[CaseNumbers]) -> list[PairFinding]:
    """Every remains against every missing person, the table with the lowest LR deciding each pair."""
    findings = []
    everybody = np.arange(len(case.remains))[:, None]
    for family in case.families:
        relatives = {m: typed_relatives(family, m) for m in family.missing}
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
                        excluded=_excluded(case, totals[decides], len(bad)),
                    )
                )
    return findings


def _compared(profile: Profile, relatives: Any, loci: tuple[str, ...]) -> int:
    own = {x for x in loci if x in profile.calls and profile.calls[x].alleles}
    theirs = {x for r in relatives for x in r.calls if r.calls[x].alleles}
    return len(own & theirs)


def _excluded(case: Case, log10_lr: float, incompatible: int) -> bool:
    limits = case.policy.thresholds
    if case.policy.mode is Mode.CONCORDANCE:
        return incompatible > limits.max_incompatible or log10_lr == -np.inf
    return log10_lr <= limits.exclusion_log10_lr


def _deciding(joints: list[JointFinding]) -> JointFinding:
    """The table whose best answer is the least certain."""
    return min(joints, key=lambda joint: joint.answers[0].probability if joint.answers else 0.0)
