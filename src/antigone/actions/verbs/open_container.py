"""Open a container: the remains found in it become units of their own."""

from dataclasses import dataclass
from typing import Annotated, Any

from antigone.actions.act import Act
from antigone.actions.counts import check_count
from antigone.actions.fields import Ref, Seen
from antigone.actions.groups import new_remains
from antigone.actions.lengths import check_lengths
from antigone.domain import Kind, UserRole
from antigone.register import doors
from antigone.register.models import Remains
from antigone.register.refusals import NotNow

HERE = ("received", "extra")
"""States of containers that can be opened."""


@dataclass(frozen=True, kw_only=True)
class Command:
    """A container is opened once. It may hold the remains of several persons: give the number of separate units."""

    container: Annotated[str, Ref(Kind.CONTAINER)]
    units: int = 1
    held_at: str = ""
    seen_version: Annotated[int | None, Seen()] = None


def carry_out(act: Act, command: Command, _prepared: Any) -> str:
    """The identifier of the first of the remains."""
    container = doors.containers.get(act.actor, command.container)
    check_count("units", command.units, least=1)
    check_lengths(Remains, held_at=command.held_at)
    if container.state == "opened":
        raise NotNow("container-opened", container=container.pk)
    if container.state not in HERE:
        raise NotNow("container-not-here", container=container.pk, state=container.state)
    act.change(container, seen=command.seen_version, state="opened")
    units = new_remains(act, command.units, container=container.pk, held_at=command.held_at)
    act.notify_role(UserRole.COORDINATOR, container.pk, "container-opened")
    return str(units[0].pk)
