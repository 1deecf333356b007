"""Withdraw a profile that must not be used, such as one of a contaminated run."""

from dataclasses import dataclass
from typing import Annotated, Any

from antigone.actions.act import Act
from antigone.actions.changed_profiles import mark_findings_of_profile
from antigone.actions.fields import Lines, Ref, Seen
from antigone.actions.locking import locked
from antigone.domain import Kind, UserRole
from antigone.register import doors
from antigone.register.models import Sample
from antigone.register.refusals import NotNow


@dataclass(frozen=True, kw_only=True)
class Command:
    """The profile stays, marked; it is compared no more, and the board is told what rests on it."""

    profile: Annotated[str, Ref(Kind.PROFILE)]
    reason: Annotated[str, Lines()]
    seen_version: Annotated[int | None, Seen()] = None


def carry_out(act: Act, command: Command, _prepared: Any) -> str:
    """The profile's identifier."""
    profile = doors.profiles.get(act.actor, command.profile)
    sample = locked(profile.sample)
    profile = locked(profile)
    if profile.state != "current":
        raise NotNow("profile-not-current", profile=profile.pk, state=profile.state)
    act.change(profile, {"reason": command.reason}, seen=command.seen_version, state="withdrawn")
    _sample_without_profile(act, sample)
    mark_findings_of_profile(act, profile, "profile_withdrawn", "profile-withdrawn")
    return str(profile.pk)


def _sample_without_profile(act: Act, sample: Sample) -> None:
    """A sample whose last profile is gone waits for another run."""
    if sample.state != "profiled" or sample.profiles.filter(state="current").exists():
        return
    act.change(sample, state="received")
    act.notify_role(UserRole.LABORATORY, sample.pk, "sample-without-profile")
