"""What follows when a profile is no longer what it was: findings made with it, and what the board holds on them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from antigone.actions.act import Act
from antigone.actions.groups import UNDER_WAY
from antigone.actions.resting import STANDING
from antigone.domain import UserRole
from antigone.register.models import Decision, Finding, Profile, Proposal

P = TypeVar("P", Proposal, Decision)

_REPLACED = {"profile_changed": ("computed",), "profile_withdrawn": ("computed", "profile_changed")}
"""New state of a finding -> the states it replaces: what else was said of a finding stays said."""


def findings_made_with(profile: Profile) -> list[Finding]:
    """Every finding whose `made` names this profile."""
    rows = Finding.objects.filter(party=profile.party_id, made__profiles__icontains=profile.pk)
    return [row for row in rows if profile.pk in {entry["profile"] for entry in row.made["profiles"]}]


def resting_on(model: type[P], findings: Iterable[Finding], states: Iterable[str]) -> list[P]:
    """Proposals or decisions in these states that rest on any of these findings."""
    persons = {finding.pk: finding.missing_person_id for finding in findings}
    rows = model._default_manager.filter(missing_person__in=set(persons.values()), state__in=states).order_by("pk")
    return [row for row in rows if persons.keys() & set(row.findings)]


def mark_findings_of_profile(act: Act, profile: Profile, state: str, matter: str) -> None:
    """Mark the findings made with this profile, and tell those who must act.

    Findings first, then what rests on them: whoever signs at the same moment holds the findings, so that either
    the signature is seen here or the mark is seen there.
    """
    findings = findings_made_with(profile)
    for finding in findings:
        if finding.state in _REPLACED[state]:
            act.change(finding, state=state)
    if findings:
        act.notify_role(UserRole.GENETICIST, profile.pk, matter)
    for proposal in resting_on(Proposal, findings, UNDER_WAY):
        act.notify_role(UserRole.SIGNATORY, proposal.pk, matter)
    for decision in resting_on(Decision, findings, STANDING):
        act.notify_role(UserRole.SIGNATORY, decision.pk, matter)
