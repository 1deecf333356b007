"""A register by its commands alone, from its making to its restoring, on both databases, each command a process."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.postgresql import PostgreSQL

DATABASES = ("sqlite", "postgresql")


def antigone(*arguments: str | Path, code: int = 0, stdin: str = "") -> str:
    """What the command prints; on standard error where it is to be refused."""
    command = [sys.executable, "-m", "antigone", *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, input=stdin, timeout=120, check=False)
    assert done.returncode == code, done.stdout + done.stderr
    return done.stdout if code == 0 else done.stderr


@pytest.fixture(params=DATABASES)
def new_database(request: pytest.FixtureRequest) -> Iterator[Callable[[str], str]]:
    """Makes an empty database; its address, "" for SQLite."""
    if request.param == "sqlite":
        yield lambda name: ""
        return
    server: PostgreSQL = request.getfixturevalue("postgresql")
    made: list[str] = []

    def make(name: str) -> str:
        server.create_database(name)
        made.append(name)
        return server.url(name)

    yield make
    for name in made:
        server.drop_database(name)


BY = ("--by", "administrator")


def entries(done: str) -> int:
    """How many entries there are after what `register do` said."""
    return int(json.loads(done)["entry"]) + 1


def create(folder: Path, database: str) -> str:
    """A register of side A with an administrator; what the command says."""
    party = ["--party-code", "A", "--party-name", "Side A", "--side", "side", "--institution", "Bureau of side A"]
    person = ["--username", "administrator", "--full-name", "A Administrator"]
    name = ["--name", "test.example/a", "--database", database]
    return antigone("register", "create", folder, *name, *party, *person)


@pytest.fixture
def institution() -> str:
    from antigone.domain import Kind, make_identifier

    return make_identifier(Kind.INSTITUTION, 1)


def test_from_making_to_restoring(tmp_path: Path, new_database: Callable[[str], str], institution: str) -> None:
    folder = tmp_path / "register"
    said = create(folder, new_database("made"))
    assert re.search(r"one-time password \S{12,}", said)
    assert (folder / "keys").stat().st_mode & 0o077 == 0
    by = ("--by", "administrator")
    office = (f"institution={institution}", "username=registrar", "name=A Registrar", "roles=registrar")
    antigone("register", "do", folder, "add_user", *by, *office)
    person = ("register", "do", folder, "register_missing_person", "--by", "registrar")
    done = json.loads(antigone(*person, "surname=Surname-1", "first_names=Name-1"))
    assert done["record"].startswith("MP-")
    assert "agree" in antigone("register", "check", folder)

    backup = tmp_path / "backup.zip"
    antigone("register", "backup", folder, "--to", backup)
    antigone(*person, "surname=Surname-2")
    restored = tmp_path / "restored"
    database = ("--database", new_database("restored"))
    assert "keys are not in this backup" in antigone("register", "restore", backup, "--to", restored, code=2)
    assert not restored.exists()
    said = antigone("register", "restore", backup, "--to", restored, "--keys", folder / "keys", *database)
    assert f"{done['entry'] + 1} entries; register and ledger agree" in said
    again = json.loads(antigone(*person[:2], restored, *person[3:], "surname=Surname-3"))
    assert again["entry"] == done["entry"] + 1
    assert "nothing was done" in antigone("register", "upgrade", restored)


def test_a_witness_follows_a_ledger_through_files(tmp_path: Path) -> None:
    folder, files = tmp_path / "register", tmp_path / "files"
    files.mkdir()
    create(folder, "")
    key, log = files / "witness.key", files / "log.pub"
    antigone("ledger", "new-witness", "neutral.example/witness", "--to", key)
    first = entries(antigone("register", "do", folder, "add_party", *BY, "code=N", "name=Neutral", "side=neutral"))
    antigone("ledger", "checkpoint", folder, "--to", files / "one.txt", "--key-to", log)

    def cosigned(since: int, name: str) -> str:
        proof = files / f"{name}.proof"
        antigone("ledger", "prove", folder, "--since", str(since), "--to", proof)
        known = ("--key", key, "--log", log, "--memory", files / "memory.json")
        return antigone("ledger", "cosign", proof, *known, "--to", files / f"{name}.cosigned")

    assert "First checkpoint seen" in cosigned(0, "first")
    antigone("register", "do", folder, "add_party", *BY, "code=B", "name=Side B", "side=side")
    antigone("ledger", "checkpoint", folder, "--to", files / "two.txt")
    assert f"grew from {first} to {first + 1} entries" in cosigned(first, "second")
    taken = antigone("ledger", "take-in", folder, files / "second.cosigned", "--witness", files / "witness.key.pub")
    assert "neutral.example/witness" in taken

    antigone("ledger", "prove", folder, "--entry", str(first), "--to", files / "entry.tlog-proof")
    assert '"verb":"add_party"' in antigone("ledger", "check", files / "entry.tlog-proof", "--log", log)
    assert f"beginning with the same first {first}" in antigone("ledger", "check", files / "second.proof", "--log", log)


def test_a_witness_refuses_a_ledger_that_was_rolled_back(tmp_path: Path) -> None:
    folder, files = tmp_path / "register", tmp_path / "files"
    files.mkdir()
    create(folder, "")
    antigone("register", "backup", folder, "--to", files / "old.zip", "--with-keys")
    antigone("register", "do", folder, "add_party", "--by", "administrator", "code=B", "name=Side B", "side=side")
    key, log = files / "witness.key", files / "log.pub"
    antigone("ledger", "new-witness", "neutral.example/witness", "--to", key)
    antigone("ledger", "checkpoint", folder, "--to", files / "one.txt", "--key-to", log)
    antigone("ledger", "prove", folder, "--since", "0", "--to", files / "one.proof")
    known = ("--key", key, "--log", log, "--memory", files / "memory.json")
    antigone("ledger", "cosign", files / "one.proof", *known, "--to", files / "one.cosigned")

    back = tmp_path / "back"
    antigone("register", "restore", files / "old.zip", "--to", back)
    antigone("ledger", "checkpoint", back, "--to", files / "shorter.txt")
    antigone("ledger", "prove", back, "--since", "0", "--to", files / "shorter.proof")
    refused = antigone("ledger", "cosign", files / "shorter.proof", *known, "--to", files / "no", code=2)
    assert "shorter than what was cosigned before" in refused
    antigone("register", "do", back, "add_party", "--by", "administrator", "code=C", "name=Side C", "side=side")
    antigone("ledger", "checkpoint", back, "--to", files / "other.txt")
    antigone("ledger", "prove", back, "--since", "0", "--to", files / "other.proof")
    refused = antigone("ledger", "cosign", files / "other.proof", *known, "--to", files / "no", code=2)
    assert "another past" in refused
    assert not (files / "no").exists()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["register", "check", "{tmp}/nothing"], "no register in this folder"),
        (["register", "restore", "{tmp}/nothing.zip", "--to", "{tmp}/new"], "not a backup"),
        (["ledger", "prove", "{tmp}/nothing", "--to", "{tmp}/p"], "one of these is needed"),
        (["ledger", "check", "{tmp}/nothing", "--log", "{tmp}/key"], "no such file"),
        (["ledger", "new-witness", "two words", "--to", "{tmp}/key"], "cannot name"),
    ],
)
def test_a_wrong_call_is_told_what_to_correct(arguments: list[str], said: str, tmp_path: Path) -> None:
    assert said in antigone(*(argument.format(tmp=tmp_path) for argument in arguments), code=2)
    assert list(tmp_path.iterdir()) == []


def test_what_is_refused_is_said(tmp_path: Path) -> None:
    folder = tmp_path / "register"
    create(folder, "")
    do = ("register", "do", folder)
    by = ("--by", "administrator")
    assert "no such user" in antigone(*do, "add_party", "--by", "nobody", "code=C", code=2)
    refused = antigone(*do, "add_party", *by, "code=C", "sid=side", code=2)
    assert all(word in refused for word in ("sid", "name", "side"))


OLDER = """
from pathlib import Path
import sys
from antigone.register import create_folder, open_register
open_register(create_folder(Path(sys.argv[1]), "test.example/older", sys.argv[2]).path)
from django.core.management import call_command
call_command("migrate", "register", "0001", verbosity=0)
"""
"""Makes a register as an earlier version would have left it: behind by the steps after the first."""


def test_an_older_register_is_upgraded_after_a_backup(tmp_path: Path, new_database: Callable[[str], str]) -> None:
    folder = tmp_path / "register"
    subprocess.run([sys.executable, "-c", OLDER, folder, new_database("older")], check=True, timeout=120)
    said = antigone("register", "upgrade", folder)
    assert "register-0002_guards" in said
    assert list(folder.glob("before-upgrade-to-*.zip"))
    assert "agree" in antigone("register", "check", folder)
    assert "nothing was done" in antigone("register", "upgrade", folder)
