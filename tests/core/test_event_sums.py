"""Parts of the joint sum that the large comparison with enumeration does not reach."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest

from antigone.core import FamilyOptions, components, event_sums, flat_prior, joint_posterior, log_prior_by_count

ONE_EACH = np.array([[0], [1], [2]], np.int64)


def test_answers_under_the_exact_bound_are_those_under_the_loose_one(monkeypatch: pytest.MonkeyPatch) -> None:
    rng = np.random.default_rng(7)
    families = [FamilyOptions(np.arange(6)[:, None], rng.normal(0, 3, 6)) for _ in range(5)]
    loose = joint_posterior(6, families, flat_prior(6), most_answers=30).answers
    monkeypatch.setattr(event_sums, "MOST_VISITS", 12)
    exact = joint_posterior(6, families, flat_prior(6), most_answers=30).answers
    assert [a.placements for a in exact] == [a.placements for a in loose]
    assert [a.log10_weight for a in exact] == pytest.approx([a.log10_weight for a in loose])
    assert loose[0].log10_weight == max(a.log10_weight for a in loose)


def test_remains_may_be_a_further_part_of_remains_that_were_placed() -> None:
    """One family, three remains, of which 0 and 1 are one person with weight s: by hand.

    Nothing placed: 1. One placed on the person (w0, w1, w2), the others left over: of 0 and 1, the one left
    may be a part of the one placed (1 + s).
    """
    w = np.array([100.0, 3.0, 0.5])
    s = 40.0
    same = np.zeros((3, 3))
    same[0, 1] = same[1, 0] = s
    result = joint_posterior(3, [FamilyOptions(ONE_EACH, np.log10(w))], flat_prior(3), same=same)
    weights = np.array([w[0] * (1 + s), w[1] * (1 + s), w[2]])
    total = 1.0 + weights.sum()
    assert result.pairs[0][:, 0] == pytest.approx(weights / total)
    assert 10**result.log10_total == pytest.approx(total)


def test_unlisted_kin_by_counting() -> None:
    """Two families, four remains, random kin: all assignments and all matchings of the rest, counted."""
    rng = np.random.default_rng(11)
    families = [FamilyOptions(np.arange(4)[:, None], rng.normal(0, 1, 4)) for _ in range(2)]
    kin = np.triu(rng.random((4, 4)), 1)
    kin += kin.T
    result = joint_posterior(4, families, flat_prior(4), kin=kin)
    total, first = 0.0, np.zeros(4)
    for a, b in itertools.product(range(-1, 4), repeat=2):
        if a == b and a >= 0:
            continue
        weight = _rest([i for i in range(4) if i not in (a, b)], kin)
        weight *= math.prod(10 ** f.log10_lr[i] for f, i in zip(families, (a, b), strict=True) if i >= 0)
        total += weight
        if a >= 0:
            first[a] += weight
    assert result.pairs[0][:, 0] == pytest.approx(first / total)


def _rest(remains: list[int], kin: np.ndarray) -> float:
    if not remains:
        return 1.0
    i, others = remains[0], remains[1:]
    paired = sum(kin[i, j] * _rest([k for k in others if k != j], kin) for j in others)
    return _rest(others, kin) + paired


@pytest.mark.parametrize("seed", range(12))
def test_what_is_left_out_changes_no_more_than_its_bound(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Eight remains, half of them clear and the others weak, summed whole and in components of four at most."""
    rng = np.random.default_rng(seed)
    families = []
    for f in range(6):
        lr = rng.normal(-6.0, 1.0, 8)
        lr[f] = rng.normal(5.0, 2.0)
        families.append(FamilyOptions(np.arange(8)[:, None], lr))
    kin = np.triu(10.0 ** rng.normal(-5.0, 1.0, (8, 8)), 1)
    prior = log_prior_by_count(8, 6, 60, 0.1)
    whole = joint_posterior(8, families, prior, kin=kin + kin.T, most_answers=0)
    monkeypatch.setattr(components, "MOST_TOGETHER", 4)
    parts = joint_posterior(8, families, prior, kin=kin + kin.T, most_answers=0)
    assert 0.0 < parts.error_bound.max() < 1e-2
    for exact, kept in zip(whole.pairs, parts.pairs, strict=True):
        assert np.all(np.abs(exact - kept).max(axis=1) <= parts.error_bound * 1.01 + 1e-15)
