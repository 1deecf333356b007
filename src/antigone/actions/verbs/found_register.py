"""Found a register: its keeper's party and institution, and the first administrator."""

from dataclasses import dataclass
from typing import Annotated, Any

from antigone.actions.act import Act
from antigone.actions.fields import Choice
from antigone.domain import UserRole
from antigone.register.models import Institution, LedgerEntry, Party, User
from antigone.register.refusals import NotNow


@dataclass(frozen=True, kw_only=True)
class Command:
    """The first entry of every ledger; done once, on an empty register, by the person who becomes administrator."""

    party_code: str
    party_name: str
    side: Annotated[str, Choice("side", "neutral")]
    institution: str
    username: str
    name: str


def carry_out(act: Act, command: Command, _prepared: Any) -> str:
    """The user's identifier."""
    if LedgerEntry.objects.exists():
        raise NotNow("register-founded")
    party = act.create(
        Party, party=None, institution=None, code=command.party_code, name=command.party_name, side=command.side
    )
    office = act.create(Institution, party=party.pk, institution=None, name=command.institution)
    user = act.create(
        User,
        party=party.pk,
        institution=office.pk,
        state="active",
        username=command.username,
        name=command.name,
        roles=[UserRole.ADMINISTRATOR.value],
    )
    act.go_on_as(user)
    return str(user.pk)
