"""Erase a missing person: destroy what is written of them, and what was made from their own samples.

Refused while an identification of this person stands or is proposed. Remains lie in a grave, or wait for it, under
that name; who they are is recorded and kept for the family and the other side (Geneva Convention I, articles 16 and
17; Additional Protocol I, articles 32 to 34), and law on personal data leaves room for that (Regulation (EU) 2016/679,
article 17(3)(b) and (d), and recital 27: it does not protect the dead). Once the decision is reversed, nothing stands
against erasure any more.
"""

from dataclasses import dataclass
from typing import Annotated, Any

from antigone.actions.act import Act
from antigone.actions.closed_records import refuse_closed
from antigone.actions.erasures import GROUNDS, erase_documents
from antigone.actions.fields import Ref, Seen
from antigone.actions.groups import UNDER_WAY
from antigone.actions.pedigrees import leave
from antigone.actions.resting import STANDING
from antigone.actions.stopped_use import Why, samples_of, stop_use
from antigone.domain import Kind
from antigone.register import doors
from antigone.register.models import Decision, MissingPerson, Proposal
from antigone.register.refusals import NotNow


@dataclass(frozen=True, kw_only=True)
class Command:
    """It cannot be undone. Records merged into this one are erased with it; relatives are erased by themselves."""

    missing_person: Annotated[str, Ref(Kind.MISSING_PERSON)]
    ground: Annotated[str, GROUNDS]
    seen_version: Annotated[int | None, Seen()] = None


def carry_out(act: Act, command: Command, _prepared: Any) -> str:
    """The missing person's identifier."""
    person = doors.missing_persons.get(act.actor, command.missing_person)
    refuse_closed(person)
    records = [person, *_merged_into(person)]
    _check([str(record.pk) for record in records])
    act.reason = command.ground
    act.erase(person, seen=command.seen_version)
    for record in records:
        if record.state != "erased":
            act.erase(record)
        stop_use(act, record, samples_of(record), Why.ERASED)
        erase_documents(act, str(record.pk))
        leave(act, record.family_id, str(record.pk))
    return str(person.pk)


def _merged_into(person: MissingPerson) -> list[MissingPerson]:
    """Every record that says the same person, at any remove."""
    found = []
    for record in MissingPerson.objects.filter(merged_into=person.pk):
        found += [record, *_merged_into(record)]
    return found


def _check(records: list[str]) -> None:
    decision = Decision.objects.filter(missing_person__in=records, state__in=STANDING).first()
    if decision is not None:
        raise NotNow("decision-standing", decision=str(decision.pk), missing_person=decision.missing_person_id)
    proposal = Proposal.objects.filter(missing_person__in=records, state__in=UNDER_WAY).first()
    if proposal is not None:
        raise NotNow("proposal-open", proposal=str(proposal.pk), missing_person=proposal.missing_person_id)
