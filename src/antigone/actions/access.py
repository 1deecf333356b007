"""Who may log in, and that somebody is always left who can let others in."""

from __future__ import annotations

from django.contrib.auth.hashers import make_password

from antigone.actions.act import Act
from antigone.domain import UserRole
from antigone.register.models import User
from antigone.register.refusals import NotNow


def refuse_last_administrator(user: User) -> None:
    """Raise NotNow (`last-administrator`) where no other active administrator is left.

    The active users are locked to the end of the action, so that two administrators cannot remove each other at once.
    """
    active = User.objects.select_for_update(no_key=True).filter(state="active").order_by("pk")
    others = [other for other in active if UserRole.ADMINISTRATOR.value in other.roles and other.pk != user.pk]
    if not others:
        raise NotNow("last-administrator", user=str(user.pk))


def suspend(act: Act, user: User, seen: int | None = None) -> None:
    """From the next request on this user is nobody, and no session of before works again after a reinstatement.

    Every request asks for the state; the sessions are bound to the password, and that one is gone.
    """
    act.change(user, seen=seen, state="suspended")
    User.objects.filter(pk=user.pk).update(password=make_password(None))
