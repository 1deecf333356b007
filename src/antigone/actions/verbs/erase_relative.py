"""Erase a relative: destroy what is written of them, their consents, samples and profiles.

Not refused where a decision rests on their profile: what somebody gave of themselves is theirs to take back
(Regulation (EU) 2016/679, article 17(1)(b)). Findings keep their figures, marked as no longer recomputable, and the
board is told of every proposal and decision that rests on them.
"""

from dataclasses import dataclass
from typing import Annotated, Any

from antigone.actions.access import suspend
from antigone.actions.act import Act
from antigone.actions.closed_records import refuse_closed
from antigone.actions.consents import one_at_a_time
from antigone.actions.erasures import GROUNDS, erase_documents
from antigone.actions.fields import Ref, Seen
from antigone.actions.pedigrees import leave
from antigone.actions.stopped_use import Why, samples_of, stop_use
from antigone.domain import Kind
from antigone.register import doors
from antigone.register.models import Consent, GeneticFamily, User


@dataclass(frozen=True, kw_only=True)
class Command:
    """It cannot be undone. In the pedigree a person without a name stays in their place."""

    relative: Annotated[str, Ref(Kind.RELATIVE)]
    ground: Annotated[str, GROUNDS]
    seen_version: Annotated[int | None, Seen()] = None


def carry_out(act: Act, command: Command, _prepared: Any) -> str:
    """The relative's identifier."""
    relative = doors.relatives.get(act.actor, command.relative)
    refuse_closed(relative)
    one_at_a_time(relative)
    act.reason = command.ground
    act.erase(relative, seen=command.seen_version)
    for consent in Consent.objects.filter(relative=relative.pk):
        act.erase(consent)
        erase_documents(act, str(consent.pk))
    stop_use(act, relative, samples_of(relative), Why.ERASED)
    for genetic in GeneticFamily.objects.filter(family=relative.family_id).exclude(state="erased"):
        act.erase(genetic)  # what the profiles said about this relative too
    erase_documents(act, str(relative.pk))
    for user in User.objects.filter(relative=relative.pk, state="active"):
        suspend(act, user)
    leave(act, relative.family_id, str(relative.pk))
    return str(relative.pk)
