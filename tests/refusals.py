"""What an input is refused for."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from antigone.domain import InputRefused, Problem


def problems_of(action: Callable[..., object], *arguments: object) -> list[Problem]:
    """The problems with which the action refuses these arguments."""
    with pytest.raises(InputRefused) as refused:
        action(*arguments)
    return list(refused.value.problems)
