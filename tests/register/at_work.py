"""A process at work in a register, to be killed. It says line by line what it begins and what is done.

`python -m tests.register.at_work FOLDER {"job": ..., ...}`; a line of what it says is one JSON object with its `mark`:
found, opened, begin, act (in the transaction), closing (the entry is written), done (after the commit), refused,
failed, end.
"""

from __future__ import annotations

import json
import os
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

CLOSING = 'UPDATE "register_ledgerhead"'
"""The last statement of an action: what comes after it is the commit."""


def main(folder: str, job: str, **options: Any) -> None:
    """Open the register and do the job: found, inspect, work, rotate."""
    from antigone.register import open_register

    open_register(Path(folder))
    _JOBS[job](**options)
    say("end")


def say(mark: str, **facts: object) -> None:
    """One line, in one writing: it is there whole or not at all."""
    os.write(1, json.dumps({"mark": mark, **facts}).encode() + b"\n")


def _found(table: str, persons: int) -> None:
    from antigone.register.entries import ledger_size
    from antigone.register.schema import migrate
    from tests.cast import enter_cast
    from tests.register.errands import write_table

    write_table(Path(table), persons)
    migrate()
    enter_cast()
    say("found", entries=ledger_size())


def _inspect(book: str, founding: int, unseal: bool) -> None:
    from tests.register.inspection import held, unopened

    begin = time.perf_counter()
    found = asdict(held(read_book(Path(book)), founding))
    found["faults"] += unopened() if unseal else []
    say("opened", **found, process=_backend(), took=time.perf_counter() - begin)


def _work(book: str, founding: int, name: str, table: str, bulk: list[int], actions: int) -> None:
    """Inspect, then do so many actions, seeded by `name`; those whose number is in `bulk` enter the whole table."""
    from tests.register.errands import Errands

    _inspect(book, founding, unseal=False)
    errands = Errands(Random(name), name, Path(table))
    for number in range(1, actions + 1):
        who, code, command = errands.bulk() if number in bulk else errands.any()
        _do(who, code, command)


def _rotate(book: str, founding: int) -> None:
    from tests.register.errands import rotation

    _inspect(book, founding, unseal=True)
    _do(*rotation())


def _do(who: Actor, code: VerbCode, command: Any) -> None:
    """One action, told as it goes. A database that went away is no reason to end: the next action finds it again."""
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

    return int(connection.connection.info.backend_pid) if connection.vendor == "postgresql" else 0


_JOBS: dict[str, Callable[..., None]] = {"found": _found, "inspect": _inspect, "work": _work, "rotate": _rotate}

if __name__ == "__main__":
    main(sys.argv[1], **json.loads(sys.argv[2]))
