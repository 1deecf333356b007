"""Places on the earth as graves registration writes them: degrees, as text, no digit added or lost."""

from __future__ import annotations

import re

from antigone.domain import InputRefused, Place, Problem

_PAIR = re.compile(r"(-?\d{1,2}(?:\.\d{1,8})?)\s*[,;]\s*(-?\d{1,3}(?:\.\d{1,8})?)", re.ASCII)


def read_coordinates(written: str) -> str:
    """Latitude and longitude in degrees, written alike; InputRefused where it is no place."""
    found = _PAIR.fullmatch(written.strip())
    if found is None or abs(float(found[1])) > 90 or abs(float(found[2])) > 180:
        needed = "latitude and longitude in degrees, as 48.46470, 35.04620"
        raise InputRefused([Problem("coordinates", Place(column="coordinates"), written, needed)])
    return f"{found[1]}, {found[2]}"
