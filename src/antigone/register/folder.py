"""The folder of one register: its settings, its keys and, with SQLite, its database."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from antigone.domain import InputRefused, Place, Problem
from antigone.ledger import generate_key
from antigone.register.keyring import Keyring

FORMAT = "antigone-register/1"
SETTINGS = "register.toml"
DATABASE = "register.sqlite3"
VARIABLE = "ANTIGONE_REGISTER"
"""Environment variable that names the folder for the server's own processes."""


@dataclass(frozen=True, slots=True)
class RegisterFolder:
    """One register on this machine. `database`: a postgresql:// address, or "" for SQLite in the folder."""

    path: Path
    name: str  # the ledger's origin: must be unique among the registers that witness each other
    database: str = field(default="", repr=False)
    hosts: tuple[str, ...] = ("127.0.0.1", "localhost")

    @property
    def keys(self) -> Path:
        return self.path / "keys"

    @property
    def log_key_file(self) -> Path:
        return self.keys / "log.key"

    @property
    def policy_folder(self) -> Path:
        """settings.toml with the register's policy, the tables it names, and what findings were made with."""
        return self.path / "policy"

    def django_database(self) -> Mapping[str, Any]:
        """The entry of Django's DATABASES."""
        if not self.database:
            return {
                "ENGINE": "django.db.backends.sqlite3",
                "NAME": str(self.path / DATABASE),
                "OPTIONS": {
                    "transaction_mode": "IMMEDIATE",
                    "timeout": 20,
                    "init_command": (
                        "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;"
                        "PRAGMA foreign_keys=ON;PRAGMA recursive_triggers=ON;PRAGMA cache_size=-65536"
                    ),
                },
            }
        address = urlsplit(self.database)
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": address.path.lstrip("/"),
            "USER": unquote(address.username or ""),
            "PASSWORD": unquote(address.password or ""),
            "HOST": address.hostname or "127.0.0.1",
            "PORT": str(address.port or 5432),
            "CONN_HEALTH_CHECKS": True,
            "OPTIONS": {
                "pool": {"min_size": 1, "max_size": 8},
                "options": "-c synchronous_commit=on -c idle_in_transaction_session_timeout=60000",
            },
        }


def create_folder(path: Path, name: str, database: str = "", hosts: tuple[str, ...] = ()) -> RegisterFolder:
    """Make the folder of a new register with its settings and keys; InputRefused where one is there already."""
    if (path / SETTINGS).exists() or (path.exists() and any(path.iterdir())):
        raise InputRefused([Problem("folder-not-empty", Place(file=str(path)), "files", "a new folder")])
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    path.chmod(0o700)
    folder = RegisterFolder(path, name, database, hosts or ("127.0.0.1", "localhost"))
    Keyring.create(folder.keys)
    _write_private(folder.log_key_file, generate_key(name).encoded() + "\n")
    from antigone.intake import example_settings  # here, so that opening a register loads no tables

    folder.policy_folder.mkdir(mode=0o700)
    _write_private(folder.policy_folder / "settings.toml", example_settings())
    write_settings(folder)
    return folder


def write_settings(folder: RegisterFolder) -> None:
    """Write register.toml anew, readable by its owner alone."""
    part = folder.path / (SETTINGS + ".part")
    part.unlink(missing_ok=True)
    _write_private(part, _settings_text(folder))
    part.replace(folder.path / SETTINGS)


def find_folder(path: Path) -> RegisterFolder:
    """The register in this folder; InputRefused where there is none, or its settings cannot be read."""
    settings = path / SETTINGS
    if not settings.is_file():
        needed = "a folder made by `antigone register create`"
        raise InputRefused([Problem("no-register", Place(file=str(path)), "no register.toml", needed)])
    try:
        found = tomllib.loads(settings.read_text("utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise InputRefused([Problem("bad-toml", Place(file=str(settings)), str(error))]) from None
    if found.get("format") != FORMAT:
        raise InputRefused([Problem("format", Place(file=str(settings)), str(found.get("format")), FORMAT)])
    return RegisterFolder(path, str(found["name"]), str(found.get("database", "")), tuple(found.get("hosts", ())))


def open_register(path: Path) -> RegisterFolder:
    """Set Django up for the register in this folder. One process opens one register."""
    folder = find_folder(path)
    os.environ[VARIABLE] = str(path.resolve())
    os.environ["DJANGO_SETTINGS_MODULE"] = "antigone.register.settings"
    import django  # here, so that commands without a register never load it

    django.setup()
    return folder


def _settings_text(folder: RegisterFolder) -> str:
    hosts = ", ".join(f'"{host}"' for host in folder.hosts)
    return f"""# Settings of one register of Antigone.
format = "{FORMAT}"

# The name in the ledger's checkpoints. Witnesses know the register by it: never change it.
name = "{folder.name}"

# "" keeps everything in {DATABASE} beside this file. For PostgreSQL:
# database = "postgresql://user:password@127.0.0.1:5432/name"
database = "{folder.database}"

# Names under which browsers may reach the pages.
hosts = [{hosts}]
"""


def _write_private(path: Path, text: str) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)
