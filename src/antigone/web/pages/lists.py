"""Lists of records: a page at a time by key, never by counting; search by name; the whole list, recorded."""

from __future__ import annotations

import datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from antigone.actions import note_reading
from antigone.domain import InputRefused, Kind, read_identifier
from antigone.register import doors
from antigone.register.opening import keyring
from antigone.register.refusals import NotHere
from antigone.render import problem_sentence
from antigone.web.localised import number
from antigone.web.names import Names
from antigone.web.pages.listings import cells_of, heads_of
from antigone.web.pages.related import of_record
from antigone.web.pages.verb_links import verbs_without_record
from antigone.web.tables import Table
from antigone.web.words import KINDS

PAGE = 50
WHOLE = 2_000
"""Records that one page can show at most; a longer list leaves the register as an export."""


def listing(request: Any, kind: str) -> HttpResponse:
    """The records of one kind that this person may see."""
    try:
        of_kind = Kind(kind)
    except ValueError:
        raise NotHere(kind, "") from None
    if not request.actor.reaches(of_kind):
        raise NotHere(kind, "")
    asked = {key: value.strip() for key, value in request.GET.items() if value.strip()}
    rows, about = _rows(request.actor, of_kind, asked)
    if asked.get("whole"):
        return _whole(request, of_kind, rows, about)
    by_date = of_kind is Kind.MISSING_PERSON and asked.get("by") == "date"
    found = list(_after(rows, asked.get("after", ""), by_date)[: PAGE + 1])
    shown = found[:PAGE]
    return _page(request, of_kind, shown, about, asked, _key(shown[-1], by_date) if len(found) > PAGE else "")


def go(request: Any) -> HttpResponse:
    """To the page of an identifier as somebody typed it."""
    typed = request.GET.get("identifier", "").strip()
    if not typed:
        return redirect("today")
    try:
        return redirect("record", read_identifier(typed))
    except InputRefused as refused:
        return render(request, "message.html.j2", {
            "title": _("No such identifier"), "sentences": [problem_sentence(p) for p in refused.problems],
        }, status=400)  # fmt: skip


def _rows(actor: Any, kind: Kind, asked: dict[str, str]) -> tuple[QuerySet[Any], str]:
    """The records asked for, and the record they belong to, if one was named."""
    if kind is Kind.MISSING_PERSON and asked.get("name"):
        return doors.missing_persons_named(actor, asked["name"], keyring().index_key), ""
    rows = doors.DOORS[kind].visible(actor)
    if asked.get("state"):
        rows = rows.filter(state=asked["state"])
    if asked.get("of"):
        record = _record(actor, asked["of"])
        try:
            return rows.filter(**of_record(record, kind)), record.pk
        except KeyError:
            raise NotHere(kind.value, asked["of"]) from None
    return rows, ""


def _record(actor: Any, identifier: str) -> Any:
    try:
        return doors.door_of(identifier).get(actor, identifier)
    except InputRefused:
        raise NotHere("", identifier) from None


def _after(rows: QuerySet[Any], after: str, by_date: bool) -> QuerySet[Any]:
    """The rows that follow the last one of the page before, the newest first."""
    if not by_date:
        rows = rows.order_by("-pk")
        return rows.filter(pk__lt=after) if after else rows
    rows = rows.filter(missing_since__isnull=False).order_by("-missing_since", "-pk")
    since, _sign, identifier = after.partition(".")
    try:
        last = datetime.date.fromisoformat(since)
    except ValueError:
        return rows
    return rows.filter(Q(missing_since__lt=last) | Q(missing_since=last, pk__lt=identifier))


def _key(last: Any, by_date: bool) -> str:
    return f"{last.missing_since.isoformat()}.{last.pk}" if by_date else str(last.pk)


def _page(request: Any, kind: Kind, shown: list[Any], about: str, asked: dict[str, str], after: str) -> HttpResponse:
    names = Names(request.actor)
    here = reverse("list", args=[kind.value])
    kept = {key: value for key, value in asked.items() if key not in ("after", "whole")}
    empty = _("Nobody of this name was found.") if asked.get("name") else str(KINDS[kind].none)
    narrowed = bool(asked.get("state") or asked.get("of"))
    table = Table(
        "list",
        str(KINDS[kind].many),
        heads_of(kind),
        [cells_of(record, names) for record in shown],
        empty=_("None.") if narrowed else empty,
    )
    return render(request, "list.html.j2", {
        "kind": kind.value, "title": str(KINDS[kind].many), "listed": table, "asked": asked, "about": about,
        "next": f"{here}?{urlencode({**kept, 'after': after})}" if after else "",
        "first": f"{here}?{urlencode(kept)}" if asked.get("after") else "",
        "whole": f"{here}?{urlencode({**kept, 'whole': 'yes'})}" if after and request.actor.may("read_in_bulk") else "",
        "by_date": f"{here}?by=date", "by_identifier": here,
        "verbs": verbs_without_record(request.actor, kind),
    })  # fmt: skip


def _whole(request: Any, kind: Kind, rows: QuerySet[Any], about: str) -> HttpResponse:
    found = list(rows.order_by("pk")[: WHOLE + 1])
    if len(found) > WHOLE:
        return render(request, "message.html.j2", {
            "title": str(KINDS[kind].many),
            "sentences": [
                _("The list is longer than %(most)s records. A page does not show it whole.") % {"most": number(WHOLE)},
                _("Search, look at the records of one family or handover, or make an export."),
            ],
        }, status=400)  # fmt: skip
    how = "search" if request.GET.get("name") else "page"
    done = note_reading(request.actor, kind, len(found), how)
    names = Names(request.actor)
    count = ngettext("%(count)s record", "%(count)s records", len(found)) % {"count": number(len(found))}
    table = Table("list", f"{KINDS[kind].many}: {count}", heads_of(kind), [cells_of(record, names) for record in found])
    return render(request, "list.html.j2", {
        "kind": kind.value, "title": str(KINDS[kind].many), "listed": table, "asked": {}, "about": about,
        "next": "", "first": "", "whole": "", "by_date": "", "by_identifier": "", "verbs": [],
        "entry": done.entry if done else None,
    })  # fmt: skip
