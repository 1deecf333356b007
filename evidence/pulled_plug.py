"""Registers on both databases whose processes are killed again and again, and what is there each time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory

from evidence.framework import Outcome
from tests.postgresql import PostgreSQL
from tests.register.plug import BACKEND, BULK, CLIENT, COMMIT_SHARE, SERVER, Kill, Plugged

NAME = "pulled-plug"
TITLE = "A register whose processes are killed"
MUST_SHOW = (
    "After kill -9 at 100 seeded moments per database, during actions and bulk writes, register and ledger agree, "
    "`antigone verify` passes, and every action is wholly there or wholly not."
)

SEED = "20261122"
KILLS, KILLS_SMALL = 100, 10
PERSONS = 2_000
"""In a bulk write."""
PROPOSALS, PROPOSALS_SMALL = 40, 4
"""Identifications up to the board when the killing begins."""
UNDISTURBED = 40
"""Actions that are timed first."""
VERIFY_EVERY, ROTATE_EVERY, TWO_EVERY = 10, 10, 25
"""Kills for one export and its verification, one kill during a rotation of the keys, one of two processes at work."""
ROTATION = "rotate_keys"
PHASES = {"begin": "before its transaction", "act": "within it", "closing": "at its commit"}
"""What had been heard last of an action when it was hit."""
BETWEEN = "between actions"
DURING = {BULK: f"lists of {PERSONS:,} persons", ROTATION: "rotations of the keys"}
ACTIONS = "single actions"
WHOLE = ("wholly there", "wholly not")
SHOWN = 10
"""Faults that are written out."""


def check(small: bool, n: int | None) -> Outcome:
    """`n` kills per database (100; 10 for a small run), and further ones during rotations and with two at work."""
    kills, proposals = n or (KILLS_SMALL if small else KILLS), PROPOSALS_SMALL if small else PROPOSALS
    with ThreadPoolExecutor(1) as other, TemporaryDirectory(prefix="antigone-") as place:
        on_sqlite = other.submit(_ordeal, Path(place), None, kills, proposals)
        with _postgresql() as server, TemporaryDirectory(prefix="antigone-") as elsewhere:
            registers = [_ordeal(Path(elsewhere), server, kills, proposals)]
        registers.insert(0, on_sqlite.result())
    faults = [f"{register.vendor}: {fault}" for register in registers for fault in register.all_faults()]
    hit = [_phase(register, kill) != BETWEEN for register in registers for kill in register.kills]
    header = (
        "database",
        "killed",
        "during",
        "kills",
        BETWEEN,
        *PHASES.values(),
        "wholly there",
        "wholly not",
        "faults",
    )
    rows = [row for register in registers for row in _rows(register)]
    notes = [*(f"FAULT: {fault}" for fault in faults[:SHOWN]), *_notes(registers, sum(hit))]
    return Outcome(not faults and sum(hit) > len(hit) / 2, header, rows, notes)


@contextmanager
def _postgresql() -> Iterator[PostgreSQL]:
    """One that waits for the disk."""
    with TemporaryDirectory(prefix="antigone-postgresql-") as folder, PostgreSQL.start(Path(folder)) as server:
        yield server


def _ordeal(place: Path, server: PostgreSQL | None, kills: int, proposals: int) -> Plugged:
    """One register through all kills, inspected after each."""
    register = Plugged(place, server, PERSONS, proposals, SEED)
    register.undisturbed(UNDISTURBED)
    for number in range(1, kills + 1):
        register.kill_at_work(number, _killed(server, number))
        if number % VERIFY_EVERY == 0:
            register.verify(place)
        if number % ROTATE_EVERY == 0:
            register.kill_rotation(number, SERVER if server and number % (2 * ROTATE_EVERY) else CLIENT)
        if number % TWO_EVERY == 0 or number == kills:
            register.kill_one_of_two(number)
    register.inspect(open_all=True)
    register.verify(place)
    register.inspect()
    return register


def _killed(server: PostgreSQL | None, number: int) -> str:
    """What is killed: in turn a client and the whole server; one time in ten a single process of the server."""
    if server is None or (number % 2 and number % 10 != 5):
        return CLIENT
    return BACKEND if number % 10 == 5 else SERVER


def _phase(register: Plugged, kill: Kill) -> str:
    """Where the first try of the action was when it was hit."""
    marks = register.book[kill.intent].marks
    second = [place for place, mark in enumerate(marks) if mark == "act"][1:2]
    heard = [mark for mark in marks[: second[0]] if mark in PHASES] if second else marks
    return PHASES.get([mark for mark in heard if mark != "failed"][-1], BETWEEN)


def _rows(register: Plugged) -> Iterator[list[object]]:
    """One for each thing that was killed, and what it was doing."""

    def kind(kill: Kill) -> tuple[str, str]:
        return kill.what, DURING.get(register.book[kill.intent].verb, ACTIONS)

    for (what, during), group in groupby(sorted(register.kills, key=kind), key=kind):
        kills = list(group)
        phases = Counter(_phase(register, kill) for kill in kills)
        kept = [register.found.kept[kill.intent] for kill in kills if _phase(register, kill) != BETWEEN]
        counts = [phases[phase] for phase in (BETWEEN, *PHASES.values())]
        faults = sum(len(kill.faults) for kill in kills)
        yield [register.vendor, what, during, len(kills), *counts, sum(kept), len(kept) - sum(kept), faults]


def _notes(registers: list[Plugged], hit: int) -> list[str]:
    kills = sum(len(register.kills) for register in registers)
    return [
        f"{hit} of {kills} kills fell within an action. Seed {SEED}: it says which actions are done, at which one and "
        f"after which share of its usual time the kill comes, or, for {COMMIT_SHARE:.0%} of them, how soon after the "
        "entry is written; what is hit depends on the machine's speed, too.",
        *map(_note, registers),
        "After each kill another process opens the register anew and holds it against all that was promised by all "
        "processes before: an action that was reported as done has exactly one entry, one that was not has one or "
        "none, and no entry was never begun; entries, changes and rows agree; every identifier is there once; all who "
        "have a name are found by it; SQLite's own check finds nothing. Then the next action is done. Every sealed "
        "version of every record is opened after each killed rotation and at the end.",
        "One process of the server: PostgreSQL then ends all others and recovers; the process at work goes on, and "
        "tries the action again. Two at work: one is killed, the other goes on.",
        "What is not shown: that a disk keeps what it said it wrote. kill -9 ends processes, not the machine.",
    ]


def _note(register: Plugged) -> str:
    ends = Counter(intent.marks[-1] for intent in register.book)
    verbs = len({intent.verb for intent in register.book})
    settings = ", ".join(f"{name} {value}" for name, value in register.found.settings.items())
    return (
        f"{register.vendor} ({settings}): one register through all kills, {register.found.entries:,} entries and "
        f"{register.found.records:,} records at the end; {ends['done']:,} actions of {verbs} verbs reported as done, "
        f"{ends['refused']} refused; {register.verified} exports of the whole register verified."
    )
