"""Acknowledge a notice: it waits no longer."""

from dataclasses import dataclass
from typing import Annotated, Any

from antigone.actions.act import Act
from antigone.actions.fields import Ref, Seen
from antigone.domain import Kind
from antigone.register import doors
from antigone.register.refusals import NotNow


@dataclass(frozen=True, kw_only=True)
class Command:
    """That its addressee has read it."""

    notice: Annotated[str, Ref(Kind.NOTICE)]
    seen_version: Annotated[int | None, Seen()] = None


def carry_out(act: Act, command: Command, _prepared: Any) -> str:
    """The notice's identifier."""
    notice = doors.notices.get(act.actor, command.notice)
    if notice.state != "waiting":
        raise NotNow("notice-read", notice=str(notice.pk))
    act.change(notice, seen=command.seen_version, state="read")
    return str(notice.pk)
