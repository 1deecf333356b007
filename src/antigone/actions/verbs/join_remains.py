"""Join remains: several units, of whatever containers and handovers, are one person."""

from dataclasses import dataclass
from typing import Annotated, Any

from antigone.actions.act import Act
from antigone.actions.fields import Lines, Ref, Seen
from antigone.actions.groups import check_not_proposed, check_open, group_of, regroup
from antigone.domain import InputRefused, Kind, Place, Problem, UserRole
from antigone.register import doors
from antigone.register.refusals import NotNow


@dataclass(frozen=True, kw_only=True)
class Command:
    """Whoever is joined already comes along. `seen_version`: of the first that is named."""

    remains: Annotated[tuple[str, ...], Ref(Kind.REMAINS)]
    reason: Annotated[str, Lines()]
    seen_version: Annotated[int | None, Seen()] = None


def carry_out(act: Act, command: Command, _prepared: Any) -> str:
    """The identifier of the group: its first unit."""
    if len(set(command.remains)) < 2:
        needed = "two or more units of remains"
        raise InputRefused([Problem("too-few", Place(column="remains"), ", ".join(command.remains), needed)])
    named = [doors.remains.get(act.actor, identifier) for identifier in command.remains]
    units = {unit.pk: unit for one in sorted(named, key=str) for unit in group_of(one)}
    if len({unit.group for unit in units.values()}) == 1:
        raise NotNow("joined-already", remains=", ".join(command.remains))
    check_open(units.values())
    check_not_proposed(units.values())
    group = regroup(act, units.values(), {"reason": command.reason}, {named[0].pk: command.seen_version})
    act.notify_role(UserRole.GENETICIST, group, "remains-joined")
    return group
