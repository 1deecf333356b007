"""The joint posterior against writing down every assignment."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pytest
from numpy.typing import NDArray

from antigone.core import FamilyOptions, JointPosterior, flat_prior, joint_posterior, log_prior_by_count
from tests.reference import joint
from tests.reference.joint import Assignment, Prior

TOLERANCE = 1e-9
"""Relative, of every probability."""


@dataclass(frozen=True)
class Event:
    """Families by name with their missing, the LR of every set, and the LR of remains being brothers."""

    remains: tuple[str, ...]
    families: Mapping[str, tuple[str, ...]]
    set_lr: Mapping[tuple[str, frozenset[tuple[str, str]]], float]
    brothers: NDArray[np.float64]

    def options(self) -> list[FamilyOptions]:
        return [self._options(name, missing) for name, missing in self.families.items()]

    def _options(self, name: str, missing: Sequence[str]) -> FamilyOptions:
        rows, logs = [], []
        for (family, found), lr in self.set_lr.items():
            if family == name:
                placed = dict(found)
                rows.append([self.remains.index(placed[m]) if m in placed else -1 for m in missing])
                logs.append(math.log10(lr) if lr > 0.0 else -math.inf)
        return FamilyOptions(np.array(rows, dtype=np.int64).reshape(-1, len(missing)), np.array(logs))


def random_event(seed: int) -> Event:
    """Up to 4 remains and 4 missing in up to 3 families; LRs from 0 to 1e8, sets not products."""
    rng = np.random.default_rng(seed)
    remains = tuple(f"R{i}" for i in range(int(rng.integers(1, 5))))
    sizes = [[1], [2], [1, 1], [1, 2], [2, 2], [1, 1, 1], [3]][seed % 7]
    families = {f"F{i}": tuple(f"m{i}{j}" for j in range(size)) for i, size in enumerate(sizes)}
    set_lr = {}
    for name, missing in families.items():
        for assignment in joint.assignments(len(remains), [(name, m) for m in missing]):
            found = frozenset((p[1], r) for r, p in zip(remains, assignment, strict=True) if p)
            if found:
                lr = 0.0 if rng.random() < 0.2 else float(10.0 ** rng.uniform(-6, 8))
                set_lr[name, found] = lr
    brothers = 10.0 ** rng.uniform(-3, 6, (len(remains), len(remains)))
    return Event(remains, families, set_lr, np.triu(brothers, 1) + np.triu(brothers, 1).T)


def solve(event: Event, prior: Prior | None) -> tuple[JointPosterior, joint.Posterior]:
    """Both answers; every probability compared, relative, also the very small ones."""
    listed = sum(map(len, event.families.values()))
    log_prior = (
        flat_prior(len(event.remains))
        if prior is None
        else log_prior_by_count(len(event.remains), listed, prior.missing_total, float(prior.outside))
    )
    kin = None if prior is None else float(prior.unlisted_kin) * event.brothers
    got = joint_posterior(len(event.remains), event.options(), log_prior, kin, most_answers=10_000)
    twin = joint.posterior(
        event.remains,
        event.families,
        lambda family, found: event.set_lr[family, frozenset(found.items())],
        prior,
        lambda one, other: float(event.brothers[event.remains.index(one), event.remains.index(other)]),
    )
    compare(event, got, twin)
    return got, twin


def compare(event: Event, got: JointPosterior, twin: joint.Posterior) -> None:
    assert got.error_bound == 0.0
    assert got.log10_total * math.log(10) == pytest.approx(math.log(twin.z), abs=TOLERANCE)
    for i, r in enumerate(event.remains):
        assert got.nobody[i] == pytest.approx(float(twin.nobody_listed[r]), rel=TOLERANCE, abs=0.0), r
    for f, (name, missing) in enumerate(event.families.items()):
        for j, m in enumerate(missing):
            expected = float(twin.not_among_these[name, m])
            assert got.absent[f][j] == pytest.approx(expected, rel=TOLERANCE, abs=0.0), m
            for i, r in enumerate(event.remains):
                pair = float(twin.marginals.get((r, name, m), 0))
                assert got.pairs[f][i, j] == pytest.approx(pair, rel=TOLERANCE, abs=0.0), (r, m)


def named(event: Event, placements: Sequence[Sequence[int]]) -> Assignment:
    """An answer of the engine as the twin writes it."""
    who: list[tuple[str, str] | None] = [None] * len(event.remains)
    for (name, missing), placed in zip(event.families.items(), placements, strict=True):
        for m, remains in zip(missing, placed, strict=True):
            if remains >= 0:
                who[remains] = (name, m)
    return tuple(who)


@pytest.mark.parametrize("seed", range(42))
def test_random_event(seed: int) -> None:
    prior = Prior(4 + seed % 3 * 50, [0.0, 0.1, 0.9][seed % 3], [0.0, 1e-3][seed % 2])
    solve(random_event(seed), prior)


@pytest.mark.parametrize("seed", range(100, 114))
def test_flat_prior_of_the_peers(seed: int) -> None:
    solve(random_event(seed), None)


@pytest.mark.parametrize("seed", range(200, 207))
def test_answers_come_in_order_of_their_probability(seed: int) -> None:
    event = random_event(seed)
    got, twin = solve(event, Prior(20, 0.1, 1e-3))
    possible = {a: float(p) for a, p in twin.assignments.items() if p > 0}
    answered = {named(event, answer.placements): answer.probability for answer in got.answers}
    assert answered == pytest.approx(possible, rel=TOLERANCE, abs=0.0)
    probabilities = [answer.probability for answer in got.answers]
    assert probabilities == sorted(probabilities, reverse=True)


def test_without_evidence_every_pair_has_the_prior() -> None:
    event = random_event(3)
    event = Event(event.remains, event.families, dict.fromkeys(event.set_lr, 1.0), event.brothers)
    got, _ = solve(event, Prior(12, 0.25))
    for pairs in got.pairs:
        np.testing.assert_allclose(pairs, 0.75 / 12, rtol=1e-12)


def test_what_is_nearly_certain_keeps_its_doubt() -> None:
    """Odds of 1e18 : 1: what is left for nobody is 1e-18 of it, not 0."""
    event = Event(("R",), {"F": ("m",)}, {("F", frozenset({("m", "R")})): 1e18}, np.zeros((1, 1)))
    got, _ = solve(event, None)
    assert got.nobody[0] == pytest.approx(1e-18, rel=1e-9)


def test_unrelated_clusters_do_not_touch_each_other() -> None:
    """13 families of two rival remains each, and traces of weight between them: within the bound."""
    families = 13
    options = []
    for f in range(families):
        own, other = (2 * f, 2 * f + 1), (2 * f + 2) % (2 * families)
        placements = np.array([[own[0]], [own[1]], [other]])
        options.append(FamilyOptions(placements, np.array([2.0, 1.0, -15.0])))
    got = joint_posterior(2 * families, options, flat_prior(2 * families))
    assert got.error_bound < 1e-12
    for f in range(families):
        expected = np.array([100.0, 10.0]) / 111.0
        np.testing.assert_allclose(got.pairs[f][2 * f : 2 * f + 2, 0], expected, atol=got.error_bound + 1e-12)
