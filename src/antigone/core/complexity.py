"""What cannot be computed exactly within memory is refused, never guessed."""

from __future__ import annotations


class TooComplex(ValueError):
    """No exact answer fits in memory; the message says what was needed and what fits."""
