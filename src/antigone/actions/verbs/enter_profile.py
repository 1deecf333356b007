"""Enter a profile: the typed markers of a new run of one sample."""

from dataclasses import dataclass, fields
from typing import Annotated, Any

from antigone.actions.act import Act
from antigone.actions.fields import Choice, Lines, Ref, Seen
from antigone.actions.locking import locked
from antigone.actions.run_values import QUALITIES, Markers, read_run
from antigone.domain import Kind, UserRole
from antigone.register import doors
from antigone.register.models import Profile, Sample
from antigone.register.refusals import NotNow

TYPED_FROM = ("received", "profiled", "failed", "used_up")
"""States of samples that a run may come from: a failed one may be tried again, and a run may use a sample up."""


@dataclass(frozen=True, kw_only=True)
class Command(Markers):
    """One run. Every run of a sample stays, under its number. `seen_version`: of the sample."""

    sample: Annotated[str, Ref(Kind.SAMPLE)]
    quality: Annotated[str, Choice(*QUALITIES)]
    kit: str = ""
    dropout: str = ""
    dropin: str = ""
    note: Annotated[str, Lines()] = ""
    seen_version: Annotated[int | None, Seen()] = None


def carry_out(act: Act, command: Command, _prepared: Any) -> str:
    """The profile's identifier."""
    sample = locked(doors.samples.get(act.actor, command.sample))
    _check(act, sample)
    typed = {field.name: getattr(command, field.name) for field in fields(Markers)}
    run = read_run(typed, command.kit, command.dropout, command.dropin)
    profile = act.create(
        Profile,
        {**run.markers, "note": command.note},
        state="current",
        sample=sample.pk,
        run=sample.profiles.count() + 1,
        kit=run.kit,
        quality=command.quality,
        dropout=command.dropout,
        dropin=command.dropin,
    )
    state = "used_up" if sample.state == "used_up" else "profiled"
    act.change(sample, seen=command.seen_version, state=state)
    act.notify_role(UserRole.GENETICIST, profile.pk, "profile-entered")
    return str(profile.pk)


def _check(act: Act, sample: Sample) -> None:
    if sample.state in ("blocked", "erased"):
        raise NotNow("sample-blocked", sample=sample.pk)
    if sample.state not in TYPED_FROM:
        raise NotNow("sample-not-received", sample=sample.pk, state=sample.state)
    if sample.laboratory_id != act.actor.institution:
        raise NotNow("sample-elsewhere", sample=sample.pk, laboratory=sample.laboratory_id)
