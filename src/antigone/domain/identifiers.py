"""Identifiers that people copy by hand and read aloud: kind, number, check sign, as in `MP-0004K2-8`.

The number is written in base 32 with the digits 0-9 and A-Z without I, L, O, U (Crockford), six of
them, so identifiers of one kind sort as their numbers do. The check sign is the sum, over the field
GF(32) = GF(2)[x] / (x^5 + x^2 + 1), of the value of every sign before it times a power of x; the powers
are all different. With s and t two signs and v and w the powers at their places, one wrong sign changes
the sum by v (s - t), never zero, and two signs that changed places by (v - w) (s - t), never zero either.
So one wrong sign is always found, and so are two signs that changed places, next to each other or not.
A lost or an added sign is found by the length. Of all other errors one in 32 passes, so the record that an
identifier leads to is still to be looked at.
"""

from __future__ import annotations

import re
import unicodedata
from enum import StrEnum

from antigone.domain.errors import InputRefused, Place, Problem

DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""The signs of numbers and checks, by value."""
PLACES = 6
"""Digits of a number."""
LARGEST = 32**PLACES - 1
"""The largest number of a kind, 1,073,741,823."""

_SIGNS = 2 + PLACES + 1
_POLYNOMIAL = 0b100101  # x^5 + x^2 + 1
_CYRILLIC = str.maketrans("АВЕКМНОРСТУХІЈЅ", "ABEKMHOPCTYXIJS")  # as the eye reads them
_ALIKE = str.maketrans("OIL", "011")
_BETWEEN = re.compile(r"[\s\u2010-\u2015\u2212\u00ad\u200b\ufeff_-]+")
_LATIN = re.compile(r"[0-9A-Z]*", re.ASCII)


class Kind(StrEnum):
    """What an identifier names: the word used everywhere, and the two letters that begin the identifier.

    >>> Kind("missing_person").prefix
    'MP'
    """

    PARTY = "party"
    INSTITUTION = "institution"
    USER = "user"
    MISSING_PERSON = "missing_person"
    FAMILY = "family"
    RELATIVE = "relative"
    CONSENT = "consent"
    HANDOVER = "handover"
    CONTAINER = "container"
    REMAINS = "remains"
    SAMPLE = "sample"
    PROFILE = "profile"
    FINDING = "finding"
    PROPOSAL = "proposal"
    DECISION = "decision"
    RELEASE = "release"
    GRAVE = "grave"
    DOCUMENT = "document"
    NOTICE = "notice"
    GENETIC_FAMILY = "genetic_family"

    @property
    def prefix(self) -> str:
        """The two letters."""
        return _PREFIXES[self]


_PREFIXES = {
    Kind.PARTY: "PA",
    Kind.INSTITUTION: "IN",
    Kind.USER: "US",
    Kind.MISSING_PERSON: "MP",
    Kind.FAMILY: "FA",
    Kind.RELATIVE: "RE",
    Kind.CONSENT: "CO",
    Kind.HANDOVER: "HA",
    Kind.CONTAINER: "CN",
    Kind.REMAINS: "RM",
    Kind.SAMPLE: "SA",
    Kind.PROFILE: "PR",
    Kind.FINDING: "FI",
    Kind.PROPOSAL: "PO",
    Kind.DECISION: "DE",
    Kind.RELEASE: "RL",
    Kind.GRAVE: "GR",
    Kind.DOCUMENT: "DO",
    Kind.NOTICE: "NO",
    Kind.GENETIC_FAMILY: "GF",
}


def make_identifier(kind: Kind, number: int) -> str:
    """The identifier of the record with this number, 0 to `LARGEST`, among those of its kind.

    >>> make_identifier(Kind.MISSING_PERSON, 4706)
    'MP-0004K2-8'

    Raises
    ------
    ValueError
        The number has no identifier.
    """
    if not 0 <= number <= LARGEST:
        raise ValueError(f"{number} has no identifier: numbers of a kind run from 0 to {LARGEST}")
    digits = "".join(DIGITS[number >> shift & 31] for shift in _SHIFTS)
    return f"{kind.prefix}-{digits}-{_check(kind.prefix.translate(_ALIKE) + digits)}"


def read_identifier(text: str, kind: Kind | None = None, place: Place | None = None) -> str:
    """An identifier as `make_identifier` writes it.

    Small letters, absent or other hyphens, spaces, O for 0, I or L for 1 and Cyrillic letters of the same
    shape are read as what they stand for; an error is never repaired.

    >>> read_identifier("mp ooo4k2 8")
    'MP-0004K2-8'

    Parameters
    ----------
    text : str
        As typed.
    kind : Kind, optional
        The only kind that is accepted.
    place : Place, optional
        Where it stands, for the refusal.

    Raises
    ------
    InputRefused
        It is no identifier (`identifier-form`, `identifier-kind`), was copied with an error
        (`identifier-check`), or names something of another kind (`identifier-other-kind`).
    """
    prefix, digits, check = _parts(text, place)
    found = _KIND_OF.get(prefix)
    if found is None:
        raise _refused("identifier-kind", text, f"one of {', '.join(k.prefix for k in Kind)} at the start", place)
    if check != _check(prefix + digits):
        raise _refused("identifier-check", text, "every sign as it stands on the paper or the label", place)
    if kind is not None and found is not kind:
        raise _refused("identifier-other-kind", f"{text} ({found})", f"{kind.prefix}-... ({kind})", place)
    return f"{found.prefix}-{digits}-{check}"


def kind_of(identifier: str) -> Kind:
    """What it names; it is checked as `read_identifier` does.

    >>> kind_of("MP-0004K2-8").value
    'missing_person'
    """
    return _KIND_OF[read_identifier(identifier)[:2].translate(_ALIKE)]


def _parts(text: str, place: Place | None) -> tuple[str, str, str]:
    """Prefix, digits and check sign of a text of the right form, with one sign for those that look alike."""
    plain = _BETWEEN.sub("", unicodedata.normalize("NFKC", text)).upper().translate(_CYRILLIC)
    signs = plain.translate(_ALIKE)
    if len(signs) != _SIGNS or not _LATIN.fullmatch(signs) or "U" in signs[2:]:
        needed = f"two letters, {PLACES} digits or letters other than U, and a check sign, as in MP-0004K2-8"
        raise _refused("identifier-form", text, needed, place)
    return signs[:2], signs[2:-1], signs[-1]


def _refused(code: str, found: str, needed: str, place: Place | None) -> InputRefused:
    return InputRefused([Problem(code, place or Place(), found, needed)])


def _check(signs: str) -> str:
    """The check sign of prefix and digits."""
    total = 0
    for sign, products in zip(signs, _PRODUCTS, strict=True):
        total ^= products[sign]
    return DIGITS[total]


def _times_x(value: int) -> int:
    """The product with x in GF(32), as polynomials over GF(2) whose coefficients are the bits."""
    doubled = value << 1
    return doubled ^ _POLYNOMIAL if doubled & 32 else doubled


def _products() -> tuple[dict[str, int], ...]:
    """For each place before the check sign: the value of each sign times x to the distance from the check sign.

    U occurs in one prefix only and has the value of V, which begins none.
    """
    values = dict(zip(DIGITS, range(32), strict=True))
    by_place = []
    for _ in range(_SIGNS - 1):
        values = {sign: _times_x(value) for sign, value in values.items()}
        by_place.append({**values, "U": values["V"]})
    return tuple(reversed(by_place))


_SHIFTS = range(5 * (PLACES - 1), -1, -5)
_PRODUCTS = _products()
_KIND_OF = {kind.prefix.translate(_ALIKE): kind for kind in Kind}
