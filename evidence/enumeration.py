"""The engine beside programs that count every case, on random questions."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from functools import partial

import numpy as np

from antigone.core import genotype_distribution, log10_likelihood
from evidence.framework import Outcome
from tests.reference import enumeration
from tests.reference.random_cases import KINDS, possible_question, random_question
from tests.reference.random_events import both_answers, probabilities, random_event, random_prior

NAME = "enumeration"
TITLE = "The engine against counting every case"
MUST_SHOW = (
    "Likelihood, genotype distribution and joint posterior agree with programs that share no code with the engine "
    "and add up every case, within 1e-9, on random questions of every kind."
)

TOLERANCE = 1e-9
CASES, CASES_SMALL = 200, 10
FLAT_FROM = 1_000_000
"""Seeds of the events solved under the flat prior begin here."""

_Differences = Iterator[float]


def check(small: bool, n: int | None) -> Outcome:
    """`n` seeds of each kind (200; 10 for a small run), counted from 0."""
    seeds = range(n or (CASES_SMALL if small else CASES))
    rows = [
        *(_row("likelihood", kind, "natural log", seeds, partial(_likelihood, kind=kind)) for kind in KINDS),
        *(_row("genotype distribution", kind, "absolute", seeds, partial(_genotypes, kind=kind)) for kind in KINDS),
        _row("joint posterior", "M, q and unlisted brothers", "relative", seeds, _joint),
        _row("joint posterior", "flat", "relative", range(FLAT_FROM, FLAT_FROM + len(seeds)), _joint_flat),
    ]
    notes = [
        "Seeds: those named in the row; `tests/reference/random_cases.py` and `random_events.py` make the same "
        "question from the same seed and kind.",
        "The number of persons (2 to 8) and of missing (1 to 4) follows the seed; a likelihood of 0 counts as equal "
        "only where both are 0.",
    ]
    header = ("what", "kind", "cases", "seeds", "figures compared", "difference", "largest")
    return Outcome(all(isinstance(row[6], float) and row[6] <= TOLERANCE for row in rows), header, rows, notes)


def _row(what: str, kind: str, unit: str, seeds: range, ask: Callable[[int], _Differences]) -> tuple[object, ...]:
    differences = [difference for seed in seeds for difference in ask(seed)]
    worst = max(differences) if all(d == d for d in differences) else math.inf
    return what, kind, len(seeds), f"{seeds.start} to {seeds.stop - 1}", len(differences), unit, float(worst)


def _likelihood(seed: int, kind: str) -> _Differences:
    q = random_question(seed, kind)
    counted = enumeration.likelihood(q.shape, q.locus, q.observations, q.dropout, q.dropin, q.theta)
    d, c = np.array(q.dropout), np.array(q.dropin)
    ours = log10_likelihood(q.shape, q.locus, q.observations, dropout=d, dropin=c, theta=q.theta) * math.log(10)
    expected = math.log(counted) if counted > 0.0 else -math.inf
    yield 0.0 if ours == expected else abs(ours - expected)


def _genotypes(seed: int, kind: str) -> _Differences:
    person = seed % (2 + seed % 7)
    q = possible_question(seed, kind, person)
    counted = enumeration.genotype_distribution(q.shape, q.locus, q.observations, person, q.dropout, q.dropin, q.theta)
    d, c = np.array(q.dropout), np.array(q.dropin)
    ours = genotype_distribution(q.shape, q.locus, q.observations, person, dropout=d, dropin=c, theta=q.theta)
    yield from map(float, np.abs(ours - counted)[np.triu_indices(len(counted))])


def _joint(seed: int) -> _Differences:
    event = random_event(seed)
    return _relative(probabilities(event, *both_answers(event, random_prior(seed))))


def _joint_flat(seed: int) -> _Differences:
    event = random_event(seed)
    return _relative(probabilities(event, *both_answers(event, None)))


def _relative(compared: Iterator[tuple[str, float, float]]) -> _Differences:
    for _, ours, expected in compared:
        if ours == expected:
            yield 0.0
        else:
            yield abs(ours - expected) / expected if expected else math.inf
