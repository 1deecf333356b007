"""What a way to change the past is: who does it, how, and who finds it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from evidence.tampering.registers import Registers
from evidence.tampering.story import Past
from tests.verify.forging import Copy


class Position(StrEnum):
    """What the one who does it holds."""

    TRANSIT = "the file"  # has an export on its way to the reader
    DATABASE = "the database"  # writes into it; has no key
    KEEPER = "everything"  # the database, the keys of the records and the key of the log
    USER = "an office"  # does what their office allows, by the register's own actions


class Found(StrEnum):
    """By what it can be found, each by itself."""

    REGISTER = "register"  # `antigone register check`, or the register refuses to sign
    ALONE = "verify"  # `antigone verify EXPORT`
    KEY = "--key"  # the log's key, from another source than the file
    EARLIER = "--earlier"  # the reader's own earlier export
    OTHER = "another reader"  # an export that somebody else got later, given as --earlier
    WITNESS = "--witness"  # the cosignature in the file
    ASKED = "witness asked"  # the witness is given a proof of consistency to cosign


@dataclass
class Scene:
    """A copy of the register as the story left it, open, and the file that the reader will get.

    copy: that file, for whoever alters it on its way; None while it has not been written.
    """

    past: Past
    registers: Registers
    folder: Path
    copy: Copy | None = None

    @property
    def file(self) -> Copy:
        """The file on its way."""
        assert self.copy is not None
        return self.copy


@dataclass(frozen=True)
class Way:
    """One way to change the past.

    name: what is done. alter: does it. found: by what it is found, each by itself. why: where nobody finds it, or
    fewer than one might hope, why not, and what helps. minimal: the reader gets the minimal export. fresh: the
    reader never saw this register before.
    """

    name: str
    position: Position
    alter: Callable[[Scene], None]
    found: frozenset[Found]
    why: str = ""
    minimal: bool = False
    fresh: bool = False


class Ways:
    """Collects the ways of one position as they are written."""

    def __init__(self, position: Position) -> None:
        self.position = position
        self.all: list[Way] = []

    def __call__(
        self, name: str, found: Iterable[Found], why: str = "", *, minimal: bool = False, fresh: bool = False
    ) -> Callable[[Callable[[Scene], None]], Callable[[Scene], None]]:
        """The function below is this way."""

        def noted(alter: Callable[[Scene], None]) -> Callable[[Scene], None]:
            self.all.append(Way(name, self.position, alter, frozenset(found), why, minimal, fresh))
            return alter

        return noted
