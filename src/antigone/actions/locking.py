"""Records held until the action ends, so that what was checked is still so when it is written."""

from __future__ import annotations

from typing import TypeVar

from antigone.register.models import Record

R = TypeVar("R", bound=Record)


def locked(record: R) -> R:
    """The record as it stands now. Nobody else changes it before this action ends."""
    return type(record)._default_manager.select_for_update(no_key=True).get(pk=record.pk)
