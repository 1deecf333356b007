"""Events answered by dvir 3.4.2: likelihoods, pairwise LRs, every row of the joint tables, posteriors.

`data/dvir` holds simulated events; ANTIGONE_REFERENCE names a folder with further ones of the same
form (the published example1, example2, fire, planecrash, exclusionExample).
"""

from __future__ import annotations

import math
import os
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

import pytest

from antigone.domain import Case
from antigone.identify import (
    family_log10_likelihood,
    joint_finding,
    pairwise_log10_lr,
    remains_log10_likelihood,
    set_log10_lr,
)
from tests.published.peer_cases import DATA
from tests.published.peer_events import Event, Joint, event, event_paths, without_mutation

TOLERANCE = 1e-9
"""Natural log at one marker or of one LR, and relative for posteriors."""
LN10 = math.log(10)


def _paths() -> list[Path]:
    further = os.environ.get("ANTIGONE_REFERENCE")
    found = {p.name: p for p in event_paths(Path(further))} if further else {}
    return [*(found | {p.name: p for p in event_paths(DATA)}).values()]


PATHS = _paths()
every_event = pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)


def every_table(*names: str) -> pytest.MarkDecorator:
    """(path, table): the events for which the peer could be asked for this table."""
    asked = [(path, name) for path in PATHS for name in names if event(path).has(name)]
    return pytest.mark.parametrize(("path", "table"), asked, ids=[f"{p.stem}-{name}" for p, name in asked])


def close(got: float, expected: float) -> bool:
    """Natural logs within the tolerance; log 0 only equals log 0."""
    return got == expected or abs(got - expected) <= TOLERANCE


def ln(value: float) -> float:
    return math.log(value) if value > 0.0 else -math.inf


def total(by_locus: Mapping[str, float]) -> float:
    """Sum of log10 values by locus, as a natural logarithm."""
    return math.fsum(by_locus.values()) * LN10


def impossible_loci(by_locus: Mapping[str, float]) -> set[str]:
    return {locus for locus, value in by_locus.items() if value == -math.inf}


@cache
def stripped(path: Path) -> Case:
    return without_mutation(event(path).case)


def test_simulated_events_are_all_there() -> None:
    assert len(event_paths(DATA)) == 12


@every_event
def test_likelihood_of_families_and_remains(path: Path) -> None:
    asked = event(path)
    ours = {
        "loglik_am": {f.name: family_log10_likelihood(asked.case, f.name) for f in asked.case.families},
        "loglik_pm": {r.id: remains_log10_likelihood(asked.case, r.id) for r in asked.case.remains},
    }
    for name, answers in ours.items():
        for who, peer in asked.per_marker(name).items():
            for locus, expected in peer.items():
                assert close(answers[who].get(locus, 0.0) * LN10, expected), (who, locus)


@every_table("pairwiseLR", "pairwiseLR_nomutation")
def test_pairwise_lr(path: Path, table: str) -> None:
    asked = event(path)
    ours = pairwise_log10_lr(asked.case if table == "pairwiseLR" else stripped(path))
    for (remains, missing), lr in asked.table(table).items():
        got = total(ours[remains, asked.family_of[missing], missing])
        assert close(got, ln(lr)), (remains, missing)


@every_event
def test_incompatible_loci(path: Path) -> None:
    """Loci at which a pairing is impossible without mutation.

    The peer also counts loci at which the references alone contradict each other; they are added
    here to compare, and are not evidence against the remains.
    """
    asked, case = event(path), stripped(path)
    ours = pairwise_log10_lr(case)
    contradictory = {f.name: impossible_loci(family_log10_likelihood(case, f.name)) for f in case.families}
    for (remains, missing), count in asked.table("exclusionMatrix").items():
        family = asked.family_of[missing]
        impossible = impossible_loci(ours[remains, family, missing])
        assert len(impossible | contradictory[family]) == count, (remains, missing)


def row_logliks(asked: Event, case: Case, joint: Joint) -> list[float]:
    """Natural log likelihood of everything, for each row of the table."""
    nobody = sum(total(family_log10_likelihood(case, f.name)) for f in case.families)
    nobody += sum(total(remains_log10_likelihood(case, r.id)) for r in case.remains)

    @cache
    def lr(family: str, found: tuple[tuple[str, str], ...]) -> float:
        return float(set_log10_lr(case, family, dict(found))) * LN10

    def together(row: Mapping[str, str]) -> float:
        by_family: dict[str, list[tuple[str, str]]] = {}
        for remains, missing in row.items():
            by_family.setdefault(asked.family_of[missing], []).append((missing, remains))
        return nobody + sum(lr(family, tuple(sorted(found))) for family, found in by_family.items())

    return [together(row) for row in joint.rows]


def flat(logliks: Sequence[float]) -> list[float]:
    """Posterior of each row, all being equally likely before."""
    best = max(logliks)
    weights = [math.exp(loglik - best) for loglik in logliks]
    return [w / math.fsum(weights) for w in weights]


def marginal(joint: Joint, posterior: Sequence[float], remains: str, missing: str) -> float:
    """Probability that these remains are this missing person, or nobody ("*")."""
    wanted = None if missing == "*" else missing
    return math.fsum(p for p, row in zip(posterior, joint.rows, strict=True) if row.get(remains) == wanted)


def compare_rows(joint: Joint, logliks: Sequence[float]) -> None:
    """Log likelihood, LR against nobody identified, posterior and marginals under the flat prior."""
    for row, got, expected in zip(joint.rows, logliks, joint.loglik, strict=True):
        assert got == expected or got == pytest.approx(expected, abs=TOLERANCE, rel=0.0), row
    if not joint.posterior:
        return
    nobody = next(loglik for row, loglik in zip(joint.rows, logliks, strict=True) if not row)
    assert [math.exp(loglik - nobody) for loglik in logliks] == pytest.approx(joint.lr, rel=TOLERANCE, abs=0.0)
    posterior = flat(logliks)
    assert posterior == pytest.approx(joint.posterior, rel=TOLERANCE, abs=0.0)
    for (remains, missing), expected in joint.marginal.items():
        assert marginal(joint, posterior, remains, missing) == pytest.approx(expected, rel=TOLERANCE, abs=0.0)


@every_table("dviJoint_default", "jointDVI_full_mutEverywhere", "jointDVI_full")
def test_joint_rows(path: Path, table: str) -> None:
    """Mutation as in the data; jointDVI_full switches it off where the references agree without it."""
    asked, case = event(path), event(path).case
    if table == "jointDVI_full":
        case = stripped(path)
        assert all(math.isfinite(total(family_log10_likelihood(case, f.name))) for f in case.families)
    joint = asked.joint(table)
    compare_rows(joint, row_logliks(asked, case, joint))


@every_table("dviJoint_default")
def test_joint_finding(path: Path, table: str) -> None:
    """The whole event in concordance mode: flat prior over all sex-consistent assignments."""
    asked = event(path)
    joint = asked.joint(table)
    finding = joint_finding(asked.case)
    ours = {(p.remains, p.missing): p.probability for p in finding.pairs}
    ours |= {(remains, "*"): p for remains, p in finding.nobody_listed.items()}
    posterior = flat(joint.loglik)
    for remains in finding.nobody_listed:
        for missing in (*asked.family_of, "*"):
            expected = marginal(joint, posterior, remains, missing)
            got = ours.get((remains, missing), 0.0)
            assert got == pytest.approx(expected, rel=TOLERANCE, abs=1e-300), (remains, missing)
