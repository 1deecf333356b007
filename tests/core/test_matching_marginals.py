"""Belief propagation over matchings: exact on trees, near on graphs with loops, and its prior."""

from __future__ import annotations

import math

import numpy as np
import pytest

from antigone.core import (
    FamilyOptions,
    MatchingMarginals,
    flat_prior,
    joint_posterior,
    log10_odds_of_one_more,
    log_prior_by_count,
    matching_marginals,
)

Edges = list[tuple[int, int]]


def exact(sizes: tuple[int, int], edges: Edges, log10_weights: list[float]) -> tuple[np.ndarray, ...]:
    """(pairs, first free, second free) by summing every matching: each column a family that misses one."""
    families = []
    for column in range(sizes[1]):
        own = [e for e, edge in enumerate(edges) if edge[1] == column]
        placements = np.array([[edges[e][0]] for e in own], np.int64).reshape(-1, 1)
        families.append(FamilyOptions(placements, np.array([log10_weights[e] for e in own])))
    answer = joint_posterior(sizes[0], families, flat_prior(sizes[0]), most_answers=0)
    pairs = np.array([answer.pairs[column][row, 0] for row, column in edges])
    return pairs, answer.nobody, np.array([absent[0] for absent in answer.absent])


def estimated(sizes: tuple[int, int], edges: Edges, log10_weights: list[float]) -> MatchingMarginals:
    first, second = np.array(edges, np.int64).reshape(-1, 2).T
    return matching_marginals(first, second, np.array(log10_weights), sizes, 1e-12)


def random_tree(rng: np.random.Generator, rows: int, columns: int) -> Edges:
    """Every node joined to one of the other side that is already in."""
    waiting = [(0, i) for i in range(rows)] + [(1, j) for j in range(columns)]
    inside, edges = [waiting.pop(0)], []
    while waiting:
        side, number = waiting.pop(int(rng.integers(len(waiting))))
        others = [node for node in inside if node[0] != side]
        if not others:
            waiting.append((side, number))
            continue
        other = others[int(rng.integers(len(others)))]
        edges.append((number, other[1]) if side == 0 else (other[1], number))
        inside.append((side, number))
    return edges


@pytest.mark.parametrize("seed", range(12))
def test_exact_on_trees(seed: int) -> None:
    rng = np.random.default_rng(seed)
    sizes = (int(rng.integers(2, 6)), int(rng.integers(2, 6)))
    edges = random_tree(rng, *sizes)
    weights = list(rng.uniform(-3, 15, len(edges)))
    found, expected = estimated(sizes, edges, weights), exact(sizes, edges, weights)
    for ours, true in zip((found.pairs, found.first_free, found.second_free), expected, strict=True):
        np.testing.assert_allclose(ours, true, atol=1e-10)
    assert found.change <= 1e-12


def errors(rng: np.random.Generator, density: float, low: float, high: float) -> list[float]:
    """Largest error of a pair in each of 12 random graphs of 5 by 5."""
    worst = []
    for _ in range(12):
        edges = [(i, j) for i in range(5) for j in range(5) if rng.random() < density] or [(0, 0)]
        weights = list(rng.uniform(low, high, len(edges)))
        worst.append(float(np.abs(estimated((5, 5), edges, weights).pairs - exact((5, 5), edges, weights)[0]).max()))
    return worst


@pytest.mark.parametrize(
    ("density", "low", "high", "typical", "worst"),
    [(0.25, -3.0, 15.0, 1e-3, 0.5), (0.5, -3.0, 4.0, 0.03, 0.2), (1.0, -1.0, 1.0, 0.02, 0.05)],
)
def test_near_on_graphs_with_loops(density: float, low: float, high: float, typical: float, worst: float) -> None:
    """An estimate: near where candidates are few, as in a war; in a tight loop of strong weights it can be far off."""
    found = errors(np.random.default_rng(3), density, low, high)
    assert float(np.median(found)) <= typical
    assert max(found) <= worst
    assert max(found) > 1e-6, "with loops it is no exact sum"


def test_two_brothers_whom_nothing_tells_apart_have_half_each() -> None:
    """The loop that every pair of brothers makes, at weights that only logarithms can balance."""
    edges = [(0, 0), (0, 1), (1, 0), (1, 1)]
    found = estimated((2, 2), edges, [15.0] * 4)
    np.testing.assert_allclose(found.pairs, 0.5, atol=1e-6)
    assert found.change <= 1e-12


def test_a_tight_loop_is_decided() -> None:
    """Two ways to place two remains, at odds of 10 : 1, both far above nobody: the better one is taken whole."""
    edges, weights = [(0, 0), (0, 1), (1, 0), (1, 1)], [15.0, 14.0, 15.0, 15.0]
    assert exact((2, 2), edges, weights)[0][0] == pytest.approx(10 / 11, abs=1e-6)
    assert estimated((2, 2), edges, weights).pairs[0] == pytest.approx(1.0, abs=1e-6)


def test_a_tiny_doubt_beside_a_large_weight_keeps_its_digits() -> None:
    found = estimated((1, 2), [(0, 0), (0, 1)], [16.0, 0.0])
    assert found.pairs[1] == pytest.approx(1e-16, rel=1e-9)
    assert found.first_free[0] == pytest.approx(1e-16, rel=1e-9)


def test_probabilities_of_each_node_sum_to_one() -> None:
    rng = np.random.default_rng(8)
    first, second = rng.integers(0, 300, 900), rng.integers(0, 2000, 900)
    found = matching_marginals(first, second, rng.uniform(-3, 12, 900), (300, 2000))
    for ends, free in ((first, found.first_free), (second, found.second_free)):
        np.testing.assert_allclose(np.bincount(ends, found.pairs, minlength=len(free)) + free, 1.0, atol=1e-7)
    assert found.change <= 1e-9


def test_edges_set_aside_change_nothing() -> None:
    """The same answer where every edge is followed to the end."""
    rng = np.random.default_rng(9)
    first, second, weights = rng.integers(0, 60, 200), rng.integers(0, 80, 200), rng.uniform(-3, 12, 200)
    loose, strict = (matching_marginals(first, second, weights, (60, 80), t) for t in (1e-7, 1e-13))
    np.testing.assert_allclose(loose.pairs, strict.pairs, atol=1e-6)
    assert loose.rounds < strict.rounds


def test_without_edges_everybody_is_free() -> None:
    nobody = np.zeros(0, np.int64)
    found = matching_marginals(nobody, nobody, np.zeros(0), (2, 3))
    assert (found.pairs.size, found.first_free.tolist(), found.second_free.tolist()) == (0, [1.0] * 2, [1.0] * 3)


def test_it_says_when_it_did_not_settle() -> None:
    rng = np.random.default_rng(4)
    first, second = (ends.ravel() for ends in np.indices((8, 8)))
    found = matching_marginals(first, second, rng.uniform(-3, 15, 64), (8, 8), 1e-12, most_rounds=16)
    assert found.change > 1e-12
    assert found.rounds == 16


@pytest.mark.parametrize(
    ("remains", "listed", "total", "outside", "error"),
    [(60, 81, 90, 0.05, 0.03), (150, 900, 1000, 0.0, 0.04), (50, 1000, 1000, 0.3, 1e-3)],
)
def test_prior_odds_are_the_slope_of_the_exact_prior(
    remains: int, listed: int, total: int, outside: float, error: float
) -> None:
    prior = log_prior_by_count(remains, listed, total, outside)
    possible = [k for k in range(remains - 1) if np.isfinite(prior[k])]
    for k in possible[8::7]:
        slope = (prior[k + 1] - prior[k]) / math.log(10)
        assert log10_odds_of_one_more(remains, listed, total, outside, k + 0.5) == pytest.approx(slope, abs=error)


def test_prior_odds_that_cannot_be() -> None:
    assert log10_odds_of_one_more(5, 5, 10, 1.0, 0.0) == -math.inf
    with pytest.raises(ValueError, match="are listed"):
        log10_odds_of_one_more(5, 20, 10, 0.1, 0.0)
    with pytest.raises(ValueError, match="more remains than missing"):
        log10_odds_of_one_more(20, 10, 10, 0.0, 10.0)
