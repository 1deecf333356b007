"""One-time passwords: known to somebody else, and good for nothing but choosing one's own."""

from __future__ import annotations

import secrets

from django.contrib.auth.hashers import ScryptPasswordHasher, make_password

from antigone.register.models import User

_SIGNS = "23456789abcdefghjkmnpqrstuvwxyz"  # none that are taken for one another on paper
_GROUPS, _GROUP = 4, 4


class OneTimePasswordHasher(ScryptPasswordHasher):
    """Scrypt under another name, by which a one-time password is known."""

    algorithm = "once"


def new_one_time_password() -> str:
    """Sixteen random signs in groups of four, 79 bits."""
    return "-".join("".join(secrets.choice(_SIGNS) for _ in range(_GROUP)) for _ in range(_GROUPS))


def encoded_one_time_password(password: str) -> str:
    """What is kept of it."""
    return make_password(password, hasher=OneTimePasswordHasher.algorithm)


def must_change_password(user: User) -> bool:
    """Whether the user's password was set by somebody else."""
    return user.password.startswith(OneTimePasswordHasher.algorithm + "$")
