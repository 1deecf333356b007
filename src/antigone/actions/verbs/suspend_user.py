"""Suspend a user, or let them in again."""

from dataclasses import dataclass
from typing import Annotated, Any

from antigone.actions.access import refuse_last_administrator, suspend
from antigone.actions.act import Act
from antigone.actions.fields import Choice, Ref, Seen
from antigone.domain import Kind, UserRole
from antigone.register import doors
from antigone.register.refusals import NotNow


@dataclass(frozen=True, kw_only=True)
class Command:
    """Whoever is suspended is logged out at once; to come back they need a new password, set by `renew_access`."""

    user: Annotated[str, Ref(Kind.USER)]
    access: Annotated[str, Choice("suspended", "active")] = "suspended"
    seen_version: Annotated[int | None, Seen()] = None


def carry_out(act: Act, command: Command, _prepared: Any) -> str:
    """The user's identifier."""
    user = doors.users.get(act.actor, command.user)
    if user.state == command.access:
        raise NotNow("access-already", user=str(user.pk), state=user.state)
    if command.access == "active":
        act.change(user, seen=command.seen_version, state="active")
        return str(user.pk)
    if UserRole.ADMINISTRATOR.value in user.roles:
        refuse_last_administrator(user)
    suspend(act, user, command.seen_version)
    return str(user.pk)
