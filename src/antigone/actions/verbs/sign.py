"""Sign a proposal. The second signature, by another person, makes it a decision."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Any

from antigone.actions.act import Act
from antigone.actions.fields import Ref, Seen
from antigone.actions.groups import check_open, group_of
from antigone.actions.identities import check_person, standing_decisions, units_of
from antigone.actions.locking import locked
from antigone.actions.usable_findings import check_findings
from antigone.domain import Kind, UserRole
from antigone.register import doors
from antigone.register.models import Decision, MissingPerson, Proposal, Remains
from antigone.register.opening import opened
from antigone.register.refusals import NotNow

SIGNATURES = 2


@dataclass(frozen=True, kw_only=True)
class Command:
    """One signature of the identification board. Whoever proposed may not sign."""

    proposal: Annotated[str, Ref(Kind.PROPOSAL)]
    seen_version: Annotated[int | None, Seen()] = None


def carry_out(act: Act, command: Command, _prepared: Any) -> str:
    """The identifier of the decision, or of the proposal while a signature is missing."""
    proposal = doors.proposals.get(act.actor, command.proposal)
    remains = doors.remains.get(act.actor, proposal.remains_id)
    missing = doors.missing_persons.get(act.actor, proposal.missing_person_id)
    _check_proposal(act, proposal)
    units = group_of(remains)
    missing = locked(missing)
    check_open(units)
    check_person(missing, bool(opened(proposal, act.keys)["further"]))
    check_findings(proposal.findings)
    signed = [*proposal.signed_by, act.actor.user]
    complete = len(signed) >= SIGNATURES
    act.change(proposal, seen=command.seen_version, signed_by=signed, state="decided" if complete else "open")
    if not complete:
        act.notify_role(UserRole.SIGNATORY, proposal.pk, "one-signature-missing")
        return str(proposal.pk)
    return _decide(act, proposal, units, missing)


def _check_proposal(act: Act, proposal: Proposal) -> None:
    if proposal.state == "disputed":
        raise NotNow("dissent-open", proposal=proposal.pk)
    if proposal.state != "open":
        raise NotNow("proposal-closed", proposal=proposal.pk, state=proposal.state)
    if proposal.proposed_by_id == act.actor.user:
        raise NotNow("own-proposal", proposal=proposal.pk)
    if act.actor.user in proposal.signed_by:
        raise NotNow("signed-already", proposal=proposal.pk)


def _decide(act: Act, proposal: Proposal, units: Sequence[Remains], missing: MissingPerson) -> str:
    written = opened(proposal, act.keys)
    earlier = standing_decisions(missing)
    decision = act.create(
        Decision,
        {"reasons": written["reasons"], "units": [unit.pk for unit in units], "further": written["further"]},
        institution=missing.institution_id,
        state="standing",
        proposal=proposal.pk,
        remains=proposal.remains_id,
        missing_person=missing.pk,
        findings=proposal.findings,
        signed_by=proposal.signed_by,
    )
    _name_units(act, units, [unit for other in earlier for unit in units_of(other)])
    if missing.state == "missing":
        act.change(missing, state="identified")
    for role in (UserRole.LIAISON, UserRole.COORDINATOR, UserRole.REGISTRAR):
        act.notify_role(role, decision.pk, "decision-made")
    return str(decision.pk)


def _name_units(act: Act, units: Sequence[Remains], others: Sequence[Remains]) -> None:
    """All remains with one name are one person: one group."""
    group = min(str(unit.pk) for unit in (*units, *others))
    for unit in units:
        act.change(unit, group=group, state="identified")
    for unit in others:
        act.change(unit, group=group)
