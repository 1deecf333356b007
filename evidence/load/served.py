"""A register of its own on either database, and its pages as the command serves them."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from evidence.framework import ROOT
from evidence.load.browsing import Browser
from evidence.load.client import Answer, Clients
from evidence.load.visits import Visit
from tests.postgresql import PostgreSQL

SQLITE, POSTGRESQL = "SQLite", "PostgreSQL"
CONNECTIONS = 24
"""To the pages at once."""
BEGINS_WITHIN = 60.0
"""Seconds for the pages to be there."""
_TICKS = os.sysconf("SC_CLK_TCK")
_OWN_PASSWORD = "several quiet words in a row"


class CommandFailed(Exception):
    """A command or a job inside the register ended with an error; the end of what it said."""


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds of processor time, and the most memory held at once in bytes, of a process and those it started."""

    seconds: float
    memory: int


@dataclass(frozen=True)
class Pages:
    """Pages that are being served, and the browsers of those who are logged in."""

    process: subprocess.Popen[bytes]
    port: int
    browsers: Mapping[str, Browser]
    log: Path

    def answers(self, visits: Sequence[Visit], connections: int = CONNECTIONS) -> list[Answer]:
        """What comes of these visits."""
        return Clients(self.port, self.browsers, connections).keep(visits)

    def cost(self) -> Cost:
        """What the pages have cost so far."""
        return _cost(self.process.pid)

    def said(self) -> list[str]:
        """Lines that the server wrote of errors."""
        return [line for line in self.log.read_text("utf-8", "replace").splitlines() if "rror" in line]


class Register:
    """A register in a folder of its own, with everybody in it who is to log in."""

    def __init__(self, folder: Path, server: PostgreSQL | None) -> None:
        self.folder = folder
        self.server = server
        found = self.inside("found", database=server.create_database("register") if server else "")
        self.people: dict[str, str] = {who: office for who, (office, _) in found["access"].items()}
        self._passwords: dict[str, str] = {who: password for who, (_, password) in found["access"].items()}
        self._browsers: dict[str, Browser] = {}

    def inside(self, job: str, **options: Any) -> Any:
        """What a job of `evidence.load.inside` tells."""
        return json.loads(_ended(["-m", "evidence.load.inside", str(self.folder), job, json.dumps(options)]))

    def command(self, *arguments: str | Path) -> tuple[float, str]:
        """Seconds that `antigone` took with these arguments, and what it said."""
        begin = time.perf_counter()
        said = _ended(["-m", "antigone", *map(str, arguments)])
        return time.perf_counter() - begin, said

    @contextmanager
    def pages(self) -> Iterator[Pages]:
        """Serve the pages, and log everybody in who is not yet."""
        port, log = _free_port(), self.folder.parent / "pages.log"
        command = [sys.executable, "-m", "antigone", "serve", str(self.folder), "--port", str(port)]
        with log.open("ab") as file:
            process = subprocess.Popen(command, cwd=ROOT, env=_environment(), stdout=file, stderr=file)
        try:
            self._log_in(port, process, log)
            yield Pages(process, port, self._browsers, log)
        finally:
            process.terminate()
            process.wait(BEGINS_WITHIN)

    def database_cost(self) -> Cost:
        """What the database's own processes have cost so far; nothing with SQLite, which has none."""
        process = self.server.process if self.server else None
        return _cost(process.pid) if process else Cost(0.0, 0)

    def _log_in(self, port: int, process: subprocess.Popen[bytes], log: Path) -> None:
        latest = time.monotonic() + BEGINS_WITHIN
        connection = HTTPConnection("127.0.0.1", port, timeout=BEGINS_WITHIN)
        while True:
            try:
                Browser().ask(connection, "/log-in/")
                break
            except (OSError, HTTPException):
                connection.close()
                if process.poll() is not None or time.monotonic() > latest:
                    raise CommandFailed(f"the pages are not there:\n{log.read_text('utf-8')[-2000:]}") from None
                time.sleep(0.1)
        for who in self.people.keys() - self._browsers.keys():
            browser = Browser()
            browser.log_in(connection, who, self._passwords[who], _OWN_PASSWORD)
            self._browsers[who] = browser
        connection.close()


@contextmanager
def register_on(database: str) -> Iterator[Register]:
    """A new register on SQLite or PostgreSQL, which waits for the disk; it is gone afterwards."""
    with ExitStack() as stack:
        place = Path(stack.enter_context(TemporaryDirectory(prefix="antigone-")))
        server = None
        if database == POSTGRESQL:
            # Not below the other folder, which only the user who runs the check may enter.
            own = stack.enter_context(TemporaryDirectory(prefix="antigone-postgresql-"))
            server = stack.enter_context(PostgreSQL.start(Path(own)))
        yield Register(place / "register", server)


def _ended(command: list[str]) -> str:
    done = subprocess.run(
        [sys.executable, *command], cwd=ROOT, env=_environment(), capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise CommandFailed(f"{' '.join(command[:4])}: {(done.stdout + done.stderr)[-2000:]}")
    return done.stdout


def _environment() -> dict[str, str]:
    return os.environ | {"PYTHONPATH": os.pathsep.join((str(ROOT / "src"), str(ROOT)))}


def _cost(process: int) -> Cost:
    """Of a process and its children, those that ended included; the sum of what each held at most."""
    folder = Path(f"/proc/{process}")
    times = folder.joinpath("stat").read_text().rpartition(")")[2].split()[11:15]
    seconds, memory = sum(map(int, times)) / _TICKS, 0
    for line in folder.joinpath("status").read_text().splitlines():
        if line.startswith("VmHWM:"):
            memory = int(line.split()[1]) * 1024
    for child in folder.joinpath(f"task/{process}/children").read_text().split():
        of_child = _cost(int(child))
        seconds, memory = seconds + of_child.seconds, memory + of_child.memory
    return Cost(seconds, memory)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
