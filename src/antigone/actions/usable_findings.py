"""Findings that something may rest on: nothing they were made of was changed, withdrawn or taken back since."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import QuerySet

from antigone.domain import Scope
from antigone.register.models import Finding, Profile
from antigone.register.refusals import NotNow


def usable_profiles() -> QuerySet[Profile]:
    """Profiles that may be compared: every run that stands, of samples that are neither blocked nor only kept."""
    standing = Profile.objects.filter(state="current").exclude(sample__scope=Scope.NONE.value)
    return standing.exclude(sample__state__in=("blocked", "erased"))


def check_findings(identifiers: Iterable[str]) -> None:
    """NotNow where one of these findings can no longer be relied on. They are held until the action ends.

    The profiles are asked as well: a comparison that was under way when one was blocked may have ended after it.
    """
    held = Finding.objects.select_for_update(no_key=True).filter(pk__in=list(identifiers))
    for finding in held.order_by("pk"):
        if finding.state != "computed":
            raise NotNow("finding-not-usable", finding=finding.pk, state=finding.state)
        compared = {entry["profile"] for entry in finding.made["profiles"]}
        usable = set(usable_profiles().filter(pk__in=compared).values_list("pk", flat=True))
        if compared - usable:
            raise NotNow("profile-not-usable", finding=finding.pk, profile=min(compared - usable))
