"""Split remains: what was taken for one unit is several. The parts are new units; the whole stays as it was."""

from dataclasses import dataclass
from typing import Annotated, Any

from antigone.actions.act import Act
from antigone.actions.counts import check_count
from antigone.actions.fields import Lines, Ref, Seen
from antigone.actions.groups import check_not_proposed, check_open, group_of, mark_findings, new_remains, regroup
from antigone.domain import Kind, UserRole
from antigone.register import doors
from antigone.register.refusals import NotNow


@dataclass(frozen=True, kw_only=True)
class Command:
    """Each part stands alone until it is joined to others. Samples and findings stay with the whole."""

    remains: Annotated[str, Ref(Kind.REMAINS)]
    parts: int
    reason: Annotated[str, Lines()]
    seen_version: Annotated[int | None, Seen()] = None


def carry_out(act: Act, command: Command, _prepared: Any) -> str:
    """The identifier of the first part."""
    remains = doors.remains.get(act.actor, command.remains)
    check_count("parts", command.parts, least=2)
    units = group_of(remains)
    check_open(units)
    check_not_proposed(units)
    whole = next(unit for unit in units if unit.pk == remains.pk)
    if whole.state == "buried_unnamed":
        raise NotNow("remains-buried", remains=whole.pk)
    others = [unit for unit in units if unit is not whole]
    act.change(whole, {"reason": command.reason}, seen=command.seen_version, state="split", group=whole.pk)
    if others:
        regroup(act, others)
    mark_findings(act, units)
    parts = new_remains(act, command.parts, container=whole.container_id, split_from=whole.pk, held_at=whole.held_at)
    act.notify_role(UserRole.GENETICIST, whole.pk, "remains-split")
    return str(parts[0].pk)
