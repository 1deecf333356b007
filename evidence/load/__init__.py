"""A register of a million persons with everybody at work in it: how long they wait, and whether anything is lost."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from evidence.framework import Outcome
from evidence.load.client import Answer
from evidence.load.persons import write_table
from evidence.load.served import POSTGRESQL, SQLITE, Register, register_on
from evidence.load.visits import FORM, READS, TYPING, Day

NAME = "load"
TITLE = "Everybody at work in a register of a million persons"
MUST_SHOW = (
    "Load, client and server on the same two cores, 5 minutes each: SQLite 2 actions/s and 10 reads/s, PostgreSQL 10 "
    "actions/s and 50 reads/s, on 1,000,000 missing persons made by bulk import: no error, no lost write, p95 300 ms "
    "or less for reads, 500 ms for actions."
)
RATES = {SQLITE: (2.0, 10.0), POSTGRESQL: (10.0, 50.0)}
"""Actions and reads a second."""
PERSONS, SECONDS, FAMILIES = 1_000_000, 300.0, 200
SMALL_PERSONS, SMALL_SECONDS, SMALL_FAMILIES = 3_000, 8.0, 10
READS_WITHIN, ACTIONS_WITHIN = 300.0, 500.0
"""Milliseconds within which 95 of 100 are answered."""
SEED = 4


@dataclass
class Found:
    """What one database showed: rows of the table by what they say, and what was wrong."""

    rows: dict[str, str] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)
    slow: list[str] = field(default_factory=list)


def check(small: bool, n: int | None) -> Outcome:
    """`n` persons (1,000,000; 3,000 for a small run). Small: 8 s, and times on a busy machine decide nothing."""
    persons = n or (SMALL_PERSONS if small else PERSONS)
    with TemporaryDirectory(prefix="antigone-") as place:
        table = Path(place) / "persons.csv"
        write_table(table, persons, SEED)
        found = {database: _shown(database, table, persons, small) for database in (SQLITE, POSTGRESQL)}
    whats = dict.fromkeys(what for one in found.values() for what in one.rows)
    rows = [[what, *(one.rows.get(what, "–") for one in found.values())] for what in whats]
    faults = [f"{database}: {fault}" for database, one in found.items() for fault in one.faults[:10]]
    slow = [f"{database}: {slow}" for database, one in found.items() for slow in one.slow]
    return Outcome(not faults and (small or not slow), ("what", *found), rows, [*faults, *slow, *_NOTES])


_NOTES = (
    "The schedule is drawn before the first request (seed 4) and kept whether or not the server keeps up: waiting is "
    "counted from the time at which a request was due. Milliseconds; half, 95 and 99 of 100 were answered within; "
    "the longest.",
    f"An action is the sending of its form, as the page of the verb has it; the form is asked for {TYPING:g} s before, "
    "one more request for each action, beyond the reads. Everybody logged in with password and second factor.",
    "No lost write: each answer names entry and record; the ledger has these entries since the begin, each once, by "
    "who did it, with a change of this record, and no others; `antigone register check` then finds no disagreement.",
)


def _shown(database: str, table: Path, persons: int, small: bool) -> Found:
    found = Found()
    with register_on(database) as register:
        imported = register.inside("import", table=str(table))
        known = register.inside("furnish", families=SMALL_FAMILIES if small else FAMILIES, seed=SEED)
        found.rows |= {
            "persons imported": f"{persons:,}",
            "import": f"{imported['seconds']:.1f} s, {persons / imported['seconds']:,.0f} persons/s, "
            f"{imported['megabytes']:,.0f} MB of memory",
        }
        _at_work(register, known, RATES[database], SMALL_SECONDS if small else SECONDS, found)
        found.rows["database"] = f"{register.inside('size')['bytes'] / 1e6:,.0f} MB"
        took, said = register.command("register", "check", register.folder)
        found.rows["`antigone register check`"] = f"{took:.1f} s: {said.strip()}"
        _taken_away(register, found)
    return found


def _at_work(
    register: Register, known: dict[str, object], rates: tuple[float, float], seconds: float, found: Found
) -> None:
    """Everybody at work for so many seconds."""
    actions, reads = rates
    visits = Day(known, register.people, SEED).visits(seconds, reads, actions)
    with register.pages() as pages:
        entries = register.inside("entries")["entries"]
        before, own_before, database_before = pages.cost(), os.times(), register.database_cost()
        answers = pages.answers(visits)
        after, own_after, database_after = pages.cost(), os.times(), register.database_cost()
        found.faults += [f"the server said: {line}" for line in pages.said()]
    found.rows |= {"actions/s and reads/s": f"{actions:g} and {reads:g}, for {seconds:g} s"}
    found.rows |= _waits(answers)
    found.faults += [f"{a.visit.what}, {a.visit.path}: {a.problem}" for a in answers if a.problem]
    found.faults += [f"{len(visits)} requests and {len(answers)} answers"] if len(visits) != len(answers) else []
    found.slow += _slow(answers)
    done = [(a.entry, a.record, a.visit.what, a.visit.who) for a in answers if a.visit.sends and not a.problem]
    held = register.inside("answered", entries=entries, answers=done)
    found.faults += held["faults"]
    cores = [(after.seconds - before.seconds), (database_after.seconds - database_before.seconds),
             sum(own_after[:2]) - sum(own_before[:2])]  # fmt: skip
    shares = [f"{100 * spent / seconds:.0f} %" for spent in cores]
    found.rows |= {
        "actions answered, entries made": f"{len(done):,}, {held['entries']:,}",
        "errors": str(sum(bool(a.problem) for a in answers)),
        "of one core: pages, database, clients": ", ".join(shares),
        "memory of the pages, of the database": f"{after.memory / 1e6:,.0f} MB, {database_after.memory / 1e6:,.0f} MB",
        "sent late, at most": f"{1000 * max(a.late for a in answers):.0f} ms",
    }


def _waits(answers: Sequence[Answer]) -> dict[str, str]:
    """Waiting for reads, actions and each kind of either."""
    kinds = [what for what, *_ in READS] + sorted({a.visit.what for a in answers if a.visit.sends})
    found = {"**reads**": _wait(_reads(answers)), "**actions**": _wait(_actions(answers))}
    found["forms of actions"] = _wait([a for a in answers if a.visit.what == FORM])
    return found | {what: _wait([a for a in answers if a.visit.what == what]) for what in kinds}


def _slow(answers: Sequence[Answer]) -> list[str]:
    limits = (("reads", _reads(answers), READS_WITHIN), ("actions", _actions(answers), ACTIONS_WITHIN))
    return [
        f"{what}: 95 of 100 within {waited:.0f} ms, not {within:g}"
        for what, some, within in limits
        if some and (waited := quantile([a.took for a in some], 0.95) * 1000) > within
    ]


def _reads(answers: Iterable[Answer]) -> list[Answer]:
    return [a for a in answers if a.visit.action is None]


def _actions(answers: Iterable[Answer]) -> list[Answer]:
    return [a for a in answers if a.visit.sends]


def _wait(answers: Sequence[Answer]) -> str:
    if not answers:
        return "–"
    took = [1000 * a.took for a in answers]
    half, most, nearly_all = (quantile(took, share) for share in (0.5, 0.95, 0.99))
    return f"{half:.0f}, {most:.0f}, {nearly_all:.0f}; {max(took):.0f} ({len(took):,})"


def quantile(values: Sequence[float], share: float) -> float:
    """The smallest value that so many of all do not exceed.

    >>> quantile([4.0, 1.0, 3.0, 2.0], 0.5), quantile([4.0, 1.0, 3.0, 2.0], 0.95)
    (2.0, 4.0)
    """
    return sorted(values)[max(0, -int(-share * len(values) // 1) - 1)]


def _taken_away(register: Register, found: Found) -> None:
    """Export everything, and verify what was exported."""
    file = register.folder.parent / "export.zip"
    took, _ = register.command("export", register.folder, "--to", file, "--by", "a.auditor", "--whole")
    found.rows["`antigone export --whole`"] = f"{took:.1f} s, {file.stat().st_size / 1e6:,.0f} MB"
    took, _ = register.command("verify", file)
    found.rows["`antigone verify` of it"] = f"{took:.1f} s: all that it checks holds"
