"""Register a handover: who hands over to whom, and the list that announces it, where there is one."""

import datetime
from dataclasses import dataclass
from typing import Annotated, Any

from antigone.actions.act import Act
from antigone.actions.container_lists import read_announced
from antigone.actions.fields import Lines, Ref, Rows
from antigone.domain import Kind
from antigone.register import doors
from antigone.register.models import Container, Handover, Party
from antigone.register.refusals import NotNow


@dataclass(frozen=True, kw_only=True)
class Command:
    """A handover that was agreed or has taken place; its containers are received one by one against the list."""

    from_party: Annotated[str, Ref(Kind.PARTY)]
    to_party: Annotated[str, Ref(Kind.PARTY)]
    took_place_on: datetime.date | None = None
    place: str = ""
    agreement: Annotated[str, Lines()] = ""
    announced_containers: int | None = None
    containers: Annotated[list[dict[str, str]] | None, Rows("tag", "seal")] = None
    note: Annotated[str, Lines()] = ""


def carry_out(act: Act, command: Command, _prepared: Any) -> str:
    """The handover's identifier."""
    giver = doors.parties.get(act.actor, command.from_party)
    receiver = doors.parties.get(act.actor, command.to_party)
    _check_direction(act, giver, receiver)
    listed = read_announced(command.containers or [])
    handover = act.create(
        Handover,
        {"place": command.place, "agreement": command.agreement, "note": command.note},
        state="announced",
        from_party=giver.pk,
        to_party=receiver.pk,
        took_place_on=command.took_place_on,
        announced_containers=command.announced_containers,
    )
    announced = {"handover": handover.pk, "state": "announced"}
    act.create_many(Container, [({}, {**announced, "tag": tag, "seal": seal}) for tag, seal in listed])
    return str(handover.pk)


def _check_direction(act: Act, giver: Party, receiver: Party) -> None:
    """Between two parties, one of them the actor's own unless that is a neutral."""
    if giver.pk == receiver.pk:
        raise NotNow("handover-to-itself", party=giver.pk)
    own = doors.parties.get(act.actor, act.actor.party)
    if own.side != "neutral" and own.pk not in (giver.pk, receiver.pk):
        raise NotNow("handover-of-others", from_party=giver.pk, to_party=receiver.pk)
