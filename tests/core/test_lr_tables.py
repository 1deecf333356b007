"""Every entry of a table of log10 LR against the general engine, pair by pair."""

from __future__ import annotations

import os

import numpy as np
import pytest

from antigone.core import LocusModel, Outcomes, genotype_pair, log10_lr_table, mutation
from tests.reference.lr_tables import FAMILIES, by_engine, every_outcome
from tests.reference.random_cases import KINDS, possible_question

P = np.array([0.04, 0.07, 0.19, 0.21, 0.16, 0.1, 0.02, 0.13, 0.08])
SLOW = bool(os.environ.get("NUMBA_DISABLE_JIT"))
"""Without the compiler the same code is tried on fewer families."""
REPEATS = np.array([8.0, 9.0, 9.3, 10.0, 11.0, 12.0, 13.0, 14.0, 15.0])
MODELS = {
    "none": None,
    "equal": (mutation.equal(9, 0.004), mutation.equal(9, 0.01)),
    "proportional": (mutation.proportional(P, 0.004), mutation.proportional(P, 0.01)),
    "stepwise": (mutation.stepwise(REPEATS, 0.004, 0.1, 1e-4), mutation.stepwise(REPEATS, 0.01, 0.1, 1e-4)),
}


@pytest.mark.parametrize("theta", [0.0, 0.03])
@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize("family", ("mother", "twin") if SLOW else FAMILIES)
def test_every_entry_equals_the_general_engine(family: str, model: str, theta: float) -> None:
    shape, typed, person = FAMILIES[family]
    locus = LocusModel(P, *(MODELS[model] or (None, None)))
    rng = np.random.default_rng(7)
    shown = np.sort(rng.integers(0, 9, (4, len(typed), 2)), axis=2).astype(np.int16)
    outcomes = every_outcome(9, (0.0, 0.2))
    pair = genotype_pair(shape, locus, shown, person, theta=theta, rows=typed)
    table = log10_lr_table(locus, pair, outcomes)
    nothing = np.zeros(len(typed))
    for row in range(len(shown)):
        if not pair.related[row].any():
            assert not table[row].any()
            continue
        expected = by_engine(shape, locus, shown[row], list(typed), person, outcomes, theta, nothing, nothing)
        np.testing.assert_allclose(table[row], expected, atol=1e-11)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("seed", range(40, 42 if SLOW else 52))
def test_random_family(seed: int, kind: str) -> None:
    person = seed % (2 + seed % 7)
    q = possible_question(seed, kind, person)
    typed = [i for i in range(len(q.shape)) if i != person]
    shown = np.array(q.observations, np.int16)[typed]
    lost, foreign = np.array(q.dropout)[typed], np.array(q.dropin)[typed]
    k = len(q.locus.frequencies)
    seen = [a for a in range(k) if a != q.locus.silent]
    every = every_outcome(k, (0.0, 0.15), dropin=0.02 if kind in ("dropin", "everything") else 0.0)
    can_be_seen = np.isin(every.codes, [*seen, -1, -2]).all(axis=1)
    outcomes = Outcomes(every.codes[can_be_seen], every.dropout[can_be_seen], every.dropin[can_be_seen])
    pair = genotype_pair(q.shape, q.locus, shown[None], person, lost, foreign, q.theta, rows=typed)
    table = log10_lr_table(q.locus, pair, outcomes)[0]
    expected = by_engine(q.shape, q.locus, shown, typed, person, outcomes, q.theta, lost, foreign)
    np.testing.assert_allclose(table, expected, atol=1e-9)


def test_theta_belongs_into_the_denominator() -> None:
    """Mother and son share allele 0; with theta the shared allele is commoner than the table says."""
    shape, typed, person = FAMILIES["mother"]
    locus, shown = LocusModel(P), np.array([[[0, 1]]], np.int16)
    son = Outcomes(np.array([[0, 2]], np.int16), np.zeros(1), np.zeros(1))
    plain, careful = (
        float(log10_lr_table(locus, genotype_pair(shape, locus, shown, person, theta=t, rows=typed), son)[0, 0])
        for t in (0.0, 0.05)
    )
    assert plain == pytest.approx(np.log10(1 / (4 * 0.04)))
    assert careful < plain


def test_relatives_who_contradict_each_other_say_nothing() -> None:
    shape, typed, person = FAMILIES["child and its mother"]
    shown = np.array([[[0, 0], [1, 1]]], np.int16)
    pair = genotype_pair(shape, LocusModel(P), shown, person, rows=typed)
    assert not log10_lr_table(LocusModel(P), pair, every_outcome(9, (0.0,))).any()
