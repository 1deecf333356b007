"""Expected counts, shares, times: chance is never rounded down."""

from __future__ import annotations

import math
from datetime import datetime

from antigone.render.language import _
from antigone.render.numbers import DASH, count, ratio

_EXPONENTS = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
_PLAIN_FROM = 1e-3
_LEAST = 1e-6
_ERROR_WORTH_SAYING = 0.05


def expected(value: float | None, error: float | None = None) -> str:
    """A number of pairs expected by chance, rounded up; with its uncertainty where that is above five per cent.

    >>> [expected(v) for v in (9812.3, 29.83, 1.0, 0.0131, 2.61e-5, 3e-9, 0.0, None)]
    ['9,813', '30', '1', '0.014', '2.7 × 10⁻⁵', '< 10⁻⁶', '0', '–']
    >>> [expected(29.83, 2.1), expected(2.61e-5, 3e-6), expected(1250.0, 20.0), expected(0.0, 0.02)]
    ['30 ± 3', '2.7 × 10⁻⁵ ± 3 × 10⁻⁶', '1,250', '0 ± 0.02']
    """
    if value is None:
        return DASH
    if 0 < value < _LEAST and (error or 0.0) < _LEAST:
        return f"< {_power(-6)}"
    if error is None or error <= _ERROR_WORTH_SAYING * value:
        return _up(value, 0 if value >= 100 else _first_digit(value) - 1).removesuffix(".0")
    return f"{_up(value, _first_digit(error))} ± {_up(error, _first_digit(error))}"


def _first_digit(value: float) -> int:
    """The power of ten of the first digit; 0 for 0."""
    return math.floor(math.log10(value) + 1e-9) if value > 0 else 0


def _up(value: float, digit: int) -> str:
    """The value rounded up to a multiple of this power of ten."""
    if value <= 0:
        return "0"
    steps = math.ceil(value / 10.0**digit * (1 - 1e-9))
    if digit >= 0:
        return count(steps * 10**digit)
    if value >= _PLAIN_FROM:
        return f"{steps / 10**-digit:,.{-digit}f}"
    places = len(str(steps)) - 1
    return f"{steps / 10**places:.{places}f} × {_power(digit + places)}"


def _power(exponent: int) -> str:
    return f"10{str(exponent).translate(_EXPONENTS)}"


def decade(exponent: int) -> str:
    """A power of ten as it stands at an axis.

    >>> [decade(e) for e in (-3, 0, 2, 5)]
    ['0.001', '1', '100', '10⁵']
    """
    if -4 < exponent < 0:
        return f"{10.0**exponent:.{-exponent}f}"
    return count(10**exponent) if 0 <= exponent < 4 else _power(exponent)


def strength(log10_lr: float) -> str:
    """An LR from which something is counted.

    >>> [strength(v) for v in (0.8004, 2.0, 4.0, 6.0)]
    ['LR ≥ 6.3', 'LR ≥ 100', 'LR ≥ 10⁴', 'LR ≥ 10⁶']
    """
    whole = round(log10_lr)
    return f"LR ≥ {decade(whole) if log10_lr == whole else ratio(log10_lr)}".replace("\N{NO-BREAK SPACE}", " ")


def missed(low: float | None, high: float | None) -> str:
    """The probability of staying below the floor, between two bounds; the upper one rounded up.

    >>> [missed(*pair) for pair in ((0.031, 0.031), (0.4212, 0.4498), (0.0, 0.00004), (1.0, 1.0), (None, None))]
    ['3.1%', '42 to 45%', 'below 0.1%', '100%', '–']
    """
    if low is None or high is None:
        return DASH
    if high < 0.001:
        return _("below {percent}").format(percent="0.1%")
    places = 1 if high < 0.1 else 0
    first, last = math.floor(low * 100 * 10**places + 1e-6), math.ceil(high * 100 * 10**places - 1e-6)
    most = f"{last / 10**places:.{places}f}%"
    if last - first <= 1:
        return most
    return _("{low} to {high}").format(low=f"{first / 10**places:.{places}f}", high=most)


def part_of(part: int, whole: int) -> str:
    """A part and its share, cut downwards.

    >>> [part_of(32, 95), part_of(999, 1000), part_of(0, 0)]
    ['32 (33%)', '999 (99%)', '0']
    """
    return f"{count(part)} ({100 * part // whole}%)" if whole else count(part)


def duration(seconds: float) -> str:
    """
    >>> [duration(s) for s in (0.04, 4.25, 54.1, 125.0, 3790.0)]
    ['0.1 s', '4.3 s', '55 s', '2 min 5 s', '1 h 4 min']
    """
    if seconds < 10:
        return f"{math.ceil(seconds * 10) / 10:.1f} s"
    whole = math.ceil(seconds)
    if whole < 60:
        return f"{whole} s"
    if whole < 3600:
        return f"{whole // 60} min {whole % 60} s"
    minutes = math.ceil(whole / 60)
    return f"{minutes // 60} h {minutes % 60} min"


def moment(when: str) -> str:
    """
    >>> moment("2026-11-22T01:02:03Z")
    '2026-11-22 01:02 UTC'
    """
    return f"{datetime.fromisoformat(when):%Y-%m-%d %H:%M} UTC"
