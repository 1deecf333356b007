"""Identifiers as numbers, against counting one by one."""

from __future__ import annotations

import numpy as np
import pytest

from antigone.intake.numbering import ABSENT, numbered, pair_keys, places


@pytest.mark.parametrize("seed", range(5))
def test_numbers_in_the_order_of_first_appearance(seed: int) -> None:
    keys = np.random.default_rng(seed).integers(0, 50, 400)
    number, first = numbered(keys)
    seen = list(dict.fromkeys(keys.tolist()))
    assert [seen[n] for n in number] == keys.tolist()
    assert first.tolist() == [keys.tolist().index(key) for key in seen]


@pytest.mark.parametrize("seed", range(5))
def test_places_are_the_first(seed: int) -> None:
    rng = np.random.default_rng(seed)
    keys, wanted = rng.integers(0, 50, 400), rng.integers(-10, 70, 200)
    listed = keys.tolist()
    assert places(keys, wanted).tolist() == [listed.index(w) if w in listed else ABSENT for w in wanted.tolist()]


def test_nothing_has_no_numbers_and_no_places() -> None:
    none = np.zeros(0, np.int64)
    assert [part.tolist() for part in numbered(none)] == [[], []]
    assert places(none, np.array([3])).tolist() == [ABSENT]


def test_keys_of_pairs_differ() -> None:
    first, second = (part.ravel() for part in np.mgrid[-1:4, -1:6])
    keys = pair_keys(first, second, 6)
    assert len(set(keys.tolist())) == len(keys)
    assert keys.min() == 0
