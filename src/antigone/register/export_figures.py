"""The figures an export claims; whoever reads it derives them again from its rows."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, QuerySet

from antigone.domain import Kind
from antigone.register.export_scope import Shown
from antigone.register.models import Profile, Remains

_RECEIVED = ("received", "extra", "opened")
_STATES = {
    "identified": ("identified",),
    "released": ("released",),
    "buried": ("buried",),
    "handed_back": ("handed_back",),
    "open": ("examined", "buried_unnamed"),
}
"""Figure -> states of the remains it counts."""


def figures(shown: Shown) -> dict[str, Any]:
    """{"records": {kind: {state: n}}, "handovers": {identifier: {figure: n}}}, of what the export shows.

    Remains that were split are counted by their parts. `persons`: groups of remains taken for one person each;
    a person whose remains lie in two handovers is counted in both, so this column is not to be added up.
    """
    records = {kind.value: _states(shown.rows(kind)) for kind in Kind}
    found = {kind: states for kind, states in records.items() if states}
    return {"records": found, "handovers": _handovers(shown)}


def _states(rows: QuerySet[Any]) -> dict[str, int]:
    counted = rows.order_by("state").values_list("state").annotate(n=Count("pk"))
    return dict(counted)


def _handovers(shown: Shown) -> dict[str, dict[str, int | None]]:
    handovers = {h.pk: h for h in shown.rows(Kind.HANDOVER)}
    found: dict[str, dict[str, int | None]] = {}
    for identifier, handover in handovers.items():
        found[identifier] = {"announced": handover.announced_containers, "received": 0, "opened": 0}
    containers = shown.rows(Kind.CONTAINER).order_by("handover", "state")
    for handover, state, n in containers.values_list("handover", "state").annotate(n=Count("pk")):
        if handover in found:
            of_one = found[handover]
            of_one["received"] = (of_one["received"] or 0) + (n if state in _RECEIVED else 0)
            of_one["opened"] = (of_one["opened"] or 0) + (n if state == "opened" else 0)
    if shown.balance_of_remains:
        _add_remains(found)
    return found


def _add_remains(found: dict[str, dict[str, int | None]]) -> None:
    for of_one in found.values():
        of_one.update(dict.fromkeys(("remains", "persons", "profiled", *_STATES), 0))
    whole = Remains.objects.exclude(state="split").order_by("container__handover")
    by_handover = whole.values_list("container__handover")
    for handover, remains, persons in by_handover.annotate(n=Count("pk"), p=Count("group", distinct=True)):
        if handover in found:
            found[handover].update(remains=remains, persons=persons)
    for name, states in _STATES.items():
        for handover, n in by_handover.filter(state__in=states).annotate(n=Count("pk")):
            if handover in found:
                found[handover][name] = n
    profiled = (
        Profile.objects.filter(state="current", sample__remains__isnull=False)
        .exclude(sample__remains__state="split")
        .order_by("sample__remains__container__handover")
        .values_list("sample__remains__container__handover")
    )
    for handover, n in profiled.annotate(n=Count("sample__remains", distinct=True)):
        if handover in found:
            found[handover]["profiled"] = n
