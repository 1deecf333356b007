"""Registers to tamper with: one folder of keys, and databases that are kept at a moment and taken out again."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from tests.postgresql import PostgreSQL
from tests.register_database import close, use

ORIGIN = "antigone.evidence/tampering"


class Registers:
    """The databases of one register, on SQLite or on the server that is given.

    A process opens one register (`antigone.register.open_register`), so there is one object of this class in it.
    """

    def __init__(self, folder: Path, server: PostgreSQL | None = None) -> None:
        from antigone.register import create_folder, open_register

        self.folder = create_folder(folder / "register", ORIGIN)
        open_register(self.folder.path)
        self._databases = folder
        self._server = server
        self._open = ""
        self._count = 0

    def new(self) -> None:
        """Open an empty register, without anybody in it."""
        from antigone.register.schema import migrate

        self._begin()
        migrate()

    def keep(self, moment: str) -> None:
        """Keep the open database as it is now; it goes on being open."""
        close()
        if self._server is None:
            shutil.copyfile(self._file(self._open), self._file(moment))
        else:
            self._server.create_database(moment, template=self._open)
        use(self._database(self._open))

    def take(self, moment: str) -> None:
        """Open a copy of what was kept; what was open until now is gone."""
        last = self._open
        self._begin(moment)
        if last:
            self._drop(last)

    def end(self) -> None:
        """Close what is open."""
        close()

    def _begin(self, moment: str = "") -> None:
        self._count += 1
        self._open = f"open{self._count}"
        close()
        if self._server is not None:
            self._server.create_database(self._open, template=moment or None)
        elif moment:
            shutil.copyfile(self._file(moment), self._file(self._open))
        use(self._database(self._open))

    def _drop(self, name: str) -> None:
        if self._server is not None:
            self._server.drop_database(name)
        else:
            self._file(name).unlink()

    def _file(self, name: str) -> Path:
        return self._databases / f"{name}.sqlite3"

    def _database(self, name: str) -> dict[str, Any]:
        if self._server is None:
            return {**self.folder.django_database(), "NAME": str(self._file(name))}
        found: Mapping[str, Any] = replace(self.folder, database=self._server.url(name)).django_database()
        return {**found, "OPTIONS": {}}
