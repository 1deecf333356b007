"""A cluster that cannot be used is refused before anything is sent, and quickly."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest

from antigone.identify import cluster_client, runners
from antigone.identify.cluster_client import cluster_workers
from antigone.identify.same_software import differences, software
from tests.identify.cluster_work import NOT_INSTALLED, workers
from tests.refusals import problems_of

NOBODY = "tcp://127.0.0.1:9"


def refused(address: str) -> list[str]:
    return [problem.code for problem in problems_of(cluster_workers, address)]


def test_without_distributed_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    assert refused(NOBODY) == ["cluster-not-installed"]


def test_a_scheduler_without_workers_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("distributed", reason=NOT_INSTALLED)
    monkeypatch.setattr(cluster_client, "FIRST_WORKER", 0.5)
    with workers(tmp_path, 0) as cluster:
        assert refused(cluster.scheduler_address) == ["cluster-no-workers"]


@pytest.mark.parametrize(
    "address", [NOBODY, "nowhere", "host:8786", "http://127.0.0.1:9", "tcp://host:port", "tcp://:9"]
)
def test_an_address_without_a_scheduler_is_refused(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("distributed", reason=NOT_INSTALLED)
    monkeypatch.setattr(cluster_client, "FIRST_ANSWER", 0.5)
    assert refused(address) == ["cluster-unreachable"]


@pytest.mark.parametrize(
    ("address", "settings"),
    [
        ("tls://127.0.0.1:9", {}),
        ("tls://127.0.0.1:9", {"distributed.comm.tls.ca-file": "nowhere.pem"}),
        ("tcp://127.0.0.1:9", {"distributed.comm.require-encryption": True}),
    ],
)
def test_certificates_that_are_not_there_are_refused(address: str, settings: dict[str, Any]) -> None:
    pytest.importorskip("distributed", reason=NOT_INSTALLED)
    import dask

    with dask.config.set(settings):
        assert refused(address) == ["cluster-certificates"]


def test_everything_that_differs_is_said_at_once() -> None:
    other = {**software(), "antigone": "0.0.9 0123456789ab", "arithmetic": "0123456789ab"}
    found = differences({"A": software(), "B": other, "C": ModuleNotFoundError("No module named 'antigone'")})
    assert [(p.place.item, p.found) for p in found] == [
        ("B", "antigone 0.0.9 0123456789ab"),
        ("B", "arithmetic 0123456789ab"),
        ("C", "No module named 'antigone'"),
    ]


def test_the_page_says_what_the_program_does(root: Path) -> None:
    page = (root / "docs" / "cluster.md").read_text("utf-8")
    assert f"after {cluster_client.FIRST_WORKER:g} seconds without one" in page
    assert "the blocks under way, two for each worker at most" in page
    assert runners.IN_FLIGHT == 2
    assert runners.MOST_LOSSES == 3
    assert "after the fourth the command ends" in page
