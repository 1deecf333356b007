"""Correct what is written of a missing person."""

import datetime
from dataclasses import dataclass, fields
from typing import Annotated, Any

from antigone.actions.act import Act
from antigone.actions.closed_records import refuse_closed
from antigone.actions.corrections import corrected, refuse_nothing
from antigone.actions.fields import Choice, Lines, Ref, Seen
from antigone.actions.pedigrees import leave
from antigone.actions.resting import STANDING
from antigone.actions.verbs.register_missing_person import Particulars
from antigone.domain import Kind
from antigone.register import doors
from antigone.register.models import Decision, MissingPerson
from antigone.register.refusals import NotNow

FIELDS = tuple(field.name for field in fields(Particulars))


@dataclass(frozen=True, kw_only=True)
class Command:
    """What is filled in replaces what was there; `cleared` names the particulars that are to be empty.

    `missing_again`: the report that the person is alive was wrong.
    """

    missing_person: Annotated[str, Ref(Kind.MISSING_PERSON)]
    reason: Annotated[str, Lines()]
    family: Annotated[str | None, Ref(Kind.FAMILY)] = None
    surname: str | None = None
    first_names: str | None = None
    patronymic: str | None = None
    sex: Annotated[str | None, Choice("male", "female", "unknown")] = None
    born: datetime.date | None = None
    power: str | None = None
    service_number: str | None = None
    unit: str | None = None
    identity_papers: str | None = None
    last_seen: datetime.date | None = None
    place: str | None = None
    wounds_or_cause: Annotated[str | None, Lines()] = None
    other_particulars: Annotated[str | None, Lines()] = None
    cleared: str = ""  # names of particulars, separated by commas
    missing_again: bool = False
    seen_version: Annotated[int | None, Seen()] = None


def carry_out(act: Act, command: Command, _prepared: Any) -> str:
    """The missing person's identifier. Whoever moves to another family leaves the former one's pedigree."""
    person = doors.missing_persons.get(act.actor, command.missing_person)
    refuse_closed(person)
    values = corrected(command, FIELDS, command.cleared, keep=("surname", "sex"))
    columns = {**_family(act, command, person), **_state(command, person)}
    refuse_nothing(values, columns)
    if "last_seen" in values:
        columns["missing_since"] = command.last_seen
    former = person.family_id
    act.change(person, {**values, "reason": command.reason}, seen=command.seen_version, **columns)
    if "family" in columns:
        leave(act, former, person.pk)
    return str(person.pk)


def _family(act: Act, command: Command, person: MissingPerson) -> dict[str, Any]:
    if command.family is None or command.family == person.family_id:
        return {}
    family = doors.families.get(act.actor, command.family)
    if family.state == "closed":
        raise NotNow("record-closed", record=str(family.pk), state=family.state)
    return {"family": family.pk}


def _state(command: Command, person: MissingPerson) -> dict[str, Any]:
    if not command.missing_again:
        return {}
    if person.state != "alive":
        raise NotNow("person-not-alive", missing_person=str(person.pk), state=person.state)
    decision = Decision.objects.filter(missing_person=person.pk, state__in=STANDING).first()
    if decision is not None:
        raise NotNow("decision-standing", decision=str(decision.pk), missing_person=str(person.pk))
    return {"state": "missing"}
