"""Describe remains: what the examination found. Every earlier description stays."""

from dataclasses import dataclass
from typing import Annotated, Any

from antigone.actions.act import Act
from antigone.actions.corrections import refuse_nothing
from antigone.actions.fields import Choice, Lines, Ref, Seen
from antigone.actions.lengths import check_lengths
from antigone.domain import Kind
from antigone.register import doors
from antigone.register.models import Remains
from antigone.register.refusals import NotNow

FINDINGS = ("description", "sex", "belongings", "place_of_recovery", "injuries")


@dataclass(frozen=True, kw_only=True)
class Command:
    """What was seen of one unit. What is left empty stays as it is."""

    remains: Annotated[str, Ref(Kind.REMAINS)]
    description: Annotated[str | None, Lines()] = None
    sex: Annotated[str | None, Choice("male", "female", "unknown")] = None
    belongings: Annotated[str | None, Lines()] = None
    place_of_recovery: str | None = None
    injuries: Annotated[str | None, Lines()] = None
    held_at: str | None = None
    seen_version: Annotated[int | None, Seen()] = None


def carry_out(act: Act, command: Command, _prepared: Any) -> str:
    """The identifier of the remains."""
    remains = doors.remains.get(act.actor, command.remains)
    if remains.state == "split":
        raise NotNow("remains-split", remains=remains.pk, parts=", ".join(str(part) for part in remains.parts.all()))
    given = {name: value for name in FINDINGS if (value := getattr(command, name)) is not None}
    held_at = remains.held_at if command.held_at is None else command.held_at
    refuse_nothing(given, held_at != remains.held_at)
    check_lengths(Remains, held_at=held_at)
    act.change(remains, given, seen=command.seen_version, held_at=held_at)
    return str(remains.pk)
