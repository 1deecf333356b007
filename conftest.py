"""Which modules are searched for examples."""

from __future__ import annotations

from pathlib import Path

SOURCE = Path(__file__).resolve().parent / "src"


def pytest_ignore_collect(collection_path: Path) -> bool | None:
    """Leave out a module without an example: to import Django's models needs an open register, and an example none."""
    if collection_path.suffix != ".py" or not collection_path.is_relative_to(SOURCE):
        return None
    return ">>>" not in collection_path.read_text(encoding="utf-8") or None
