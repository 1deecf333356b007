"""Change the offices a user holds."""

from dataclasses import dataclass
from typing import Annotated, Any

from antigone.actions.access import refuse_last_administrator
from antigone.actions.act import Act
from antigone.actions.fields import Ref, Seen
from antigone.actions.verbs.add_user import read_roles, refuse_other_administrator
from antigone.domain import Kind, UserRole
from antigone.register import doors
from antigone.register.refusals import NotNow


@dataclass(frozen=True, kw_only=True)
class Command:
    """The offices from now on; they hold from the user's next request."""

    user: Annotated[str, Ref(Kind.USER)]
    roles: str  # separated by commas
    seen_version: Annotated[int | None, Seen()] = None


def carry_out(act: Act, command: Command, _prepared: Any) -> str:
    """The user's identifier."""
    user = doors.users.get(act.actor, command.user)
    roles = read_roles(command.roles)
    if UserRole.ADMINISTRATOR not in roles and UserRole.ADMINISTRATOR.value in user.roles:
        refuse_last_administrator(user)
    refuse_other_administrator(act, user.party_id, roles)
    if UserRole.FAMILY_CONTACT in roles and user.relative_id is None:
        raise NotNow("contact-without-relative", user=str(user.pk))
    act.change(user, seen=command.seen_version, roles=[role.value for role in roles])
    return str(user.pk)
