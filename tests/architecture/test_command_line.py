"""The command line's own manners; each command has its tests in tests/cli."""

from __future__ import annotations

import subprocess
import sys
import types

import click
import pytest

import antigone.cli
from antigone.domain import InputRefused, Place, Problem


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-m", "antigone", *arguments], capture_output=True, text=True)


def test_version() -> None:
    done = run("--version")
    assert (done.returncode, done.stdout) == (0, f"antigone {antigone.__version__}\n")


def test_help_names_every_command() -> None:
    done = run("--help")
    assert done.returncode == 0
    for name in antigone.cli._COMMANDS:
        assert f"\n  {name} " in done.stdout


def test_an_unknown_command_is_a_wrong_call() -> None:
    done = run("bury")
    assert done.returncode == 2
    assert "No such command 'bury'" in done.stderr
    assert "Traceback" not in done.stderr


def test_refused_input_is_told_once_without_a_traceback(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    @click.command()
    def command() -> None:
        raise InputRefused([Problem("person-twice", Place("persons.csv", 7, "person", "V1"), "V1", "each once")])

    module = types.ModuleType("antigone.cli.solve")
    module.command = command
    monkeypatch.setitem(sys.modules, "antigone.cli.solve", module)
    with pytest.raises(SystemExit) as ended:
        antigone.cli.main(["solve"])
    assert ended.value.code == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert "persons.csv" in printed.err
    assert "V1" in printed.err
