"""Register a family: one or more missing persons of one pedigree."""

from dataclasses import dataclass
from typing import Annotated, Any

from antigone.actions.act import Act
from antigone.actions.closed_records import refuse_closed
from antigone.actions.fields import Lines, Members, Ref
from antigone.actions.pedigrees import checked_members, sex_of
from antigone.domain import Kind
from antigone.register import doors
from antigone.register.models import Family, MissingPerson
from antigone.register.refusals import NotNow


@dataclass(frozen=True, kw_only=True)
class Command:
    """The family belongs to the institution that entered the first missing person named."""

    missing: Annotated[tuple[str, ...], Ref(Kind.MISSING_PERSON)]
    members: Annotated[list[dict[str, Any]] | None, Members()] = None
    note: Annotated[str, Lines()] = ""


def carry_out(act: Act, command: Command, _prepared: Any) -> str:
    """The family's identifier. Without `members` the missing persons stand in the pedigree with nobody else."""
    missing = [doors.missing_persons.get(act.actor, identifier) for identifier in command.missing]
    for person in missing:
        _check(person)
    persons = {person.pk: sex_of(act, person) for person in missing}
    alone = [{"person": pk, "father": None, "mother": None, "sex": sex} for pk, sex in persons.items()]
    pedigree = checked_members(command.members or alone, persons)
    family = act.create(Family, {"pedigree": pedigree, "note": command.note}, institution=missing[0].institution_id)
    for person in missing:
        act.change(person, family=family.pk)
    return str(family.pk)


def _check(person: MissingPerson) -> None:
    refuse_closed(person)
    if person.family_id is not None:
        raise NotNow("person-in-family", missing_person=str(person.pk), family=person.family_id)
