"""Add a party: a side of the conflict, or a neutral intermediary."""

from dataclasses import dataclass
from typing import Annotated, Any

from antigone.actions.act import Act
from antigone.actions.fields import Choice
from antigone.register.models import Party
from antigone.register.refusals import NotNow


@dataclass(frozen=True, kw_only=True)
class Command:
    """A party that handovers, institutions and users can name."""

    code: str
    name: str
    side: Annotated[str, Choice("side", "neutral")]


def carry_out(act: Act, command: Command, _prepared: Any) -> str:
    """The party's identifier."""
    if Party.objects.filter(code=command.code).exists():
        raise NotNow("party-code-taken", code=command.code)
    party = act.create(Party, party=None, institution=None, code=command.code, name=command.name, side=command.side)
    return str(party.pk)
