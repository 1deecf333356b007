"""Declare a family's pedigree: who is whose child, as the family says."""

from dataclasses import dataclass
from typing import Annotated, Any

from antigone.actions.act import Act
from antigone.actions.fields import Lines, Members, Ref, Seen
from antigone.actions.pedigrees import checked_members, declare, persons_of
from antigone.domain import Kind
from antigone.register import doors
from antigone.register.refusals import NotNow


@dataclass(frozen=True, kw_only=True)
class Command:
    """Every missing person and relative of the family has a line; whoever is not registered stands as a letter."""

    family: Annotated[str, Ref(Kind.FAMILY)]
    members: Annotated[list[dict[str, Any]], Members()]
    note: Annotated[str | None, Lines()] = None
    seen_version: Annotated[int | None, Seen()] = None


def carry_out(act: Act, command: Command, _prepared: Any) -> str:
    """The family's identifier."""
    family = doors.families.get(act.actor, command.family)
    if family.state == "closed":
        raise NotNow("record-closed", record=str(family.pk), state=family.state)
    pedigree = checked_members(command.members, persons_of(act, family))
    more = {} if command.note is None else {"note": command.note}
    declare(act, family, pedigree, command.seen_version, **more)
    return str(family.pk)
