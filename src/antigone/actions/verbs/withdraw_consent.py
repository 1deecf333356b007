"""Withdraw a consent: the relative's samples and profiles are used no more."""

from dataclasses import dataclass
from typing import Annotated, Any

from antigone.actions.act import Act
from antigone.actions.consents import one_at_a_time
from antigone.actions.fields import Lines, Ref, Seen
from antigone.actions.stopped_use import Why, samples_of, stop_use
from antigone.domain import Kind, UserRole
from antigone.register import doors
from antigone.register.models import Relative
from antigone.register.refusals import NotNow


@dataclass(frozen=True, kw_only=True)
class Command:
    """Findings keep their figures but can no longer be recomputed; the board is told what rests on them."""

    consent: Annotated[str, Ref(Kind.CONSENT)]
    reason: Annotated[str, Lines()] = ""
    seen_version: Annotated[int | None, Seen()] = None


def carry_out(act: Act, command: Command, _prepared: Any) -> str:
    """The consent's identifier."""
    consent = doors.consents.get(act.actor, command.consent)
    if consent.state != "given":
        raise NotNow("consent-not-standing", consent=str(consent.pk), state=consent.state)
    relative = Relative.objects.get(pk=consent.relative_id)
    one_at_a_time(relative)
    act.change(consent, {"reason": command.reason}, seen=command.seen_version, state="withdrawn")
    stop_use(act, relative, samples_of(relative), Why.WITHDRAWN)
    if act.actor.relative is not None:
        for role in (UserRole.REGISTRAR, UserRole.LIAISON):
            act.notify_role(role, str(consent.pk), "consent-withdrawn")
    return str(consent.pk)
