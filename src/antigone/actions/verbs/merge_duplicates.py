"""Merge two records of one missing person."""

from dataclasses import dataclass
from typing import Annotated, Any

from antigone.actions.act import Act
from antigone.actions.closed_records import CLOSED, refuse_closed
from antigone.actions.fields import Lines, Ref, Seen
from antigone.actions.groups import UNDER_WAY
from antigone.actions.locking import locked
from antigone.actions.pedigrees import join_in_pedigree, leave
from antigone.domain import InputRefused, Kind, Place, Problem, UserRole
from antigone.register import doors
from antigone.register.models import Finding, MissingPerson, Proposal, Relative, Sample
from antigone.register.refusals import NotNow


@dataclass(frozen=True, kw_only=True)
class Command:
    """`first` goes on; `second` becomes "merged" and is counted no more. Its samples and findings stay with it.

    `seen_version` is the second's.
    """

    first: Annotated[str, Ref(Kind.MISSING_PERSON)]
    second: Annotated[str, Ref(Kind.MISSING_PERSON)]
    reason: Annotated[str, Lines()]
    seen_version: Annotated[int | None, Seen()] = None


def carry_out(act: Act, command: Command, _prepared: Any) -> str:
    """The identifier of the first."""
    first, second = _both(act, command)
    _check(first, second)
    act.change(second, {"reason": command.reason}, seen=command.seen_version, state="merged", merged_into=first.pk)
    if second.family_id is not None:
        _join_families(act, first, second)
    rests = Finding.objects.filter(missing_person=second.pk), Sample.objects.filter(missing_person=second.pk)
    if any(rows.exists() for rows in rests):
        act.notify_role(UserRole.GENETICIST, str(second.pk), "persons-merged")
    return str(first.pk)


def _both(act: Act, command: Command) -> tuple[MissingPerson, MissingPerson]:
    """Both records, locked, so that no two people merge them into each other at once."""
    if command.first == command.second:
        raise InputRefused([Problem("same-record", Place(column="second"), command.second, "another record")])
    found = [doors.missing_persons.get(act.actor, identifier) for identifier in (command.first, command.second)]
    by_id = {person.pk: locked(person) for person in sorted(found, key=lambda person: str(person.pk))}
    return by_id[found[0].pk], by_id[found[1].pk]


def _check(first: MissingPerson, second: MissingPerson) -> None:
    """What is decided or known of a person stays with the record that goes on."""
    refuse_closed(first)
    refuse_closed(second)
    if second.state != "missing":
        code = "merge-other-way" if first.state == "missing" else "both-settled"
        raise NotNow(code, first=str(first.pk), second=str(second.pk), state=second.state)
    proposal = Proposal.objects.filter(missing_person=second.pk, state__in=UNDER_WAY).first()
    if proposal is not None:
        raise NotNow("proposal-open", proposal=str(proposal.pk), missing_person=str(second.pk))
    if None in (first.family_id, second.family_id) or first.family_id == second.family_id:
        return
    relatives = Relative.objects.filter(family=second.family_id).exclude(state__in=CLOSED).values_list("pk", flat=True)
    if relatives:
        facts = {"first_family": first.family_id, "second_family": second.family_id}
        raise NotNow("families-differ", **facts, relatives=", ".join(relatives))


def _join_families(act: Act, first: MissingPerson, second: MissingPerson) -> None:
    if first.family_id is None:
        act.change(first, family=second.family_id)
    if first.family_id == second.family_id:
        join_in_pedigree(act, second.family_id, first.pk, second.pk)
    else:
        leave(act, second.family_id, second.pk)
