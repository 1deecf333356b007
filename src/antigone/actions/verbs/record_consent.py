"""Record what a relative allows from now on."""

from dataclasses import dataclass
from typing import Annotated, Any

from antigone.actions.act import Act
from antigone.actions.closed_records import refuse_closed
from antigone.actions.consents import ConsentGiven, give_consent
from antigone.actions.fields import Ref
from antigone.domain import Kind
from antigone.register import doors


@dataclass(frozen=True, kw_only=True)
class Command(ConsentGiven):
    """It takes the place of the consent before; samples that were allowed more are used no longer."""

    relative: Annotated[str, Ref(Kind.RELATIVE)]


def carry_out(act: Act, command: Command, _prepared: Any) -> str:
    """The consent's identifier."""
    relative = doors.relatives.get(act.actor, command.relative)
    refuse_closed(relative)
    return str(give_consent(act, relative, command).pk)
