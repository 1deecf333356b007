"""Pages that say no: not here, overtaken, locked out, forged."""

from __future__ import annotations

import math
from typing import Any

from axes.helpers import get_cool_off
from axes.models import AccessAttempt
from django.db.models import Max
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext


def not_here(request: HttpRequest, **_why: Any) -> HttpResponse:
    """The same page for what is not there and for what this person may not see."""
    return render(request, "not_here.html.j2", status=404)


def failed(request: HttpRequest) -> HttpResponse:
    """Something went wrong inside; nothing was written."""
    return render(request, "message.html.j2", {
        "title": _("This did not work"),
        "sentences": [
            _("The register could not answer. Nothing was changed."),
            _("Try it again in a moment. If it happens again, tell whoever runs this server at what time it was."),
        ],
    }, status=500)  # fmt: skip


def forgery(request: HttpRequest, **_why: Any) -> HttpResponse:
    """A form that was not sent from a page of this register, or from one that was left open too long."""
    return render(request, "message.html.j2", {
        "title": _("Please send the form again"),
        "sentences": [
            _("The form did not come from a page of this session. Nothing was changed."),
            _("Go back, load the page again and repeat it. The browser must keep cookies of this register."),
        ],
    }, status=403)  # fmt: skip


def locked_out(request: Any, _answer: Any = None, credentials: dict[str, Any] | None = None) -> HttpResponse:
    """After too many failed log-ins of one user name: for how long."""
    username = (credentials or {}).get("username")
    last = AccessAttempt.objects.filter(username=username).aggregate(last=Max("attempt_time"))["last"]
    left = (last or timezone.now()) + get_cool_off(request) - timezone.now()
    minutes = max(1, math.ceil(left.total_seconds() / 60))
    wait = ngettext(
        "Too many failed attempts with this user name. It can be used again in %(minutes)s minute.",
        "Too many failed attempts with this user name. It can be used again in %(minutes)s minutes.",
        minutes,
    ) % {"minutes": minutes}
    return render(request, "message.html.j2", {
        "title": _("Log-in is closed for a while"),
        "sentences": [wait, _("If these attempts were not yours, tell the administrator of the register.")],
    }, status=429)  # fmt: skip
