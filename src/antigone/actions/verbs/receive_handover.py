"""Receive a handover: every container of the list as it was found, and those beyond the list."""

import datetime
from dataclasses import dataclass
from typing import Annotated, Any

from antigone.actions.act import Act
from antigone.actions.container_lists import Found, read_found
from antigone.actions.dates import refuse_ahead
from antigone.actions.fields import Ref, Rows, Seen
from antigone.actions.own_handovers import own_handover
from antigone.domain import Kind, UserRole
from antigone.register.models import Container, Handover
from antigone.register.refusals import NotNow


@dataclass(frozen=True, kw_only=True)
class Command:
    """The receipt. `containers`: the tag; received, missing, extra, or other-tag=T and the tag it came under;
    the seal: intact, broken, other, none.
    """

    handover: Annotated[str, Ref(Kind.HANDOVER)]
    containers: Annotated[list[dict[str, str]], Rows("tag", "state", "seal")]
    took_place_on: datetime.date | None = None
    seen_version: Annotated[int | None, Seen()] = None


def carry_out(act: Act, command: Command, _prepared: Any) -> str:
    """The handover's identifier."""
    handover = own_handover(act.actor, command.handover)
    if handover.state != "announced":
        raise NotNow("handover-received", handover=handover.pk)
    if command.took_place_on is not None:
        refuse_ahead(command.took_place_on, "took_place_on", act.now)
    listed = {container.tag: container for container in handover.containers.all()}
    found = read_found(command.containers, set(listed))
    act.change(
        handover,
        seen=command.seen_version,
        state="received",
        took_place_on=command.took_place_on or handover.took_place_on,
    )
    for one in found:
        if one.tag in listed:
            _tell_difference(act, _received(act, listed[one.tag], one), one)
    _enter_extra(act, handover, [one for one in found if one.tag not in listed])
    if handover.announced_containers not in (None, sum(one.state != "missing" for one in found)):
        act.notify_role(UserRole.COORDINATOR, handover.pk, "container-number-differs")
    return str(handover.pk)


def _received(act: Act, container: Container, one: Found) -> Container:
    missing = one.state == "missing"
    personal = {"found_tag": one.found_tag} if one.found_tag else None
    return act.change(container, personal, state=one.state, seal_found="" if missing else one.seal)


def _enter_extra(act: Act, handover: Handover, extra: list[Found]) -> None:
    rows: list[tuple[dict[str, Any], dict[str, Any]]] = [
        ({}, {"state": "extra", "handover": handover.pk, "tag": one.tag, "seal": "", "seal_found": one.seal})
        for one in extra
    ]
    for container, one in zip(act.create_many(Container, rows), extra, strict=True):
        _tell_difference(act, container, one)


def _tell_difference(act: Act, container: Container, one: Found) -> None:
    """A notice to the coordinators for each thing that is not as it was announced."""
    codes = []
    if one.state in ("missing", "extra"):
        codes.append(f"container-{one.state}")
    if one.found_tag:
        codes.append("container-other-tag")
    if one.state != "missing" and (one.seal in ("broken", "other") or (one.seal == "none" and container.seal)):
        codes.append(f"seal-{one.seal}")
    for code in codes:
        act.notify_role(UserRole.COORDINATOR, container.pk, code)
