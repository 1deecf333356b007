"""Who a missing person is found to be: the decisions that stand, the remains they name, and the state that follows."""

from __future__ import annotations

from collections.abc import Iterable

from antigone.actions.groups import OPEN
from antigone.actions.resting import STANDING
from antigone.register.models import Decision, Grave, MissingPerson, Remains
from antigone.register.opening import opened
from antigone.register.refusals import NotNow

FOUND = ("identified", "released", "buried")
"""States of a missing person whose remains have a name, from the first to the last."""


def standing_decisions(person: MissingPerson) -> list[Decision]:
    """The decisions about this person that were not reversed."""
    return list(Decision.objects.filter(missing_person=person.pk, state__in=STANDING).order_by("pk"))


def units_of(decision: Decision) -> list[Remains]:
    """The remains that a decision names, held until the action ends."""
    named = opened(decision)["units"]
    return list(Remains.objects.select_for_update(no_key=True).filter(pk__in=named).order_by("pk"))


def check_person(person: MissingPerson, further: bool) -> None:
    """NotNow unless this person is missing, or, for further remains, already identified by a standing decision."""
    if not further and person.state in FOUND:
        raise NotNow("person-identified", missing_person=person.pk, state=person.state)
    if further and (person.state not in FOUND or not standing_decisions(person)):
        raise NotNow("person-not-identified", missing_person=person.pk, state=person.state)
    if not further and person.state != "missing":
        raise NotNow("person-not-missing", missing_person=person.pk, state=person.state)


def state_without_name(unit: Remains) -> str:
    """The open state of remains whose name was taken back: they may lie in a grave meanwhile."""
    in_grave = Grave.objects.filter(remains=unit.pk, state="in_use").exists()
    examined, buried_unnamed = OPEN
    return buried_unnamed if in_grave else examined


def state_of_person(person: MissingPerson, left: Iterable[Decision]) -> str:
    """The state that follows from the decisions that are left; whoever was found alive, or merged, stays so."""
    if person.state not in FOUND:
        return str(person.state)
    states = {unit.state for decision in left for unit in units_of(decision)}
    return next((state for state in reversed(FOUND) if state in states), "missing")
