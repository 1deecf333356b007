"""The server that tests use is a server: closed to strangers, durable, and gone afterwards."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest

import tests.postgresql
from tests.conftest import _missing
from tests.postgresql import ROLE, PostgreSQL, PostgreSQLFailed, alive, binaries

pytestmark = pytest.mark.postgresql


@pytest.fixture
def empty_folder(postgresql: PostgreSQL) -> Iterator[Path]:
    """A folder for a server of this test's own; the test is skipped where there is no PostgreSQL."""
    with tempfile.TemporaryDirectory(prefix="antigone-postgresql-") as folder:
        yield Path(folder)


def asked(url: str, question: str) -> object:
    with psycopg.connect(url) as connection:
        row = connection.execute(question).fetchone()
        assert row is not None
        return row[0]


def refused(url: str) -> str:
    with pytest.raises(psycopg.OperationalError) as error:
        psycopg.connect(url, connect_timeout=5)
    return str(error.value)


def test_it_answers_on_the_loopback_alone(postgresql: PostgreSQL) -> None:
    assert asked(postgresql.url(), "SELECT 1 + 1") == 2
    assert asked(postgresql.url(), "SHOW listen_addresses") == "127.0.0.1"
    assert asked(postgresql.url(), "SHOW unix_socket_directories") == ""
    assert asked(postgresql.url(), "SHOW data_checksums") == "on"


def test_it_asks_everyone_for_the_password(postgresql: PostgreSQL) -> None:
    port = urlsplit(postgresql.url()).port
    assert "no password supplied" in refused(f"postgresql://{ROLE}@127.0.0.1:{port}/postgres")
    assert "password authentication failed" in refused(f"postgresql://{ROLE}:wrong@127.0.0.1:{port}/postgres")
    methods = "SELECT string_agg(DISTINCT auth_method, ' ') FROM pg_hba_file_rules"
    assert asked(postgresql.url(), methods) == "scram-sha-256"
    assert postgresql.password not in repr(postgresql)
    assert not [p for p in postgresql.folder.iterdir() if p.is_file() and postgresql.password in p.read_text()]


def test_a_database_is_copied_and_dropped(postgresql: PostgreSQL) -> None:
    first = postgresql.create_database("first war")
    with psycopg.connect(first) as connection:
        connection.execute("CREATE TABLE person (name text)")
        connection.execute("INSERT INTO person VALUES ('Антігона')")
    second = postgresql.create_database("second", template="first war")
    assert asked(second, "SELECT name FROM person") == "Антігона"
    with psycopg.connect(second):  # an open connection does not keep it
        postgresql.drop_database("second")
    postgresql.drop_database("first war")
    assert 'database "second" does not exist' in refused(second)


def test_it_is_gone_after_stop(empty_folder: Path) -> None:
    with PostgreSQL.start(empty_folder, fsync=False) as server:
        assert server.process is not None
        process = server.process.pid
        assert asked(server.url(), "SHOW fsync") == "off"
    assert not alive(process)
    assert "connection refused" in refused(server.url()).lower()
    server.stop()


def test_what_was_committed_outlives_a_kill(empty_folder: Path) -> None:
    with PostgreSQL.start(empty_folder) as server:
        assert asked(server.url(), "SHOW fsync") == "on"
        assert server.process is not None
        with psycopg.connect(server.url(), autocommit=True) as connection:
            connection.execute("CREATE TABLE kept (n int)")
            connection.execute("INSERT INTO kept VALUES (1)")
            family = [server.process.pid, *tests.postgresql._children(server.process.pid)]
            assert connection.info.backend_pid in family
            server.kill()
        assert not [pid for pid in family if alive(pid)]
        server.start_again()
        assert asked(server.url(), "SELECT n FROM kept") == 1
        assert "was not properly shut down" in server.log()


def test_it_ends_when_the_tests_are_killed(empty_folder: Path, root: Path) -> None:
    code = (
        "import sys, time; from pathlib import Path; from tests.postgresql import PostgreSQL\n"
        "server = PostgreSQL.start(Path(sys.argv[1]), fsync=False)\n"
        "print(server.process.pid, flush=True); time.sleep(600)"
    )
    command = [sys.executable, "-c", code, str(empty_folder)]
    with subprocess.Popen(command, cwd=root, stdout=subprocess.PIPE, text=True) as run:
        assert run.stdout is not None
        server = int(run.stdout.readline())
        assert alive(server)
        run.send_signal(signal.SIGKILL)
    latest = time.monotonic() + 30
    while alive(server) and time.monotonic() < latest:
        time.sleep(0.05)
    assert not alive(server)


def test_a_port_that_somebody_took_meanwhile_is_left_to_them(
    postgresql: PostgreSQL, empty_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ports = iter([postgresql.port, tests.postgresql._free_port()])
    monkeypatch.setattr(tests.postgresql, "_free_port", lambda: next(ports))
    with PostgreSQL.start(empty_folder, fsync=False) as server:
        assert server.port != postgresql.port
        assert asked(server.url(), "SELECT 1") == 1


def test_a_server_that_cannot_begin_shows_its_log(empty_folder: Path) -> None:
    with PostgreSQL.start(empty_folder, fsync=False) as server:
        pass
    (empty_folder / "data" / "postgresql.auto.conf").write_text("no_such_setting = 1\n")
    with pytest.raises(PostgreSQLFailed, match=r"did not start in .*\n(.*\n)*.*no_such_setting"):
        server.start_again()


@pytest.mark.skipif(os.geteuid() != 0, reason="the tests do not run as root")
def test_root_is_told_when_the_folder_is_out_of_reach(empty_folder: Path) -> None:
    inner = empty_folder / "inner"
    inner.mkdir()
    with pytest.raises(PostgreSQLFailed, match=r"cannot be reached by the user 'nobody'.*set TMPDIR to a folder"):
        PostgreSQL.start(inner)


def test_binaries_in_path_come_first_and_then_the_newest(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for version in ("9.6", "15", "17"):
        folder = tmp_path / "debian" / version / "bin"
        folder.mkdir(parents=True)
        for name in ("initdb", "postgres"):
            (folder / name).touch(mode=0o755)
    monkeypatch.setattr(tests.postgresql, "_DEBIAN", tmp_path / "debian")
    monkeypatch.setenv("PATH", str(tmp_path / "debian" / "15" / "bin"))
    assert binaries() == tmp_path / "debian" / "15" / "bin"
    monkeypatch.setenv("PATH", str(tmp_path))
    assert binaries() == tmp_path / "debian" / "17" / "bin"
    monkeypatch.setattr(tests.postgresql, "_DEBIAN", tmp_path / "nowhere")
    assert binaries() is None


def test_what_is_missing_is_skipped_unless_it_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ANTIGONE_REQUIRE_POSTGRESQL", raising=False)
    with pytest.raises(pytest.skip.Exception, match="no PostgreSQL on this machine"):
        _missing("PostgreSQL", "ANTIGONE_REQUIRE_POSTGRESQL")
    monkeypatch.setenv("ANTIGONE_REQUIRE_POSTGRESQL", "1")
    with pytest.raises(pytest.fail.Exception, match="and ANTIGONE_REQUIRE_POSTGRESQL asks for one"):
        _missing("PostgreSQL", "ANTIGONE_REQUIRE_POSTGRESQL")
