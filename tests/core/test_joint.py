"""The joint posterior against writing down every assignment."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import pytest

from antigone.core import FamilyOptions, JointPosterior, flat_prior, joint_posterior
from tests.reference import joint
from tests.reference.joint import Assignment, Prior
from tests.reference.random_events import Event, both_answers, probabilities, random_event, random_prior

TOLERANCE = 1e-9
"""Relative, of every probability."""


def solve(event: Event, prior: Prior | None) -> tuple[JointPosterior, joint.Posterior]:
    """Both answers; every probability compared, relative, also the very small ones."""
    got, twin = both_answers(event, prior)
    assert not got.error_bound.any()
    assert got.log10_total * math.log(10) == pytest.approx(math.log(twin.z), abs=TOLERANCE)
    for what, ours, expected in probabilities(event, got, twin):
        assert ours == pytest.approx(expected, rel=TOLERANCE, abs=0.0), what
    return got, twin


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
    solve(random_event(seed), random_prior(seed))


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
    assert got.error_bound.max() < 1e-12
    for f in range(families):
        expected = np.array([100.0, 10.0]) / 111.0
        np.testing.assert_allclose(got.pairs[f][2 * f : 2 * f + 2, 0], expected, atol=got.error_bound.max() + 1e-12)
