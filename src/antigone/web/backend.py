"""Password and user at log-in."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.hashers import check_password, make_password
from django.http import HttpRequest


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
