"""Numbers of units that a command makes."""

from __future__ import annotations

from antigone.domain import InputRefused, Place, Problem

MOST = 999
"""Units made by one action: more is a slip of the hand."""


def check_count(column: str, count: int, least: int) -> None:
    """Refuse a number of units below the least or above `MOST`."""
    if not least <= count <= MOST:
        raise InputRefused([Problem("count", Place(column=column), str(count), f"from {least} to {MOST}")])
