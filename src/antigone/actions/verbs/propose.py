"""Propose to the board that these remains are this missing person."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Any

from antigone.actions.act import Act
from antigone.actions.fields import Lines, Ref
from antigone.actions.groups import UNDER_WAY, check_not_proposed, check_open, group_of
from antigone.actions.identities import check_person
from antigone.actions.locking import locked
from antigone.actions.typed_donors import Donors, donors_of
from antigone.actions.usable_findings import check_findings
from antigone.domain import InputRefused, Kind, Place, Problem, UserRole
from antigone.register import doors
from antigone.register.models import Finding, MissingPerson, Proposal, Remains
from antigone.register.refusals import NotNow

SOURCES = 2
"""Independent sources from which no other evidence must be named: one relative and one method alone is not enough."""


@dataclass(frozen=True, kw_only=True)
class Command:
    """What the board is to decide on. It concerns all remains joined to those that are named.

    `other_evidence`: needed where only one typed person is behind it. `further`: the person was identified before,
    and these are further remains.
    """

    remains: Annotated[str, Ref(Kind.REMAINS)]
    missing_person: Annotated[str, Ref(Kind.MISSING_PERSON)]
    findings: Annotated[tuple[str, ...], Ref(Kind.FINDING)]
    reasons: Annotated[str, Lines()]
    other_evidence: Annotated[str, Lines()] = ""
    further: bool = False


def carry_out(act: Act, command: Command, _prepared: Any) -> str:
    """The proposal's identifier."""
    remains = doors.remains.get(act.actor, command.remains)
    findings = [doors.findings.get(act.actor, identifier) for identifier in command.findings]
    if not findings:
        raise InputRefused([Problem("missing-field", Place(column="findings"), "", "one finding or more")])
    units = group_of(remains)
    person = _person(command, findings, units)
    check_open(units)
    check_person(person, command.further)
    check_not_proposed(units)
    _check_person_not_proposed(person)
    check_findings(command.findings)
    donors = donors_of(findings, units)
    _check_sources(donors, command)
    proposal = act.create(
        Proposal,
        {
            "reasons": command.reasons,
            "other_evidence": command.other_evidence,
            "relatives": donors.relatives,
            "methods": list(donors.methods),
            "further": command.further,
            "dissent": [],
        },
        state="open",
        remains=remains.pk,
        missing_person=person.pk,
        findings=[finding.pk for finding in findings],
        proposed_by=act.actor.user,
    )
    act.notify_role(UserRole.SIGNATORY, proposal.pk, "proposal-to-sign")
    return str(proposal.pk)


def _person(command: Command, findings: Sequence[Finding], units: Sequence[Remains]) -> MissingPerson:
    """The person that every finding is about, held until the action ends. A geneticist knows no other of them."""
    group = {unit.pk for unit in units}
    for finding in findings:
        if finding.missing_person_id != command.missing_person or finding.remains_id not in group:
            raise NotNow(
                "finding-of-others", finding=finding.pk, remains=command.remains, missing_person=command.missing_person
            )
    return locked(findings[0].missing_person)


def _check_person_not_proposed(person: MissingPerson) -> None:
    other = Proposal.objects.filter(missing_person=person.pk, state__in=UNDER_WAY).first()
    if other is not None:
        raise NotNow("person-proposed", missing_person=person.pk, proposal=other.pk)


def _check_sources(donors: Donors, command: Command) -> None:
    if donors.sources < SOURCES and not command.other_evidence.strip():
        raise NotNow(
            "second-evidence-needed", relatives=str(donors.relatives), methods=", ".join(donors.methods) or "none"
        )
