"""Passwords and second factors, by actions: what they ask for, what they leave behind, and what nobody can read."""

from __future__ import annotations

from typing import Any

import pytest

from tests.actions.family_records import problems
from tests.cast import Cast, do
from tests.web.people import PASSWORD, give_access

ONE_TIME = "k7mw-2hfd-9xqa-r4tz"


def user_of(actor: Any) -> Any:
    from antigone.register.models import User

    return User.objects.get(pk=actor.user)


def test_a_one_time_password_is_known_as_one_and_kept_nowhere_readable(cast: Cast) -> None:
    from antigone.register.models import Change, LedgerEntry
    from antigone.register.passwords import must_change_password

    before = user_of(cast["registrar"])
    do(cast["administrator"], "renew_access", user=before.pk, one_time_password=ONE_TIME)
    user = user_of(cast["registrar"])
    assert must_change_password(user)
    assert user.check_password(ONE_TIME)
    assert user.access_version == before.access_version + 1
    entry = LedgerEntry.objects.order_by("-index")[0]
    assert (entry.verb, entry.actor, entry.changes_count) == ("renew_access", cast["administrator"].user, 1)
    change = Change.objects.get(action=entry.action)
    assert ONE_TIME not in change.plain
    assert user.password not in change.plain
    assert change.sealed is None


def test_a_password_of_ones_own_replaces_it(cast: Cast) -> None:
    from antigone.register.passwords import must_change_password

    actor = cast["registrar"]
    do(cast["administrator"], "renew_access", user=actor.user, one_time_password=ONE_TIME)
    do(actor, "change_password", old_password=ONE_TIME, new_password=PASSWORD, new_password_again=PASSWORD)
    user = user_of(actor)
    assert not must_change_password(user)
    assert user.check_password(PASSWORD)


@pytest.mark.parametrize(
    ("new", "again", "code", "column"),
    [
        ("short words", "short words", "password-too-short", "new_password"),
        ("123456789012", "123456789012", "password-only-digits", "new_password"),
        ("passwordpassword1", "passwordpassword1", None, ""),
        ("a.registrar1", "a.registrar1", "password-like-name", "new_password"),
        ("several quiet words", "several loud words", "password-differs", "new_password_again"),
        (ONE_TIME, ONE_TIME, "password-same", "new_password"),
    ],
)
def test_a_weak_password_is_refused(cast: Cast, new: str, again: str, code: str | None, column: str) -> None:
    actor = cast["registrar"]
    do(cast["administrator"], "renew_access", user=actor.user, one_time_password=ONE_TIME)
    typed = {"old_password": ONE_TIME, "new_password": new, "new_password_again": again}
    if code is None:
        do(actor, "change_password", **typed)
        return
    assert (code, column) in {(found, where) for found, where, _what in problems(actor, "change_password", **typed)}


def test_no_refusal_repeats_a_password(cast: Cast) -> None:
    actor = cast["registrar"]
    do(cast["administrator"], "renew_access", user=actor.user, one_time_password=ONE_TIME)
    typed = {"old_password": "not the one", "new_password": "short", "new_password_again": "other"}
    found = problems(actor, "change_password", **typed)
    assert {code for code, _column, _found in found} >= {"password-wrong", "password-differs", "password-too-short"}
    assert [what for _code, _column, what in found if what] == []


def test_a_short_one_time_password_is_refused(cast: Cast) -> None:
    actor = cast["administrator"]
    found = problems(actor, "renew_access", user=cast["registrar"].user, one_time_password="short")
    assert found == [("password-too-short", "one_time_password", "")]


def test_the_second_factor_needs_the_password_and_a_code_that_fits(cast: Cast) -> None:
    from antigone.register.second_factor import new_secret

    actor = cast["registrar"]
    give_access(actor, cast["administrator"])
    wrong = problems(actor, "enrol_second_factor", password="not the one", secret=new_secret(), code="000000")
    assert [(code, column) for code, column, _what in wrong] == [
        ("password-wrong", "password"), ("second-factor-code", "code"),
    ]  # fmt: skip
    none = problems(actor, "enrol_second_factor", password=PASSWORD, secret="no secret", code="000000")
    assert [code for code, _column, _what in none] == ["second-factor-secret"]


def test_setting_it_up_anew_ends_the_old_one(cast: Cast) -> None:
    from antigone.register.second_factor import device_of_code, new_secret, secret_bytes, step_of_code
    from tests.web.people import Access

    actor = cast["registrar"]
    old = give_access(actor, cast["administrator"])
    secret = new_secret()
    new = Access(old.username, PASSWORD, secret_bytes(secret))
    do(actor, "enrol_second_factor", password=PASSWORD, secret=secret, code=new.code())
    user = user_of(actor)
    assert device_of_code(user, old.backup_code()) is None
    assert step_of_code(new.secret, new.code()) is not None
    assert step_of_code(new.secret, "abcdef") is None
    assert user.access_version == 5  # renewed, password, factor, factor


def test_a_code_of_the_application_fits_once_and_so_does_each_backup_code(cast: Cast) -> None:
    from antigone.register.second_factor import device_of_code

    access = give_access(cast["registrar"], cast["administrator"])
    user = user_of(cast["registrar"])
    assert device_of_code(user, access.code()) is None  # it was used to set the application up
    assert device_of_code(user, access.backup_code(3)) is not None
    assert device_of_code(user, access.backup_code(3)) is None


def test_after_a_wrong_code_the_device_waits(cast: Cast) -> None:
    from antigone.register.second_factor import device_of_code, seconds_to_wait

    access = give_access(cast["registrar"], cast["administrator"])
    user = user_of(cast["registrar"])
    assert seconds_to_wait(user) == 0
    for _ in range(3):
        device_of_code(user, "000000")
    assert seconds_to_wait(user) >= 1
    assert device_of_code(user, access.code(1)) is None


def test_a_lost_second_factor_is_taken_away_when_access_is_renewed(cast: Cast) -> None:
    from antigone.register.second_factor import has_second_factor

    actor, administrator = cast["registrar"], cast["administrator"]
    give_access(actor, administrator)
    do(administrator, "renew_access", user=actor.user, one_time_password=ONE_TIME)
    assert has_second_factor(user_of(actor))
    do(administrator, "renew_access", user=actor.user, one_time_password=ONE_TIME, new_second_factor="yes")
    assert not has_second_factor(user_of(actor))


def test_only_administrators_renew_access(cast: Cast) -> None:
    from antigone.register.refusals import NotAllowed

    with pytest.raises(NotAllowed):
        do(cast["registrar"], "renew_access", user=cast["liaison"].user, one_time_password=ONE_TIME)


def test_one_time_passwords_are_random_and_easy_to_copy(register_templates: object) -> None:
    from antigone.register.passwords import new_one_time_password

    made = {new_one_time_password() for _ in range(200)}
    assert len(made) == 200
    assert all(len(password.replace("-", "")) == 16 for password in made)
    assert not set("".join(made)) & set("01ilo")
