"""Bury remains: under the name after a release to the family, or without a name under their number."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Any

from antigone.actions.act import Act
from antigone.actions.coordinates import read_coordinates
from antigone.actions.dates import refuse_ahead
from antigone.actions.fields import Lines, Ref, Seen
from antigone.actions.groups import check_not_proposed, group_of
from antigone.actions.locking import locked
from antigone.domain import InputRefused, Kind, Place, Problem, UserRole
from antigone.register import doors
from antigone.register.models import Grave, Release, Remains, Sample
from antigone.register.refusals import NotNow


@dataclass(frozen=True, kw_only=True)
class Command:
    """`release`: all remains that were released with it. `remains`: these and all joined to them, without a name.

    `coordinates`: latitude and longitude in degrees, as 48.46470, 35.04620. `seen_version`: of the remains that are
    named, here or in the release.
    """

    release: Annotated[str | None, Ref(Kind.RELEASE)] = None
    remains: Annotated[str | None, Ref(Kind.REMAINS)] = None
    buried_on: datetime.date
    cemetery: str
    plot: str
    coordinates: str
    marking: Annotated[str, Lines()] = ""
    seen_version: Annotated[int | None, Seen()] = None


def carry_out(act: Act, command: Command, _prepared: Any) -> str:
    """The identifier of the first grave: each unit of remains has its own record."""
    refuse_ahead(command.buried_on, "buried_on", act.now)
    if (command.release is None) == (command.remains is None):
        needed = "a release, or remains without a name"
        raise InputRefused([Problem("one-of-two", Place(column="release"), "", needed)])
    if command.release is not None:
        return _named(act, command, doors.releases.get(act.actor, command.release))
    return _under_number(act, command, doors.remains.get(act.actor, str(command.remains)))


def _named(act: Act, command: Command, release: Release) -> str:
    if release.state != "released" or release.decision is None:
        raise NotNow("release-not-to-family", release=release.pk, state=release.state)
    if command.buried_on < release.released_on:
        found, needed = command.buried_on.isoformat(), f"{release.released_on.isoformat()} or later"
        raise InputRefused([Problem("dates-reversed", Place(column="buried_on"), found, needed)])
    decision = locked(release.decision)
    given = {one.remains_id: one for one in decision.releases.filter(state="released")}
    held = Remains.objects.select_for_update(no_key=True).filter(pk__in=given)
    units = list(held.order_by("pk"))
    for unit in units:
        if unit.state != "released":
            raise NotNow("remains-not-released", remains=unit.pk, state=unit.state)
    graves = _graves(act, command, [(unit, given[unit.pk]) for unit in units])
    _leave(act, command, units, release.remains_id, "buried")
    person = locked(decision.missing_person)
    if person.state == "released":
        act.change(person, state="buried")
    act.notify_role(UserRole.LIAISON, graves[0].pk, "remains-buried")
    return str(graves[0].pk)


def _under_number(act: Act, command: Command, remains: Remains) -> str:
    units = [unit for unit in group_of(remains) if unit.state == "examined"]
    if remains.pk not in {unit.pk for unit in units}:
        raise NotNow("remains-not-examined", remains=remains.pk, state=locked(remains).state)
    check_not_proposed(units)
    _check_sampled(units)
    graves = _graves(act, command, [(unit, None) for unit in units])
    _leave(act, command, units, remains.pk, "buried_unnamed")
    act.notify_role(UserRole.EXAMINER, remains.pk, "buried-under-number")
    return str(graves[0].pk)


def _check_sampled(units: Sequence[Remains]) -> None:
    """Without a sample nobody would ever be named who lies there."""
    sampled = set(Sample.objects.filter(remains__in=[unit.pk for unit in units]).values_list("remains", flat=True))
    for unit in units:
        if unit.pk not in sampled:
            raise NotNow("not-sampled", remains=unit.pk)


def _graves(act: Act, command: Command, units: Sequence[tuple[Remains, Release | None]]) -> list[Grave]:
    personal = {
        "cemetery": command.cemetery,
        "plot": command.plot,
        "coordinates": read_coordinates(command.coordinates),
        "marking": command.marking,
    }
    rows = []
    for unit, release in units:
        institution = release.institution_id if release else act.actor.institution
        columns = {"remains": unit.pk, "release": release.pk if release else None, "institution": institution}
        rows.append((personal, {**columns, "state": "in_use", "buried_on": command.buried_on}))
    return act.create_many(Grave, rows)


def _leave(act: Act, command: Command, units: Sequence[Remains], named: str, state: str) -> None:
    for unit in units:
        act.change(unit, seen=command.seen_version if unit.pk == named else None, state=state)
