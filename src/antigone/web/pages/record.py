"""The page of one record: what it holds, what belongs to it, its history, and what may be done to it."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from antigone.domain import InputRefused, Kind
from antigone.register import doors
from antigone.register.history import Event, history_of, may_read_ledger, own_entry
from antigone.register.refusals import NotHere
from antigone.web.localised import moment, number
from antigone.web.names import Names
from antigone.web.pages.at_stake import more_of
from antigone.web.pages.figures import figures_of
from antigone.web.pages.pedigrees import pictures_of
from antigone.web.pages.record_facts import facts_of
from antigone.web.pages.related import related_tables
from antigone.web.pages.verb_links import verbs_for
from antigone.web.tables import Cell, Part, Table, text
from antigone.web.words import KINDS, VERBS_IN_WORDS, state_words

_HISTORY = 100
"""Versions on a record's page; older ones are in the ledger."""


def record(request: Any, identifier: str) -> HttpResponse:
    """Any record that this person may see."""
    try:
        found = doors.door_of(identifier).get(request.actor, identifier)
    except InputRefused:
        raise NotHere("", identifier) from None
    if identifier != found.pk:
        return redirect("record", found.pk)
    names = Names(request.actor)
    kind: Kind = found.KIND
    title = _title(found, names)
    return render(request, "record.html.j2", {
        "title": title, "identifier": found.pk, "kind": kind.value, "kind_words": KINDS[kind].one,
        "list_words": KINDS[kind].many, "named": title != found.pk, "state": state_words(kind, found.state),
        **_parts(found, names), "history": _history(found, names),
        "verbs": verbs_for(request.actor, found), "said": said(request),
    })  # fmt: skip


def said(request: Any) -> str:
    """What this person just did, as the ledger has it."""
    asked = request.GET.get("entry", "")
    event = own_entry(request.actor, int(asked)) if asked.isdecimal() and len(asked) < 16 else None
    if event is None:
        return ""
    return _("Done: you %(did)s. Entry %(entry)s of the ledger, %(at)s.") % {
        "did": VERBS_IN_WORDS[event.verb].done, "entry": number(event.entry), "at": moment(event.at),
    }  # fmt: skip


def event_cells(event: Event, names: Names) -> tuple[Cell, ...]:
    """Entry, verb in words, who and when."""
    address = reverse("ledger") + f"?before={event.entry + 1}" if may_read_ledger(names.actor) else ""
    verb = VERBS_IN_WORDS[event.verb].done if event.verb in VERBS_IN_WORDS else event.verb
    return (
        Cell(number(event.entry), address, "number"),
        text(names.user(event.actor)),
        text(verb),
        text(moment(event.at)),
    )


def _title(found: Any, names: Names) -> str:
    return names.link(found.pk).text or str(found.pk)


def _parts(found: Any, names: Names) -> dict[str, Any]:
    """What stands on the page, and the captions of what there is none of."""
    parts: list[Part] = [facts_of(found, names)]
    parts[:0] = pictures_of(found, names)
    parts += figures_of(found, names) + more_of(found, names)
    related, empty = related_tables(found, names)
    return {"parts": [*parts, *related], "empty": empty}


def _history(found: Any, names: Names) -> Table:
    events = history_of(found)
    rows = [
        (*event_cells(event, names), Cell(number(event.version or 0), kind="number")) for event in events[:_HISTORY]
    ]
    heads = (_("Entry"), _("Who"), _("Did what"), _("When"), _("Version"))
    return Table("history", _("History"), heads, rows)
