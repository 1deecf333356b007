"""What was promised is kept when processes are killed; `evidence/pulled_plug.py` does the same a hundred times."""

from __future__ import annotations

import signal
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest

from tests.postgresql import PostgreSQL
from tests.register.plug import BACKEND, CLIENT, ENVIRONMENT, ROOT, SERVER, AtWork, Plugged

PERSONS = 500
VENDORS = ("sqlite", "postgresql")


@pytest.fixture(scope="module")
def durable(postgresql: PostgreSQL) -> Iterator[PostgreSQL]:
    """A server that waits for the disk; the tests are skipped where there is no PostgreSQL."""
    with tempfile.TemporaryDirectory(prefix="antigone-postgresql-") as folder, PostgreSQL.start(Path(folder)) as server:
        yield server


def _register(place: Path, server: PostgreSQL | None) -> Plugged:
    register = Plugged(place, server, PERSONS, proposals=1, seed="durability")
    register.undisturbed(20)
    return register


@pytest.fixture(scope="module")
def on_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Plugged:
    return _register(tmp_path_factory.mktemp("sqlite"), None)


@pytest.fixture(scope="module")
def on_postgresql(tmp_path_factory: pytest.TempPathFactory, durable: PostgreSQL) -> Plugged:
    return _register(tmp_path_factory.mktemp("postgresql"), durable)


@pytest.fixture(params=VENDORS)
def plugged(request: pytest.FixtureRequest) -> Plugged:
    """A register of each kind, in which all tests of this file kill processes."""
    register: Plugged = request.getfixturevalue(f"on_{request.param}")
    return register


def _struck(register: Plugged) -> list[str]:
    """What can be killed."""
    return [CLIENT, SERVER, BACKEND] if register.vendor == "postgresql" else [CLIENT, CLIENT]


def test_an_action_is_wholly_there_or_wholly_not(plugged: Plugged, tmp_path: Path) -> None:
    for number, what in enumerate(_struck(plugged), 1):
        plugged.kill_at_work(number, what)
    plugged.inspect()
    plugged.verify(tmp_path)
    assert plugged.all_faults() == []
    assert plugged.verified == 1
    assert sum(intent.marks[-1] == "done" for intent in plugged.book) > len(plugged.kills)


def test_every_sealed_part_opens_after_a_rotation_that_was_killed(plugged: Plugged) -> None:
    for number, what in enumerate(_struck(plugged)[:2], 1):
        plugged.kill_rotation(number, what)
    plugged.inspect(open_all=True)
    assert plugged.all_faults() == []


def test_of_two_processes_at_work_the_other_goes_on(plugged: Plugged) -> None:
    plugged.kill_one_of_two(1)
    plugged.inspect()
    assert plugged.all_faults() == []


def test_a_promise_that_was_not_kept_is_found(plugged: Plugged) -> None:
    done = next(intent for intent in plugged.book if intent.marks[-1] == "done")
    actions, done.actions = done.actions, ["0" * 32]
    plugged.inspect()
    faults, done.actions = plugged.all_faults(), actions
    plugged.forget()
    entry = done.promised[0]
    assert [fault.partition(", number ")[::2] for fault in faults] == [
        (done.verb, f"{plugged.book.index(done)} (done): entry {entry} was promised"),
        (f"entry {entry} was never begun", ""),
    ]


def test_the_database_waits_for_the_disk_and_not_for_the_silent(plugged: Plugged) -> None:
    plugged.inspect()
    if plugged.vendor == "sqlite":
        assert plugged.found.settings == {"journal_mode": "wal", "synchronous": "2"}
    else:
        names = ("fsync", "synchronous_commit", "full_page_writes")
        silent = {"idle_in_transaction_session_timeout": "1min"}  # of a client whose cable was pulled
        assert plugged.found.settings == {**dict.fromkeys(names, "on"), **silent}


def test_an_action_is_done_once_when_the_answer_to_its_commit_is_lost(
    on_postgresql: Plugged, durable: PostgreSQL
) -> None:
    waits = "SELECT pid FROM pg_stat_activity WHERE wait_event = 'SyncRep' AND backend_type = 'client backend'"
    with AtWork(on_postgresql.folder, {"work": on_postgresql.work("lost", [])}) as process:
        process.wait("done")
        with _commits_without_an_answer(durable) as server:
            server.execute("SELECT pg_terminate_backend(%s)", _answer(server, waits))
        process.wait("done", len(process.said("done")) + 3)
        on_postgresql.book += process.kill()
    on_postgresql.inspect()
    assert on_postgresql.all_faults() == []


def test_readers_go_on_when_the_server_has_begun_anew(on_postgresql: Plugged) -> None:
    with AtWork(on_postgresql.folder, {"read_again": {}}) as process:
        assert process.wait("again") == {"mark": "again", "same": True, "other": True}


def test_a_backup_that_was_killed_leaves_nothing_to_others_and_is_made_anew(on_sqlite: Plugged, tmp_path: Path) -> None:
    backup = tmp_path / "backup.zip"
    command = [sys.executable, "-m", "antigone", "register", "backup", str(on_sqlite.folder), "--to", str(backup)]
    with subprocess.Popen([*command, "--with-keys"], cwd=ROOT, env=ENVIRONMENT) as process:
        while process.poll() is None and not any(map(Path.is_file, tmp_path.rglob("*"))):
            time.sleep(0.0005)
        process.kill()
    assert process.returncode == -signal.SIGKILL
    assert not backup.exists()
    assert [path.name for path in tmp_path.iterdir() if stat.S_IMODE(path.stat().st_mode) & 0o077] == []
    subprocess.run([*command, "--with-keys"], cwd=ROOT, env=ENVIRONMENT, check=True, capture_output=True)
    assert [path.name for path in tmp_path.iterdir()] == ["backup.zip"]


def test_settings_that_were_half_written_are_written_anew(on_sqlite: Plugged) -> None:
    from antigone.register import find_folder
    from antigone.register.folder import SETTINGS, write_settings

    folder = find_folder(on_sqlite.folder)
    (folder.path / f"{SETTINGS}.part").write_text("format = ")
    write_settings(folder)
    assert find_folder(folder.path) == folder
    assert not (folder.path / f"{SETTINGS}.part").exists()


@contextmanager
def _commits_without_an_answer(server: PostgreSQL) -> Iterator[psycopg.Connection]:
    """Within it, what is committed is kept, and then waits for a copy that nobody makes."""
    with psycopg.connect(server.url(), autocommit=True) as connection:
        try:
            connection.execute("ALTER SYSTEM SET synchronous_standby_names = 'nobody'")
            connection.execute("SELECT pg_reload_conf()")
            yield connection
        finally:
            connection.execute("ALTER SYSTEM RESET synchronous_standby_names")
            connection.execute("SELECT pg_reload_conf()")


def _answer(server: psycopg.Connection, question: str) -> tuple[Any, ...]:
    """The first row, once there is one."""
    latest = time.monotonic() + 60
    while (row := server.execute(question).fetchone()) is None:
        assert time.monotonic() < latest, question
        time.sleep(0.01)
    return row
