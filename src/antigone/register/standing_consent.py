"""Whose samples may be compared for kinship: those whose last word was yes."""

from __future__ import annotations

from collections.abc import Collection

from antigone.domain import Scope
from antigone.register.models import Consent


def consenting(relatives: Collection[str]) -> set[str]:
    """Those of these relatives whose standing consent is for kinship.

    It is a condition of use, asked for by whoever computes and not for any reader, so it passes no door: all that
    can be learned from it is that a profile is not used, which the profile itself says.
    """
    given = Consent.objects.filter(relative__in=relatives, state="given", scope=Scope.KINSHIP.value)
    return set(given.values_list("relative", flat=True))


def withdrawn(relatives: Collection[str]) -> set[str]:
    """Those of these relatives whose consent was withdrawn and not given again."""
    rows = Consent.objects.filter(relative__in=relatives)
    took_back = set(rows.filter(state="withdrawn").values_list("relative", flat=True))
    return took_back - set(rows.filter(state="given").values_list("relative", flat=True))
