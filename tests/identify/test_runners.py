"""Blocks in this process and on real workers: the same bits, whatever dies."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise, takewhile
from pathlib import Path
from typing import Any

import numba
import numpy as np
import pytest

from antigone.domain import InputRefused
from antigone.identify import runners
from antigone.identify.cluster_client import cluster_workers
from antigone.identify.runners import in_this_process, on_cluster
from tests.identify.cluster_work import (
    BLOCKS,
    NOT_INSTALLED,
    Arrays,
    Span,
    another_numpy,
    as_bytes,
    begun,
    changed,
    divides,
    ends_its_worker,
    kill_in_time,
    likelihoods,
    logarithms,
    own_numpy,
    span_of_work,
    with_antigone,
    without_antigone,
    workers,
)
from tests.refusals import problems_of


@pytest.fixture
def arrays(tmp_path: Path) -> Arrays:
    observed = np.random.default_rng(7).integers(0, 4, size=(6_000, 2, 3, 2)).astype(np.int16)
    observed[:, :, 1] = -2
    diary = tmp_path / "diary"
    diary.mkdir()
    return Arrays(observed, diary)


@pytest.fixture
def alone(arrays: Arrays, tmp_path: Path) -> dict[int, bytes]:
    """What one process computes, as bytes."""
    return as_bytes(in_this_process(logarithms, replace(arrays, diary=tmp_path), BLOCKS))


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """Two workers that no test ends."""
    pytest.importorskip("distributed", reason=NOT_INSTALLED)
    with workers(tmp_path_factory.mktemp("pair"), 2) as cluster:
        yield cluster


@pytest.fixture(scope="module")
def sole(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """One worker, which is started again when a test has ended it."""
    pytest.importorskip("distributed", reason=NOT_INSTALLED)
    with workers(tmp_path_factory.mktemp("sole"), 1) as cluster:
        yield cluster


def answers_with_one_killed(cluster: Any, arrays: Arrays) -> dict[int, bytes]:
    found: dict[int, bytes] = {}
    kill_in_time(arrays, found)
    for number, answer in on_cluster(cluster.scheduler_address, logarithms, arrays, BLOCKS):
        found[number] = answer.tobytes()
    return found


def refused(address: str, blocks: Any, work: Any) -> dict[str, str]:
    """Code -> what was found, of a run that has to be refused."""
    error = problems_of(list, on_cluster(address, work, None, blocks))
    return {problem.code: problem.found for problem in error}


def test_in_this_process_blocks_keep_their_order(arrays: Arrays) -> None:
    assert [number for number, _ in in_this_process(logarithms, arrays, BLOCKS)] == list(range(12))
    assert begun(arrays.diary) == Counter(BLOCKS)


def test_two_workers_give_the_same_bits(pair: Any, arrays: Arrays) -> None:
    found = as_bytes(on_cluster(pair.scheduler_address, likelihoods, arrays, BLOCKS))
    assert found == as_bytes(in_this_process(likelihoods, arrays, BLOCKS))


def test_both_workers_work_and_no_block_is_done_twice(pair: Any, arrays: Arrays, alone: dict[int, bytes]) -> None:
    assert as_bytes(on_cluster(pair.scheduler_address, logarithms, arrays, BLOCKS)) == alone
    assert begun(arrays.diary) == Counter(BLOCKS)
    assert len(list(arrays.diary.glob("*.txt"))) == 2


def test_a_killed_worker_costs_the_block_it_worked_on(arrays: Arrays, alone: dict[int, bytes], tmp_path: Path) -> None:
    pytest.importorskip("distributed", reason=NOT_INSTALLED)
    with workers(tmp_path, 2) as cluster:
        assert answers_with_one_killed(cluster, replace(arrays, waits_to_be_killed=BLOCKS[4])) == alone
    assert begun(arrays.diary) - Counter(BLOCKS) == Counter([BLOCKS[4]])


def test_what_is_shared_is_sent_again_when_all_who_held_it_died(
    sole: Any, arrays: Arrays, alone: dict[int, bytes]
) -> None:
    assert answers_with_one_killed(sole, replace(arrays, waits_to_be_killed=BLOCKS[-2])) == alone
    assert begun(arrays.diary) - Counter(BLOCKS) == Counter([BLOCKS[-2]])


def test_a_block_that_ends_every_worker_is_named(sole: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sole.scheduler, "allowed_failures", 0)
    found = refused(sole.scheduler_address, [1], ends_its_worker)
    assert found["cluster-block-fails"].startswith("0: tcp://127.0.0.1:")


def test_one_block_at_a_time_and_a_worker_that_comes_later(tmp_path: Path) -> None:
    pytest.importorskip("distributed", reason=NOT_INSTALLED)
    found: list[Span] = []
    with workers(tmp_path, 1, threads=2) as cluster:
        assert list(cluster_workers(cluster.scheduler_address).values()) == [2]
        blocks = takewhile(lambda _: len({span.process for span in found}) < 2, range(2_000))
        for _, span in on_cluster(cluster.scheduler_address, span_of_work, 0.05, blocks):
            if not found:
                cluster.scale(2)
            found.append(span)
    assert {span.threads for span in found} == {min(2, numba.config.NUMBA_NUM_THREADS)}
    by_process = {span.process: sorted(s[2:] for s in found if s.process == span.process) for span in found}
    assert len(by_process) == 2
    for spans in by_process.values():
        assert all(ended <= begin for (_, ended), (begin, _) in pairwise(spans))


def test_blocks_are_made_when_a_worker_has_a_place_for_them(pair: Any) -> None:
    made = []
    blocks = (made.append(i) or i for i in range(1, 100))
    answers = on_cluster(pair.scheduler_address, divides, None, blocks)
    assert next(answers)[1] <= 1.0
    assert len(made) == 2 * runners.IN_FLIGHT
    answers.close()


def test_only_the_own_client_is_closed(pair: Any) -> None:
    from distributed import Client

    with Client(pair.scheduler_address, set_as_default=False) as other:
        before = set(pair.scheduler.clients)
        answers = on_cluster(pair.scheduler_address, divides, None, range(1, 100))
        next(answers)
        assert len(set(pair.scheduler.clients) - before) == 1
        answers.close()
        assert set(pair.scheduler.clients) == before
        assert other.submit(pow, 2, 5).result() == 32
    assert len(cluster_workers(pair.scheduler_address)) == 2


def test_what_the_work_raises_is_raised_here(pair: Any) -> None:
    with pytest.raises(ZeroDivisionError):
        list(on_cluster(pair.scheduler_address, divides, None, [0]))


def test_no_blocks_no_answers(pair: Any) -> None:
    assert list(on_cluster(pair.scheduler_address, divides, None, [])) == []


def test_workers_with_another_version_are_refused(pair: Any) -> None:
    with changed(pair, another_numpy, own_numpy), pytest.raises(InputRefused) as error:
        cluster_workers(pair.scheduler_address)
    found = [(problem.code, problem.found) for problem in error.value.problems]
    assert found == [("cluster-version", "numpy 1.0")] * 2


def test_a_worker_that_becomes_another_one_is_refused(pair: Any) -> None:
    answers = on_cluster(pair.scheduler_address, divides, None, range(1, 100))
    next(answers)
    with changed(pair, another_numpy, own_numpy), pytest.raises(InputRefused, match="cluster-version"):
        list(answers)


def test_workers_without_antigone_are_refused(sole: Any) -> None:
    cluster_workers(sole.scheduler_address)
    with changed(sole, without_antigone, with_antigone):
        assert "antigone.identify.same_software" in refused(sole.scheduler_address, [1], divides)["cluster-version"]
