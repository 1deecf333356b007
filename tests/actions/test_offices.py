"""Who may come in: offices change, users are suspended, and an administrator is always left."""

from __future__ import annotations

import threading
from typing import Any

import pytest

from tests.actions.family_records import agrees, record, refused, state
from tests.cast import Cast, do


def _second_administrator(cast: Cast) -> Any:
    from antigone.register.actor import actor_of
    from antigone.register.models import User

    first = cast["administrator"]
    done = do(first, "add_user", institution=first.institution, username="second", name="Second", roles="administrator")
    return actor_of(User.objects.get(pk=done.record))


def test_offices_hold_from_the_next_request(cast: Cast) -> None:
    from antigone.register.actor import actor_of

    user = cast["registrar"].user
    do(cast["administrator"], "change_roles", user=user, roles="liaison, auditor")
    assert record(user).roles == ["liaison", "auditor"]
    actor = actor_of(record(user))
    assert actor is not None
    assert (actor.may("erase"), actor.may("inform_family")) == (False, True)
    facts = refused(
        "contact-without-relative", cast["administrator"], "change_roles", user=user, roles="family_contact"
    )
    assert facts == {"user": user}
    assert agrees()


def test_the_last_administrator_stays(cast: Cast) -> None:
    first = cast["administrator"]
    last = {"user": first.user}
    assert refused("last-administrator", first, "change_roles", user=first.user, roles="registrar") == last
    assert refused("last-administrator", first, "suspend_user", user=first.user) == last
    second = _second_administrator(cast)
    do(first, "change_roles", user=first.user, roles="registrar")
    assert refused("last-administrator", second, "suspend_user", user=second.user) == {"user": second.user}


def test_two_administrators_cannot_remove_each_other_at_once(cast: Cast) -> None:
    from django.db import connections

    from antigone.register.refusals import NotAllowed

    first, second = cast["administrator"], _second_administrator(cast)
    begin, ends = threading.Barrier(2), []

    def remove(actor: Any, other: Any) -> None:
        begin.wait()
        try:
            do(actor, "suspend_user", user=other.user)
            ends.append("suspended")
        except NotAllowed:
            ends.append("an administrator no longer")
        finally:
            connections.close_all()

    threads = [threading.Thread(target=remove, args=pair) for pair in ((first, second), (second, first))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(ends) == ["an administrator no longer", "suspended"]


def test_a_suspended_user_is_nobody_from_the_next_request(cast: Cast) -> None:
    from django.contrib.auth.backends import ModelBackend

    from antigone.register.actor import actor_of
    from antigone.register.models import User

    administrator, user = cast["administrator"], cast["registrar"].user
    found = User.objects.get(pk=user)
    found.set_password("a password of twenty signs")
    User.objects.filter(pk=user).update(password=found.password)
    session = found.get_session_auth_hash()
    assert ModelBackend().get_user(user) is not None
    do(administrator, "suspend_user", user=user)
    assert (state(user), ModelBackend().get_user(user), actor_of(record(user))) == ("suspended", None, None)
    assert refused("access-already", administrator, "suspend_user", user=user) == {"user": user, "state": "suspended"}
    do(administrator, "suspend_user", user=user, access="active")
    assert record(user).get_session_auth_hash() != session
    assert not record(user).has_usable_password()


def test_only_administrators_change_offices(cast: Cast) -> None:
    from antigone.register.refusals import NotAllowed

    for verb, typed in (("change_roles", {"roles": "administrator"}), ("suspend_user", {})):
        with pytest.raises(NotAllowed):
            do(cast["registrar"], verb, user=cast["registrar"].user, **typed)
