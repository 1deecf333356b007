"""What leaned on a decision: who was told, what was released and buried, and what else was concluded from it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from antigone.actions.changed_profiles import resting_on
from antigone.actions.groups import UNDER_WAY
from antigone.register.models import Decision, Finding, Grave, Profile, Proposal, Release
from antigone.register.opening import opened


@dataclass(frozen=True, slots=True)
class Leaning:
    """Everything that leaned on one decision, whatever became of it since.

    told: as in the decision. findings: those that used its remains as a relative's. proposals and decisions: those
    that rest on such findings, or that add further remains to the same person.
    """

    told: tuple[dict[str, Any], ...]
    releases: tuple[Release, ...]
    graves: tuple[Grave, ...]
    findings: tuple[Finding, ...]
    proposals: tuple[Proposal, ...]
    decisions: tuple[Decision, ...]


def what_leaned_on(decision: Decision) -> Leaning:
    """For the page of a reversal, before and after it. Whoever may read the decision may know all of this by number;
    what the records say is read through their doors.
    """
    findings = _findings_with_its_remains(decision)
    return Leaning(
        told=tuple(decision.told),
        releases=tuple(decision.releases.order_by("pk")),
        graves=tuple(Grave.objects.filter(release__decision=decision.pk).order_by("pk")),
        findings=tuple(findings),
        proposals=(*resting_on(Proposal, findings, (*UNDER_WAY, "refused")), *_further_proposals(decision)),
        decisions=(*resting_on(Decision, findings, _ANY_STATE), *_further_decisions(decision)),
    )


def _findings_with_its_remains(decision: Decision) -> list[Finding]:
    """Findings about other remains that were made with profiles of these."""
    units = opened(decision)["units"]
    profiles = set(Profile.objects.filter(sample__remains__in=units).values_list("pk", flat=True))
    if not profiles:
        return []
    named = Q()
    for profile in profiles:
        named |= Q(made__profiles__icontains=profile)
    rows = Finding.objects.filter(named, party=decision.party_id).exclude(remains__in=units).order_by("pk")
    return [row for row in rows if profiles & {entry["profile"] for entry in row.made["profiles"]}]


def _further_proposals(decision: Decision) -> list[Proposal]:
    later = Proposal.objects.filter(missing_person=decision.missing_person_id, entered_at__gt=decision.entered_at)
    return [one for one in later.exclude(state="decided").order_by("pk") if opened(one)["further"]]


def _further_decisions(decision: Decision) -> list[Decision]:
    later = Decision.objects.filter(missing_person=decision.missing_person_id, entered_at__gt=decision.entered_at)
    return [one for one in later.order_by("pk") if opened(one)["further"]]


_ANY_STATE = ("standing", "contested", "reversed")
