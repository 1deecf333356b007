"""Correct a profile: a new version of it, with the reason; the findings made with the earlier one are marked."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from typing import Annotated, Any

from antigone.actions.act import Act
from antigone.actions.changed_profiles import mark_findings_of_profile
from antigone.actions.corrections import refuse_nothing
from antigone.actions.fields import Choice, Lines, Ref, Seen
from antigone.actions.locking import locked
from antigone.actions.run_values import QUALITIES, Markers, read_run
from antigone.domain import Kind
from antigone.register import doors
from antigone.register.opening import opened
from antigone.register.refusals import NotNow


@dataclass(frozen=True, kw_only=True)
class Command(Markers):
    """What the laboratory wrote wrongly. A block of markers that is filled in replaces the whole block."""

    profile: Annotated[str, Ref(Kind.PROFILE)]
    reason: Annotated[str, Lines()]
    quality: Annotated[str | None, Choice(*QUALITIES)] = None
    kit: str | None = None
    dropout: str | None = None
    dropin: str | None = None
    note: Annotated[str | None, Lines()] = None
    seen_version: Annotated[int | None, Seen()] = None


def carry_out(act: Act, command: Command, _prepared: Any) -> str:
    """The profile's identifier."""
    profile = doors.profiles.get(act.actor, command.profile)
    sample = locked(profile.sample)
    profile = locked(profile)
    if sample.state in ("blocked", "erased"):
        raise NotNow("sample-blocked", sample=sample.pk)
    if profile.state != "current":
        raise NotNow("profile-not-current", profile=profile.pk, state=profile.state)
    columns = _given(command, ("quality", "kit", "dropout", "dropin"))
    typed, note = _given(command, _MARKERS), _given(command, ("note",))
    refuse_nothing({**typed, **note}, *columns.values())
    before = opened(profile, act.keys)
    now = {name: columns.get(name, getattr(profile, name)) for name in ("kit", "dropout", "dropin")}
    run = read_run({**{name: before[name] for name in _MARKERS}, **typed}, **now)
    if "kit" in columns:
        columns["kit"] = run.kit
    act.change(profile, {**run.markers, **note, "reason": command.reason}, seen=command.seen_version, **columns)
    if typed or columns:
        mark_findings_of_profile(act, profile, "profile_changed", "profile-corrected")
    return str(profile.pk)


def _given(command: Command, names: Iterable[str]) -> dict[str, Any]:
    return {name: value for name in names if (value := getattr(command, name)) is not None}


_MARKERS = tuple(field.name for field in fields(Markers))
