"""A register of its own for every test, on SQLite and on PostgreSQL: the same tests, the same migrations.

Django is set up once a process, for one folder of keys; each test gets a copy of a database in which the cast, or
the whole world, has been entered by actions.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.cast import Cast, cast_of, enter_cast
from tests.postgresql import PostgreSQL
from tests.world import World, enter_world

VENDORS = ("sqlite", "postgresql")
CONTENTS: dict[str, Callable[[], World | None]] = {"nothing": lambda: None, "cast": enter_cast, "world": enter_world}
"""What a template has in it -> how that is entered into a new register."""


class Templates:
    """Databases with the cast or the world in them, made when first asked for; fresh copies of them.

    `entered`: what entering returned, by vendor and content.
    """

    def __init__(self, folder: Path, server: Callable[[], PostgreSQL]) -> None:
        from antigone.register import create_folder, open_register

        self.folder = create_folder(folder / "register", "antigone.test/register")
        open_register(self.folder.path)
        self._copies = folder / "copies"
        self._copies.mkdir()
        self._server = server
        self.entered: dict[tuple[str, str], World | None] = {}
        self._count = 0

    def fresh(self, vendor: str, content: str = "cast") -> str:
        """Make the open database a fresh copy of this vendor's template; its name."""
        if (vendor, content) not in self.entered:
            self.entered[vendor, content] = self._make(vendor, content)
        self._count += 1
        if vendor == "sqlite":
            copy = self._copies / f"{self._count}.sqlite3"
            shutil.copyfile(self._copies / f"{content}.sqlite3", copy)
            use(self._sqlite(copy))
            return str(copy)
        name = f"copy{self._count}"
        self._server().create_database(name, template=f"with_{content}")
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

    def _make(self, vendor: str, content: str) -> World | None:
        from django.core.management import call_command

        if vendor == "sqlite":
            use(self._sqlite(self._copies / f"{content}.sqlite3"))
        else:
            self._server().create_database(f"with_{content}")
            use(self._postgresql(f"with_{content}"))
        call_command("migrate", verbosity=0)
        entered = CONTENTS[content]()
        if vendor == "sqlite":
            from django.db import connection

            with connection.cursor() as cursor:
                cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        close()
        return entered

    def _sqlite(self, path: Path) -> dict[str, Any]:
        return {**self.folder.django_database(), "NAME": str(path)}

    def _postgresql(self, name: str) -> dict[str, Any]:
        from dataclasses import replace

        settings = dict(replace(self.folder, database=self._server().url(name)).django_database())
        return {**settings, "OPTIONS": {}}


@dataclass(frozen=True)
class Worlds:
    """Fresh copies of the world, as many as are asked for, on one kind of database."""

    templates: Templates
    vendor: str

    @contextmanager
    def fresh(self) -> Iterator[World]:
        """The world in a database of its own, which is open until the end of the block."""
        name = self.templates.fresh(self.vendor, "world")
        world = self.templates.entered[self.vendor, "world"]
        assert world is not None
        try:
            yield world
        finally:
            self.templates.drop(self.vendor, name)


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
def register_templates(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Templates:
    """The databases that tests start from."""
    return Templates(tmp_path_factory.mktemp("registers"), lambda: request.getfixturevalue("postgresql"))


@pytest.fixture(params=VENDORS)
def cast(request: pytest.FixtureRequest, register_templates: Templates) -> Iterator[Cast]:
    """The people of the tests, in a register of their own, once for each database."""
    name = register_templates.fresh(request.param)
    yield cast_of()
    register_templates.drop(request.param, name)


@pytest.fixture(params=VENDORS)
def unfounded(request: pytest.FixtureRequest, register_templates: Templates) -> Iterator[None]:
    """A register with nothing in it but its tables, once for each database."""
    name = register_templates.fresh(request.param, "nothing")
    yield
    register_templates.drop(request.param, name)


@pytest.fixture(params=VENDORS)
def worlds(request: pytest.FixtureRequest, register_templates: Templates) -> Worlds:
    """Copies of the world, once for each database."""
    return Worlds(register_templates, request.param)
