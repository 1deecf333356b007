"""The first password of a register, before there is anybody who could give one."""

from __future__ import annotations

from antigone.actions.perform import perform
from antigone.actions.registry import verb
from antigone.register.actor import actor_of
from antigone.register.models import User
from antigone.register.passwords import new_one_time_password


def first_password(user_identifier: str) -> str:
    """Give the first administrator a random one-time password, in their own name; it is kept nowhere readable."""
    actor = actor_of(User.objects.get(pk=user_identifier))
    if actor is None:
        raise ValueError(f"{user_identifier} is suspended")
    code = verb("renew_access")
    password = new_one_time_password()
    perform(actor, code, code.command(user=user_identifier, one_time_password=password))
    return password
