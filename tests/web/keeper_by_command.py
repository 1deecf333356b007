"""Somebody with all offices in a register that others have open, and a session of theirs.

python -m tests.web.keeper_by_command FOLDER
"""

from __future__ import annotations

import sys
from pathlib import Path

from antigone.domain import UserRole
from antigone.register import open_register
from tests.cast import do


def main(folder: str) -> None:
    """Add the user, and print the key of the session."""
    open_register(Path(folder))
    from antigone.register.actor import actor_of
    from antigone.register.models import User
    from tests.web.people import client_of

    administrator = actor_of(User.objects.get(username="admin"))
    assert administrator
    roles = ", ".join(role.value for role in UserRole if role is not UserRole.FAMILY_CONTACT)
    typed = {"institution": administrator.institution, "username": "keeper", "name": "Keeper-1", "roles": roles}
    keeper = actor_of(User.objects.get(pk=do(administrator, "add_user", **typed).record))
    assert keeper
    print(client_of(keeper).cookies["sessionid"].value)


if __name__ == "__main__":
    main(*sys.argv[1:])
