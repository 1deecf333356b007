"""Reverse a decision. Everyone who was told, and whatever leaned on it, is told again."""

from dataclasses import dataclass
from typing import Annotated, Any

from antigone.actions.act import Act
from antigone.actions.fields import Lines, Ref, Seen
from antigone.actions.groups import UNDER_WAY, regroup
from antigone.actions.identities import standing_decisions, state_of_person, state_without_name, units_of
from antigone.actions.leaned_on import Leaning, what_leaned_on
from antigone.actions.locking import locked
from antigone.actions.resting import STANDING
from antigone.domain import Kind, UserRole
from antigone.register import doors
from antigone.register.models import Decision, MissingPerson, User
from antigone.register.refusals import NotNow


@dataclass(frozen=True, kw_only=True)
class Command:
    """The remains lose the name and the person is missing again; nothing that was recorded is taken away."""

    decision: Annotated[str, Ref(Kind.DECISION)]
    reason: Annotated[str, Lines()]
    seen_version: Annotated[int | None, Seen()] = None


def carry_out(act: Act, command: Command, _prepared: Any) -> str:
    """The decision's identifier."""
    decision = doors.decisions.get(act.actor, command.decision)
    if decision.state not in STANDING:
        raise NotNow("decision-not-standing", decision=decision.pk, state=decision.state)
    person = locked(decision.missing_person)
    act.change(
        decision,
        {"reversal": command.reason},
        seen=command.seen_version,
        state="reversed",
        reversed_by=act.actor.user,
    )
    leaning = what_leaned_on(decision)
    _take_name(act, decision, person)
    for release in leaning.releases:
        if release.state == "released":
            act.change(release, state="recalled")
    for finding in leaning.findings:
        if finding.state == "computed":
            act.change(finding, state="identity_reversed")
    _tell(act, decision, leaning)
    return str(decision.pk)


def _take_name(act: Act, decision: Decision, person: MissingPerson) -> None:
    """The remains are open again, and one person with others by examination alone; so is the missing person."""
    left = standing_decisions(person)
    units = units_of(decision)
    others = [unit for other in left for unit in units_of(other)]
    first = min(str(unit.pk) for unit in units)
    for unit in units:
        act.change(unit, group=first, state=state_without_name(unit))
    if others:
        regroup(act, others)
    state = state_of_person(person, left)
    if state != person.state:
        act.change(person, state=state)


def _tell(act: Act, decision: Decision, leaning: Leaning) -> None:
    """Whoever told a relative has to tell them again; where they are gone, another liaison has."""
    for role in (UserRole.LIAISON, UserRole.COORDINATOR, UserRole.REGISTRAR, UserRole.GENETICIST):
        act.notify_role(role, decision.pk, "decision-reversed")
    told_by = User.objects.filter(pk__in={entry["by"] for entry in leaning.told}, state="active")
    act.notify(told_by, decision.pk, "family-to-be-told-again")
    if leaning.told and not told_by:
        act.notify_role(UserRole.LIAISON, decision.pk, "family-to-be-told-again")
    for release in leaning.releases:
        act.notify_role(UserRole.COORDINATOR, release.pk, "release-recalled")
    for grave in leaning.graves:
        act.notify_role(UserRole.BURIAL_OFFICER, grave.pk, "grave-in-question")
    for one in (*leaning.proposals, *leaning.decisions):
        if one.state in (*UNDER_WAY, *STANDING):
            act.notify_role(UserRole.SIGNATORY, one.pk, "rests-on-reversed")
