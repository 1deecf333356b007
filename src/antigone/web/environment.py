"""The templates' words, numbers and dates."""

from __future__ import annotations

import datetime
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.translation import get_language, gettext, ngettext, npgettext, pgettext
from jinja2 import Environment, StrictUndefined

from antigone import __version__

DAY = {"uk": "j E Y", "ru": "j E Y", "en": "j F Y"}


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
    )
    made.filters.update(day=day, moment=moment, number=number)
    return made


def day(value: datetime.date | str | None) -> str:
    """A date in words, in the language of the request; a text as 2025-06-11 is read first.

    A text that is no date stays as it is: what a record says is shown, not judged.
    """
    if not value:
        return ""
    if isinstance(value, str):
        try:
            value = datetime.date.fromisoformat(value)
        except ValueError:
            return str(value)
    return date_format(value, DAY[get_language() or "en"])


def moment(value: datetime.datetime) -> str:
    """A time to the minute, UTC: the offices that share a register need not share a clock."""
    at = timezone.localtime(value, datetime.UTC)
    return f"{day(at.date())}, {at:%H:%M} UTC"


def number(value: int) -> str:
    """A count with its thousands apart.

    Identifiers are texts and never come here.
    """
    return str(number_format(value, force_grouping=True))
