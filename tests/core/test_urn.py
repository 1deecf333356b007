"""The urn of theta: groups of draws against drawing one after another."""

from __future__ import annotations

from itertools import product
from math import prod

import pytest

from antigone.core.urn import distinct_seatings, seating_weight, seatings

BELL = {1: 1, 2: 2, 3: 5, 4: 15, 5: 52}


def one_after_another(drawn: tuple[int, ...], p: tuple[float, ...], theta: float) -> float:
    """P(these alleles in this order), Balding & Nichols 1994."""
    return prod((drawn[:n].count(x) * theta + (1 - theta) * p[x]) / (1 + (n - 1) * theta) for n, x in enumerate(drawn))


def by_groups(drawn: tuple[int, ...], p: tuple[float, ...], theta: float) -> float:
    """The same as a sum over the ways in which equal draws sit together."""
    total = 0.0
    for seating in seatings(len(drawn)):
        groups = {g: {x for x, seat in zip(drawn, seating, strict=True) if seat == g} for g in seating}
        if all(len(alleles) == 1 for alleles in groups.values()):
            total += seating_weight(seating, theta) * prod((1 - theta) * p[min(a)] for a in groups.values())
    return total / prod(1 + (n - 1) * theta for n in range(len(drawn)))


@pytest.mark.parametrize("n", BELL)
def test_every_partition_is_there_once(n: int) -> None:
    found = list(seatings(n))
    assert len(found) == len(set(found)) == BELL[n]


@pytest.mark.parametrize("theta", [0.01, 0.2])
@pytest.mark.parametrize("drawn", list(product((0, 1), repeat=4)))
def test_groups_say_the_same_as_the_urn(drawn: tuple[int, ...], theta: float) -> None:
    p = (0.7, 0.3)
    assert by_groups(drawn, p, theta) == pytest.approx(one_after_another(drawn, p, theta), rel=1e-12)


def test_swapping_the_two_draws_of_a_founder_makes_no_new_seating() -> None:
    found = distinct_seatings(3, [(0, 1)])
    assert sum(found.values()) == BELL[3]
    assert found == {(0, 0, 0): 1, (0, 0, 1): 1, (0, 1, 0): 2, (0, 1, 2): 1}


def test_swaps_leave_the_weight_as_it_is() -> None:
    pairs = [(0, 1), (2, 3)]
    merged = distinct_seatings(4, pairs)
    total = sum(seating_weight(s, 0.3) for s in seatings(4))
    assert sum(times * seating_weight(s, 0.3) for s, times in merged.items()) == pytest.approx(total)
