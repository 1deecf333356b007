"""Ways to change the past of a register, carried out on a real one: by what each is found, and which by nothing."""

from __future__ import annotations

import multiprocessing
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from evidence.framework import Outcome
from evidence.tampering.by_keeper import BY_KEEPER
from evidence.tampering.by_user import BY_USER
from evidence.tampering.in_database import IN_DATABASE
from evidence.tampering.in_transit import IN_TRANSIT
from evidence.tampering.looking import Seen, look
from evidence.tampering.ways import Found, Position, Way
from tests.postgresql import PostgreSQL, binaries

NAME = "tampering"
TITLE = "Ways to change the past of a register"
MUST_SHOW = (
    "Each of more than 25 ways to change the past, carried out on a real register by somebody with an export, with the "
    "database, or with every key, is found by exactly what the table says: by the register's own check, by `verify` of "
    "an export alone, with an earlier file, with a witness; or by nothing, and then the page says why."
)
WAYS = (*IN_TRANSIT.all, *IN_DATABASE.all, *BY_KEEPER.all, *BY_USER.all)
SMALL = 12
SEED = 20_261_122
SQLITE, POSTGRESQL = "SQLite", "PostgreSQL"
NOT_ASKED = {Position.TRANSIT: frozenset({Found.REGISTER, Found.ASKED})}
"""Whoever cannot see what is done to one reader's file."""
HEADER = ("who holds what", "what they do", *(found.value for found in Found), "what is said", "tried on")


@dataclass
class Tried:
    """One way, and what was seen of it on each database."""

    way: Way
    seen: dict[str, Seen] = field(default_factory=dict)

    @property
    def as_expected(self) -> bool:
        """Whether it was found by what it should be, and by nothing else, everywhere it was tried."""
        return bool(self.seen) and all(seen.found == self.way.found for seen in self.seen.values())

    def row(self) -> tuple[str, ...]:
        """Its row of the table."""
        said = sorted({code for seen in self.seen.values() for codes in seen.said.values() for code in codes})
        marks = (self._mark(by) for by in Found)
        words = ", ".join(f"`{code}`" for code in said)
        return self.way.position.value, self.way.name, *marks, words, ", ".join(self.seen)

    def _mark(self, by: Found) -> str:
        if by in NOT_ASKED.get(self.way.position, ()) or (self.way.fresh and by is Found.EARLIER):
            return "–"
        by_database = {by in seen.found for seen in self.seen.values()}
        if by_database != {by in self.way.found}:
            return "found, NOT EXPECTED" if by not in self.way.found else "NOT FOUND, expected"
        return "✓" if by in self.way.found else ""


def check(small: bool, n: int | None) -> Outcome:
    """`n` ways, drawn by a seed (all; 12 for a small run, which is of SQLite alone)."""
    chosen = drawn(n or (SMALL if small else len(WAYS)))
    jobs = {SQLITE: chosen}
    from_within = [number for number in chosen if WAYS[number].position in (Position.DATABASE, Position.KEEPER)]
    if from_within and not small and binaries() is not None:
        jobs[POSTGRESQL] = from_within[::3]
    # A process opens one register, so each database has one of its own; other checks of this run keep theirs.
    with ProcessPoolExecutor(len(jobs), mp_context=multiprocessing.get_context("spawn")) as pool:
        running = {on: pool.submit(try_all, on, numbers) for on, numbers in jobs.items()}
        seen = {on: job.result() for on, job in running.items()}
    tried = [(number, {on: of_one[number] for on, of_one in seen.items() if number in of_one}) for number in chosen]
    return outcome_of([Tried(WAYS[number], by_database) for number, by_database in tried])


def drawn(count: int) -> list[int]:
    """Numbers of so many of WAYS, in the order of the table."""
    return sorted(Random(SEED).sample(range(len(WAYS)), min(count, len(WAYS))))


def try_all(database: str, numbers: Iterable[int]) -> dict[int, Seen]:
    """In a process of its own: tell the story, then carry out these of WAYS, each on a copy of the register."""
    from evidence.tampering.registers import Registers
    from evidence.tampering.story import tell

    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="antigone-tampering-")))
        server = None
        if database == POSTGRESQL:
            place = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="antigone-postgresql-")))
            server = stack.enter_context(PostgreSQL.start(place, fsync=False))
        registers = Registers(folder, server)
        past = tell(registers, folder)
        seen = {number: look(WAYS[number], past, registers) for number in numbers}
        registers.end()
    return seen


def outcome_of(tried: Sequence[Tried]) -> Outcome:
    """The table, and whether every way was found by what it should be."""
    return Outcome(all(each.as_expected for each in tried), HEADER, [each.row() for each in tried], notes(tried))


def notes(tried: Sequence[Tried]) -> list[str]:
    """How to read the table, the counts, and what nobody finds."""
    return [*_READING, _counts(tried), *_unseen(each.way for each in tried), *_NOBODY]


def _counts(tried: Sequence[Tried]) -> str:
    counts: Mapping[str, int] = {
        "by `verify` of an export alone": sum(Found.ALONE in each.way.found for each in tried),
        "not by that, but with the log's key, an earlier file or a witness": sum(
            bool(each.way.found) and Found.ALONE not in each.way.found for each in tried
        ),
        "by nothing": sum(not each.way.found for each in tried),
    }
    parts = "; ".join(f"found {by}: {count}" for by, count in counts.items())
    return f"Of {len(tried)} ways {parts}."


def _unseen(ways: Iterable[Way]) -> list[str]:
    """Why a way is found by less than one might hope."""
    return [f"{way.position.value}: {way.name}. {way.why}" for way in ways if way.why]


_READING = (
    "Who holds what: the file = an export on its way, and no key; the database = may write into it, and holds neither "
    "the keys of the records nor the log's; everything = the keeper, with all keys, who computes and signs everything "
    "again; an office = a user who enters, by the register's own actions, what is not so.",
    "By what: register = `antigone register check`, or the register refuses to sign; verify = `antigone verify` of a "
    "whole export with its sealed parts opened, by itself; the columns to the right are ticked where that option says "
    "something which `verify` alone does not (what it finds alone it finds with every option). --key: the log's key "
    "from another source. --earlier: the export that the reader got before most of the story was over. Another reader: "
    "a later export that somebody else got. --witness: the witness cosigned at both moments, and the register ships "
    "the last cosignature that still fits. Witness asked: it is given the best proof that the register can make. "
    "– : who cannot be asked, or has no such file.",
    "A minimal export shows less, so its reader finds less: entries and changes that are closed are checked for their "
    "place in the tree alone.",
)
_NOBODY = (
    "What nobody can find with this program: a lie that was entered as a lie; what was never entered; an act in "
    "another's name with their password; what was done and undone between two looks from outside. Against the first "
    "two stand two registers of one handover and a neutral's list; against the third the page on which everybody "
    "sees what was done in their name; against the last, witnesses who are asked often.",
    "The log's key protects against nobody who writes into the register's own database: the register signs what it "
    "finds there. That the past was not rewritten, only those know who kept something of it: a file, a root, a "
    "cosignature. Give them away, to both sides and to a neutral, and compare them.",
    "`verify` does not say that what is in the register is true. It says that the register has not contradicted "
    "itself, its figures, or what it said before.",
)
