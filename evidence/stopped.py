"""A screening that is killed again and again, and one whose worker is killed, against one that is left alone."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from antigone.intake import RunFolder
from antigone.simulate import Rates
from evidence.framework import ROOT, Outcome
from evidence.wars import folder_of, make_war, scenario
from tests.identify.cluster_work import NOT_INSTALLED, workers

NAME = "stopped"
TITLE = "A screening that is stopped and goes on"
MUST_SHOW = (
    "A screening killed with kill -9 at twenty seeded moments and resumed gives the same tables; on dask with two "
    "workers, one killed midway, too."
)

KILLS, KILLS_SMALL = 20, 3
WAR, WAR_SMALL = (300, 150, 30), (60, 40, 20)
"""Families, remains, and missing persons in a block."""
SEED = 20
RECORD = "coverage.jsonl"
LOOK = 0.002
"""Seconds between two looks at the record."""
BETWEEN, START, WRITING, END = "between blocks", "start", "writing", "end"
ORDER = (BETWEEN, START, WRITING, BETWEEN, END)
"""Kills of one run, in this order: the start that is killed has a record to read."""
START_SHARE, END_SHARE = (0.3, 0.9), (0.0, 0.5)
"""Of the start-up, and of the writing at the end: the program is loaded, or still has something to write."""


@dataclass(frozen=True)
class Moment:
    """When to kill: `wait` seconds after so many blocks are recorded; 0: after the start. None: with the next file."""

    blocks: int
    wait: float | None

    def __str__(self) -> str:
        after = f"block {self.blocks}" if self.blocks else "its start"
        return f"writing, after {after}" if self.wait is None else f"{self.wait:.2f} s after {after}"


@dataclass(frozen=True)
class Course:
    """Seconds of an undisturbed run at which each block was recorded, and at which it ended."""

    recorded: Sequence[float]
    end: float

    def moments(self, run: int, kills: int) -> list[Moment]:
        """Seeded moments of one run; but for start and end spread over the time from the first block to the last."""
        rng = np.random.default_rng([SEED, run])
        times = iter(sorted(rng.uniform(self.recorded[0], self.recorded[-1], len(ORDER)).tolist()))
        return [self._moment(kind, rng, next(times)) for kind in ORDER[:kills]]

    def _moment(self, kind: str, rng: np.random.Generator, at: float) -> Moment:
        if kind == START:
            return Moment(0, rng.uniform(*START_SHARE) * self.recorded[0])
        if kind == END:
            return Moment(len(self.recorded), rng.uniform(*END_SHARE) * (self.end - self.recorded[-1]))
        blocks = bisect_right(self.recorded, at)
        return Moment(blocks, None if kind == WRITING else at - self.recorded[blocks - 1])


@dataclass(frozen=True)
class Run:
    """A run folder."""

    path: Path

    def record(self) -> bytes:
        record = self.path / RECORD
        return record.read_bytes() if record.exists() else b""

    def recorded(self) -> int:
        return self.record().count(b'"covered":')

    def covered(self, content: bytes) -> list[str]:
        """The block of every whole line of these bytes of the record that covers one."""
        lines = [json.loads(line) for line in content.split(b"\n")[:-1]]
        return [line["covered"]["block"] for line in lines if "covered" in line]

    def unrecorded(self) -> int:
        """Files of blocks that have no line."""
        recorded = {block[:16] for block in self.covered(self.record())}
        return sum(path.name[:16] not in recorded for path in (self.path / "blocks").glob("*"))

    @cached_property
    def tables(self) -> dict[str, bytes]:
        """The bytes of every Parquet file, those of the blocks too."""
        return {str(path.relative_to(self.path)): path.read_bytes() for path in sorted(self.path.rglob("*.parquet"))}


@dataclass(frozen=True)
class Screen:
    """The command, on one case."""

    case: Path
    block: int

    @contextmanager
    def started(self, run: Run, *options: str) -> Iterator[subprocess.Popen[bytes]]:
        arguments = ["screen", str(self.case), str(run.path), "--block", str(self.block), *options]
        command, nothing = [sys.executable, "-m", "antigone", *arguments], subprocess.DEVNULL
        env = os.environ | {"PYTHONPATH": str(ROOT / "src")}
        with (run.path.parent / "messages.txt").open("wb") as said:
            process = subprocess.Popen(command, env=env, stdin=nothing, stdout=nothing, stderr=said)
            try:
                yield process
            finally:
                process.kill()
                process.wait()

    def ended(self, run: Run, *options: str, meanwhile: Callable[[int], None] = lambda recorded: None) -> Course:
        """Let it run to its end. meanwhile: is told again and again how many blocks are recorded."""
        begin, recorded = time.perf_counter(), list[float]()
        with self.started(run, *options) as process:
            while process.poll() is None:
                now = time.perf_counter() - begin
                recorded += [now] * (run.recorded() - len(recorded))
                meanwhile(len(recorded))
                time.sleep(LOOK)
        if process.returncode:
            raise RuntimeError((run.path.parent / "messages.txt").read_text("utf-8")[-2000:])
        return Course(recorded, time.perf_counter() - begin)

    def killed(self, run: Run, moment: Moment, total: int) -> bool:
        """Whether it was killed at this moment, or a block later where that is over; False: it had ended by itself."""
        blocks = min(max(moment.blocks, run.recorded() + 1), total) if moment.blocks else 0
        with self.started(run) as process:
            while process.poll() is None and run.recorded() < blocks:
                time.sleep(LOOK)
            while process.poll() is None and moment.wait is None and not run.unrecorded():
                time.sleep(LOOK / 4)
            time.sleep(moment.wait or 0.0)
        return process.returncode == -signal.SIGKILL


def check(small: bool, n: int | None) -> Outcome:
    """`n` kills (20; 3 for a small run), five to a run."""
    families, remains, block = WAR_SMALL if small else WAR
    war = make_war(scenario(families, remains, SEED, "GlobalFiler", Rates(direct_reference=0.1, second_population=0.0)))
    kills = n or (KILLS_SMALL if small else KILLS)
    with folder_of(war) as folder, TemporaryDirectory(prefix="antigone-") as place:
        screen, runs = Screen(folder.case, block), Path(place)
        whole, again = (_new(runs, name) for name in ("undisturbed", "undisturbed-again"))
        screen.ended(whole)  # compiles what is not compiled yet
        course = screen.ended(again)
        total = len(course.recorded)
        found = [_row("undisturbed, twice", "", total, 0, 0, whole, again)]
        for number, first in enumerate(range(0, kills, len(ORDER)), start=1):
            moments = course.moments(number, min(len(ORDER), kills - first))
            found += _killed(screen, number, _new(runs, f"killed-{number}"), moments, total, whole)
        if find_spec("distributed"):
            found.append(_on_cluster(screen, _new(runs, "cluster"), whole))
    ok = all(row[-2:] == [0, "yes"] for row in found)
    header = ("run", "killed", "blocks recorded", "files of no recorded block", "recorded blocks run again",
              "same tables in the end")  # fmt: skip
    missing = [] if find_spec("distributed") else [f"Not shown on two workers: {NOT_INSTALLED}."]
    return Outcome(ok and not missing, header, found, [*missing, *_notes(war.scenario.name, block, course)])


def _notes(war: str, block: int, course: Course) -> list[str]:
    return [
        f"The war {war} of `evidence/wars.py`, `antigone screen CASE RUN --block {block}`: {len(course.recorded)} "
        f"blocks, {course.end:.1f} s undisturbed, the first block after {course.recorded[0]:.1f} s. Seed {SEED}.",
        "Same tables: every Parquet file of the run folder, those of the blocks too, is the same byte for byte as in "
        "the first undisturbed run; the record covers each block exactly once, what it held when the command was "
        "killed is still its beginning, and the folder is complete by its own digests.",
        "Files: of a block that was being written. The next start removes them and runs that block; no other is lost.",
        "Two workers: dask.distributed on the loopback interface, one thread each; dask replaces the one killed.",
    ]


def _new(runs: Path, name: str) -> Run:
    (runs / name).mkdir()
    return Run(runs / name / "run")


def _killed(
    screen: Screen, number: int, run: Run, moments: Sequence[Moment], total: int, whole: Run
) -> list[list[object]]:
    """A row for each kill of one run, which is then let run to its end."""
    seen = []
    for moment in moments:
        hit = screen.killed(run, moment, total)
        record = run.record()
        seen.append((moment, hit, record[: record.rfind(b"\n") + 1], run.unrecorded()))
    screen.ended(run)
    last, rows = run.record(), []
    for moment, hit, record, files in seen:
        before, after = run.covered(record), run.covered(last[len(record) :])
        again = sum(block in before for block in after)
        faults = [] if hit and last.startswith(record) else [RECORD]
        when = str(moment) if hit else "ended by itself"
        rows.append(_row(str(number), when, len(before), files, again, run, whole, faults))
    return rows


def _row(
    name: str, when: str, recorded: int, files: int, again: int, run: Run, other: Run, faults: Sequence[str] = ()
) -> list[object]:
    """A row whose last column says whether the run folder is whole and holds what the other holds, or what is wrong."""
    folder = RunFolder(run.path, write=False)
    once = sorted(run.covered(run.record())) == sorted(set(other.covered(other.record())))
    whole = once and folder.complete and not folder.damaged
    differ = sorted({name for name, _ in run.tables.items() ^ other.tables.items()})
    wrong = [*faults, *([] if whole else [RECORD]), *differ]
    return [name, when, recorded, files, again, f"no: {', '.join(wrong[:4])}" if wrong else "yes"]


def _on_cluster(screen: Screen, run: Run, whole: Run) -> list[object]:
    """Two workers, one of which is killed while it works, after a seeded number of blocks."""
    least = int(np.random.default_rng(SEED).integers(2, 6))
    killed: list[tuple[int, int]] = []  # blocks recorded, and under way at the worker
    with workers(run.path.parent / "workers", 2) as cluster:

        def kill(recorded: int) -> None:
            for worker in cluster.workers.values() if recorded >= least and not killed else ():
                state = cluster.scheduler.workers.get(worker.worker_address)
                if state is not None and state.processing and not killed:
                    killed.append((recorded, len(state.processing)))
                    os.kill(worker.pid, signal.SIGKILL)

        screen.ended(run, "--cluster", cluster.scheduler_address, meanwhile=kill)
    recorded, under_way = killed[0] if killed else (0, 0)
    covered = run.covered(run.record())
    order = "the same order" if covered == whole.covered(whole.record()) else "another order"
    when = f"one worker, {under_way} blocks under way at it; blocks recorded in {order}"
    faults = [] if killed else ["no worker was killed"]
    return _row("two workers", when, recorded, 0, len(covered) - len(set(covered)), run, whole, faults)
