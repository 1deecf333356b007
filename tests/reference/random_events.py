"""Small random events, and the engine's joint posterior beside the one that writes every assignment down."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from antigone.core import FamilyOptions, JointPosterior, flat_prior, joint_posterior, log_prior_by_count
from tests.reference import joint
from tests.reference.joint import Prior


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


def random_prior(seed: int) -> Prior:
    """M, q and e in turn, q = 0 and nearly 1 among them."""
    return Prior(4 + seed % 3 * 50, [0.0, 0.1, 0.9][seed % 3], [0.0, 1e-3][seed % 2])


def both_answers(event: Event, prior: Prior | None) -> tuple[JointPosterior, joint.Posterior]:
    """The engine's answer and the twin's. `prior` None: all assignments equally likely."""
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
    return got, twin


def probabilities(event: Event, got: JointPosterior, twin: joint.Posterior) -> Iterator[tuple[str, float, float]]:
    """(what, the engine's, the twin's) for every pair, every remains and every missing person."""
    for i, r in enumerate(event.remains):
        yield f"{r} nobody listed", float(got.nobody[i]), float(twin.nobody_listed[r])
    for f, (name, missing) in enumerate(event.families.items()):
        for j, m in enumerate(missing):
            yield f"{m} not among these", float(got.absent[f][j]), float(twin.not_among_these[name, m])
            for i, r in enumerate(event.remains):
                expected = float(twin.marginals.get((r, name, m), 0))
                yield f"{r} is {m}", float(got.pairs[f][i, j]), expected
