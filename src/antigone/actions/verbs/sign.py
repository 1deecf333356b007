"""Sign a proposal. The second signature, by another person, makes it a decision."""

from dataclasses import dataclass
from typing import Annotated, Any

from antigone.actions.act import Act
from antigone.actions.fields import Ref, Seen
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
    _check(act, proposal, remains, missing)
    signed = [*proposal.signed_by, act.actor.user]
    complete = len(signed) >= SIGNATURES
    act.change(proposal, seen=command.seen_version, signed_by=signed, state="decided" if complete else "open")
    if not complete:
        act.notify_role(UserRole.SIGNATORY, proposal.pk, "one-signature-missing")
        return str(proposal.pk)
    return _decide(act, proposal, remains, missing, signed)


def _check(act: Act, proposal: Proposal, remains: Remains, missing: MissingPerson) -> None:
    if proposal.state != "open":
        raise NotNow("proposal-closed", proposal=proposal.pk, state=proposal.state)
    if proposal.proposed_by_id == act.actor.user:
        raise NotNow("own-proposal", proposal=proposal.pk)
    if act.actor.user in proposal.signed_by:
        raise NotNow("signed-already", proposal=proposal.pk)
    if proposal.dissent_by:
        raise NotNow("dissent-open", proposal=proposal.pk)
    if missing.state != "missing":
        raise NotNow("person-not-missing", missing_person=missing.pk, state=missing.state)
    if remains.state != "examined":
        raise NotNow("remains-not-open", remains=remains.pk, state=remains.state)


def _decide(act: Act, proposal: Proposal, remains: Remains, missing: MissingPerson, signed: list[str]) -> str:
    decision = act.create(
        Decision,
        {"reasons": opened(proposal, act.keys).get("reasons")},
        institution=missing.institution_id,
        state="standing",
        proposal=proposal.pk,
        remains=remains.pk,
        missing_person=missing.pk,
        findings=proposal.findings,
        signed_by=signed,
    )
    act.change(remains, state="identified")
    act.change(missing, state="identified")
    for role in (UserRole.LIAISON, UserRole.COORDINATOR, UserRole.REGISTRAR):
        act.notify_role(role, decision.pk, "decision-made")
    return str(decision.pk)
