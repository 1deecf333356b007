"""Set up one's second factor: an authenticator application on a phone, and ten backup codes on paper."""

from dataclasses import dataclass
from typing import Annotated, Any

from django.contrib.auth.hashers import check_password
from django_otp import devices_for_user
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from antigone.actions.act import Act
from antigone.actions.fields import Secret
from antigone.domain import InputRefused, Place, Problem
from antigone.register import doors
from antigone.register.actor import Actor
from antigone.register.second_factor import backup_codes, secret_bytes, step_of_code


@dataclass(frozen=True, kw_only=True)
class Command:
    """What was set up before no longer works. The code shows that the application has the secret."""

    password: Annotated[str, Secret()]
    secret: Annotated[str, Secret()]
    code: str


def prepare(actor: Actor, command: Command) -> tuple[bytes, int]:
    """The secret, and the time step of the code."""
    user = doors.users.get(actor, actor.user)
    problems = []
    if not check_password(command.password, user.password):
        problems.append(Problem("password-wrong", Place(column="password"), "", "the present password"))
    try:
        secret = secret_bytes(command.secret)
    except ValueError:
        raise InputRefused(
            [*problems, Problem("second-factor-secret", Place(column="secret"), "", "32 signs")]
        ) from None
    step = step_of_code(secret, command.code.replace(" ", ""))
    if step is None:
        problems.append(Problem("second-factor-code", Place(column="code"), command.code, "the six digits shown now"))
    if problems or step is None:
        raise InputRefused(problems)
    return secret, step


def carry_out(act: Act, _command: Command, prepared: Any) -> str:
    """The user's identifier."""
    secret, step = prepared
    user = doors.users.get(act.actor, act.actor.user)
    act.change(user, access_version=user.access_version + 1)
    for device in devices_for_user(user, confirmed=None):
        device.delete()
    TOTPDevice.objects.create(user=user, name="application", key=secret.hex(), last_t=step)
    codes = StaticDevice.objects.create(user=user, name="backup codes")
    StaticToken.objects.bulk_create(StaticToken(device=codes, token=code) for code in backup_codes(secret))
    return str(user.pk)
