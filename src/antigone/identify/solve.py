"""One case, from its values to its conclusions.

1. numbers: likelihoods under each table            `pairwise.CaseNumbers`
2. samples that look like one person                `samples.alike_samples`
3. every pair: LR, per locus, sex, exclusion        `pair_findings`
4. the event: joint posterior under each table      `event.joint_finding`
5. doubts: odd input, what rests on one relative    `checks`, `leave_one_out`
6. conclusions, the lowest figure deciding          `conclude`
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from antigone.domain import Case, CaseFinding, InputRefused, JointFinding, Mode, PairPosterior, Place, Problem
from antigone.identify.checks import family_doubts, input_warnings, later_warnings, not_identifiable
from antigone.identify.conclude import conclusions, remains_conclusions
from antigone.identify.event import joint_finding
from antigone.identify.evidence import Doubts, gather
from antigone.identify.leave_one_out import LeaveOneOut, leave_one_out
from antigone.identify.mutation_checks import not_lumpable, not_stationary
from antigone.identify.pair_findings import pair_findings
from antigone.identify.pairwise import CaseNumbers
from antigone.identify.provenance import provenance
from antigone.identify.samples import alike_samples, like_relatives, same_remains
from antigone.identify.scope import out_of_scope, within_scope


def solve(case: Case, most_answers: int = 10) -> CaseFinding:
    """Everything that can be said of a case. Samples that are not for kinship are left out, with a warning.

    InputRefused where the policy or the input forbids an answer; TooComplex where none fits exactly.

    >>> from antigone import Call, Case, Family, Pedigree, Person, Policy, Prior, Profile, Remains, Sex, read_table
    >>> father, mother = Person("father", sex=Sex.MALE), Person("mother", sex=Sex.FEMALE)
    >>> son = Person("son", "father", "mother", Sex.MALE)
    >>> typed = {"father": Profile("F1", {"TH01": Call(("6", "9.3")), "FGA": Call(("20", "22"))})}
    >>> family = Family("A", Pedigree((father, mother, son)), missing=("son",), profiles=typed)
    >>> remains = Remains("R1", Profile("P1", {"TH01": Call(("7", "9.3")), "FGA": Call(("20", "24"))}))
    >>> policy = Policy(prior=Prior(missing_total=100, outside=0.05))
    >>> finding = solve(Case("two loci", (family,), (remains,), (read_table("Norway"),), policy))
    >>> finding.conclusions[0].status.value, finding.conclusions[0].remains
    ('possible', 'R1')
    """
    _refuse_half_a_case(case)
    kept_back = out_of_scope(case)
    case = within_scope(case)
    numbers = [CaseNumbers(case, table) for table in case.tables]
    casework = case.policy.mode is Mode.CASEWORK
    alike = alike_samples(case, numbers[0])
    stands_for = same_remains(alike, [r.id for r in case.remains]) if casework else {}
    pairs = pair_findings(case, numbers)
    joints = [_weigh(case, of_table, stands_for, most_answers) for of_table in numbers]
    doubts = Doubts(
        frozenset(not_identifiable(case)),
        stands_for,
        like_relatives(case, alike),
        family_doubts(case, numbers, alike),
        leave_one_out(case, numbers) if casework else LeaveOneOut(),
    )
    evidence = gather(case, pairs, joints, doubts)
    found = conclusions(evidence)
    warnings = [*kept_back, *input_warnings(case, numbers[0], alike), *later_warnings(case, doubts)]
    deciding = _deciding(joints)
    prior = case.policy.prior if casework else None
    return CaseFinding(
        case=case.name,
        warnings=tuple(warnings),
        not_identifiable=not_identifiable(case),
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


def _weigh(case: Case, numbers: CaseNumbers, stands_for: Mapping[str, str], most_answers: int) -> JointFinding:
    """The joint posterior, each person among the remains weighed once; further remains repeat its figures."""
    kept = tuple(r for r in case.remains if stands_for.get(r.id, r.id) == r.id)
    if len(kept) == len(case.remains):
        return joint_finding(case, numbers, most_answers)
    fewer = replace(case, remains=kept)
    joint = joint_finding(fewer, CaseNumbers(fewer, numbers.table), most_answers)
    return replace(
        joint,
        pairs=_repeated(joint.pairs, stands_for),
        nobody_listed={remains: joint.nobody_listed[one] for remains, one in stands_for.items()},
        sensitivity=tuple(replace(s, pairs=_repeated(s.pairs, stands_for)) for s in joint.sensitivity),
    )


def _repeated(pairs: Sequence[PairPosterior], stands_for: Mapping[str, str]) -> tuple[PairPosterior, ...]:
    return tuple(replace(p, remains=r) for r, one in stands_for.items() for p in pairs if p.remains == one)


def _deciding(joints: list[JointFinding]) -> JointFinding:
    """The table whose best answer is the least certain."""
    return min(joints, key=lambda joint: joint.answers[0].probability if joint.answers else 0.0)
