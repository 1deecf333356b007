"""The account: what is registered of each direction, drawn and in tables. Nothing here is anybody's claim."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from antigone.domain import Kind
from antigone.register.refusals import NotHere
from antigone.register.tally import Tally, tallies
from antigone.render import Lane, Segment, tally_svg
from antigone.web.localised import number
from antigone.web.names import Names
from antigone.web.tables import Cell, Picture, Table, text
from antigone.web.words import state_words

_CONTAINERS = (
    ("opened", "dark"),
    ("received", "light"),
    ("extra", "dotted"),
    ("missing", "hatched"),
    ("announced", "empty"),
)
_REMAINS = (
    ("buried", "dark"), ("released", "dark"), ("identified", "light"), ("handed_back", "dotted"),
    ("buried_unnamed", "hatched"), ("examined", "empty"),
)  # fmt: skip


def account(request: Any) -> HttpResponse:
    """Handovers, containers, remains and persons by direction."""
    if not request.actor.reaches(Kind.HANDOVER):
        raise NotHere("account", "")
    names = Names(request.actor)
    found = tallies(request.actor)
    groups = [(_way(tally, names), _lanes(tally, _wholes(found))) for tally in found]
    title = _("The account of what is registered")
    described = " ".join(f"{way}. {_in_words(lanes)}" for way, lanes in groups)
    words = _(
        "Bars of one unit are drawn to one scale. Containers, remains and persons are counted apart and never added up."
    )
    picture = Picture("account", title, tally_svg(title, described, groups, "account"), words) if groups else None
    return render(request, "account.html.j2", {
        "title": title, "picture": picture, "tables": [_table(tally, names, n) for n, tally in enumerate(found)],
    })  # fmt: skip


def _way(tally: Tally, names: Names) -> str:
    return _("From %(giver)s to %(receiver)s") % {
        "giver": names.office(tally.from_party), "receiver": names.office(tally.to_party),
    }  # fmt: skip


def _wholes(found: Sequence[Tally]) -> tuple[int, int, int]:
    """The longest bar of each unit: containers, remains, persons."""
    return (
        max((max(sum((t.containers or {}).values()), t.announced) for t in found), default=0),
        max((sum((t.remains or {}).values()) for t in found), default=0),
        max(((t.named or 0) + (t.unnamed or 0) for t in found), default=0),
    )


def _lanes(tally: Tally, wholes: tuple[int, int, int]) -> list[Lane]:
    lanes = []
    if tally.containers is not None:
        note = _("announced: %(count)s") % {"count": number(tally.announced)}
        segments = _segments(Kind.CONTAINER, tally.containers, _CONTAINERS)
        unlisted = tally.announced - sum(tally.containers.values()) + tally.containers.get("extra", 0)
        if unlisted > 0:
            segments = (*segments, Segment(_("announced, not listed"), unlisted, number(unlisted), "empty"))
        lanes.append(Lane(_("Containers"), segments, wholes[0], note))
    if tally.remains:
        lanes.append(Lane(_("Remains"), _segments(Kind.REMAINS, tally.remains, _REMAINS), wholes[1]))
    if tally.named is not None and tally.unnamed is not None and tally.named + tally.unnamed:
        persons = (
            Segment(_("named by a decision"), tally.named, number(tally.named), "dark"),
            Segment(_("unnamed"), tally.unnamed, number(tally.unnamed), "empty"),
        )
        lanes.append(Lane(_("Persons"), persons, wholes[2], _("among the remains")))
    return lanes


def _segments(kind: Kind, counts: Mapping[str, int], order: Sequence[tuple[str, str]]) -> tuple[Segment, ...]:
    return tuple(
        Segment(state_words(kind, state), counts[state], number(counts[state]), style)
        for state, style in order
        if counts.get(state)
    )


def _in_words(lanes: Sequence[Lane]) -> str:
    return " ".join(
        f"{lane.unit}: {'; '.join(f'{s.words}: {s.written}' for s in lane.segments) or '0'}." for lane in lanes
    )


def _table(tally: Tally, names: Names, place: int) -> Table:
    """The twin of the picture: every figure with its unit."""
    rows: list[tuple[Cell, ...]] = []
    rows += [
        (text(_("Handovers")), text(state_words(Kind.HANDOVER, s)), _number(n)) for s, n in tally.handovers.items()
    ]
    rows.append((text(_("Containers")), text(_("announced by number")), _number(tally.announced)))
    rows += _rows(_("Containers"), Kind.CONTAINER, tally.containers)
    rows += _rows(_("Remains"), Kind.REMAINS, tally.remains)
    if tally.named is not None and tally.unnamed is not None:
        rows.append((text(_("Persons among the remains")), text(_("named by a decision")), _number(tally.named)))
        rows.append((text(_("Persons among the remains")), text(_("unnamed")), _number(tally.unnamed)))
    note = ""
    if tally.unstated:
        note = ngettext(
            "%(count)s handover says no number of containers.",
            "%(count)s handovers say no number of containers.",
            tally.unstated,
        ) % {"count": number(tally.unstated)}
    return Table(
        f"way-{place}", _way(tally, names), (pgettext("counted", "Unit"), _("State"), _("Number")), rows, note=note
    )


def _rows(unit: str, kind: Kind, counts: Mapping[str, int] | None) -> list[tuple[Cell, ...]]:
    if counts is None:
        return [(text(unit), text(_("not shown to this office")), text("–"))]
    return [(text(unit), text(state_words(kind, state)), _number(count)) for state, count in sorted(counts.items())]


def _number(count: int) -> Cell:
    return Cell(number(count), kind="number")
