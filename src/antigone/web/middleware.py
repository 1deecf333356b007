"""What holds for every page: nothing from elsewhere, nobody without log-in, and no session without an end."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.http import urlencode

from antigone.register.actor import actor_of
from antigone.register.refusals import NotHere
from antigone.web.refusing import not_here

Answer = Callable[[HttpRequest], HttpResponse]
POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
BEGAN, SEEN = "began", "seen"
"""When the session was begun, and when somebody was last seen in it: seconds since 1970."""


class ContentPolicy:
    """The browser is told to load style and pictures from here alone, and no script at all."""

    def __init__(self, get_response: Answer) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self._get_response(request)
        response["Content-Security-Policy"] = POLICY
        response["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()"
        return response


class LogInFirst:
    """Every page but those marked `without_log_in` needs password and second factor, in a session that is alive."""

    def __init__(self, get_response: Answer) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self._get_response(request)
        if request.path != reverse("style"):
            add_never_cache_headers(response)
        return response

    def process_view(self, request: Any, view: Any, _args: Any, _kwargs: Any) -> HttpResponse | None:
        if getattr(view, "without_log_in", False):
            return None
        if not (request.user.is_authenticated and request.user.is_verified()):
            return self._to_log_in(request)
        if self._has_ended(request.session):
            logout(request)
            return self._to_log_in(request, ended="yes")
        actor = actor_of(request.user)
        if actor is None:
            return self._to_log_in(request)
        request.actor = actor
        return None

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        return not_here(request) if isinstance(exception, NotHere) else None

    @staticmethod
    def _has_ended(session: Any) -> bool:
        now = time.time()
        began, seen = session.get(BEGAN, 0.0), session.get(SEEN, 0.0)
        if now - seen > settings.SESSION_IDLE.total_seconds() or now - began > settings.SESSION_WHOLE.total_seconds():
            return True
        if now - seen > settings.SESSION_NOTED_EVERY.total_seconds():
            session[SEEN] = now
        return False

    @staticmethod
    def _to_log_in(request: HttpRequest, **more: str) -> HttpResponse:
        wanted = {"next": request.get_full_path()} if request.method == "GET" and request.path != "/" else {}
        query = urlencode({**more, **wanted})
        return redirect(reverse("log-in") + (f"?{query}" if query else ""))


def without_log_in(view: Any) -> Any:
    """Mark a page that is there for everybody."""
    view.without_log_in = True
    return view
