"""The look of the pages: that of every page the program makes, and what forms and navigation need."""

from __future__ import annotations

from functools import cache
from hashlib import sha256

from django.http import HttpRequest, HttpResponse
from django.template.loader import get_template

from antigone.web.middleware import without_log_in


@cache
def sheet() -> str:
    """The style sheet; the first part is the one of `render`."""
    return "".join(get_template(name).render() for name in ("_style.css.j2", "pages.css.j2"))


@cache
def sheet_version() -> str:
    """Eight digits that change with the style sheet."""
    return sha256(sheet().encode()).hexdigest()[:8]


@without_log_in
def style(_request: HttpRequest) -> HttpResponse:
    """The style sheet; a browser keeps it until its version changes."""
    answer = HttpResponse(sheet(), content_type="text/css; charset=utf-8")
    answer["Cache-Control"] = "public, max-age=31536000, immutable"
    return answer
