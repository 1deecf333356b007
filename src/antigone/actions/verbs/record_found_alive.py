"""Record that a missing person was found alive."""

from dataclasses import dataclass
from typing import Annotated, Any

from antigone.actions.act import Act
from antigone.actions.closed_records import refuse_closed
from antigone.actions.fields import Lines, Ref, Seen
from antigone.actions.groups import UNDER_WAY
from antigone.actions.resting import STANDING
from antigone.domain import Kind, UserRole
from antigone.register import doors
from antigone.register.models import Decision, Proposal
from antigone.register.refusals import NotNow

CONCERNED = (UserRole.SIGNATORY, UserRole.COORDINATOR, UserRole.LIAISON, UserRole.BURIAL_OFFICER)
"""Who must know at once when the register calls somebody dead who lives: remains may be with the wrong family."""


@dataclass(frozen=True, kw_only=True)
class Command:
    """A decision that identified this person is contested from now on; the board reverses it.

    `reason`: how it is known.
    """

    missing_person: Annotated[str, Ref(Kind.MISSING_PERSON)]
    reason: Annotated[str, Lines()]
    seen_version: Annotated[int | None, Seen()] = None


def carry_out(act: Act, command: Command, _prepared: Any) -> str:
    """The missing person's identifier."""
    person = doors.missing_persons.get(act.actor, command.missing_person)
    refuse_closed(person)
    if person.state == "alive":
        raise NotNow("alive-already", missing_person=str(person.pk))
    act.change(person, {"reason": command.reason}, seen=command.seen_version, state="alive")
    for decision in Decision.objects.filter(missing_person=person.pk, state__in=STANDING):
        act.change(decision, state="contested")
        for role in CONCERNED:
            act.notify_role(role, str(decision.pk), "identified-person-alive")
    for proposal in Proposal.objects.filter(missing_person=person.pk, state__in=UNDER_WAY):
        act.notify_role(UserRole.SIGNATORY, str(proposal.pk), "proposed-person-alive")
    return str(person.pk)
