"""How blocks of work are run: in this process, or on the workers of a cluster (dask.distributed).

A block is a small picklable value, such as the numbers of the first and the last family. `work(shared, block)` is a
pure function at the top of a module, and `shared` what every block needs, a frozen dataclass of NumPy arrays. An answer
is handed back as soon as it is there, with the number of its block, in any order: the caller keeps it before the next
one comes, so that a run which is stopped loses the blocks being worked on and nothing else. Only the caller writes.

Both runners give the same bits. On a cluster that is asked of the workers before any block is sent: the same sources,
the same Python, NumPy and Numba, and the same last digit of logarithms and sums.
"""

from __future__ import annotations

import math
import threading
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from queue import Empty, SimpleQueue
from time import monotonic
from typing import TYPE_CHECKING, Any, TypeVar

from antigone.domain import InputRefused
from antigone.identify.cluster_client import asking, connected, refusal, refuse_other_software, workers_of
from antigone.identify.same_software import differences, software

if TYPE_CHECKING:
    from distributed import Client, Future

Shared = TypeVar("Shared")
Block = TypeVar("Block")
Answer = TypeVar("Answer")

LOOK_AGAIN = 1.0
"""Seconds between two looks at which workers there are."""
IN_FLIGHT = 2
"""Blocks at one worker: one is worked on, the next waits there, so that no worker waits for the network."""
MOST_LOSSES = 3
"""Times that a block is sent again because the shared input was lost; dask's own limit for lost workers is the same."""

_one_block = threading.Lock()
"""Held while a block is worked on: a worker's threads are for the loops inside one block."""


def in_this_process(
    work: Callable[[Shared, Block], Answer], shared: Shared, blocks: Iterable[Block]
) -> Iterator[tuple[int, Answer]]:
    """(number of the block, its answer), one block after another; the loops inside use every processor.

    >>> list(in_this_process(lambda prices, item: 2 * prices[item], {"a": 3, "b": 5}, ["b", "a"]))
    [(0, 10), (1, 6)]
    """
    for number, block in enumerate(blocks):
        yield number, work(shared, block)


def on_cluster(
    address: str, work: Callable[[Shared, Block], Answer], shared: Shared, blocks: Iterable[Block]
) -> Iterator[tuple[int, Answer]]:
    """(number of the block, its answer), as they come from the workers of the scheduler at `address`.

    ::

        for number, answer in on_cluster("tcp://10.0.0.1:8786", screen_block, arrays, blocks):
            keep(blocks[number], answer)

    `shared` is sent once; at most two blocks a worker are under way, so that the memory used here does not grow with
    their number. A worker that dies costs the block it worked on, which is worked on again elsewhere; workers may come
    and go. What `work` raises is raised here. InputRefused where the cluster cannot do it: `cluster-not-installed`,
    `cluster-certificates`, `cluster-unreachable`, `cluster-no-workers`, `cluster-version`, or `cluster-block-fails` for
    a block whose workers died again and again.
    """
    with connected(address) as client:
        yield from _Dispatch(client, address, work, shared).answers(blocks)


@dataclass
class _Dispatch:
    """Blocks under way: which, where, and how often they were lost."""

    client: Client
    address: str
    work: Callable[[Any, Any], Any]
    shared: Any
    workers: dict[str, int] = field(default_factory=dict)
    looked: float = -math.inf
    held: Future | None = None
    under_way: dict[Future, tuple[int, Any, str]] = field(default_factory=dict)
    again: list[tuple[int, Any]] = field(default_factory=list)
    losses: Counter[int] = field(default_factory=Counter)
    done: SimpleQueue[Future] = field(default_factory=SimpleQueue)

    def answers(self, blocks: Iterable[Any]) -> Iterator[tuple[int, Any]]:
        fresh = enumerate(blocks)
        while True:
            self._look_for_workers()
            for worker in self._free_places():
                item = self.again.pop() if self.again else next(fresh, None)
                if item is None:
                    break
                self._send(*item, worker)
            if not self.under_way:
                return
            try:
                future = self.done.get(timeout=LOOK_AGAIN)
            except Empty:
                continue
            yield from self._answer(future, *self.under_way.pop(future)[:2])

    def _look_for_workers(self) -> None:
        """New workers are examined before they get their first block."""
        if monotonic() - self.looked < LOOK_AGAIN and self.workers:
            return
        found = workers_of(self.client, self.address)
        refuse_other_software(self.client, self.address, [w for w in found if w not in self.workers])
        self.workers, self.looked = found, monotonic()

    def _free_places(self) -> list[str]:
        """Workers that have fewer than two blocks, once for each block they can take."""
        taken = Counter(worker for _, _, worker in self.under_way.values())
        return [worker for i in range(IN_FLIGHT) for worker in self.workers if taken[worker] <= i]

    def _send(self, number: int, block: Any, worker: str) -> None:
        if self.held is None or self.held.cancelled():
            with asking(self.address):
                self.held = self.client.scatter(self.shared, broadcast=True, hash=False)
        options = {"workers": [worker], "allow_other_workers": True, "pure": False}
        future = self.client.submit(_work_on, self.work, software(), self.held, block, **options)
        self.under_way[future] = (number, block, worker)
        future.add_done_callback(self.done.put)

    def _answer(self, future: Future, number: int, block: Any) -> Iterator[tuple[int, Any]]:
        from distributed import CancelledError, KilledWorker
        from distributed.comm import CommClosedError

        try:
            other, answer = future.result()
        except KilledWorker as error:
            raise refusal("cluster-block-fails", self.address, f"{number}: {error.last_worker.address}") from error
        except (CancelledError, CommClosedError) as error:
            # Everything that held the shared input died, and what waited for it was dropped.
            self.losses[number] += 1
            if self.losses[number] > MOST_LOSSES:
                raise refusal("cluster-block-fails", self.address, f"{number}: {self.losses[number]}") from error
            self.again.append((number, block))
            self.workers = {}
            return
        if other:
            raise InputRefused(differences({self.address: other}))
        yield number, answer


def _work_on(
    work: Callable[[Any, Any], Any], ours: Mapping[str, str], shared: Any, block: Any
) -> tuple[Mapping[str, str], Any]:
    """On a worker: (its software where it is another one, the answer). All its threads work on one block."""
    import numba
    from distributed import get_worker

    if software() != ours:
        return software(), None
    with _one_block:
        numba.set_num_threads(min(get_worker().state.nthreads, numba.get_num_threads()))
        return {}, work(shared, block)
