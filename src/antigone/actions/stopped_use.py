"""A donor's samples that may be used no more, and everything that was made from them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import TypeVar

from antigone.actions.act import Act
from antigone.actions.changed_profiles import findings_made_with, resting_on
from antigone.actions.groups import UNDER_WAY
from antigone.actions.resting import STANDING
from antigone.domain import Kind, UserRole
from antigone.register.models import (
    Decision,
    Finding,
    MissingPerson,
    Profile,
    Proposal,
    Record,
    Relative,
    Sample,
    User,
)

R = TypeVar("R", bound=Record)


class Why(StrEnum):
    """Why samples are used no more; the state of the findings that were made with them."""

    WITHDRAWN = "consent_withdrawn"
    ERASED = "erased_inputs"


_MATTERS = {
    Why.WITHDRAWN: ("consent-withdrawn", "sample-blocked"),
    Why.ERASED: ("inputs-erased", "sample-to-destroy"),
}
"""What the board and the geneticists are told, and what the laboratory is told about each sample."""


def samples_of(donor: Relative | MissingPerson) -> list[Sample]:
    """The samples that were taken from a relative, or that are a missing person's own; erased ones left out."""
    column = "relative" if donor.KIND is Kind.RELATIVE else "missing_person"
    return list(Sample.objects.filter(**{column: donor.pk}).exclude(state="erased"))


def stop_use(act: Act, donor: Relative | MissingPerson, samples: Sequence[Sample], why: Why) -> None:
    """Block or erase these samples of one donor and their profiles, mark the findings, and tell whom it concerns.

    The findings keep their figures. Samples come first, then profiles, then findings: whoever uses one of them at the
    same moment holds it, so either their use is seen here, or they see the block.
    """
    for sample in samples:
        _stop(act, sample, why)
        _tell_laboratory(act, sample, why)
    profiles = Profile.objects.filter(sample__in=[sample.pk for sample in samples]).exclude(state="erased")
    findings = _findings([_stop(act, profile, why) for profile in profiles])
    for finding in findings:
        if finding.state not in (Why.ERASED, why):
            act.change(finding, state=why.value)
    _tell_board(act, findings, _MATTERS[why][0])
    if findings and donor.family_id:
        act.notify_role(UserRole.GENETICIST, donor.family_id, _MATTERS[why][0])


def _stop(act: Act, record: R, why: Why) -> R:
    if why is Why.ERASED:
        act.erase(record)
    elif record.state != "blocked":
        act.change(record, state="blocked")
    return record


def _findings(profiles: Iterable[Profile]) -> list[Finding]:
    """The findings made with any of these profiles, each once."""
    found = {finding.pk: finding for profile in profiles for finding in findings_made_with(profile)}
    return list(found.values())


def _tell_board(act: Act, findings: Sequence[Finding], matter: str) -> None:
    for proposal in resting_on(Proposal, findings, UNDER_WAY):
        act.notify_role(UserRole.SIGNATORY, str(proposal.pk), matter)
    for decision in resting_on(Decision, findings, STANDING):
        act.notify_role(UserRole.SIGNATORY, str(decision.pk), matter)


def _tell_laboratory(act: Act, sample: Sample, why: Why) -> None:
    people = User.objects.filter(institution=sample.laboratory_id, state="active") if sample.laboratory_id else ()
    act.notify([user for user in people if UserRole.LABORATORY in user.roles], str(sample.pk), _MATTERS[why][1])
