"""The one way to do anything: a named actor, a permission, one transaction, one entry in the ledger."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import OperationalError, transaction

from antigone.actions.act import Act
from antigone.domain import VERBS, UserRole
from antigone.register.actor import Actor, actor_of
from antigone.register.models import User
from antigone.register.refusals import NotAllowed

TRIES = 5
"""How often an action is tried that the database stopped for another's sake (a deadlock, a busy file)."""

DEADLOCK_OR_SERIALIZATION = ("40P01", "40001")
"""SQLSTATE of a transaction that PostgreSQL rolled back for another's sake."""

Carry = Callable[[Act, Any, Any], str]
Prepare = Callable[[Actor, Any], Any]


@dataclass(frozen=True, slots=True)
class VerbCode:
    """The code of one verb. `prepare` computes before the transaction, so that no lock is held meanwhile."""

    name: str
    command: type
    carry_out: Carry
    prepare: Prepare | None = None


@dataclass(frozen=True, slots=True)
class Done:
    """What an action did: the identifier of the record it was about, and its entry in the ledger."""

    record: str
    entry: int


def founder() -> Actor:
    """Whoever founds a register: there is nobody in it yet. Good for `found_register` alone."""
    return Actor("", "", "", "", frozenset({UserRole.ADMINISTRATOR}))


def perform(actor: Actor, verb: VerbCode, command: Any) -> Done:
    """Do this, wholly or not at all.

    Raises NotAllowed, NotHere, NotNow, Overtaken or InputRefused; nothing is written then.
    """
    if not actor.may(verb.name) or (VERBS[verb.name].founding != (actor.user == "")):
        raise NotAllowed(verb.name)
    prepared = verb.prepare(actor, command) if verb.prepare else None
    for attempt in range(1, TRIES + 1):
        try:
            return _in_one_transaction(actor, verb, command, prepared)
        except OperationalError as error:
            if attempt == TRIES or not _undone(error):
                raise
            time.sleep(random.uniform(0.01, 0.05) * attempt)
    raise AssertionError("not reached")


def _in_one_transaction(actor: Actor, verb: VerbCode, command: Any, prepared: Any) -> Done:
    with transaction.atomic(durable=True):
        act = Act(_still(actor, verb.name), verb.name)
        record = verb.carry_out(act, command, prepared)
        entry = act.close()
    return Done(record, entry.index)


def _undone(error: OperationalError) -> bool:
    """Whether the database said that it did nothing. A connection that was lost says no such thing: the action may
    have been committed before the answer went missing, and would be done twice.
    """
    state = getattr(error.__cause__, "sqlstate", None)
    return state in DEADLOCK_OR_SERIALIZATION or (state is None and "database is locked" in str(error))


def _still(actor: Actor, verb: str) -> Actor:
    """The actor as of now, held to the end of the action: whoever is suspended meanwhile does it before, or not."""
    if not actor.user:
        return actor
    user = User.objects.select_for_update(no_key=True).get(pk=actor.user)
    now = actor_of(user)
    if now is None or not now.may(verb):
        raise NotAllowed(verb)
    return now
