"""Events answered by dvir 3.4.2: likelihoods, pairwise LRs, every row of the joint tables, posteriors.

`data/dvir` holds simulated events; ANTIGONE_REFERENCE names a folder with further ones of the same
form (the published example1, example2, fire, planecrash, exclusionExample).
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest

from tests.published.comparison import (
    JOINT_TABLES,
    PAIR_TABLES,
    TOLERANCE,
    Figure,
    all_event_paths,
    finding_figures,
    incompatible,
    joint_figures,
    likelihood_figures,
    pairwise_figures,
    reduced_figures,
)
from tests.published.peer_cases import DATA
from tests.published.peer_events import event, event_paths

PATHS = all_event_paths()
every_event = pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)


def every_table(*names: str) -> pytest.MarkDecorator:
    """(path, table): the events for which the peer could be asked for this table."""
    asked = [(path, name) for path in PATHS for name in names if event(path).has(name)]
    return pytest.mark.parametrize(("path", "table"), asked, ids=[f"{p.stem}-{name}" for p, name in asked])


def agree(figures: Iterable[Figure]) -> None:
    compared = list(figures)
    assert compared
    assert [figure for figure in compared if not figure.difference <= TOLERANCE] == []


def test_simulated_events_are_all_there() -> None:
    assert len(event_paths(DATA)) == 12


@every_event
def test_likelihood_of_families_and_remains(path: Path) -> None:
    agree(likelihood_figures(path))


@every_table(*PAIR_TABLES)
def test_pairwise_lr(path: Path, table: str) -> None:
    agree(pairwise_figures(path, table))


@every_event
def test_incompatible_loci(path: Path) -> None:
    """Loci at which a pairing is impossible without mutation.

    The peer also counts loci at which the references alone contradict each other; they are added
    here to compare, and are not evidence against the remains.
    """
    for pair in incompatible(path):
        assert len(pair.pair | pair.references) == pair.peer, pair.name


@every_table(*JOINT_TABLES)
def test_joint_rows(path: Path, table: str) -> None:
    agree(joint_figures(path, table))


@every_table("dviJoint_default")
def test_joint_finding(path: Path, table: str) -> None:
    """The whole event in concordance mode: flat prior over all sex-consistent assignments."""
    assert table == "dviJoint_default"
    agree(finding_figures(path))


def test_joint_after_exclusions(reference_folder: Path) -> None:
    agree(reduced_figures(reference_folder))
