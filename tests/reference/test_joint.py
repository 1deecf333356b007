"""The joint twin itself, against its model told in another way and against figures by hand."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Mapping
from fractions import Fraction

import pytest

from tests.reference.joint import Assignment, Prior, assignments, posterior


def no_evidence(family: str, found: Mapping[str, str]) -> float:
    return 1.0


@pytest.mark.parametrize("outside", [Fraction(0), Fraction(1, 5), Fraction(9, 10)])
@pytest.mark.parametrize("missing_total", [3, 4, 7, 50])
@pytest.mark.parametrize("remains", [1, 2, 3])
def test_without_evidence_every_pair_has_the_prior(remains: int, missing_total: int, outside: Fraction) -> None:
    """(1 - q) / M, exactly, whatever the families are."""
    families = {"F": ["father", "son"], "G": ["brother"]}
    names = [f"R{i}" for i in range(remains)]
    result = posterior(names, families, no_evidence, Prior(missing_total, outside))
    assert set(result.marginals.values()) == {(1 - outside) / missing_total}
    assert result.z == 1
    assert set(result.nobody_listed.values()) == {1 - 3 * (1 - outside) / missing_total}
    assert set(result.not_among_these.values()) == {1 - remains * (1 - outside) / missing_total}


@pytest.mark.parametrize(("remains", "missing_total"), [(2, 3), (3, 3), (3, 4), (3, 2), (4, 3)])
def test_prior_told_person_by_person(remains: int, missing_total: int) -> None:
    """Give every remains one of the M by name or 'of nobody', with the unlisted named too."""
    q = Fraction(1, 4)
    listed = [("F", "father"), ("F", "son")]
    everybody = [*listed, *(("", f"unlisted {i}") for i in range(missing_total - len(listed)))]
    direct: dict[Assignment, Fraction] = defaultdict(Fraction)
    for placing in itertools.product([None, *everybody], repeat=remains):
        inside = [p for p in placing if p is not None]
        if len(set(inside)) < len(inside):
            continue
        ways = Fraction(1)
        for i in range(len(inside)):
            ways *= missing_total - i
        weight = (1 - q) ** len(inside) * q ** (remains - len(inside)) / ways
        direct[tuple(p if p in listed else None for p in placing)] += weight
    total = sum(direct.values(), Fraction(0))
    names = [f"R{i}" for i in range(remains)]
    result = posterior(names, {"F": ["father", "son"]}, no_evidence, Prior(missing_total, q))
    assert result.assignments == {a: w / total for a, w in direct.items()}


def test_one_remains_and_one_missing() -> None:
    """Posterior odds = LR x (1 - q) / M against everything else."""
    result = posterior(["R"], {"F": ["son"]}, lambda family, found: 1000.0, Prior(10, 0.5))
    assert result.marginals["R", "F", "son"] == Fraction(1000 * 5, 100) / (Fraction(1000 * 5, 100) + Fraction(95, 100))


def test_flat_prior_counts_assignments() -> None:
    """Two remains, two missing: 7 assignments, each remains on each person in 2 of them."""
    result = posterior(["R1", "R2"], {"F": ["a"], "G": ["b"]}, no_evidence, None)
    assert result.z == len(list(assignments(2, [("F", "a"), ("G", "b")]))) == 7
    assert set(result.marginals.values()) == {Fraction(2, 7)}


def test_several_of_one_family_are_weighed_together() -> None:
    """Two brothers, each alone LR 1, together LR 1,000,000."""
    result = posterior(
        ["R1", "R2"],
        {"F": ["older", "younger"]},
        lambda family, found: 1e6 if len(found) == 2 else 1.0,
        Prior(100, 0.0),
    )
    both = Fraction(10**6, 100 * 99)
    one = Fraction(98, 100 * 99)
    nobody = Fraction(98 * 97, 100 * 99)
    assert result.z == 2 * both + 4 * one + nobody
    assert result.nobody_listed["R1"] == (2 * one + nobody) / result.z


def test_unlisted_brothers() -> None:
    """Two brothers nobody listed must not be given to a family that misses two and offers an uncle."""

    def evidence(family: str, found: Mapping[str, str]) -> float:
        return 1e6 if len(found) == 2 else 1.0

    def wrong_family(unlisted_kin: float) -> float:
        prior = Prior(1000, 0.0, unlisted_kin)
        result = posterior(["R1", "R2"], {"F": ["a", "b"]}, evidence, prior, lambda one, other: 1e6)
        return float(1 - result.nobody_listed["R1"])

    assert wrong_family(0.0) > 0.6
    assert wrong_family(1e-3) < 0.01


def test_three_unlisted_kin_pair_up_in_every_way() -> None:
    """None, or one of three pairs: 1 + e (2 + 3 + 5)."""
    lrs = {("R1", "R2"): 2.0, ("R1", "R3"): 3.0, ("R2", "R3"): 5.0}
    prior = Prior(10, Fraction(1), Fraction(1, 10))
    result = posterior(["R1", "R2", "R3"], {}, no_evidence, prior, lambda a, b: lrs[a, b])
    assert result.z == 2
