"""Dates, times and counts in the language of the request."""

from __future__ import annotations

import datetime

from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.translation import get_language

DAY = {"uk": "j E Y", "ru": "j E Y", "en": "j F Y"}


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
