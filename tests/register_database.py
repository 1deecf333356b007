"""A register of its own for every test, on SQLite and on PostgreSQL: the same tests, the same migrations.

Django is set up once a process, for one folder of keys; each test gets a copy of a database in which the cast has
been entered by actions.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.cast import Cast, cast_of, enter_cast
from tests.postgresql import PostgreSQL

VENDORS = ("sqlite", "postgresql")


class Templates:
    """Databases with the cast in them, made when first asked for; a fresh copy of one for each test."""

    def __init__(self, folder: Path, server: Callable[[], PostgreSQL]) -> None:
        from antigone.register import create_folder, open_register

        self.folder = create_folder(folder / "register", "antigone.test/register")
        open_register(self.folder.path)
        self._copies = folder / "copies"
        self._copies.mkdir()
        self._server = server
        self._made: set[str] = set()
        self._count = 0

    def fresh(self, vendor: str) -> str:
        """Make the open database a fresh copy of this vendor's template; its name."""
        if vendor not in self._made:
            self._make(vendor)
            self._made.add(vendor)
        self._count += 1
        if vendor == "sqlite":
            copy = self._copies / f"{self._count}.sqlite3"
            shutil.copyfile(self._copies / "template.sqlite3", copy)
            use(self._sqlite(copy))
            return str(copy)
        name = f"copy{self._count}"
        self._server().create_database(name, template="template_of_register")
        use(self._postgresql(name))
        return name

    def drop(self, vendor: str, name: str) -> None:
        """The test is over."""
        close()
        if vendor == "sqlite":
            for left in self._copies.glob(f"{Path(name).stem}.sqlite3*"):
                left.unlink()
        else:
            self._server().drop_database(name)

    def _make(self, vendor: str) -> None:
        from django.core.management import call_command

        if vendor == "sqlite":
            use(self._sqlite(self._copies / "template.sqlite3"))
        else:
            self._server().create_database("template_of_register")
            use(self._postgresql("template_of_register"))
        call_command("migrate", verbosity=0)
        enter_cast()
        if vendor == "sqlite":
            from django.db import connection

            with connection.cursor() as cursor:
                cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        close()

    def _sqlite(self, path: Path) -> dict[str, Any]:
        return {**self.folder.django_database(), "NAME": str(path)}

    def _postgresql(self, name: str) -> dict[str, Any]:
        from dataclasses import replace

        settings = dict(replace(self.folder, database=self._server().url(name)).django_database())
        return {**settings, "OPTIONS": {}}


def use(database: dict[str, Any]) -> None:
    """Make this the open database of the process."""
    from django.db import connections

    close()
    connections.settings["default"] = connections.configure_settings({"default": database})["default"]


def close() -> None:
    """Close the open database and forget it."""
    from django.db import connections

    connections["default"].close()
    del connections["default"]


@pytest.fixture(scope="session")
def register_templates(
    tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest
) -> Templates:
    """The databases that tests start from."""
    return Templates(tmp_path_factory.mktemp("registers"), lambda: request.getfixturevalue("postgresql"))


@pytest.fixture(params=VENDORS)
def cast(request: pytest.FixtureRequest, register_templates: Templates) -> Iterator[Cast]:
    """The people of the tests, in a register of their own, once for each database."""
    name = register_templates.fresh(request.param)
    yield cast_of()
    register_templates.drop(request.param, name)
