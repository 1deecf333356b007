"""What a room cannot answer, told as a refused input."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from antigone.domain import InputRefused, Place, Problem
from antigone.identify import TooComplex

__all__ = ["within_reach"]


@contextmanager
def within_reach(name: str) -> Iterator[None]:
    """InputRefused in place of TooComplex: the clerk is told what is too large."""
    try:
        yield
    except TooComplex as error:
        problem = Problem("too-complex", Place(item=name), str(error), "a smaller family, or fewer remains")
        raise InputRefused([problem]) from error
