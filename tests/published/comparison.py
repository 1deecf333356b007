"""Our figures beside other programs', one by one; the tests and the evidence read the same lists."""

from __future__ import annotations

import math
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from antigone.core import log10_likelihood
from antigone.domain import Case
from antigone.identify import (
    family_log10_likelihood,
    joint_finding,
    pairwise_log10_lr,
    remains_log10_likelihood,
    set_log10_lr,
)
from tests.published.peer_cases import DATA, Kinship, Marker, Question, natural_log, read
from tests.published.peer_events import Event, Joint, event, event_paths, without_mutation

TOLERANCE = 1e-9
"""Of natural logarithms, and relative of posteriors."""
LN10 = math.log(10)
JOINT_TABLES = ("dviJoint_default", "jointDVI_full_mutEverywhere", "jointDVI_full")
PAIR_TABLES = ("pairwiseLR", "pairwiseLR_nomutation", "pairwiseLR_ignoreSex")


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure, ours and the peer's: a natural logarithm, or a probability where `relative`."""

    group: str
    name: str
    peer: float
    ours: float
    relative: bool = False

    @property
    def difference(self) -> float:
        """0 where both are the same infinity; infinite where one alone is, or either is not a number."""
        if self.peer == self.ours:
            return 0.0
        apart = abs(self.ours - self.peer)
        if self.relative:
            apart = apart / abs(self.peer) if self.peer else math.inf
        return math.inf if math.isnan(apart) else apart


def ln(value: float) -> float:
    return math.log(value) if value > 0.0 else -math.inf


def total(by_locus: Mapping[str, float]) -> float:
    """Sum of log10 values by locus, as a natural logarithm."""
    return math.fsum(by_locus.values()) * LN10


def impossible_loci(by_locus: Mapping[str, float]) -> set[str]:
    return {locus for locus, value in by_locus.items() if value == -math.inf}


# one pedigree, one marker; questions of kinship


def natural(question: Question) -> float:
    """The engine's answer, as a natural logarithm."""
    model, rows = question.marker.model, question.observations()
    return log10_likelihood(question.shape(), model, rows, theta=question.theta) * LN10


def kinship_figures(case: Kinship) -> Iterator[Figure]:
    """Every marker's likelihood under every hypothesis, then the LR in all."""
    totals = dict.fromkeys(case.hypotheses, 0.0)
    for hypothesis in case.hypotheses:
        for marker in case.markers:
            ours = _natural_at(case, hypothesis, marker)
            totals[hypothesis] += ours
            peer = ln(case.likelihood[hypothesis][marker.name])
            yield Figure("likelihood of a marker", f"{case.id} {hypothesis} {marker.name}", peer, ours)
    for hypothesis, lr in case.lr_total.items():
        ours = totals[hypothesis] if lr == 0.0 else totals[hypothesis] - totals[case.reference]
        yield Figure("LR over all markers", f"{case.id} {hypothesis}", ln(lr), ours)


def _natural_at(case: Kinship, hypothesis: str, marker: Marker) -> float:
    """Natural log likelihood at one marker, unconnected pedigrees of a hypothesis added up."""
    if case.theta > 0.0 and len(case.hypotheses[hypothesis]) != 1:
        raise ValueError("with theta the urn is shared: one pedigree only")
    return math.fsum(natural(question) for question in case.questions(hypothesis, marker))


# events


def all_event_paths() -> list[Path]:
    """The simulated events, and those of the folder that ANTIGONE_REFERENCE names."""
    further = os.environ.get("ANTIGONE_REFERENCE")
    found = {p.name: p for p in event_paths(Path(further))} if further else {}
    return [*(found | {p.name: p for p in event_paths(DATA)}).values()]


@cache
def stripped(path: Path) -> Case:
    return without_mutation(event(path).case)


def likelihood_figures(path: Path) -> Iterator[Figure]:
    """Families and remains by themselves, at every marker."""
    asked = event(path)
    ours = {
        "loglik_am": {f.name: family_log10_likelihood(asked.case, f.name) for f in asked.case.families},
        "loglik_pm": {r.id: remains_log10_likelihood(asked.case, r.id) for r in asked.case.remains},
    }
    for name, answers in ours.items():
        for who, peer in asked.per_marker(name).items():
            for locus, expected in peer.items():
                got = answers[who].get(locus, 0.0) * LN10
                yield Figure("families and remains, each marker", f"{asked.name} {who} {locus}", expected, got)


def pairwise_figures(path: Path, table: str) -> Iterator[Figure]:
    """The pairwise LRs of one of the peer's tables."""
    asked = event(path)
    bare = table == "pairwiseLR_nomutation"
    ours = pairwise_log10_lr(stripped(path) if bare else asked.case)
    group = f"pairwise LR, {'without mutation' if bare else 'mutation as in the data'}"
    for (remains, missing), lr in asked.table(table).items():
        got = total(ours[remains, asked.family_of[missing], missing])
        yield Figure(group, f"{asked.name} {remains} {missing}", ln(lr), got)


@dataclass(frozen=True, slots=True)
class Incompatible:
    """Loci at which remains and missing person do not fit, and those at which the references alone do not."""

    name: str
    peer: int
    pair: frozenset[str]
    references: frozenset[str]


def incompatible(path: Path) -> Iterator[Incompatible]:
    """Every pair of the peer's exclusion matrix, which also counts loci where the references contradict each other."""
    asked, case = event(path), stripped(path)
    ours = pairwise_log10_lr(case)
    alone = {f.name: impossible_loci(family_log10_likelihood(case, f.name)) for f in case.families}
    for (remains, missing), count in asked.table("exclusionMatrix").items():
        family = asked.family_of[missing]
        pair = impossible_loci(ours[remains, family, missing]) - alone[family]
        yield Incompatible(f"{asked.name} {remains} {missing}", int(count), frozenset(pair), frozenset(alone[family]))


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


def joint_case(path: Path, table: str) -> Case:
    """Mutation as in the data; jointDVI_full switches it off, the references agreeing without it."""
    if table != "jointDVI_full":
        return event(path).case
    case = stripped(path)
    if not all(math.isfinite(total(family_log10_likelihood(case, f.name))) for f in case.families):
        raise ValueError(f"{path.stem}: the peer keeps mutation where references contradict each other")
    return case


def joint_figures(path: Path, table: str) -> Iterator[Figure]:
    """Every row of a joint table; under the flat prior its posterior and every marginal, where the peer has them."""
    asked = event(path)
    joint = asked.joint(table)
    logliks = row_logliks(asked, joint_case(path, table), joint)
    for row, peer, ours in zip(joint.rows, joint.loglik, logliks, strict=True):
        yield Figure("joint log likelihood", f"{asked.name} {table} {row}", peer, ours)
    if not joint.posterior:
        return
    nobody = next(loglik for row, loglik in zip(joint.rows, logliks, strict=True) if not row)
    posterior = flat(logliks)
    for i, row in enumerate(joint.rows):
        name = f"{asked.name} {table} {row}"
        yield Figure("joint LR against nobody identified", name, ln(joint.lr[i]), logliks[i] - nobody)
        yield Figure("posterior of an assignment", name, joint.posterior[i], posterior[i], relative=True)
    for (remains, missing), peer in joint.marginal.items():
        ours = marginal(joint, posterior, remains, missing)
        yield Figure("posterior of a pair", f"{asked.name} {table} {remains} {missing}", peer, ours, relative=True)


def finding_figures(path: Path) -> Iterator[Figure]:
    """The whole event in concordance mode: flat prior over all sex-consistent assignments."""
    asked = event(path)
    joint = asked.joint("dviJoint_default")
    finding = joint_finding(asked.case)
    ours = {(p.remains, p.missing): p.probability for p in finding.pairs}
    ours |= {(remains, "*"): p for remains, p in finding.nobody_listed.items()}
    posterior = flat(joint.loglik)
    for remains in finding.nobody_listed:
        for missing in (*asked.family_of, "*"):
            peer = marginal(joint, posterior, remains, missing)
            got = ours.get((remains, missing), 0.0)
            got = 0.0 if peer == 0.0 and got < 1e-300 else got
            yield Figure("posterior of a pair, as solve gives it", f"{asked.name} {remains} {missing}", peer, got, True)


def reduced_figures(folder: Path) -> Iterator[Figure]:
    """dviJoint after findExcluded: the best assignment over each other one; families left out play no part."""
    for file in sorted((folder / "dvir").glob("*_joint_after_exclusion.json")):
        given = read(file)
        asked = event(folder / "dvir" / f"{given['dataset']}.json")
        rows = tuple(
            {r: m for r, m in zip(given["victims"], row, strict=True) if m != "*"} for row in given["assignments"]
        )
        peer = [natural_log(value) for value in given["loglik"]]
        ours = row_logliks(asked, asked.case, Joint(rows, tuple(peer)))
        for row, theirs, own in zip(rows, peer, ours, strict=True):
            yield Figure("joint LR after exclusions", f"{asked.name} {row}", peer[0] - theirs, ours[0] - own)
