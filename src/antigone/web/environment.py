"""The templates' words, numbers and dates."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language, gettext, ngettext, npgettext, pgettext
from jinja2 import Environment, StrictUndefined

from antigone import __version__
from antigone.web.localised import day, moment, number
from antigone.web.navigation import navigation
from antigone.web.pages.style import sheet_version


def environment(**options: Any) -> Environment:
    """The one template engine, in the language of the request; what a record says is never markup."""
    made = Environment(
        **{**options, "undefined": StrictUndefined, "trim_blocks": True, "lstrip_blocks": True},
        extensions=["jinja2.ext.i18n"],
    )
    made.install_gettext_callables(gettext, ngettext, newstyle=True, pgettext=pgettext, npgettext=npgettext)  # type: ignore[attr-defined]
    made.globals.update(
        url=reverse,
        languages=settings.LANGUAGES,
        language=lambda: get_language() or "en",
        register_name=settings.FOLDER.name,
        version=__version__,
        navigation=navigation,
        sheet_version=sheet_version,
    )
    made.filters.update(day=day, moment=moment, number=number)
    return made
