"""A real PostgreSQL for tests: a server of their own, on the loopback alone, gone when they are done."""

from __future__ import annotations

import os
import pwd
import re
import secrets
import shutil
import signal
import socket
import subprocess
import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Self
from urllib.parse import quote

import psycopg
from psycopg import sql

ROLE = "antigone"
"""Owner of everything in the server, a superuser."""

STOP_WITHIN = 60.0
"""Seconds for a server to begin, and to end."""

_DEBIAN = Path("/usr/lib/postgresql")
_ENVIRONMENT = {"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"}
_PORT_TAKEN = re.compile("could not bind|could not create any TCP/IP sockets")


class PostgreSQLFailed(Exception):
    """The server did not begin; the message ends with its log."""


def binaries() -> Path | None:
    """Folder of `initdb` and `postgres`: the one in PATH, else Debian's newest; None where there is none."""
    named = shutil.which("initdb")
    in_path = [Path(named).resolve().parent] if named else []
    versions = _DEBIAN.glob("[0-9]*/bin") if _DEBIAN.is_dir() else []
    newest_first = sorted(versions, key=lambda folder: float(folder.parent.name), reverse=True)
    complete = (f for f in [*in_path, *newest_first] if (f / "initdb").exists() and (f / "postgres").exists())
    return next(complete, None)


def alive(process: int) -> bool:
    """Whether a process of this number runs; one that ended and that nobody has asked for yet does not."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


@dataclass
class PostgreSQL:
    """One running server. `port` changes whenever it begins anew."""

    folder: Path
    fsync: bool = True
    password: str = field(default_factory=lambda: secrets.token_urlsafe(24), repr=False)
    port: int = 0
    process: subprocess.Popen[bytes] | None = None

    @classmethod
    def start(cls, folder: Path, *, fsync: bool = True) -> Self:
        """Make a server in `folder` and start it.

        Parameters
        ----------
        folder
            Empty. Where root starts the server, the folder is given to `nobody`, who must be able to reach it.
        fsync
            False is faster, and may lose what was committed when the machine itself fails.

        Raises
        ------
        PostgreSQLFailed
            The binaries are not there, `folder` cannot be reached, or the server ended; with its log.
        """
        server = cls(folder, fsync)
        server._initialise()
        server.start_again()
        return server

    def start_again(self) -> None:
        """Start on what `stop` or `kill` left, as a machine does after a power cut."""
        for _ in range(5):
            self.port = _free_port()
            self.process = self._launched()
            if self._answers():
                return
            if not _PORT_TAKEN.search(self.log()):
                break
        raise PostgreSQLFailed(f"PostgreSQL did not start in {self.folder}:\n{self.log()}")

    def url(self, database: str = "postgres") -> str:
        """Address of one database, with the password in it."""
        return f"postgresql://{ROLE}:{self.password}@127.0.0.1:{self.port}/{quote(database)}"

    def create_database(self, name: str, template: str | None = None) -> str:
        """Make a database, empty or as a copy of another that nobody uses now, and return its address."""
        copied = sql.SQL(" TEMPLATE {}").format(sql.Identifier(template)) if template else sql.SQL("")
        self._execute(sql.SQL("CREATE DATABASE {}{}").format(sql.Identifier(name), copied))
        return self.url(name)

    def drop_database(self, name: str) -> None:
        """Drop a database, and whoever is connected to it."""
        self._execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))

    def kill(self) -> None:
        """SIGKILL to every process of the server at once: nothing is written, nobody is told."""
        if self.process is None or self.process.poll() is not None:
            return
        # Held first, so that no process is born between the list and the end of it.
        self.process.send_signal(signal.SIGSTOP)
        children = _children(self.process.pid)
        for child in children:
            with suppress(ProcessLookupError):
                os.kill(child, signal.SIGKILL)
        self.process.kill()
        self.process.wait(STOP_WITHIN)
        self.process = None
        while any(map(alive, children)):
            time.sleep(0.01)

    def stop(self) -> None:
        """End the server in order; open connections are cut."""
        if self.process is None:
            return
        self.process.send_signal(signal.SIGINT)
        try:
            self.process.wait(STOP_WITHIN)
        except subprocess.TimeoutExpired:
            self.kill()
        self.process = None

    def log(self) -> str:
        """What the server has said since it last began."""
        return self._log.read_text(encoding="utf-8", errors="replace")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    @property
    def _data(self) -> Path:
        return self.folder / "data"

    @property
    def _log(self) -> Path:
        return self.folder / "server.log"

    def _initialise(self) -> None:
        password = self.folder / "password"
        password.touch(mode=0o600)
        password.write_text(self.password, encoding="utf-8")
        if os.geteuid() == 0:
            nobody = pwd.getpwnam("nobody")
            for path in (self.folder, password):
                os.chown(path, nobody.pw_uid, nobody.pw_gid)
        if subprocess.run([*_unprivileged(), "test", "-r", password], cwd="/", check=False).returncode:
            raise PostgreSQLFailed(
                f"{self.folder} cannot be reached by the user 'nobody', who runs PostgreSQL where root may not; "
                "set TMPDIR to a folder that every user may enter, such as /tmp"
            )
        done = subprocess.run(
            [
                *_unprivileged(), _binary("initdb"), "--pgdata", self._data, "--username", ROLE, "--pwfile", password,
                "--auth", "scram-sha-256", "--data-checksums", "--encoding", "UTF8", "--locale", "C.UTF-8", "--no-sync",
            ],
            cwd="/", env=_ENVIRONMENT, capture_output=True, text=True, check=False,
        )  # fmt: skip
        password.unlink()
        if done.returncode:
            raise PostgreSQLFailed(f"no data folder of PostgreSQL in {self.folder}:\n{done.stdout}{done.stderr}")

    def _launched(self) -> subprocess.Popen[bytes]:
        durable = "on" if self.fsync else "off"
        settings = {
            "listen_addresses": "127.0.0.1",
            "port": self.port,
            "unix_socket_directories": "",
            "fsync": durable,
            "full_page_writes": durable,
            "synchronous_commit": durable,
            "shared_buffers": "32MB",
            "dynamic_shared_memory_type": "mmap",  # in the data folder, so that a kill leaves nothing beside it
        }
        options = [f"--{name}={value}" for name, value in settings.items()]
        with self._log.open("wb") as log:
            # The kernel ends the server when the tests end, however they end; Ctrl-C is for the tests alone.
            return subprocess.Popen(
                [*_unprivileged("--pdeathsig", "INT"), _binary("postgres"), "-D", self._data, *options],
                cwd="/", env=_ENVIRONMENT, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True,
            )  # fmt: skip

    def _answers(self) -> bool:
        """Whether the server takes connections; False once it has ended by itself."""
        assert self.process is not None
        latest = time.monotonic() + STOP_WITHIN
        while self.process.poll() is None and time.monotonic() < latest:
            try:
                psycopg.connect(self.url(), connect_timeout=5).close()
            except psycopg.OperationalError:
                time.sleep(0.05)
            else:
                return True
        self.kill()
        return False

    def _execute(self, statement: sql.Composed) -> None:
        with psycopg.connect(self.url(), autocommit=True) as connection:
            connection.execute(statement)


def _binary(name: str) -> Path:
    folder = binaries()
    if folder is None:
        raise PostgreSQLFailed("no PostgreSQL on this machine")
    return folder / name


def _unprivileged(*options: str) -> list[str]:
    """Begins a command that must not run as root; `options` of setpriv."""
    if os.geteuid() != 0:
        return ["setpriv", *options]
    nobody = pwd.getpwnam("nobody")
    return ["setpriv", *options, f"--reuid={nobody.pw_uid}", f"--regid={nobody.pw_gid}", "--clear-groups"]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _children(process: int) -> list[int]:
    try:
        return [int(pid) for pid in Path(f"/proc/{process}/task/{process}/children").read_text().split()]
    except FileNotFoundError:
        return []
