"""The account of what is registered: handovers, containers, remains and persons by direction, never added up."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, Sum

from antigone.domain import Kind
from antigone.register import doors
from antigone.register.actor import Actor

_NAMED = ("identified", "released", "buried")
Way = tuple[str, str]
ByState = Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Tally:
    """What is registered of one direction, as far as one actor may see it.

    `handovers`, `containers`, `remains`: counts by state; None where the actor may not see the kind. `announced`:
    containers announced, summed over the handovers that say a number; `unstated`: handovers that say none.
    `named`, `unnamed`: persons among the remains, where remains of one person count once and remains that were
    split do not count.
    """

    from_party: str
    to_party: str
    handovers: ByState
    announced: int
    unstated: int
    containers: ByState | None
    remains: ByState | None
    named: int | None
    unnamed: int | None


def tallies(actor: Actor) -> list[Tally]:
    """One tally for each direction of the handovers that this actor may see; by parties."""
    handovers = doors.handovers.visible(actor).order_by()
    by_state = _counts(handovers, "", "state")
    announced = {
        (row["from_party"], row["to_party"]): (row["total"] or 0, row["none"])
        for row in handovers.values("from_party", "to_party").annotate(
            total=Sum("announced_containers"), none=Count("pk", filter=Q(announced_containers__isnull=True))
        )
    }
    containers = _seen(actor, Kind.CONTAINER, "handover__")
    remains = _seen(actor, Kind.REMAINS, "container__handover__")
    persons = _persons(actor)
    found = []
    for way in sorted(by_state):
        named, unnamed = persons.get(way, (0, 0)) if persons is not None else (None, None)
        found.append(
            Tally(
                *way,
                handovers=by_state[way],
                announced=announced[way][0],
                unstated=announced[way][1],
                containers=None if containers is None else containers.get(way, {}),
                remains=None if remains is None else remains.get(way, {}),
                named=named,
                unnamed=unnamed,
            )
        )
    return found


def _seen(actor: Actor, kind: Kind, path: str) -> dict[Way, dict[str, int]] | None:
    if not actor.reaches(kind):
        return None
    return _counts(doors.DOORS[kind].visible(actor).order_by(), path, "state")


def _counts(rows: Any, path: str, column: str) -> dict[Way, dict[str, int]]:
    """Direction -> value of the column -> how many rows. `path`: from the rows to their handover."""
    found: dict[Way, dict[str, int]] = {}
    counted = rows.values_list(f"{path}from_party", f"{path}to_party", column).annotate(count=Count("pk"))
    for from_party, to_party, value, count in counted:
        found.setdefault((from_party, to_party), {})[value] = count
    return found


def _persons(actor: Actor) -> dict[Way, tuple[int, int]] | None:
    """Direction -> persons named and unnamed. A person whose remains came by several ways counts in each."""
    if not actor.reaches(Kind.REMAINS):
        return None
    path = "container__handover__"
    rows = doors.remains.visible(actor).order_by().exclude(state="split")
    groups: dict[Way, dict[str, bool]] = {}
    counted = rows.values_list(f"{path}from_party", f"{path}to_party", "group", "state").distinct()
    for from_party, to_party, group, state in counted.iterator():
        way = groups.setdefault((from_party, to_party), {})
        way[group] = way.get(group, False) or state in _NAMED
    return {way: _split(found.values()) for way, found in groups.items()}


def _split(named: Iterable[bool]) -> tuple[int, int]:
    every = list(named)
    return sum(every), len(every) - sum(every)
