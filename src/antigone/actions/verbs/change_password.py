"""Change one's own password."""

from dataclasses import dataclass
from typing import Annotated, Any

from django.contrib.auth.hashers import check_password, make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from antigone.actions.act import Act
from antigone.actions.fields import Secret
from antigone.domain import InputRefused, Place, Problem
from antigone.register import doors
from antigone.register.actor import Actor
from antigone.register.models import User
from antigone.register.refusals import Overtaken

_NEW = Place(column="new_password")
_WEAK = {
    "password_too_short": Problem("password-too-short", _NEW, "", "at least 12 signs"),
    "password_too_common": Problem("password-too-common", _NEW, "", "one that is in no list"),
    "password_entirely_numeric": Problem("password-only-digits", _NEW, "", "letters as well"),
    "password_too_similar": Problem("password-like-name", _NEW, "", "one that nobody guesses from the name"),
}
"""Code of Django's check -> what the register says."""


@dataclass(frozen=True, kw_only=True)
class Command:
    """Other sessions of the user end. Nobody else knows the new password."""

    old_password: Annotated[str, Secret()]
    new_password: Annotated[str, Secret()]
    new_password_again: Annotated[str, Secret()]


def prepare(actor: Actor, command: Command) -> tuple[str, str]:
    """What is kept of the old password and of the new one."""
    user = doors.users.get(actor, actor.user)
    problems = []
    if not check_password(command.old_password, user.password):
        problems.append(Problem("password-wrong", Place(column="old_password"), "", "the present password"))
    if command.new_password != command.new_password_again:
        problems.append(Problem("password-differs", Place(column="new_password_again"), "", "the same twice"))
    if command.new_password == command.old_password:
        problems.append(Problem("password-same", _NEW, "", "another one"))
    problems += _weaknesses(command.new_password, user)
    if problems:
        raise InputRefused(problems)
    return user.password, make_password(command.new_password)


def carry_out(act: Act, _command: Command, prepared: Any) -> str:
    """The user's identifier."""
    before, after = prepared
    user = doors.users.get(act.actor, act.actor.user)
    act.change(user, access_version=user.access_version + 1)
    if User.objects.filter(pk=user.pk, password=before).update(password=after) != 1:
        raise Overtaken(user.pk)
    return str(user.pk)


def _weaknesses(password: str, user: User) -> list[Problem]:
    try:
        validate_password(password, user)
    except ValidationError as weak:
        return [_WEAK[str(error.code)] for error in weak.error_list]
    return []
