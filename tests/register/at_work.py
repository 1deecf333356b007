"""A process at work in a register, to be killed. It says line by line what it begins and what is done.

`python -m tests.register.at_work FOLDER '{"inspect": {...}, "work": {...}}'`; each line of what it says is one JSON
object with its `mark`: found, inspected, opened, then for each action those of `promises.Intent`, and end.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import time
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

from tests.register.promises import read_book

if TYPE_CHECKING:
    from antigone.actions.act import Act
    from antigone.actions.perform import Carry, VerbCode
    from antigone.register.actor import Actor
    from tests.register.errands import Errand

CLOSING = 'UPDATE "register_ledgerhead"'
"""The last statement of an action: what comes after it is the commit."""


def main(folder: str, jobs: dict[str, dict[str, Any]]) -> None:
    """Open the register and do these jobs, each with its options."""
    from antigone.register import open_register

    open_register(Path(folder))
    for job, options in jobs.items():
        _JOBS[job](**options)
    say("end")


def say(mark: str, **facts: object) -> None:
    """One line, in one writing: it is there whole or not at all."""
    os.write(1, json.dumps({"mark": mark, **facts}).encode() + b"\n")


def _found(table: str, persons: int, proposals: int) -> None:
    from antigone.register.entries import ledger_size
    from antigone.register.schema import migrate
    from tests.cast import enter_cast
    from tests.register.errands import propose_matches, write_table

    write_table(Path(table), persons)
    migrate()
    enter_cast()
    propose_matches(proposals)
    say("found", entries=ledger_size())


def _inspect(book: str, founding: int, open_all: bool) -> None:
    from tests.register.inspection import held, unopened

    found = held(read_book(Path(book)), founding)
    found.faults.extend(unopened() if open_all else [])
    say("inspected", found=asdict(found))


def _work(name: str, table: str, bulk: list[int], actions: int) -> None:
    """So many actions, seeded by `name`; those whose number is in `bulk` enter the whole table."""
    from tests.register.errands import Errands

    errands = Errands(Random(name), name, Path(table))
    say("opened", process=_backend())
    for number in range(1, actions + 1):
        _do(*_chosen(errands.bulk if number in bulk else errands.any))


def _read_again() -> None:
    """Two requests that read, between which one process of the server is killed and the server begins anew."""
    import psycopg
    from django.conf import settings
    from django.db import connection

    from antigone.register.entries import ledger_size

    entries, backend = ledger_size(), _backend()
    connection.close()  # as at the end of a request: it goes back to the pool
    os.kill(backend, signal.SIGKILL)
    while True:
        time.sleep(0.1)
        try:
            psycopg.connect(settings.FOLDER.database).close()
            break
        except psycopg.OperationalError:
            say("lost")
    say("again", same=ledger_size() == entries, other=_backend() != backend)


def _chosen(errand: Callable[[], Errand]) -> Errand:
    """Choose as a page does: with a connection that works, and once more where the database goes away meanwhile."""
    from django.db import OperationalError, close_old_connections

    while True:
        close_old_connections()
        try:
            return errand()
        except OperationalError:
            say("lost")
            time.sleep(0.05)


def _rotate() -> None:
    from antigone.actions import verb
    from tests.cast import cast_of

    say("opened", process=_backend())
    code = verb("rotate_keys")
    _do(cast_of()["administrator"], code, code.command())


def _export(to: str) -> None:
    from antigone.actions import verb
    from antigone.register.exporting import export_register
    from tests.cast import cast_of

    auditor, code = cast_of()["auditor"], verb("export")
    document = _do(auditor, code, code.command(scope="whole"))
    export_register(Path(to), auditor, document)


def _do(who: Actor, code: VerbCode, command: Any) -> str:
    """One action, told as it goes; the record, "" where nothing was done. A database that goes away ends nothing."""
    from django.db import DatabaseError

    from antigone.actions.perform import perform
    from antigone.domain import InputRefused
    from antigone.register.refusals import NotAllowed, NotHere, NotNow, Overtaken

    say("begin", verb=code.name)
    begin = time.perf_counter()
    try:
        done = perform(who, _told(code), command)
    except (InputRefused, NotAllowed, NotHere, NotNow, Overtaken) as error:
        say("refused", why=f"{type(error).__name__}: {error}")
    except DatabaseError as error:
        say("failed", why=f"{type(error).__name__}: {error}".splitlines()[0])
    else:
        say("done", entry=done.entry, record=done.record, took=time.perf_counter() - begin)
        return done.record
    return ""


def _told(code: VerbCode) -> VerbCode:
    """The verb, telling the name of each transaction's action, and when its entry is written."""
    from dataclasses import replace

    return replace(code, carry_out=_telling(code.carry_out))


def _telling(carry_out: Carry) -> Carry:
    from django.db import connection

    def told(act: Act, command: Any, prepared: Any) -> str:
        say("act", action=act.action)
        connection.execute_wrappers[:] = [_tell_closing]
        return carry_out(act, command, prepared)

    return told


def _tell_closing(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
    found = execute(sql, params, many, context)
    if sql.startswith(CLOSING):
        say("closing")
    return found


def _backend() -> int:
    """The server's process for this connection; 0 where the database is a file."""
    from django.db import connection

    connection.ensure_connection()
    return int(connection.connection.info.backend_pid) if connection.vendor == "postgresql" else 0


_JOBS: dict[str, Callable[..., None]] = {
    "read_again": _read_again,
    "found": _found,
    "inspect": _inspect,
    "work": _work,
    "rotate": _rotate,
    "export": _export,
}

if __name__ == "__main__":
    main(sys.argv[1], json.loads(sys.argv[2]))
