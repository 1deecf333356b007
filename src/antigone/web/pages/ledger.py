"""The ledger: its entries, the newest first, and its signed states."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from antigone.register.history import entries, ledger_size, signed_states
from antigone.web.localised import moment, number
from antigone.web.names import Names
from antigone.web.pages.record import event_cells
from antigone.web.tables import Cell, Table, text

PAGE = 50
STATES = 10


def ledger(request: Any) -> HttpResponse:
    """Who did what, when, and to how many records; and which states of the ledger others signed."""
    before = request.GET.get("before", "")
    start = int(before) if before.isdecimal() and len(before) < 16 else None
    found = entries(request.actor, start, PAGE + 1)
    names = Names(request.actor)
    rows = [(*event_cells(event, names), Cell(number(event.changes), kind="number")) for event in found[:PAGE]]
    heads = (_("Entry"), _("Who"), _("Did what"), _("When"), pgettext("ledger", "Records"))
    here = reverse("ledger")
    return render(request, "ledger.html.j2", {
        "title": _("The ledger"), "size": ledger_size(),
        "entries": Table("entries", _("Entries"), heads, rows, _("There is no entry.")),
        "states": _states(request.actor),
        "next": f"{here}?before={found[PAGE - 1].entry}" if len(found) > PAGE else "",
        "first": here if start is not None else "",
    })  # fmt: skip


def _states(actor: Any) -> Table:
    found = signed_states(actor, STATES)
    rows = [
        (
            Cell(number(state.size), kind="number"),
            text(moment(state.made_at)),
            text(", ".join(state.witnesses) or _("no witness yet")),
            Cell(state.root, kind="mono"),
        )
        for state in found
    ]
    heads = (_("Entries"), _("Signed at"), _("Signed by witnesses"), _("Root"))
    empty = _("No state was signed yet. Whoever keeps this server signs one by command: antigone ledger checkpoint.")
    return Table("states", _("Signed states"), heads, rows, empty)
