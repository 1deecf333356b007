"""Rotate the keys: wrap the key of every record anew, under a new key of the register."""

from dataclasses import dataclass

from antigone.actions.act import Act
from antigone.actions.wrapping import wrap_anew
from antigone.register.actor import Actor
from antigone.register.opening import keyring


@dataclass(frozen=True, kw_only=True)
class Command:
    """No record changes, and none is read. The former key stays until it is forgotten, by a step of its own."""


def prepare(_actor: Actor, _command: Command) -> str:
    """Add the new key, on the disk before any record needs it; its name.

    Where the action fails after this, the register has one key more than it needs, and every record still opens.
    """
    return keyring().rotate()


def carry_out(act: Act, _command: Command, generation: str) -> str:
    """The identifier of the party whose administrator did it."""
    count = wrap_anew(act.keys, generation)
    act.reason = f"{generation} {count}"
    return act.actor.party
