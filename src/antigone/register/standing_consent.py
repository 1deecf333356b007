"""Whose samples may be compared for kinship: those whose last word was yes."""

from __future__ import annotations

from collections.abc import Collection

from antigone.domain import Scope
from antigone.register.models import Consent


def consenting(relatives: Collection[str]) -> set[str]:
    """Those of these relatives whose last consent stands and is for kinship.

    It is a condition of use, asked for by whoever computes and not for any reader, so it passes no door: all that
    can be learned from it is that a profile is not used, which the profile itself says.
    """
    last: dict[str, Consent] = {}
    for consent in Consent.objects.filter(relative__in=relatives).order_by("id"):
        last[consent.relative_id] = consent
    return {
        relative for relative, consent in last.items() if consent.state == "given" and consent.scope == Scope.KINSHIP
    }


def withdrawn(relatives: Collection[str]) -> set[str]:
    """Those of these relatives whose last consent was withdrawn."""
    last = dict(Consent.objects.filter(relative__in=relatives).order_by("id").values_list("relative_id", "state"))
    return {relative for relative, state in last.items() if state == "withdrawn"}
