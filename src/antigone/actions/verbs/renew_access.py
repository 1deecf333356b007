"""Renew somebody's access: a one-time password, and a new second factor where the old one is lost."""

from dataclasses import dataclass
from typing import Annotated, Any

from axes.utils import reset
from django_otp import devices_for_user

from antigone.actions.act import Act
from antigone.actions.fields import Ref, Seen
from antigone.domain import InputRefused, Kind, Place, Problem
from antigone.register import doors
from antigone.register.actor import Actor
from antigone.register.models import User
from antigone.register.passwords import encoded_one_time_password

SHORTEST = 12


@dataclass(frozen=True, kw_only=True)
class Command:
    """The password is told in person, and is changed at the next log-in. Sessions of the user end."""

    user: Annotated[str, Ref(Kind.USER)]
    one_time_password: str
    new_second_factor: bool = False
    seen_version: Annotated[int | None, Seen()] = None


def prepare(_actor: Actor, command: Command) -> str:
    """What is kept of the password; it takes a moment to compute, on purpose."""
    if len(command.one_time_password) < SHORTEST:
        needed = f"at least {SHORTEST} signs"
        raise InputRefused([Problem("password-too-short", Place(column="one_time_password"), "", needed)])
    return encoded_one_time_password(command.one_time_password)


def carry_out(act: Act, command: Command, prepared: Any) -> str:
    """The user's identifier."""
    user = doors.users.get(act.actor, command.user)
    act.change(user, seen=command.seen_version, access_version=user.access_version + 1)
    User.objects.filter(pk=user.pk).update(password=prepared)
    reset(username=user.username)
    if command.new_second_factor:
        for device in devices_for_user(user, confirmed=None):
            device.delete()
    return str(user.pk)
