"""Move a sample: sent to a laboratory, received there, failed, used up."""

from dataclasses import dataclass
from typing import Annotated, Any

from antigone.actions.act import Act
from antigone.actions.fields import Choice, Ref, Seen
from antigone.domain import InputRefused, Kind, Place, Problem, UserRole
from antigone.register import doors
from antigone.register.models import Institution, Sample
from antigone.register.refusals import NotAllowed, NotNow

MOVES = {
    "taken": ("sent",),
    "sent": ("received", "sent"),
    "received": ("failed", "used_up", "sent"),
    "profiled": ("failed", "used_up", "sent"),
    "failed": ("used_up", "sent"),
    "used_up": (),
}
"""State of a sample -> the states it may be moved to. `sent` again: to another laboratory."""


@dataclass(frozen=True, kw_only=True)
class Command:
    """Whoever has the sample sends it; only the laboratory it was sent to says what became of it."""

    sample: Annotated[str, Ref(Kind.SAMPLE)]
    to: Annotated[str, Choice("sent", "received", "failed", "used_up")]
    laboratory: Annotated[str | None, Ref(Kind.INSTITUTION)] = None
    seen_version: Annotated[int | None, Seen()] = None


def carry_out(act: Act, command: Command, _prepared: Any) -> str:
    """The sample's identifier."""
    sample = doors.samples.get(act.actor, command.sample)
    if command.to not in MOVES.get(sample.state, ()):
        raise NotNow("sample-move", sample=sample.pk, state=sample.state, to=command.to)
    if command.to == "sent":
        laboratory = _laboratory(act, sample, command.laboratory)
        act.change(sample, seen=command.seen_version, state="sent", laboratory=laboratory.pk)
        return str(sample.pk)
    _check_there(act, sample, command.laboratory)
    act.change(sample, seen=command.seen_version, state=command.to)
    if command.to == "failed":
        act.notify_role(UserRole.LIAISON if sample.relative_id else UserRole.EXAMINER, sample.pk, "sample-failed")
    return str(sample.pk)


def _laboratory(act: Act, sample: Sample, identifier: str | None) -> Institution:
    """The laboratory it is sent to, of the sample's own party: another one could not see it."""
    if identifier is None:
        raise InputRefused([Problem("missing-field", Place(column="laboratory"), "", "the laboratory it is sent to")])
    laboratory = doors.institutions.get(act.actor, identifier)
    if laboratory.party_id != sample.party_id:
        raise NotNow("laboratory-of-other-party", sample=sample.pk, laboratory=laboratory.pk)
    return laboratory


def _check_there(act: Act, sample: Sample, named: str | None) -> None:
    """Only the laboratory that a sample was sent to may say that it came, failed or was used up."""
    if UserRole.LABORATORY not in act.actor.roles:
        raise NotAllowed(act.verb)
    if sample.laboratory_id != act.actor.institution or named not in (None, sample.laboratory_id):
        raise NotNow("sample-elsewhere", sample=sample.pk, laboratory=sample.laboratory_id)
