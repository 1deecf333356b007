"""Register a container: on the list before a handover, or found after it beyond the list."""

from dataclasses import dataclass
from typing import Annotated, Any

from antigone.actions.act import Act
from antigone.actions.container_lists import SEALS
from antigone.actions.fields import Choice, Lines, Ref
from antigone.actions.lengths import check_lengths
from antigone.actions.own_handovers import check_tag_free, own_handover
from antigone.domain import Kind, UserRole
from antigone.register.models import Container
from antigone.register.refusals import NotNow


@dataclass(frozen=True, kw_only=True)
class Claims:
    """What whoever handed the container over says of it. Nothing of this is taken for true."""

    claimed_name: str = ""
    claimed_origin: str = ""
    claimed_side: str = ""
    note: Annotated[str, Lines()] = ""


@dataclass(frozen=True, kw_only=True)
class Command(Claims):
    """One container by its tag and seal. Once the handover was received, it is one beyond the list."""

    handover: Annotated[str, Ref(Kind.HANDOVER)]
    tag: str
    seal: str = ""
    seal_found: Annotated[str | None, Choice(*SEALS)] = None


def carry_out(act: Act, command: Command, _prepared: Any) -> str:
    """The container's identifier."""
    handover = own_handover(act.actor, command.handover)
    check_lengths(Container, tag=command.tag, seal=command.seal)
    check_tag_free(handover, command.tag)
    late = handover.state == "received"
    if command.seal_found is not None and not late:
        raise NotNow("handover-not-received", handover=handover.pk)
    container = act.create(
        Container,
        {name: getattr(command, name) for name in Claims.__dataclass_fields__},
        state="extra" if late else "announced",
        handover=handover.pk,
        tag=command.tag,
        seal=command.seal,
        seal_found=command.seal_found or "",
    )
    if late:
        act.notify_role(UserRole.COORDINATOR, container.pk, "container-extra")
    return str(container.pk)
