"""Add an institution: an office of one party."""

from dataclasses import dataclass
from typing import Annotated, Any

from antigone.actions.act import Act
from antigone.actions.fields import Ref
from antigone.domain import Kind
from antigone.register import doors
from antigone.register.models import Institution


@dataclass(frozen=True, kw_only=True)
class Command:
    """An office that users belong to, and that enters records."""

    party: Annotated[str, Ref(Kind.PARTY)]
    name: str


def carry_out(act: Act, command: Command, _prepared: Any) -> str:
    """The institution's identifier."""
    party = doors.parties.get(act.actor, command.party)
    return str(act.create(Institution, party=party.pk, institution=None, name=command.name).pk)
