"""Record that a relative was told of a decision, or of its reversal."""

import datetime
from dataclasses import dataclass
from typing import Annotated, Any

from antigone.actions.act import Act
from antigone.actions.closed_records import refuse_closed
from antigone.actions.dates import refuse_ahead
from antigone.actions.fields import Ref, Seen
from antigone.domain import Kind
from antigone.register import doors
from antigone.register.refusals import NotNow


@dataclass(frozen=True, kw_only=True)
class Command:
    """Who was told, and on which day. Nobody is told by the register itself."""

    decision: Annotated[str, Ref(Kind.DECISION)]
    relative: Annotated[str, Ref(Kind.RELATIVE)]
    on: datetime.date
    seen_version: Annotated[int | None, Seen()] = None


def carry_out(act: Act, command: Command, _prepared: Any) -> str:
    """The decision's identifier."""
    refuse_ahead(command.on, "on", act.now)
    decision = doors.decisions.get(act.actor, command.decision)
    relative = doors.relatives.get(act.actor, command.relative)
    refuse_closed(relative)
    person = doors.missing_persons.get(act.actor, decision.missing_person_id)
    if relative.family_id != person.family_id:
        raise NotNow("relative-of-other-family", relative=str(relative.pk), missing_person=str(person.pk))
    told = {"relative": str(relative.pk), "on": command.on.isoformat(), "by": act.actor.user}
    if told in decision.told:
        raise NotNow("told-already", relative=str(relative.pk), on=told["on"])
    act.change(decision, seen=command.seen_version, told=[*decision.told, told])
    return str(decision.pk)
