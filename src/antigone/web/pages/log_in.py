"""Log-in in steps: password, a password of one's own, second factor. Only after the last one is anybody logged in."""

from __future__ import annotations

import time
from typing import Any

import segno
from axes.handlers.proxy import AxesProxyHandler
from django.conf import settings
from django.contrib.auth import authenticate, login, logout
from django.contrib.auth.signals import user_login_failed
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.crypto import constant_time_compare
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST
from django_otp import login as otp_login
from markupsafe import Markup

from antigone.actions import perform, read_command, verb
from antigone.domain import InputRefused
from antigone.register.actor import actor_of
from antigone.register.passwords import must_change_password
from antigone.register.second_factor import (
    backup_codes,
    device_of_code,
    enrolment_address,
    has_second_factor,
    new_secret,
    seconds_to_wait,
    secret_bytes,
)
from antigone.web.backend import RegisterBackend, note_wrong_password
from antigone.web.forms import FormField, form_of
from antigone.web.middleware import BEGAN, SEEN, without_log_in
from antigone.web.refusing import locked_out

HALF_WAY, NEW_SECRET, WANTED = "half_way", "new_secret", "wanted"
HALF_WAY_SECONDS = 10 * 60
"""How long somebody may take from the password to the second factor."""
_BACKEND = "antigone.web.backend.RegisterBackend"


@without_log_in
def password(request: HttpRequest) -> HttpResponse:
    """The first step: user name and password."""
    wrong = False
    if request.method == "POST":
        typed = {name: request.POST.get(name, "").strip() for name in ("username", "password")}
        user = authenticate(request, **typed)
        if user is not None:
            wanted = request.GET.get("next", "")
            request.session.flush()
            _go_half_way(request, user)
            if url_has_allowed_host_and_scheme(wanted, {request.get_host()}, request.is_secure()):
                request.session[WANTED] = wanted
            return _next_step(user)
        wrong = True
    ended = request.GET.get("ended") == "yes"
    return render(request, "log_in.html.j2", {"wrong": wrong, "ended": ended}, status=400 if wrong else 200)


@without_log_in
def own_password(request: HttpRequest) -> HttpResponse:
    """A password that somebody else gave is changed before anything else."""
    user = _half_way(request)
    if user is None or not must_change_password(user):
        return redirect("log-in")
    form, done = _performed(request, user, "change_password")
    if done:
        user.refresh_from_db()
        _go_half_way(request, user)
        return _next_step(user)
    title = _("Choose a password of your own")
    why = _("The password you were given is known to somebody else. It opens nothing but this page.")
    return render(request, "step.html.j2", {"title": title, "why": why, "form": form, "username": user.username})


@without_log_in
def second_factor(request: Any) -> HttpResponse:
    """Set up an authenticator application: at the first log-in, or anew by somebody who is logged in."""
    logged_in = request.user.is_authenticated and request.user.is_verified()
    user = request.user if logged_in else _half_way(request)
    if user is None or (not logged_in and (must_change_password(user) or has_second_factor(user))):
        return redirect("log-in")
    secret = request.session.setdefault(NEW_SECRET, new_secret())
    form, done = _performed(request, user, "enrol_second_factor", secret=secret)
    if done:
        del request.session[NEW_SECRET]
        wanted = request.session.get(WANTED)
        _complete(request, user, user.totpdevice_set.get())
        return render(request, "backup_codes.html.j2", {
            "codes": backup_codes(secret_bytes(secret)), "wanted": wanted or reverse("today"),
        })  # fmt: skip
    spaced = " ".join(secret[i : i + 4] for i in range(0, len(secret), 4))
    shown = {"form": form, "secret": spaced, "qr": _qr_code(user.username, secret), "logged_in": logged_in}
    shown["username"] = user.username
    return render(request, "second_factor.html.j2", shown)


@without_log_in
def code(request: HttpRequest) -> HttpResponse:
    """The last step: a code of the application, or a backup code."""
    user = _half_way(request)
    if user is None or must_change_password(user) or not has_second_factor(user):
        return redirect("log-in")
    problem = ""
    if request.method == "POST":
        if not AxesProxyHandler.is_allowed(request, {"username": user.username}):
            return locked_out(request, credentials={"username": user.username})
        wait = seconds_to_wait(user)
        device = None if wait else device_of_code(user, request.POST.get("code", ""))
        if device is not None:
            return _complete(request, user, device)
        if wait:
            problem = ngettext(
                "After wrong codes no code is taken for a while. Wait %(seconds)s second.",
                "After wrong codes no code is taken for a while. Wait %(seconds)s seconds.",
                wait,
            ) % {"seconds": wait}
        else:
            problem = _("This code does not fit, or was used already. Wait for the next one on the phone.")
            user_login_failed.send("antigone", credentials={"username": user.username}, request=request)
    return render(request, "code.html.j2", {"problem": problem}, status=400 if problem else 200)


@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """Log out."""
    logout(request)
    return redirect("log-in")


def _go_half_way(request: HttpRequest, user: Any) -> None:
    """The password was right. The user is not logged in yet; the session only remembers who it was."""
    request.session.cycle_key()
    request.session[HALF_WAY] = {"user": user.pk, "hash": user.get_session_auth_hash(), "at": time.time()}


def _half_way(request: HttpRequest) -> Any:
    """Whose password was right in this session a short while ago; None: nobody's."""
    found = request.session.get(HALF_WAY)
    if not found or time.time() - found["at"] > HALF_WAY_SECONDS:
        return None
    user = RegisterBackend().get_user(found["user"])
    return user if user and constant_time_compare(found["hash"], user.get_session_auth_hash()) else None


def _next_step(user: Any) -> HttpResponse:
    if must_change_password(user):
        return redirect("own-password")
    return redirect("code" if has_second_factor(user) else "second-factor")


def _complete(request: Any, user: Any, device: Any) -> HttpResponse:
    """Both factors were right: begin the session."""
    wanted = request.session.pop(WANTED, None)
    request.session.pop(HALF_WAY, None)
    login(request, user, _BACKEND)
    otp_login(request, device)
    request.session[BEGAN] = request.session[SEEN] = time.time()
    return redirect(wanted or "today")


def _performed(request: HttpRequest, user: Any, name: str, **known: str) -> tuple[list[FormField], bool]:
    """Do this verb with what was sent, if anything was; the form, and whether it was done."""
    actor = actor_of(user)
    code_of_verb = verb(name)
    if request.method != "POST" or actor is None:
        return form_of(name, known), False
    names = [field.name for field in form_of(name)]
    typed = {**{n: request.POST.get(n, "") for n in names}, **known}
    try:
        perform(actor, code_of_verb, read_command(code_of_verb.command, typed))
    except InputRefused as refused:
        note_wrong_password(request, user.username, refused.problems)
        return form_of(name, typed, refused.problems), False
    return [], True


def _qr_code(username: str, secret: str) -> Markup:
    address = enrolment_address(settings.FOLDER.name, username, secret)
    picture = segno.make(address, error="m", micro=False)
    return Markup(
        picture.svg_inline(omitsize=True, border=3, light="white", title=_("QR code of the secret written below"))
    )
