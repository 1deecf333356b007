"""Record that somebody read more than a page of records at once. No record changes."""

from dataclasses import dataclass
from typing import Annotated, Any

from antigone.actions.act import Act
from antigone.actions.fields import Choice
from antigone.domain import Kind


@dataclass(frozen=True, kw_only=True)
class Command:
    """What was read, how many, and how. It stands in the entry as `kind count how`."""

    kind: Annotated[str, Choice(*(kind.value for kind in Kind))]
    count: int
    how: Annotated[str, Choice("page", "export", "search")]


def carry_out(act: Act, command: Command, _prepared: Any) -> str:
    """The identifier of the user who read."""
    act.reason = f"{command.kind} {command.count} {command.how}"
    return act.actor.user
