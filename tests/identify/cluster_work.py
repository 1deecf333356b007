"""Work for real workers, and real workers for it: `pytest` need not be imported by those who only work."""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import numba
import numpy as np

from antigone.core import LocusModel, Shape, locus_set, log10_likelihoods
from antigone.identify.same_software import software

Block = tuple[int, int]
BLOCKS: list[Block] = [(first, first + 500) for first in range(0, 6_000, 500)]
NOT_INSTALLED = "distributed (the extra `cluster`) is not installed"
TRIO = Shape(father=(-1, -1, 0), mother=(-1, -1, 1), sex=(1, 2, 0))


@dataclass(frozen=True)
class Arrays:
    """observed: (typings, loci, persons, 2); diary: a folder in which every block that is begun leaves a line."""

    observed: np.ndarray
    diary: Path
    waits_to_be_killed: Block | None = None


class Span(NamedTuple):
    process: int
    threads: int
    begin: float
    end: float


def logarithms(arrays: Arrays, block: Block) -> np.ndarray:
    """Light work that leaves a line; the marked block waits to be killed when first begun."""
    waits = block == arrays.waits_to_be_killed and block not in begun(arrays.diary)
    with (arrays.diary / f"{os.getpid()}.txt").open("a") as diary:
        diary.write(f"{block[0]} {block[1]}\n")
    if waits:
        time.sleep(60.0)
    return np.log10(arrays.observed[slice(*block)] + 3.1)


def likelihoods(arrays: Arrays, block: Block) -> np.ndarray:
    """Work that is compiled and runs on all threads it may."""
    models = locus_set([LocusModel(np.array([0.1, 0.2, 0.3, 0.4])), LocusModel(np.array([0.7, 0.1, 0.1, 0.1]))])
    return log10_likelihoods(TRIO, models, arrays.observed[slice(*block)])


def span_of_work(waits: float, block: int) -> Span:
    begin = time.time()
    time.sleep(waits)
    return Span(os.getpid(), numba.get_num_threads(), begin, time.time())


def ends_its_worker(shared: None, block: int) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def divides(shared: None, block: int) -> float:
    return 1 / block


def as_bytes(answers: Iterable[tuple[int, np.ndarray]]) -> dict[int, bytes]:
    return {number: answer.tobytes() for number, answer in answers}


def begun(diary: Path) -> Counter[Block]:
    """Block -> how often it was begun, by anybody."""
    lines = [line.split() for path in diary.glob("*.txt") for line in path.read_text().splitlines()]
    return Counter((int(first), int(last)) for first, last in lines)


def kill_in_time(arrays: Arrays, found: Collection[int]) -> None:
    """Kill -9 of the process that waits for it, as soon as all else has arrived but the block behind it."""

    def kill() -> None:
        while arrays.waits_to_be_killed not in begun(arrays.diary) or len(found) < len(BLOCKS) - 2:
            time.sleep(0.02)
        time.sleep(0.3)  # for an answer that is on its way
        line = "{} {}\n".format(*arrays.waits_to_be_killed or ())
        os.kill(next(int(p.stem) for p in arrays.diary.glob("*.txt") if line in p.read_text()), signal.SIGKILL)

    threading.Thread(target=kill, daemon=True).start()


def another_numpy() -> None:
    software()["numpy"] = "1.0"


def own_numpy() -> None:
    software.cache_clear()


def without_antigone() -> None:
    sys.modules["antigone.identify.same_software"] = None  # type: ignore[assignment]


def with_antigone() -> None:
    del sys.modules["antigone.identify.same_software"]


@contextmanager
def workers(folder: Path, processes: int, threads: int = 1) -> Iterator[Any]:
    """A scheduler in this process and workers in others, on the loopback interface alone."""
    from distributed import LocalCluster

    where = {"host": "127.0.0.1", "dashboard_address": "127.0.0.1:0", "local_directory": str(folder)}
    with LocalCluster(n_workers=processes, threads_per_worker=threads, processes=True, **where) as cluster:
        yield cluster


@contextmanager
def changed(cluster: Any, change: Callable[[], None], change_back: Callable[[], None]) -> Iterator[None]:
    """Every worker changed, and changed back."""
    from distributed import Client

    with Client(cluster.scheduler_address, set_as_default=False) as client:
        client.run(change)
        try:
            yield
        finally:
            client.run(change_back)
