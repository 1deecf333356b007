"""Add a relative to a family, with what they allow."""

from dataclasses import dataclass
from typing import Annotated, Any

from antigone.actions.act import Act
from antigone.actions.consents import ConsentGiven, give_consent
from antigone.actions.fields import Choice, Lines, Ref
from antigone.domain import Kind
from antigone.register import doors
from antigone.register.models import Relative
from antigone.register.refusals import NotNow


@dataclass(frozen=True, kw_only=True)
class Command(ConsentGiven):
    """Somebody of the family who gives a reference sample, or is to be told. The pedigree is declared anew then."""

    family: Annotated[str, Ref(Kind.FAMILY)]
    surname: str
    first_names: str = ""
    patronymic: str = ""
    sex: Annotated[str, Choice("male", "female", "unknown")] = "unknown"
    relation: str = ""
    contact: Annotated[str, Lines()] = ""


def carry_out(act: Act, command: Command, _prepared: Any) -> str:
    """The relative's identifier."""
    family = doors.families.get(act.actor, command.family)
    if family.state == "closed":
        raise NotNow("record-closed", record=str(family.pk), state=family.state)
    names = ("surname", "first_names", "patronymic", "sex", "relation", "contact")
    relative = act.create(
        Relative,
        {name: getattr(command, name) for name in names},
        institution=family.institution_id,
        state="active",
        family=family.pk,
    )
    give_consent(act, relative, command)
    return str(relative.pk)
