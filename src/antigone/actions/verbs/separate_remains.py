"""Separate remains: what was joined is not one person after all."""

from dataclasses import dataclass
from typing import Annotated, Any

from antigone.actions.act import Act
from antigone.actions.fields import Lines, Ref, Seen
from antigone.actions.groups import check_not_proposed, check_open, group_of, mark_findings, regroup
from antigone.domain import Kind, UserRole
from antigone.register import doors
from antigone.register.refusals import NotNow


@dataclass(frozen=True, kw_only=True)
class Command:
    """The units that are named stay one person; the others of their group stay another.

    `seen_version`: of the first that is named.
    """

    remains: Annotated[tuple[str, ...], Ref(Kind.REMAINS)]
    reason: Annotated[str, Lines()]
    seen_version: Annotated[int | None, Seen()] = None


def carry_out(act: Act, command: Command, _prepared: Any) -> str:
    """The identifier of the group of those that were named."""
    named = {doors.remains.get(act.actor, identifier).pk for identifier in command.remains}
    first = doors.remains.get(act.actor, command.remains[0])
    units = group_of(first)
    strangers = named - {unit.pk for unit in units}
    if strangers:
        raise NotNow("not-one-group", remains=", ".join(sorted(strangers)), group=units[0].group)
    if len(named) == len(units):
        raise NotNow("whole-group", remains=", ".join(sorted(named)))
    check_open(units)
    check_not_proposed(units)
    why = {"reason": command.reason}
    group = regroup(act, [unit for unit in units if unit.pk in named], why, {first.pk: command.seen_version})
    regroup(act, [unit for unit in units if unit.pk not in named], why)
    mark_findings(act, units)
    act.notify_role(UserRole.GENETICIST, group, "remains-separated")
    return group
