"""Password and user at log-in."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.hashers import check_password, make_password
from django.contrib.auth.signals import user_login_failed
from django.http import HttpRequest

from antigone.domain import Problem


def note_wrong_password(request: HttpRequest, username: str, problems: Iterable[Problem]) -> None:
    """A wrong password counts towards the lock-out wherever it is asked for, in an open session too."""
    if any(problem.code == "password-wrong" for problem in problems):
        user_login_failed.send("antigone", credentials={"username": username}, request=request)


class RegisterBackend(ModelBackend):
    """The password is compared and nothing is written: a one-time password must stay known as one."""

    def authenticate(
        self, request: HttpRequest | None, username: str | None = None, password: str | None = None, **_kwargs: Any
    ) -> Any:
        if username is None or password is None:
            return None
        user = get_user_model()._default_manager.filter(username=username).first()
        if user is None:
            make_password(password)  # the same time, whether or not there is such a user
            return None
        return user if check_password(password, user.password) and self.user_can_authenticate(user) else None
