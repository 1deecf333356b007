"""Small random questions of every kind, each from one seed."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from antigone.core.loci import LocusModel
from antigone.core.mutation import equal, proportional, stepwise
from antigone.core.pedigrees import FEMALE, MALE, UNKNOWN, Shape
from tests.reference import enumeration

KINDS = ("plain", "theta", "silent", "dropout", "dropin", "X", "X-theta", "everything")
MUTATIONS = ("none", "equal", "proportional", "stepwise", "random")
MOST_CASES = 6_000
"""Cases one enumeration may have to count, at most."""


@dataclass(frozen=True)
class Question:
    """What both the engine and its twin are asked."""

    shape: Shape
    locus: LocusModel
    observations: NDArray[np.int_]
    dropout: tuple[float, ...]
    dropin: tuple[float, ...]
    theta: float


def random_question(seed: int, kind: str) -> Question:
    """A question of this kind; the same seed and kind always give the same one."""
    rng = np.random.default_rng([seed, KINDS.index(kind)])
    persons = 2 + seed % 7
    while True:
        question = _draw(rng, kind, persons)
        if _cases_to_count(question) <= MOST_CASES:
            return question


def possible_question(seed: int, kind: str, person: int) -> Question:
    """A random question in which the others do not exclude each other."""
    for again in range(seed, seed + 7_000, 7):  # the number of persons follows seed % 7
        q = random_question(again, kind)
        others = q.observations.copy()
        others[person] = -2
        if enumeration.likelihood(q.shape, q.locus, others, q.dropout, q.dropin, q.theta) > 0.0:
            return q
    raise AssertionError(f"no possible question of kind {kind} from seed {seed}")


def _draw(rng: np.random.Generator, kind: str, persons: int) -> Question:
    x_linked = kind.startswith("X") or (kind == "everything" and rng.random() < 0.3)
    shape = _random_shape(rng, persons, x_linked)
    locus = _random_locus(rng, x_linked, silent=kind in ("silent", "everything"))
    width = 4 if kind in ("dropin", "everything") else 2
    n = len(shape)
    with_dropout = kind in ("dropout", "dropin", "everything")
    dropout = tuple(map(float, rng.choice([0.0, 0.1, 0.35] if with_dropout else [0.0], n)))
    dropin = tuple(map(float, rng.choice([0.0, 0.05] if width == 4 else [0.0], n)))
    theta = float(rng.choice([0.01, 0.03, 0.2])) if kind in ("theta", "X-theta", "everything") else 0.0
    rows = _random_observations(rng, shape, locus, width, dropout, dropin)
    return Question(shape, locus, rows, dropout, dropin, theta)


def _random_shape(rng: np.random.Generator, persons: int, x_linked: bool) -> Shape:
    """Founders, then children of any two earlier persons: loops, inbreeding, several families."""
    founders = int(rng.integers(2, min(persons, 4) + 1))
    sex = [MALE, FEMALE, *(int(s) for s in rng.choice([MALE, FEMALE], founders - 2))]
    father, mother, twin = [-1] * founders, [-1] * founders, [-1] * founders
    inbreeding = [float(f) for f in rng.choice([0.0, 0.0, 0.0, 0.25], founders)]
    child_sex = [MALE, FEMALE] if x_linked else [MALE, MALE, FEMALE, FEMALE, UNKNOWN]
    while len(sex) < persons:
        father.append(int(rng.choice([i for i, s in enumerate(sex) if s == MALE])))
        mother.append(int(rng.choice([i for i, s in enumerate(sex) if s == FEMALE])))
        sex.append(int(rng.choice(child_sex)))
        twin.append(-1)
        inbreeding.append(0.0)
        _sometimes_twins(rng, father, mother, sex, twin)
    return Shape(tuple(father), tuple(mother), tuple(sex), tuple(twin), tuple(inbreeding))


def _sometimes_twins(
    rng: np.random.Generator, father: list[int], mother: list[int], sex: list[int], twin: list[int]
) -> None:
    """Make the last child a twin of an earlier full sibling, now and then."""
    last = len(father) - 1
    siblings = [i for i in range(last) if (father[i], mother[i]) == (father[last], mother[last])]
    if siblings and rng.random() < 0.4:
        sibling = int(rng.choice(siblings))
        twin[sibling] = twin[last] = twin[sibling] if twin[sibling] >= 0 else sibling
        sex[last] = sex[sibling]


def _random_locus(rng: np.random.Generator, x_linked: bool, silent: bool) -> LocusModel:
    k = int(rng.integers(2, 5))
    frequencies = rng.dirichlet(np.full(k, 1.5)) * 0.9 + 0.1 / k
    female, male = _random_matrices(rng, frequencies)
    return LocusModel(frequencies, female, male, int(rng.integers(k)) if silent else -1, x_linked)


def _random_matrices(
    rng: np.random.Generator, frequencies: NDArray[np.float64]
) -> tuple[NDArray[np.float64] | None, NDArray[np.float64] | None]:
    k, rates = len(frequencies), rng.uniform(0.001, 0.05, 2)
    name = str(rng.choice(MUTATIONS))
    if name == "equal":
        return equal(k, rates[0]), equal(k, rates[1])
    if name == "proportional":
        return proportional(frequencies, rates[0]), proportional(frequencies, rates[1])
    if name == "stepwise":
        repeats = np.sort(rng.choice([9.0, 9.3, 10.0, 11.0, 12.0], k, replace=False))
        return stepwise(repeats, rates[0], 0.3, 0.001), stepwise(repeats, rates[1], 0.1, 0.002)
    if name == "random":
        return rng.dirichlet(np.full(k, 0.7), k), None if rng.random() < 0.3 else rng.dirichlet(np.ones(k), k)
    return None, None


def _random_observations(
    rng: np.random.Generator,
    shape: Shape,
    locus: LocusModel,
    width: int,
    dropout: tuple[float, ...],
    dropin: tuple[float, ...],
) -> NDArray[np.int_]:
    """Half of the persons typed: fully, homozygous, in part, with nothing, or with too much."""
    rows = np.full((len(shape), width), -2)
    visible = [a for a in range(len(locus.frequencies)) if a != locus.silent]
    for i in range(len(shape)):
        if rng.random() < 0.4:
            continue
        rows[i] = -1
        most = 2 if dropin[i] == 0.0 else min(width, len(visible))
        if locus.x_linked and shape.sex[i] == MALE and dropin[i] == 0.0:
            most = 1
        how_many = int(rng.choice([0, 1, 1, 2, 2, 2, 2, 3, 4]))
        alleles = rng.permutation(visible)[: min(how_many, most)]
        rows[i, : len(alleles)] = alleles
        if len(alleles) == 1 and rng.random() < 0.5:
            rows[i, 1] = alleles[0]
    return rows


def _cases_to_count(question: Question) -> float:
    """Upper bound of the cases of one enumeration, from what each person can be."""
    shape, locus = question.shape, question.locus
    k, bound = len(locus.frequencies), 1.0
    for i in range(len(shape)):
        alleles = 1 if locus.x_linked and shape.sex[i] == MALE else 2
        seen = len({int(a) for a in question.observations[i] if a >= 0})
        certain = seen and question.dropout[i] == 0.0 and question.dropin[i] == 0.0
        if shape.twin[i] >= 0 and shape.twin[i] in shape.twin[:i]:
            continue
        if certain:
            bound *= 2 if seen == 2 or locus.silent >= 0 else 2 * k
        elif shape.father[i] >= 0 and locus.female is None and locus.male is None:
            bound *= 2**alleles
        else:
            bound *= math.pow(k, alleles)
    return bound
