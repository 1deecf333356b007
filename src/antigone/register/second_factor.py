"""The second factor at log-in: a six-digit code of an authenticator application (RFC 6238), or a backup code."""

from __future__ import annotations

import hmac
import secrets
import time
from base64 import b32decode, b32encode
from datetime import timedelta
from urllib.parse import quote, urlencode

from django.db import transaction
from django.utils import timezone
from django_otp.models import Device
from django_otp.oath import TOTP
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice

from antigone.register.models import User

SECRET_BYTES = 20
STEP = 30
TOLERANCE = 1  # steps early or late: clocks of phones differ
BACKUP_CODES = 10


def new_secret() -> str:
    """A secret for an authenticator application, 32 signs in base 32."""
    return b32encode(secrets.token_bytes(SECRET_BYTES)).decode()


def secret_bytes(secret: str) -> bytes:
    """The secret as written in base 32, spaces allowed; ValueError where it is none."""
    found = b32decode(secret.replace(" ", "").upper())
    if len(found) != SECRET_BYTES:
        raise ValueError(f"a secret has {SECRET_BYTES} bytes")
    return found


def enrolment_address(register: str, username: str, secret: str) -> str:
    """The otpauth:// address that an authenticator application reads from the QR code."""
    query = urlencode({"secret": secret, "issuer": register, "algorithm": "SHA1", "digits": 6, "period": STEP})
    return f"otpauth://totp/{quote(register)}:{quote(username)}?{query}"


def step_of_code(secret: bytes, code: str) -> int | None:
    """The time step that a code of this secret is of; None where it is wrong or too old."""
    totp = TOTP(secret, step=STEP)
    totp.time = time.time()
    if not code.isdecimal() or not totp.verify(int(code), TOLERANCE):
        return None
    return int(totp.t())


def backup_codes(secret: bytes) -> tuple[str, ...]:
    """The codes that go with a secret: whoever knows it could make the other codes too."""
    digests = (hmac.digest(secret, f"antigone-backup-code/1|{n}".encode(), "sha256") for n in range(BACKUP_CODES))
    return tuple(b32encode(digest[:5]).decode().lower() for digest in digests)


def has_second_factor(user: User) -> bool:
    """Whether the user has set up an authenticator application."""
    return TOTPDevice.objects.devices_for_user(user, confirmed=True).exists()


def device_of_code(user: User, code: str) -> Device | None:
    """The user's device that this code is of, once: the same code does not fit a second time.

    Six digits are a code of the application, anything else a backup code. After each wrong code the device
    waits, twice as long each time (`seconds_to_wait`).
    """
    signs = code.replace(" ", "").replace("-", "").lower()
    model = TOTPDevice if signs.isdecimal() and len(signs) == 6 else StaticDevice
    with transaction.atomic():
        device: Device | None = model.objects.devices_for_user(user, confirmed=True).select_for_update().first()
        return device if device is not None and device.verify_token(signs) else None


def seconds_to_wait(user: User) -> int:
    """How long the user's devices take no code, after wrong ones; 0 where they do."""
    longest = timedelta()
    for model in (TOTPDevice, StaticDevice):
        for device in model.objects.devices_for_user(user, confirmed=True):
            allowed, why = device.verify_is_allowed()
            if not allowed:
                longest = max(longest, why["locked_until"] - timezone.now())
    return max(0, -int(-longest.total_seconds() // 1))
