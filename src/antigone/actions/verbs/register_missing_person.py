"""Register a missing person, with the particulars of Geneva Convention I, article 16."""

import datetime
from dataclasses import dataclass, fields
from typing import Annotated, Any

from antigone.actions.act import Act
from antigone.actions.closed_records import refuse_closed
from antigone.actions.fields import Choice, Lines, Ref
from antigone.domain import Kind
from antigone.register import doors
from antigone.register.models import MissingPerson


@dataclass(frozen=True, kw_only=True)
class Particulars:
    """What is known of the person. Everything but the surname may be empty."""

    surname: str
    first_names: str = ""
    patronymic: str = ""
    sex: Annotated[str, Choice("male", "female", "unknown")] = "unknown"
    born: datetime.date | None = None
    power: str = ""
    service_number: str = ""
    unit: str = ""
    identity_papers: str = ""
    last_seen: datetime.date | None = None
    place: str = ""
    wounds_or_cause: Annotated[str, Lines()] = ""
    other_particulars: Annotated[str, Lines()] = ""


@dataclass(frozen=True, kw_only=True)
class Command(Particulars):
    """A person whose fate is not known, as the bureau was told."""

    family: Annotated[str | None, Ref(Kind.FAMILY)] = None


def carry_out(act: Act, command: Command, _prepared: Any) -> str:
    """The missing person's identifier."""
    if command.family is not None:
        refuse_closed(doors.families.get(act.actor, command.family))
    person = act.create(
        MissingPerson,
        sealed_particulars(command),
        state="missing",
        family=command.family,
        missing_since=command.last_seen,
    )
    return str(person.pk)


def sealed_particulars(command: Particulars) -> dict[str, Any]:
    """The particulars as they are sealed: texts, dates written as 2025-06-11."""
    values = {field.name: getattr(command, field.name) for field in fields(Particulars)}
    return {k: v.isoformat() if isinstance(v, datetime.date) else v for k, v in values.items()}
