"""Remains that are one person: their group, how it changes, and that nobody changes it meanwhile.

A group bears the identifier of the first of its remains. Whatever changes a group writes every unit in it, those it
joins and those it leaves, so of two actions on one group the database lets one through. Remains that were split are
in no group: their parts are.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from antigone.actions.act import Act
from antigone.actions.locking import locked
from antigone.register.models import Finding, Profile, Proposal, Remains
from antigone.register.refusals import NotNow

OPEN = ("examined", "buried_unnamed")
"""States of remains that have no name yet."""
UNDER_WAY = ("open", "disputed")
"""States of proposals that the board has before it."""


def new_remains(act: Act, count: int, **columns: Any) -> list[Remains]:
    """New units, each of them alone in its group."""
    made = act.create_many(Remains, [({}, {"state": "examined", "group": "", **columns})] * count)
    return [act.change(unit, group=unit.pk) for unit in made]


def group_of(remains: Remains) -> list[Remains]:
    """Every unit that is one person with this one, itself among them, in the order of identifiers.

    They are held until the action ends. NotNow (`remains-split`) where this one is a unit no more.
    """
    held = locked(remains)
    if held.state == "split":
        parts = held.parts.order_by("pk").values_list("pk", flat=True)
        raise NotNow("remains-split", remains=held.pk, parts=", ".join(parts))
    group = Remains.objects.filter(party=held.party_id, group=held.group).exclude(state="split")
    return list(group.select_for_update(no_key=True).order_by("pk"))


def regroup(
    act: Act,
    units: Iterable[Remains],
    personal: Mapping[str, Any] | None = None,
    seen: Mapping[str, int | None] | None = None,
    **columns: Any,
) -> str:
    """Make these units one group, and write all of them; the identifier of the group."""
    units = list(units)
    first = min(str(unit.pk) for unit in units)
    for unit in units:
        act.change(unit, personal, seen=(seen or {}).get(unit.pk), group=first, **columns)
    return first


def check_open(units: Iterable[Remains]) -> None:
    """NotNow where any of these remains has left the work: named, released, buried, handed back."""
    for unit in units:
        if unit.state not in OPEN:
            raise NotNow("remains-not-open", remains=unit.pk, state=unit.state)


def check_not_proposed(units: Iterable[Remains]) -> None:
    """NotNow where the board has a proposal about any of these remains before it."""
    proposed = Proposal.objects.filter(remains__in=[unit.pk for unit in units], state__in=UNDER_WAY).first()
    if proposed is not None:
        raise NotNow("remains-proposed", remains=proposed.remains_id, proposal=proposed.pk)


def mark_findings(act: Act, units: Iterable[Remains]) -> None:
    """Mark the findings that took several of these remains for one person, where they are so no more."""
    group = {unit.pk: unit.group for unit in units}
    for finding in Finding.objects.filter(remains__in=list(group), state="computed"):
        compared = [entry["profile"] for entry in finding.made["profiles"]]
        typed = Profile.objects.filter(pk__in=compared, sample__remains__in=list(group))
        together = {finding.remains_id, *typed.values_list("sample__remains", flat=True)}
        if len({group[unit] for unit in together}) > 1:
            act.change(finding, state="remains_changed")
