"""The scenarios that come with the program."""

from __future__ import annotations

from importlib import resources
from pathlib import Path

_NAMES = ("demo", "istanbul-2025", "whole-war")


def shipped_scenarios() -> dict[str, Path]:
    """Name -> file.

    >>> list(shipped_scenarios())
    ['demo', 'istanbul-2025', 'whole-war']
    """
    folder = Path(str(resources.files("antigone.simulate"))) / "scenarios"
    return {name: folder / f"{name}.toml" for name in _NAMES}
