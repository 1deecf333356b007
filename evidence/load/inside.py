"""What the check does inside a register, each job in a process of its own.

`python -m evidence.load.inside FOLDER JOB OPTIONS` prints one JSON object; the options are one, too.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from random import Random
from typing import Any

ORIGIN = "antigone.evidence/load"
TWO_OFFICES = "registrar, liaison"
OFFICES = {
    TWO_OFFICES: 1,
    "registrar": 3, "liaison": 2, "coordinator": 1, "examiner": 1, "geneticist": 1, "signatory": 1, "auditor": 1,
}  # fmt: skip
"""How many of each office of side A are at work; one holds two, and one registrar of side B is at work, too."""
SAMPLE = 20_000
"""Persons whose identifiers the clients know."""


def main(folder: str, job: str, options: str) -> None:
    """Open the register, but found it first where that is the job."""
    from antigone.register import create_folder, open_register

    asked = json.loads(options)
    if job == "found":
        create_folder(Path(folder), ORIGIN, asked.pop("database"))
    open_register(Path(folder))
    print(json.dumps(_JOBS[job](**asked)))


def _found() -> dict[str, Any]:
    """Everybody, and a small register to begin with. Access: log-in name -> office, and its one-time password."""
    from antigone.register.models import User
    from antigone.register.passwords import new_one_time_password
    from antigone.register.schema import migrate
    from tests.cast import cast_of, do, enter_cast
    from tests.web.small_register import enter_small_register

    migrate()
    enter_cast()
    cast = cast_of()
    enter_small_register(cast)
    administrator = cast["administrator"]
    at_work = {cast["b.registrar"].user: "other side"}
    for office, count in OFFICES.items():
        for number in range(1, count + 1):
            username = f"at.work.{'.'.join(office.split(', '))}.{number}"
            new = {"username": username, "name": f"Name {number}", "roles": office}
            at_work[do(administrator, "add_user", institution=administrator.institution, **new).record] = office
    access = {}
    for user, office in at_work.items():
        password = new_one_time_password()
        do(administrator, "renew_access", user=user, one_time_password=password)
        access[User.objects.get(pk=user).username] = (office, password)
    return {"access": access}


def _import(table: str) -> dict[str, Any]:
    """One action that enters the whole table."""
    from antigone.actions import perform, read_command, verb
    from tests.cast import cast_of

    code = verb("import_missing_persons")
    command = read_command(code.command, {}, {"table": Path(table)})
    begin = time.perf_counter()
    perform(cast_of()["registrar"], code, command)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"seconds": time.perf_counter() - begin, "processor": time.process_time(), "megabytes": memory}


def _furnish(families: int, seed: int) -> dict[str, Any]:
    """Families of persons who were imported, and what the clients must know of the register."""
    from antigone.register.entries import ledger_size
    from antigone.register.models import Family, Handover, MissingPerson, Party, Remains
    from tests.cast import cast_of, do

    alone = list(MissingPerson.objects.filter(family=None, state="missing").values_list("pk", flat=True))
    known = Random(seed).sample(alone, min(len(alone), SAMPLE))
    registrar, relative = cast_of()["registrar"], {"scope": "kinship", "given_on": "2025-06-11", "sex": "female"}
    for _ in range(families):
        person = known.pop()
        family = do(registrar, "register_family", missing=person).record
        do(registrar, "add_relative", family=family, surname="Surname-1", relation="mother", **relative)
        do(registrar, "add_document", about=person, title="Letter of the family")

    def of(model: Any, **wanted: str) -> list[str]:
        return list(model.objects.filter(**wanted).values_list("pk", flat=True))

    return {
        "persons": known, "families": of(Family, state="open"), "remains": of(Remains),
        "handovers": of(Handover, state="announced"),
        "parties": [Party.objects.get(code=code).pk for code in ("B", "A")],
        "entries": ledger_size(),
    }  # fmt: skip


def _entries() -> dict[str, Any]:
    """How many entries the ledger has."""
    from antigone.register.entries import ledger_size

    return {"entries": ledger_size()}


def _answered(entries: int, answers: Sequence[tuple[int, str, str, str]]) -> dict[str, Any]:
    """Whether the ledger's entries from this one on are those of the answers, each of them once, and their records.

    answers: entry, record, verb and log-in name, as the pages answered.
    """
    from antigone.register.doors import door_of
    from antigone.register.models import Change, LedgerEntry, User

    users = dict(User.objects.values_list("username", "pk"))
    found = {entry.index: entry for entry in LedgerEntry.objects.filter(index__gte=entries)}
    faults = []
    for index, record, verb, who in answers:
        entry = found.get(index)
        if entry is None or (entry.verb, entry.actor) != (verb, users[who]):
            faults.append(f"{verb} by {who} was answered with entry {index}, which is not it")
        elif not Change.objects.filter(action=entry.action, record=record).exists():
            faults.append(f"entry {index} changed {record} as the page said, and does not")
        elif not door_of(record).model._default_manager.filter(pk=record).exists():
            faults.append(f"{record} was answered and is not there")
    times = Counter(index for index, *_ in answers)
    faults += [f"entry {index} answers {count} actions" for index, count in times.items() if count > 1]
    faults += [f"entry {index}, {found[index].verb}, was not answered" for index in found.keys() - times.keys()]
    return {"faults": faults, "entries": len(found)}


def _size() -> dict[str, Any]:
    """Bytes of the database."""
    from django.db import connection

    if connection.vendor == "sqlite":
        file = Path(connection.settings_dict["NAME"])
        return {"bytes": sum(part.stat().st_size for part in file.parent.glob(file.name + "*"))}
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_database_size(current_database())")
        return {"bytes": cursor.fetchone()[0]}


_JOBS: dict[str, Callable[..., dict[str, Any]]] = {
    "found": _found,
    "import": _import,
    "furnish": _furnish,
    "answered": _answered,
    "size": _size,
    "entries": _entries,
}

if __name__ == "__main__":
    main(*sys.argv[1:])
