"""Dissent from a proposal, or withdraw one's dissent."""

from dataclasses import dataclass
from typing import Annotated, Any

from antigone.actions.act import Act
from antigone.actions.fields import Lines, Ref, Seen
from antigone.actions.groups import UNDER_WAY
from antigone.domain import InputRefused, Kind, Place, Problem, UserRole
from antigone.register import doors
from antigone.register.models import Proposal, User
from antigone.register.opening import opened
from antigone.register.refusals import NotNow

REFUSED_BY = 2
"""As many voices refuse a proposal as make it a decision."""


@dataclass(frozen=True, kw_only=True)
class Command:
    """Nobody signs a disputed proposal. A dissent takes back one's own signature; a second one refuses the proposal.

    `withdraw`: the dissent is taken back; what was written stays on record.
    """

    proposal: Annotated[str, Ref(Kind.PROPOSAL)]
    text: Annotated[str, Lines()] = ""
    withdraw: bool = False
    seen_version: Annotated[int | None, Seen()] = None


def carry_out(act: Act, command: Command, _prepared: Any) -> str:
    """The proposal's identifier."""
    proposal = doors.proposals.get(act.actor, command.proposal)
    if proposal.state not in UNDER_WAY:
        raise NotNow("proposal-closed", proposal=proposal.pk, state=proposal.state)
    voices = opened(proposal, act.keys)["dissent"]
    code = _withdraw(act, command, proposal, voices) if command.withdraw else _enter(act, command, proposal, voices)
    act.notify_role(UserRole.SIGNATORY, proposal.pk, code)
    act.notify(User.objects.filter(pk=proposal.proposed_by_id, state="active"), proposal.pk, code)
    return str(proposal.pk)


def _enter(act: Act, command: Command, proposal: Proposal, voices: list[dict[str, Any]]) -> str:
    user = act.actor.user
    if user in proposal.dissent_by:
        raise NotNow("dissented-already", proposal=proposal.pk)
    if not command.text.strip():
        raise InputRefused([Problem("missing-field", Place(column="text"), "", "why this is not to be decided")])
    dissenters = [*proposal.dissent_by, user]
    refused = len(dissenters) >= REFUSED_BY
    act.change(
        proposal,
        {"dissent": [*voices, {"by": user, "text": command.text, "withdrawn": False}]},
        seen=command.seen_version,
        state="refused" if refused else "disputed",
        dissent_by=dissenters,
        signed_by=[other for other in proposal.signed_by if other != user],
    )
    return "proposal-refused" if refused else "dissent-entered"


def _withdraw(act: Act, command: Command, proposal: Proposal, voices: list[dict[str, Any]]) -> str:
    user = act.actor.user
    if user not in proposal.dissent_by:
        raise NotNow("no-dissent", proposal=proposal.pk)
    dissenters = [other for other in proposal.dissent_by if other != user]
    act.change(
        proposal,
        {"dissent": [{**voice, "withdrawn": voice["withdrawn"] or voice["by"] == user} for voice in voices]},
        seen=command.seen_version,
        state="disputed" if dissenters else "open",
        dissent_by=dissenters,
    )
    return "dissent-withdrawn"
