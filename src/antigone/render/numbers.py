"""Numbers as a court may read them: certainty is never rounded up."""

from __future__ import annotations

import math

MINUS = "\N{MINUS SIGN}"
DASH = "\N{EN DASH}"
_EXPONENTS = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def probability(value: float | None) -> str:
    r"""At least two digits of what is left to doubt, rounded towards doubt.

    >>> [probability(p) for p in (0.9994999, 0.5, 0.0123, 0.0, 1.0, 1 - 1e-9, 2e-9)]
    ['0.99949', '0.50', '0.012', '0', '>\xa00.999999', '>\xa00.999999', '<\xa00.000001']
    """
    if value is None:
        return DASH
    if value <= 0.0:
        return "0"
    if value < 1e-6:
        return "<\N{NO-BREAK SPACE}0.000001"
    if value > 1.0 - 1e-6:
        return ">\N{NO-BREAK SPACE}0.999999"
    if value <= 0.5:
        return f"{value:.{_digits(value)}f}"
    scale = 10 ** _digits(1.0 - value)
    return f"{math.floor(value * scale + 1e-7) / scale:.{_digits(1.0 - value)}f}"


def _digits(doubt: float) -> int:
    return max(2, 1 - math.floor(math.log10(doubt)))


def log10(value: float | None, places: int = 2) -> str:
    """A log10 LR cut towards zero, so that no figure looks stronger than it is.

    >>> [log10(v) for v in (3.999, -4.001, 0.0, float("-inf"))]
    ['3.99', '−4.00', '0.00', '−∞']
    """
    if value is None or math.isnan(value):
        return DASH
    if math.isinf(value):
        return MINUS + "∞" if value < 0 else "∞"
    scale = 10**places
    cut = math.trunc(value * scale + math.copysign(1e-7, value)) / scale
    text = f"{abs(cut):.{places}f}"
    return MINUS + text if cut < 0 else text


def ratio(value: float | None) -> str:
    r"""The likelihood ratio itself, two digits, cut downwards.

    >>> [ratio(v).replace("\xa0", " ") for v in (8.3512, 2.0, 0.0, -5.3, float("-inf"))]
    ['2.2 × 10⁸', '100', '1', '5.0 × 10⁻⁶', '0']
    """
    if value is None or math.isnan(value):
        return DASH
    if math.isinf(value):
        return "0" if value < 0 else "∞"
    if -1.0 <= value < 4.0:
        return _plain(10.0**value)
    exponent = math.floor(value)
    mantissa = math.floor(10.0 ** (value - exponent) * 10 + 1e-7) / 10
    return f"{mantissa:.1f}\N{NO-BREAK SPACE}×\N{NO-BREAK SPACE}10{str(exponent).translate(_EXPONENTS)}"


def _plain(value: float) -> str:
    if value >= 100:
        return f"{math.floor(value * (1 + 1e-12)):,}"
    digits = max(0, 1 - math.floor(math.log10(value) + 1e-12))
    cut = math.floor(value * 10**digits * (1 + 1e-12)) / 10**digits
    return f"{cut:.{digits}f}".rstrip("0").rstrip(".") if digits else f"{cut:.0f}"


def count(value: int | None) -> str:
    """
    >>> count(70000)
    '70,000'
    """
    return DASH if value is None else f"{value:,}"
