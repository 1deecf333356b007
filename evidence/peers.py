"""Our figures beside those of other programs, case by case."""

from __future__ import annotations

import math
import os
from collections.abc import Iterable
from pathlib import Path
from typing import TypeVar

import numpy as np

from antigone.core import FEMALE, MALE, LocusModel, Shape, log10_likelihood
from evidence.framework import Outcome
from tests.published.comparison import (
    JOINT_TABLES,
    PAIR_TABLES,
    TOLERANCE,
    Figure,
    all_event_paths,
    finding_figures,
    incompatible,
    joint_figures,
    kinship_figures,
    likelihood_figures,
    natural,
    pairwise_figures,
    reduced_figures,
)
from tests.published.peer_cases import kinship_cases, pedigree_likelihoods
from tests.published.peer_events import event

NAME = "peers"
TITLE = "The same numbers as the peers"
MUST_SHOW = (
    "Likelihoods per marker, pairwise LRs with and without mutation, joint log likelihoods and posteriors agree with "
    "pedprobr 1.1.0, forrel 1.9.0 and dvir 3.4.2 within 1e-9 (natural logarithm; relative for posteriors); where a "
    "peer is known to be wrong, a calculation by hand stands beside ours."
)

SMALL = 20
"""Cases of each set in a small run, spread over it; of the events, those of few rows."""
SMALL_EVENTS = ("example1", "example2", "sim_S01", "sim_S02", "sim_S03", "sim_S06", "sim_S10")

_Row = tuple[str, str, int, int, str, float]
_T = TypeVar("_T")


def check(small: bool, n: int | None) -> Outcome:
    """Every case; `n` (a small run: 20) takes that many of each set, and a small run the small events alone."""
    most = n or (SMALL if small else None)
    paths = _spread([p for p in all_event_paths() if not small or p.stem in SMALL_EVENTS], most)
    rows = [*_pedigrees(most), *_kinship(most), *_events(paths)]
    faults, wrong = _faults(paths)
    notes = [
        f"Events compared: {', '.join(path.stem for path in paths)}. {_further()}",
        *faults,
        "Where the peer prints log 0, ours is log 0 too; this counts as no difference.",
        *(f"the hand calculation differs: {name}" for name in wrong),
    ]
    ok = not wrong and all(row[5] <= TOLERANCE for row in rows)
    return Outcome(ok, ("program", "what", "cases", "figures compared", "difference", "largest"), rows, notes)


def _spread(cases: list[_T], most: int | None) -> list[_T]:
    return cases if most is None else cases[:: max(1, len(cases) // most)][:most]


def _pedigrees(most: int | None) -> list[_Row]:
    kinds: dict[str, list[Figure]] = {}
    for name, (question, peer, kind) in _spread(list(pedigree_likelihoods().items()), most):
        kinds.setdefault(kind, []).append(Figure(kind, name, peer, natural(question)))
    return [_row("pedprobr", f"likelihood of one marker: {kind}", len(f), f) for kind, f in kinds.items()]


def _kinship(most: int | None) -> list[_Row]:
    cases = _spread(list(kinship_cases().values()), most)
    return _by_group("forrel", [(case.id, figure) for case in cases for figure in kinship_figures(case)])


def _events(paths: list[Path]) -> list[_Row]:
    compared: list[tuple[str, Figure]] = []
    for path in paths:
        asked = event(path)
        figures = list(likelihood_figures(path))
        for table in filter(asked.has, PAIR_TABLES):
            figures += pairwise_figures(path, table)
        for table in filter(asked.has, JOINT_TABLES):
            figures += joint_figures(path, table)
        if asked.has("dviJoint_default"):
            figures += finding_figures(path)
        compared += [(path.stem, figure) for figure in figures]
    for folder in {path.parent.parent for path in paths if path.stem == "exclusionExample"}:
        compared += [("exclusionExample", figure) for figure in reduced_figures(folder)]
    return _by_group("dvir", compared)


def _by_group(program: str, compared: list[tuple[str, Figure]]) -> list[_Row]:
    """One row for each group of figures, in the order of their first case."""
    groups: dict[str, list[Figure]] = {}
    cases: dict[str, set[str]] = {}
    for case, figure in compared:
        groups.setdefault(figure.group, []).append(figure)
        cases.setdefault(figure.group, set()).add(case)
    return [_row(program, group, len(cases[group]), figures) for group, figures in groups.items()]


def _row(program: str, what: str, cases: int, figures: Iterable[Figure]) -> _Row:
    listed = list(figures)
    unit = "relative" if listed[0].relative else "natural log"
    return program, what, cases, len(listed), unit, max(figure.difference for figure in listed)


def _further() -> str:
    if os.environ.get("ANTIGONE_REFERENCE"):
        return "The folder of further cases was there: published sets are among them."
    return "No folder of further cases was named (ANTIGONE_REFERENCE): simulated events alone."


# where a peer is known to be wrong


def _faults(paths: list[Path]) -> tuple[list[str], list[str]]:
    """(notes, names of hand calculations that ours does not meet)."""
    notes, wrong = [], []
    for name, by_hand, formula, ours, peer in _hand_calculations():
        notes.append(
            f"Fault of a peer: {name}. By hand {formula} = {by_hand:.10g}; ours {ours:.10g}; the peer: {peer}."
        )
        if not math.isclose(by_hand, ours, rel_tol=TOLERANCE):
            wrong.append(name)
    pairs = [pair for path in paths for pair in incompatible(path)]
    differ = [pair for pair in pairs if len(pair.pair) != pair.peer]
    unexplained = [pair.name for pair in pairs if len(pair.pair | pair.references) != pair.peer]
    of_references = sorted({f"{p.name.split()[0]} {', '.join(sorted(p.references))}" for p in differ})
    notes.append(
        "Fault of a peer: dvir's exclusion matrix counts markers at which the references alone contradict each other. "
        f"Of {len(pairs)} pairs its count differs from ours in {len(differ)}, in each by exactly the markers at which "
        f"no remains are needed for the contradiction ({'; '.join(of_references) or 'none here'})."
    )
    notes.append(
        "Faults of a peer that touch no figure above: consolidateDVI gives every family the first family's mutation "
        "models; the default LR of jointDVI leaves out families with undisputed matches (jointDVI with undisputed = "
        "FALSE is compared)."
    )
    return notes, [*wrong, *(f"exclusion matrix {name}" for name in unexplained)]


def _hand_calculations() -> list[tuple[str, float, str, float, str]]:
    """(what, by hand, as algebra, ours, what the peer says)."""
    theta, p = 0.03, 0.1
    trio = Shape((-1, -1, 0), (-1, -1, 1), (MALE, FEMALE, MALE))
    x_linked = LocusModel(np.array([0.1, 0.9]), x_linked=True)
    on_x = 10 ** log10_likelihood(trio, x_linked, [(0, 0), (-2, -2), (1, 1)], theta=theta)
    two_men = Shape((-1, -1), (-1, -1), (MALE, MALE))
    autosomal = LocusModel(np.array([0.1, 0.9]))
    both = 10 ** log10_likelihood(two_men, autosomal, [(0, 0), (0, 0)], theta=theta)
    drawn = p
    for already in (1, 2, 3):
        drawn *= (already * theta + (1 - theta) * p) / (1 + (already - 1) * theta)
    return [
        (
            "theta on the X chromosome with a male founder (father A, mother not typed, son B; p_A 0.1, p_B 0.9, "
            "theta 0.03)",
            p * (1 - theta) * 0.9, "p_A (1 - theta) p_B", on_x,
            "0.01076, the father counted as two draws of A",
        ),
        (
            "theta with two unrelated men A,A and A,A (p_A 0.1, theta 0.03)",
            drawn, "p_A times (n theta + (1 - theta) p_A) / (1 + (n - 1) theta) for n = 1, 2, 3", both,
            "refused",
        ),
    ]  # fmt: skip
