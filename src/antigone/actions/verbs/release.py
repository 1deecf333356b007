"""Release remains: to the family after a decision, or without a name back to the other party."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Any

from antigone.actions.act import Act
from antigone.actions.dates import refuse_ahead
from antigone.actions.fields import Lines, Ref, Seen
from antigone.actions.groups import check_not_proposed, check_open, group_of
from antigone.actions.identities import units_of
from antigone.actions.locking import locked
from antigone.domain import InputRefused, Kind, Place, Problem, UserRole
from antigone.register import doors
from antigone.register.models import Decision, Finding, Grave, Release, Remains
from antigone.register.refusals import NotNow

STILL_SAID = ("computed", "consent_withdrawn", "erased_inputs")
"""States of findings whose figure still stands, even where nobody can compute it again."""


@dataclass(frozen=True, kw_only=True)
class Command:
    """`decision`: all remains that it names, to the family. `remains` and `to_party`: these and all joined to them.

    `seen_version`: of the remains that are named, here or in the decision.
    """

    decision: Annotated[str | None, Ref(Kind.DECISION)] = None
    remains: Annotated[str | None, Ref(Kind.REMAINS)] = None
    to_party: Annotated[str | None, Ref(Kind.PARTY)] = None
    released_on: datetime.date
    received_by: Annotated[str, Lines()]
    note: Annotated[str, Lines()] = ""
    seen_version: Annotated[int | None, Seen()] = None


def carry_out(act: Act, command: Command, _prepared: Any) -> str:
    """The identifier of the first release: each unit of remains has its own."""
    refuse_ahead(command.released_on, "released_on", act.now)
    if command.decision is not None and command.remains is None and command.to_party is None:
        return _to_family(act, command, command.decision)
    if command.decision is None and command.remains is not None and command.to_party is not None:
        return _to_party(act, command, command.remains, command.to_party)
    needed = "a decision alone, or remains and the party they go back to"
    raise InputRefused([Problem("one-of-two", Place(column="decision"), "", needed)])


def _to_family(act: Act, command: Command, identifier: str) -> str:
    decision = locked(doors.decisions.get(act.actor, identifier))
    if decision.state != "standing":
        raise NotNow("decision-not-standing", decision=decision.pk, state=decision.state)
    _check_findings(decision)
    units = units_of(decision)
    for unit in units:
        if unit.state != "identified":
            raise NotNow("remains-not-identified", remains=unit.pk, state=unit.state)
    first = _give(act, command, units, decision.remains_id, "released", decision)
    person = locked(decision.missing_person)
    if person.state == "identified":
        act.change(person, state="released")
    for role in (UserRole.LIAISON, UserRole.BURIAL_OFFICER):
        act.notify_role(role, first.pk, "remains-released")
    return str(first.pk)


def _to_party(act: Act, command: Command, identifier: str, to_party: str) -> str:
    remains = doors.remains.get(act.actor, identifier)
    party = doors.parties.get(act.actor, to_party)
    if party.pk == act.actor.party:
        raise NotNow("release-to-own-party", party=party.pk)
    units = group_of(remains)
    check_open(units)
    check_not_proposed(units)
    first = _give(act, command, units, remains.pk, "handed_back", to_party=party.pk)
    act.notify_role(UserRole.EXAMINER, remains.pk, "remains-handed-back")
    return str(first.pk)


def _check_findings(decision: Decision) -> None:
    """No family is given remains while what the decision rests on is in question: the board is to look at it first."""
    for finding in Finding.objects.filter(pk__in=decision.findings).order_by("pk"):
        if finding.state not in STILL_SAID:
            raise NotNow("decision-in-question", decision=decision.pk, finding=finding.pk, state=finding.state)


def _give(
    act: Act,
    command: Command,
    units: Sequence[Remains],
    named: str,
    state: str,
    decision: Decision | None = None,
    to_party: str | None = None,
) -> Release:
    """A release for each unit; the first of them. A grave that a unit lay in until now is left."""
    columns = {
        "state": "released",
        "decision": decision.pk if decision else None,
        "institution": decision.institution_id if decision else act.actor.institution,
        "to_party": to_party,
        "released_on": command.released_on,
    }
    personal = {"received_by": command.received_by, "note": command.note}
    releases = act.create_many(Release, [(personal, {**columns, "remains": unit.pk}) for unit in units])
    for unit in units:
        act.change(unit, seen=command.seen_version if unit.pk == named else None, state=state)
    for grave in Grave.objects.filter(remains__in=[unit.pk for unit in units], state="in_use").order_by("pk"):
        act.change(grave, state="exhumed")
        act.notify_role(UserRole.BURIAL_OFFICER, grave.pk, "grave-exhumed")
    return releases[0]
