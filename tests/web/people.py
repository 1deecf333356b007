"""People of the tests at the pages: with a session of their own, or with a password and a second factor to log in."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tests.cast import do

if TYPE_CHECKING:
    from django.test import Client

    from antigone.register.actor import Actor

PASSWORD = "several quiet words in a row"


@dataclass(frozen=True)
class Access:
    """What somebody logs in with."""

    username: str
    password: str
    secret: bytes

    def code(self, later: int = 0) -> str:
        """The code of the application, so many steps of 30 s from now."""
        from django_otp.oath import totp

        return f"{totp(self.secret, drift=later):06d}"

    def backup_code(self, place: int = 0) -> str:
        from antigone.register.second_factor import backup_codes

        return backup_codes(self.secret)[place]


def give_access(actor: Actor, administrator: Actor) -> Access:
    """Let this person choose a password and set up a second factor, by actions."""
    from antigone.register.models import User
    from antigone.register.passwords import new_one_time_password
    from antigone.register.second_factor import new_secret, secret_bytes

    first, secret = new_one_time_password(), new_secret()
    do(administrator, "renew_access", user=actor.user, one_time_password=first)
    do(actor, "change_password", old_password=first, new_password=PASSWORD, new_password_again=PASSWORD)
    access = Access(User.objects.get(pk=actor.user).username, PASSWORD, secret_bytes(secret))
    do(actor, "enrol_second_factor", password=PASSWORD, secret=secret, code=access.code())
    return access


def client_of(actor: Actor) -> Client:
    """A browser in which this person has logged in with both factors, without the steps of it."""
    from django.contrib.auth import get_user_model
    from django.test import Client
    from django_otp import DEVICE_ID_SESSION_KEY
    from django_otp.plugins.otp_totp.models import TOTPDevice

    user = get_user_model()._default_manager.get(pk=actor.user)
    device, _ = TOTPDevice.objects.get_or_create(user=user, name="application")
    client = Client(HTTP_HOST="127.0.0.1")
    client.force_login(user, "antigone.web.backend.RegisterBackend")
    session = client.session
    session[DEVICE_ID_SESSION_KEY] = device.persistent_id
    session["began"] = session["seen"] = time.time()
    session.save()
    return client


def text_of(response: Any) -> str:
    """The page as a text."""
    found: str = response.content.decode()
    return found
