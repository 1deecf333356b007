"""Correct what stands about a container; the earlier versions stay."""

from dataclasses import dataclass
from typing import Annotated, Any

from antigone.actions.act import Act
from antigone.actions.container_lists import FOUND, SEALS
from antigone.actions.corrections import refuse_nothing
from antigone.actions.fields import Choice, Lines, Ref, Seen
from antigone.actions.lengths import check_lengths
from antigone.actions.own_handovers import check_tag_free, own_handover
from antigone.domain import Kind, UserRole
from antigone.register import doors
from antigone.register.models import Container
from antigone.register.refusals import NotNow


@dataclass(frozen=True, kw_only=True)
class Command:
    """What was written wrongly, as it should be, and why. What is left empty stays as it is."""

    container: Annotated[str, Ref(Kind.CONTAINER)]
    reason: Annotated[str, Lines()]
    tag: str | None = None
    seal: str | None = None
    seal_found: Annotated[str | None, Choice(*SEALS)] = None
    state: Annotated[str | None, Choice(*FOUND)] = None
    claimed_name: str | None = None
    claimed_origin: str | None = None
    claimed_side: str | None = None
    note: Annotated[str | None, Lines()] = None
    seen_version: Annotated[int | None, Seen()] = None


def carry_out(act: Act, command: Command, _prepared: Any) -> str:
    """The container's identifier."""
    container = doors.containers.get(act.actor, command.container)
    handover = own_handover(act.actor, container.handover_id)
    columns = _given(command, ("tag", "seal", "seal_found", "state"))
    check_lengths(Container, **{name: columns[name] for name in ("tag", "seal") if name in columns})
    if command.tag not in (None, container.tag):
        check_tag_free(handover, str(command.tag))
    if command.state is not None and container.state not in FOUND:  # announced: receive it; opened: it was there
        raise NotNow("container-state-fixed", container=container.pk, state=container.state)
    personal = _given(command, ("claimed_name", "claimed_origin", "claimed_side", "note"))
    refuse_nothing(personal, *columns.values())
    act.change(container, {**personal, "reason": command.reason}, seen=command.seen_version, **columns)
    if command.state is not None:
        act.notify_role(UserRole.COORDINATOR, container.pk, f"container-{command.state}")
    return str(container.pk)


def _given(command: Command, names: tuple[str, ...]) -> dict[str, str]:
    return {name: value for name in names if (value := getattr(command, name)) is not None}
