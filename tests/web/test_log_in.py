"""Log-in: three steps and no way past any of them, a lock-out that says for how long, and sessions that end."""

from __future__ import annotations

import time
from datetime import timedelta
from typing import Any

import pytest

from tests.cast import Cast, do
from tests.web.people import PASSWORD, Access, client_of, give_access, text_of

ONE_TIME = "k7mw-2hfd-9xqa-r4tz"


def browser(**more: Any) -> Any:
    from django.test import Client

    return Client(HTTP_HOST="127.0.0.1", **more)


def type_password(client: Any, access: Access, password: str | None = None) -> Any:
    typed = {"username": access.username, "password": password or access.password}
    return client.post("/log-in/", typed)


def log_in(client: Any, access: Access, place: int = 0) -> Any:
    type_password(client, access)
    return client.post("/log-in/code/", {"code": access.backup_code(place)})


@pytest.fixture
def access(cast: Cast) -> Access:
    return give_access(cast["registrar"], cast["administrator"])


def test_nobody_is_logged_in_before_the_second_factor(cast: Cast, access: Access) -> None:
    client = browser()
    answer = type_password(client, access)
    assert answer.url == "/log-in/code/"
    for path in ("/", "/list/missing_person/", "/ledger/", "/do/register_missing_person/", "/record/MP-000001-D/"):
        found = client.get(path)
        assert found.status_code == 302
        assert found.url.startswith("/log-in/")
    assert client.post("/log-in/code/", {"code": access.backup_code()}).url == "/"
    assert client.get("/").status_code == 200


def test_no_page_opens_without_log_in(cast: Cast) -> None:
    from antigone.web.urls import urlpatterns

    open_to_all = {"log-in", "own-password", "second-factor", "code", "language", "style"}
    arguments: dict[str, dict[str, str]] = {
        "list": {"kind": "user"}, "record": {"identifier": "US-000001-Y"}, "do": {"name": "sign"},
    }  # fmt: skip
    from django.urls import reverse

    for pattern in urlpatterns:
        if pattern.name in open_to_all:
            continue
        path = reverse(pattern.name, kwargs=arguments.get(pattern.name))
        for send in (browser().get, browser().post):
            answer = send(path)
            assert (answer.status_code, answer.url.split("?")[0]) == (302, "/log-in/"), pattern.name


def test_a_wrong_password_says_nothing_about_the_user(cast: Cast, access: Access) -> None:
    answers = [
        browser().post("/log-in/", {"username": name, "password": "not the one at all"})
        for name in (access.username, "nobody.here")
    ]
    assert [answer.status_code for answer in answers] == [400, 400]
    sentence = "User name or password is wrong. After five failed attempts the user name is closed"
    assert all(sentence in text_of(answer) for answer in answers)


@pytest.mark.parametrize("known", [True, False])
def test_after_five_failures_the_name_is_closed_and_the_page_says_for_how_long(
    cast: Cast, access: Access, known: bool
) -> None:
    client = browser()
    typed = {"username": access.username if known else "nobody.here", "password": "not the one at all"}
    codes = [client.post("/log-in/", typed).status_code for _ in range(5)]
    assert codes == [400, 400, 400, 400, 429]
    answer = client.post("/log-in/", {**typed, "password": access.password})
    assert answer.status_code == 429
    assert "It can be used again in 15 minutes." in text_of(answer)
    assert HALF_WAY not in client.session


HALF_WAY = "half_way"


def test_a_lock_out_ends(cast: Cast, access: Access) -> None:
    from axes.models import AccessAttempt
    from django.utils import timezone

    client = browser()
    for _ in range(5):
        type_password(client, access, "not the one at all")
    AccessAttempt.objects.update(attempt_time=timezone.now() - timedelta(minutes=15, seconds=1))
    assert type_password(client, access).url == "/log-in/code/"


def test_renewing_access_opens_a_closed_name(cast: Cast, access: Access) -> None:
    client = browser()
    for _ in range(5):
        type_password(client, access, "not the one at all")
    do(cast["administrator"], "renew_access", user=cast["registrar"].user, one_time_password=ONE_TIME)
    assert type_password(client, access, ONE_TIME).url == "/log-in/password/"


def test_wrong_codes_close_the_name_too(cast: Cast, access: Access) -> None:
    from django_otp.plugins.otp_totp.models import TOTPDevice

    client = browser()
    type_password(client, access)
    codes = []
    for _ in range(5):
        TOTPDevice.objects.update(throttling_failure_timestamp=None)
        codes.append(client.post("/log-in/code/", {"code": "000000"}).status_code)
    assert codes == [400, 400, 400, 400, 429]
    assert client.post("/log-in/code/", {"code": access.backup_code()}).status_code == 429


def test_a_code_is_not_taken_while_the_device_waits(cast: Cast, access: Access) -> None:
    client = browser()
    type_password(client, access)
    first = client.post("/log-in/code/", {"code": "000000"})
    assert "This code does not fit, or was used already." in text_of(first)
    second = client.post("/log-in/code/", {"code": access.code(1)})
    assert "Wait 1 second." in text_of(second)


def test_a_given_password_opens_nothing_but_the_page_where_it_is_changed(cast: Cast) -> None:
    do(cast["administrator"], "renew_access", user=cast["liaison"].user, one_time_password=ONE_TIME)
    client = browser()
    assert client.post("/log-in/", {"username": "a.liaison", "password": ONE_TIME}).url == "/log-in/password/"
    for path in ("/", "/log-in/code/", "/log-in/second-factor/"):
        assert client.get(path).status_code == 302
    typed = {"old_password": ONE_TIME, "new_password": PASSWORD, "new_password_again": PASSWORD}
    assert client.post("/log-in/password/", {**typed, "new_password": "short"}).status_code == 200
    assert client.post("/log-in/password/", typed).url == "/log-in/second-factor/"
    assert client.get("/").status_code == 302


def test_the_second_factor_is_set_up_at_the_first_log_in_with_picture_and_secret(cast: Cast) -> None:
    from antigone.register.second_factor import backup_codes, secret_bytes

    do(cast["administrator"], "renew_access", user=cast["liaison"].user, one_time_password=ONE_TIME)
    client = browser()
    client.post("/log-in/", {"username": "a.liaison", "password": ONE_TIME})
    typed = {"old_password": ONE_TIME, "new_password": PASSWORD, "new_password_again": PASSWORD}
    client.post("/log-in/password/", typed)
    page = text_of(client.get("/log-in/second-factor/"))
    secret = secret_bytes(client.session["new_secret"])
    spaced = client.session["new_secret"]
    assert " ".join(spaced[i : i + 4] for i in range(0, 32, 4)) in page
    assert 'viewBox="0 0 ' in page
    assert 'style="' not in page
    wrong = client.post("/log-in/second-factor/", {"password": PASSWORD, "code": "000000"})
    assert "the code does not fit" in text_of(wrong).lower()
    access = Access("a.liaison", PASSWORD, secret)
    done = text_of(client.post("/log-in/second-factor/", {"password": PASSWORD, "code": access.code()}))
    assert all(code in done for code in backup_codes(secret))
    assert client.get("/").status_code == 200
    assert "new_secret" not in client.session


def test_the_page_that_was_asked_for_comes_after_log_in(cast: Cast, access: Access) -> None:
    client = browser()
    answer = client.get("/list/missing_person/?by=date")
    assert answer.url == "/log-in/?next=%2Flist%2Fmissing_person%2F%3Fby%3Ddate"
    client.post(answer.url, {"username": access.username, "password": access.password})
    done = client.post("/log-in/code/", {"code": access.backup_code()})
    assert done.url == "/list/missing_person/?by=date"


def test_no_page_elsewhere_comes_after_log_in(cast: Cast, access: Access) -> None:
    client = browser()
    typed = {"username": access.username, "password": access.password}
    client.post("/log-in/?next=https://elsewhere.example/", typed)
    assert client.post("/log-in/code/", {"code": access.backup_code()}).url == "/"


def test_a_session_ends_after_half_an_hour_without_use(cast: Cast) -> None:
    client = client_of(cast["registrar"])
    assert client.get("/").status_code == 200
    session = client.session
    session["seen"] = time.time() - 30 * 60 - 1
    session.save()
    answer = client.get("/")
    assert answer.url == "/log-in/?ended=yes"
    assert "The session has ended" in text_of(client.get(answer.url))
    assert client.get("/").status_code == 302


def test_a_session_ends_after_twelve_hours_however_much_it_is_used(cast: Cast) -> None:
    client = client_of(cast["registrar"])
    session = client.session
    session["began"] = time.time() - 12 * 3600 - 1
    session.save()
    assert client.get("/").url == "/log-in/?ended=yes"


def test_a_session_without_its_times_is_none(cast: Cast) -> None:
    client = client_of(cast["registrar"])
    session = client.session
    del session["began"]
    session.save()
    assert client.get("/").status_code == 302


def test_reading_writes_to_the_session_once_a_minute_at_most(cast: Cast) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client = client_of(cast["registrar"])
    with CaptureQueriesContext(connection) as first:
        client.get("/list/missing_person/")
    assert [query["sql"] for query in first if not query["sql"].startswith("SELECT")] == []
    session = client.session
    session["seen"] = time.time() - 61
    session.save()
    with CaptureQueriesContext(connection) as later:
        client.get("/list/missing_person/")
    writes = [query["sql"] for query in later if query["sql"].startswith(("UPDATE", "INSERT", "DELETE"))]
    assert len(writes) == 1
    assert "django_session" in writes[0]


def test_log_out_ends_the_session_and_needs_a_form(cast: Cast) -> None:
    client = client_of(cast["registrar"])
    assert client.get("/log-out/").status_code == 405
    assert client.post("/log-out/").url == "/log-in/"
    assert client.get("/").status_code == 302


def test_whoever_is_suspended_is_out_at_once(cast: Cast, access: Access) -> None:
    client = browser()
    log_in(client, access)
    assert client.get("/").status_code == 200
    do(cast["administrator"], "suspend_user", user=cast["registrar"].user)
    assert client.get("/").status_code == 302
    assert type_password(browser(), access).status_code == 400


def test_renewed_access_ends_open_sessions(cast: Cast, access: Access) -> None:
    client = browser()
    log_in(client, access)
    do(cast["administrator"], "renew_access", user=cast["registrar"].user, one_time_password=ONE_TIME)
    assert client.get("/").status_code == 302


def test_changing_ones_password_ends_the_other_sessions_and_keeps_this_one(cast: Cast, access: Access) -> None:
    here, there = browser(), browser()
    log_in(here, access, 0)
    log_in(there, access, 1)
    new = "other quiet words in a row"
    typed = {"old_password": PASSWORD, "new_password": new, "new_password_again": new}
    assert here.post("/do/change_password/", typed).status_code == 302
    assert here.get("/").status_code == 200
    assert there.get("/").status_code == 302


def test_guessing_the_password_in_an_open_session_closes_the_name(cast: Cast, access: Access) -> None:
    client = browser()
    log_in(client, access)
    typed = {"old_password": "a wrong guess", "new_password": PASSWORD + "!", "new_password_again": PASSWORD + "!"}
    codes = [client.post("/do/change_password/", typed).status_code for _ in range(5)]
    assert codes == [400, 400, 400, 400, 429]


def test_a_form_from_elsewhere_is_refused(cast: Cast, access: Access) -> None:
    client = browser(enforce_csrf_checks=True)
    answer = type_password(client, access)
    assert answer.status_code == 403
    assert "The form did not come from a page of this session." in text_of(answer)


def test_every_page_forbids_what_is_not_its_own(cast: Cast) -> None:
    for answer in (browser().get("/log-in/"), client_of(cast["registrar"]).get("/"), browser().get("/style.css")):
        assert "default-src 'none'; style-src 'self'" in answer["Content-Security-Policy"]
        assert "script" not in answer["Content-Security-Policy"]
        assert answer["X-Frame-Options"] == "DENY"
        assert answer["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in client_of(cast["registrar"]).get("/")["Cache-Control"]
