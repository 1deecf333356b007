"""Registers in which processes are killed: who was at work, what they promised, and what is there afterwards."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from random import Random
from statistics import median
from types import TracebackType
from typing import Any, Self

from antigone.register import create_folder, find_folder
from antigone.register.folder import write_settings
from tests.postgresql import PostgreSQL
from tests.register.promises import Found, Intent, intents_of, write_book

ROOT = Path(__file__).resolve().parent.parent.parent
ENVIRONMENT = os.environ | {"PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}"}
PATIENCE = 120.0
"""Seconds in which a process says what is waited for."""
NAME = "antigone.test/register"
BULK = "import_missing_persons"
CLIENT, BACKEND, SERVER = "the process at work", "its process in the server", "the whole server, then the process"
"""What is killed."""
MANY, FURTHER = 1_000, 3
"""Actions of a process that is killed before, and of one that goes on after somebody else was killed."""
FIRST, LAST = 2, 7
"""Of the actions of a process, the one at which it is killed: the first shows that the register can be used."""
BULK_SHARE = 0.3
"""Of the kills that are aimed at a bulk write."""
BEYOND = 1.1
"""A kill falls between the begin of an action and so many times the usual length of such an action."""
COMMIT_SHARE, COMMIT = 0.25, 0.003
"""Of the kills that are aimed at a commit; they fall within so many seconds after the entry is written."""


class AtWork:
    """A process of `tests.register.at_work`, and what it has said so far."""

    def __init__(self, folder: Path, jobs: Jobs) -> None:
        self._words = tempfile.TemporaryFile()  # noqa: SIM115 (closed with the process)
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.register.at_work", str(folder), json.dumps(jobs)],
            cwd=ROOT, env=ENVIRONMENT,
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=self._words,
        )  # fmt: skip
        self._lines: list[dict[str, Any]] = []
        self._over = False
        self._heard = threading.Condition()
        self._listener = threading.Thread(target=self._listen, daemon=True)
        self._listener.start()

    def said(self, mark: str) -> list[dict[str, Any]]:
        """Its lines of this mark so far."""
        return [line for line in self._lines if line["mark"] == mark]

    def wait(self, mark: str, times: int = 1) -> dict[str, Any]:
        """The line of this mark, once there are so many; RuntimeError with its last words where it ends before."""
        with self._heard:
            self._heard.wait_for(lambda: self._over or len(self.said(mark)) >= times, PATIENCE)
        found = self.said(mark)
        if len(found) < times:
            self.kill()
            self._words.seek(0)
            words = self._words.read().decode(errors="replace")[-4000:]
            raise RuntimeError(f"waited for {times} times {mark!r}, heard {self._lines[-3:]}\n{words}")
        return found[times - 1]

    def kill(self) -> list[Intent]:
        """Kill -9, unless it has ended; what it had set out to do."""
        self.process.kill()
        self.process.wait()
        self._listener.join()
        return intents_of(self._lines)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.kill()
        self._words.close()

    def _listen(self) -> None:
        assert self.process.stdout is not None
        with self.process.stdout as stdout:
            for line in stdout:
                with self._heard:
                    self._lines.append(json.loads(line))
                    self._heard.notify_all()
        with self._heard:
            self._over = True
            self._heard.notify_all()


Jobs = Mapping[str, Mapping[str, object]]
"""Jobs of a process, in their order, with their options."""


@dataclass
class Kill:
    """One kill: of what, which intent of the book it was aimed at, and what was found wrong afterwards."""

    what: str
    intent: int
    faults: list[str] = field(default_factory=list)


class Plugged:
    """One register whose processes are killed again and again, and the book of all they promised.

    place: an empty folder. server: a PostgreSQL to keep the register in; None: SQLite. persons: in a bulk write.
    proposals: that wait for the board at the beginning.
    """

    def __init__(self, place: Path, server: PostgreSQL | None, persons: int, proposals: int, seed: str) -> None:
        self.vendor = "postgresql" if server else "sqlite"
        self.folder = place / "register"
        self.book: list[Intent] = []
        self.kills: list[Kill] = []
        self.faults: list[str] = []  # of whatever was not found directly after a kill
        self.verified = 0
        self.found = Found([], [], 0, 0, {})
        self._server = server
        self._seed = f"{seed}-{self.vendor}"
        self._table, self._written = place / "persons.csv", place / "book.json"
        create_folder(self.folder, NAME, server.create_database("register") if server else "")
        asked = {"table": str(self._table), "persons": persons, "proposals": proposals}
        with AtWork(self.folder, {"found": asked}) as process:
            self._founding = process.wait("found")["entries"]

    def undisturbed(self, actions: int) -> None:
        """Let a process do so many actions, the last a bulk write, and one rotate the keys: how long they take."""
        jobs = {"work": self.work("undisturbed", [actions], actions), "rotate": {}}
        with AtWork(self.folder, jobs) as process:
            process.wait("end")
            self.book += process.kill()

    def kill_at_work(self, number: int, what: str) -> None:
        """Inspect, let a process work, and kill at a seeded moment around one of its actions."""
        chance = Random(f"{self._seed}-{number}")
        action, bulk = chance.randint(FIRST, LAST), chance.random() < BULK_SHARE
        jobs = {"inspect": self._inspect(), "work": self.work(str(number), [action] if bulk else [])}
        self._kill(jobs, action, chance.uniform(0.0, BEYOND), what, at_commit=chance.random() < COMMIT_SHARE)

    def kill_rotation(self, number: int, what: str) -> None:
        """Inspect, open every sealed part, and kill at a seeded moment of a rotation of the keys."""
        share = Random(f"{self._seed}-rotation-{number}").uniform(0.0, 1.0)
        self._kill({"inspect": self._inspect(open_all=True), "rotate": {}}, 1, share, what)

    def kill_one_of_two(self, number: int) -> None:
        """Two processes at work at once, one killed at a seeded moment of a bulk write: the other goes on."""
        chance = Random(f"{self._seed}-two-{number}")
        action = chance.randint(FIRST, LAST)
        killed, other = self.work(f"two-{number}", [action]), self.work(f"other-{number}", [])
        self.inspect()
        with AtWork(self.folder, {"work": killed}) as first, AtWork(self.folder, {"work": other}) as second:
            second.wait("done")
            first.wait("begin", action)
            time.sleep(chance.uniform(0.0, 1.0) * self._usual(BULK))
            intents = first.kill()
            second.wait("done", len(second.said("done")) + FURTHER)
            self.kills.append(Kill(CLIENT, len(self.book) + len(intents) - 1))
            self.book += intents + second.kill()

    def inspect(self, *, open_all: bool = False) -> None:
        """Open the register anew, and hold it against the book."""
        with AtWork(self.folder, {"inspect": self._inspect(open_all)}) as process:
            self._hear(process)

    def verify(self, place: Path) -> None:
        """Export the whole register, and let the second program verify the file."""
        export = place / f"export-{len(self.book)}.zip"
        with AtWork(self.folder, {"export": {"to": str(export)}}) as process:
            process.wait("end")
            self.book += process.kill()
        command = [sys.executable, "-m", "antigone", "verify", str(export)]
        verified = subprocess.run(command, cwd=ROOT, env=ENVIRONMENT, capture_output=True, text=True, check=False)
        export.unlink()
        self.verified += 1
        if verified.returncode:
            self.faults.append(f"antigone verify: {(verified.stdout + verified.stderr)[-1000:]}")

    def work(self, name: str, bulk: list[int], actions: int = MANY) -> dict[str, object]:
        """The options of a process at work, seeded by its name."""
        return {"name": f"{self._seed}-{name}", "table": str(self._table), "bulk": bulk, "actions": actions}

    def forget(self) -> None:
        """What was found wrong so far was wrong on purpose."""
        for faults in (self.faults, *(kill.faults for kill in self.kills)):
            faults.clear()

    def all_faults(self) -> list[str]:
        """Everything that was found wrong."""
        return [fault for kill in self.kills for fault in kill.faults] + self.faults

    def _kill(self, jobs: Jobs, action: int, share: float, what: str, *, at_commit: bool = False) -> None:
        with AtWork(self.folder, jobs) as process:
            self._hear(process)
            backend = process.wait("opened")["process"]
            begun = process.wait("begin", action)
            if at_commit:
                process.wait("closing", len(process.said("closing")) + 1)
            time.sleep(share * (COMMIT if at_commit else self._usual(begun["verb"])))
            aimed = len(process.said("begin"))
            if what == BACKEND:
                os.kill(backend, signal.SIGKILL)
                process.wait("done", len(process.said("done")) + FURTHER)
            elif what == SERVER and self._server:
                self._server.kill()
            intents = process.kill()
        self.kills.append(Kill(what, len(self.book) + (len(intents) if what == CLIENT else aimed) - 1))
        self.book += intents
        if what == SERVER and self._server:
            self._server.start_again()
            write_settings(replace(find_folder(self.folder), database=self._server.url("register")))

    def _hear(self, process: AtWork) -> None:
        """What the inspection found, with which a process begins."""
        self.found = Found(**process.wait("inspected")["found"])
        (self.kills[-1].faults if self.kills else self.faults).extend(self.found.faults)

    def _inspect(self, open_all: bool = False) -> dict[str, object]:
        """The options of an inspection; the book is written for it."""
        write_book(self._written, self.book)
        return {"book": str(self._written), "founding": self._founding, "open_all": open_all}

    def _usual(self, verb: str) -> float:
        """Seconds that an action of this verb takes; of any, where none of this verb was done yet."""
        done = [intent for intent in self.book if intent.marks[-1] == "done"]
        alike = [intent.took for intent in done if intent.verb == verb]
        return median(alike or [intent.took for intent in done])
