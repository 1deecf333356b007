"""Take a reference sample: from a relative, or one that is the missing person's own."""

import datetime
from dataclasses import dataclass
from typing import Annotated, Any

from antigone.actions.act import Act
from antigone.actions.closed_records import refuse_closed
from antigone.actions.consents import one_at_a_time, standing_consent
from antigone.actions.dates import refuse_ahead
from antigone.actions.fields import Choice, Ref
from antigone.domain import InputRefused, Kind, Place, Problem, Scope
from antigone.register import doors
from antigone.register.models import MissingPerson, Relative, Sample
from antigone.register.refusals import NotNow

MATERIALS = ("buccal_swab", "blood", "hair", "nail", "tooth", "personal_item", "stored_sample", "other")


@dataclass(frozen=True, kw_only=True)
class Command:
    """A relative's sample is used as far as their consent goes, the missing person's own for direct comparison."""

    relative: Annotated[str | None, Ref(Kind.RELATIVE)] = None
    missing_person: Annotated[str | None, Ref(Kind.MISSING_PERSON)] = None
    material: Annotated[str, Choice(*MATERIALS)]
    taken_on: datetime.date


def carry_out(act: Act, command: Command, _prepared: Any) -> str:
    """The sample's identifier."""
    refuse_ahead(command.taken_on, "taken_on", act.now)
    if command.relative is not None and command.missing_person is None:
        relative = doors.relatives.get(act.actor, command.relative)
        refuse_closed(relative)
        return _taken(act, command, relative, _allowed(relative), relative=relative.pk)
    if command.missing_person is not None and command.relative is None:
        person = doors.missing_persons.get(act.actor, command.missing_person)
        if person.state != "missing":
            raise NotNow("person-not-missing", missing_person=str(person.pk), state=person.state)
        return _taken(act, command, person, Scope.DIRECT, missing_person=person.pk)
    found = "both" if command.relative else "neither"
    raise InputRefused([Problem("one-donor", Place(column="relative"), found, "a relative or a missing person")])


def _allowed(relative: Relative) -> Scope:
    one_at_a_time(relative)
    consent = standing_consent(relative)
    if consent is None or consent.scope == Scope.NONE:
        raise NotNow("no-consent", relative=str(relative.pk))
    return Scope(consent.scope)


def _taken(act: Act, command: Command, donor: Relative | MissingPerson, scope: Scope, **of: Any) -> str:
    sample = act.create(
        Sample,
        institution=donor.institution_id,
        state="taken",
        material=command.material,
        scope=scope.value,
        taken_on=command.taken_on,
        **of,
    )
    return str(sample.pk)
