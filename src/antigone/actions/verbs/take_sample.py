"""Take a sample from remains."""

import datetime
from dataclasses import dataclass
from typing import Annotated, Any

from antigone.actions.act import Act
from antigone.actions.dates import refuse_ahead
from antigone.actions.fields import Choice, Ref
from antigone.domain import Kind, Scope
from antigone.register import doors
from antigone.register.models import Sample
from antigone.register.refusals import NotNow

MATERIALS = ("bone", "tooth", "muscle", "nail", "hair", "blood", "swab", "other")
GONE = ("split", "released", "buried", "buried_unnamed", "handed_back")
"""States of remains that no sample can be taken from."""


@dataclass(frozen=True, kw_only=True)
class Command:
    """One sample of one unit of remains; it may be compared with everybody's relatives."""

    remains: Annotated[str, Ref(Kind.REMAINS)]
    material: Annotated[str, Choice(*MATERIALS)]
    taken_on: datetime.date | None = None


def carry_out(act: Act, command: Command, _prepared: Any) -> str:
    """The sample's identifier."""
    remains = doors.remains.get(act.actor, command.remains)
    if remains.state in GONE:
        raise NotNow("remains-not-here", remains=remains.pk, state=remains.state)
    if command.taken_on is not None:
        refuse_ahead(command.taken_on, "taken_on", act.now)
    sample = act.create(
        Sample,
        state="taken",
        remains=remains.pk,
        material=command.material,
        scope=Scope.KINSHIP.value,
        taken_on=command.taken_on,
    )
    return str(sample.pk)
