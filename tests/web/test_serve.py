"""`antigone serve`: what it refuses before it listens."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest


def antigone(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-m", "antigone", *arguments], capture_output=True, text=True, timeout=120)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = antigone(
        "register", "create", str(tmp_path / "register"), "--name", "antigone.test/register", "--party-code", "A",
        "--party-name", "Side A", "--side", "side", "--institution", "Bureau", "--username", "admin", "--full-name",
        "A",
    )  # fmt: skip
    assert made.returncode == 0, made.stderr
    return tmp_path / "register"


def test_a_folder_without_a_register_is_refused(tmp_path: Path) -> None:
    done = antigone("serve", str(tmp_path))
    assert done.returncode == 2
    assert "there is no register in this folder" in done.stderr


def test_tables_of_an_earlier_version_are_refused_with_the_command_that_helps(folder: Path) -> None:
    with sqlite3.connect(folder / "register.sqlite3") as database:
        database.execute("DELETE FROM django_migrations WHERE app = 'sessions'")
    done = antigone("serve", str(folder), "--port", "1")
    assert done.returncode == 2
    assert f"antigone register upgrade {folder}" in done.stderr


def test_another_address_needs_a_name_under_which_browsers_come(folder: Path) -> None:
    done = antigone("serve", str(folder), "--host", "192.0.2.7")
    assert done.returncode == 2
    assert "hosts = [...] of register.toml" in done.stderr


def test_what_is_no_address_is_refused(folder: Path) -> None:
    done = antigone("serve", str(folder), "--host", "anywhere")
    assert done.returncode == 2
    assert "Found: anywhere." in done.stderr


@pytest.mark.parametrize(("hosts", "secure"), [("", False), ('"register.example"', True)])
def test_cookies_are_kept_over_https_only_where_other_machines_come(folder: Path, hosts: str, secure: bool) -> None:
    settings = folder / "register.toml"
    if hosts:
        settings.write_text(settings.read_text("utf-8").replace("hosts = [", f"hosts = [{hosts}, "), "utf-8")
    script = (
        "import sys; from pathlib import Path; from antigone.register import open_register; "
        f"open_register(Path({str(folder)!r})); from django.conf import settings; "
        "print(settings.SESSION_COOKIE_SECURE, settings.CSRF_COOKIE_SECURE, settings.SECURE_PROXY_SSL_HEADER)"
    )
    said = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout
    proxy = ("HTTP_X_FORWARDED_PROTO", "https") if secure else None
    assert said == f"{secure} {secure} {proxy}\n"
