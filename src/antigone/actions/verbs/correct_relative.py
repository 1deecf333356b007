"""Correct what is written of a relative, or move them to the family they belong to."""

from dataclasses import dataclass
from typing import Annotated, Any

from antigone.actions.act import Act
from antigone.actions.closed_records import refuse_closed
from antigone.actions.corrections import corrected, refuse_nothing
from antigone.actions.fields import Choice, Lines, Ref, Seen
from antigone.actions.pedigrees import leave
from antigone.domain import Kind
from antigone.register import doors
from antigone.register.models import Consent, Relative
from antigone.register.refusals import NotNow

FIELDS = ("surname", "first_names", "patronymic", "sex", "relation", "contact")


@dataclass(frozen=True, kw_only=True)
class Command:
    """What is filled in replaces what was there; `cleared` names the fields that are to be empty."""

    relative: Annotated[str, Ref(Kind.RELATIVE)]
    reason: Annotated[str, Lines()]
    family: Annotated[str | None, Ref(Kind.FAMILY)] = None
    surname: str | None = None
    first_names: str | None = None
    patronymic: str | None = None
    sex: Annotated[str | None, Choice("male", "female", "unknown")] = None
    relation: str | None = None
    contact: Annotated[str | None, Lines()] = None
    cleared: str = ""  # names of fields, separated by commas
    seen_version: Annotated[int | None, Seen()] = None


def carry_out(act: Act, command: Command, _prepared: Any) -> str:
    """The relative's identifier. Whoever moves leaves the former family's pedigree; the new one is declared then."""
    relative = doors.relatives.get(act.actor, command.relative)
    refuse_closed(relative)
    values = corrected(command, FIELDS, command.cleared, keep=("surname", "sex"))
    moves = command.family is not None and command.family != relative.family_id
    refuse_nothing(values, moves)
    former = relative.family_id
    columns = _columns(act, command.family) if moves else {}
    act.change(relative, {**values, "reason": command.reason}, seen=command.seen_version, **columns)
    if moves:
        _move_consents(act, relative)
        leave(act, former, relative.pk)
    return str(relative.pk)


def _columns(act: Act, identifier: str | None) -> dict[str, Any]:
    """What changes with the family; the relative goes to the institution that keeps it."""
    family = doors.families.get(act.actor, identifier or "")
    if family.state == "closed":
        raise NotNow("record-closed", record=str(family.pk), state=family.state)
    return {"family": family.pk, "institution": family.institution_id}


def _move_consents(act: Act, relative: Relative) -> None:
    for consent in Consent.objects.filter(relative=relative.pk).exclude(state="erased"):
        act.change(consent, family=relative.family_id, institution=relative.institution_id)
