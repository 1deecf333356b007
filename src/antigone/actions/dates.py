"""Days that people write down."""

from datetime import date, datetime, timedelta

from antigone.domain import InputRefused, Place, Problem

_FARTHEST_EAST = timedelta(hours=14)


def refuse_ahead(day: date, column: str, now: datetime) -> None:
    """Raise InputRefused (`date-ahead`) for a day that has begun nowhere yet; `now` in UTC."""
    today = (now + _FARTHEST_EAST).date()
    if day > today:
        raise InputRefused([Problem("date-ahead", Place(column=column), day.isoformat(), "no day that is to come")])
