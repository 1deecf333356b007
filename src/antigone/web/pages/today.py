"""Today: what waits for this person, by office, and what to do next where nothing waits."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from antigone.domain import Kind, UserRole
from antigone.register import doors
from antigone.register.actor import Actor
from antigone.register.history import ledger_size, may_read_ledger, signed_states
from antigone.web.localised import number
from antigone.web.names import Names
from antigone.web.pages.listings import cells_of, heads_of
from antigone.web.pages.record import said
from antigone.web.pages.verb_links import verbs_without_record
from antigone.web.tables import Cell, Table, text
from antigone.web.words import notice_words

SHOWN = 10

Rows = Callable[[Actor], QuerySet[Any]]


class Task(NamedTuple):
    """What waits for one office: `rows` of a kind. `more`: states of the list that has all of them."""

    role: UserRole
    kind: Kind
    heading: str | Promise
    rows: Rows
    more: str = ""


def _of(kind: Kind, **wanted: Any) -> Rows:
    return lambda actor: doors.DOORS[kind].visible(actor).filter(**wanted)


def _to_come(actor: Actor) -> QuerySet[Any]:
    """The other party reads a handover too, and keeps a record of its own."""
    return doors.handovers.visible(actor).filter(state="announced", party=actor.party)


def _without_sample(actor: Actor) -> QuerySet[Any]:
    return doors.remains.visible(actor).filter(state="examined", samples__isnull=True)


def _to_receive(actor: Actor) -> QuerySet[Any]:
    return doors.samples.visible(actor).filter(state="sent", laboratory=actor.institution)


def _to_type(actor: Actor) -> QuerySet[Any]:
    return doors.samples.visible(actor).filter(state="received", laboratory=actor.institution)


def _profiles_of(actor: Actor) -> QuerySet[Any]:
    return doors.profiles.visible(actor).filter(sample__remains=OuterRef("pk"), state="current")


def _without_profile(actor: Actor) -> QuerySet[Any]:
    return doors.remains.visible(actor).filter(~Exists(_profiles_of(actor)), state="examined")


def _not_compared(actor: Actor) -> QuerySet[Any]:
    findings = doors.findings.visible(actor).filter(remains=OuterRef("pk"))
    return doors.remains.visible(actor).filter(Exists(_profiles_of(actor)), ~Exists(findings), state="examined")


def _out_of_date(actor: Actor) -> QuerySet[Any]:
    return doors.findings.visible(actor).exclude(state__in=("computed", "consent_withdrawn"))


def _not_released(actor: Actor) -> QuerySet[Any]:
    releases = doors.releases.visible(actor).filter(decision=OuterRef("pk"), state="released")
    return doors.decisions.visible(actor).filter(~Exists(releases), state="standing")


def _not_buried(actor: Actor) -> QuerySet[Any]:
    graves = doors.graves.visible(actor).filter(release=OuterRef("pk"), state="in_use")
    return doors.releases.visible(actor).filter(~Exists(graves), state="released", to_party__isnull=True)


def _without_relatives(actor: Actor) -> QuerySet[Any]:
    relatives = doors.relatives.visible(actor).filter(family=OuterRef("pk"), state="active")
    return doors.families.visible(actor).filter(~Exists(relatives), state="open")


def _without_reference(actor: Actor) -> QuerySet[Any]:
    samples = doors.samples.visible(actor).filter(relative=OuterRef("pk")).exclude(state__in=("failed", "blocked"))
    return doors.relatives.visible(actor).filter(~Exists(samples), state="active")


def _never_here(actor: Actor) -> QuerySet[Any]:
    return doors.users.visible(actor).filter(state="active", last_login__isnull=True)


TASKS: tuple[Task, ...] = (
    Task(UserRole.SIGNATORY, Kind.PROPOSAL, _("Proposals to sign"), _of(Kind.PROPOSAL, state="open"), "open"),
    Task(UserRole.SIGNATORY, Kind.PROPOSAL, _("Disputed proposals"), _of(Kind.PROPOSAL, state="disputed"), "disputed"),
    Task(
        UserRole.COORDINATOR,
        Kind.HANDOVER,
        _("Handovers to receive"),
        _to_come,
        "announced",
    ),
    Task(
        UserRole.COORDINATOR,
        Kind.CONTAINER,
        _("Containers that did not come"),
        _of(Kind.CONTAINER, state="missing"),
        "missing",
    ),
    Task(UserRole.COORDINATOR, Kind.DECISION, _("Decisions not yet released"), _not_released),
    Task(
        UserRole.EXAMINER,
        Kind.CONTAINER,
        _("Containers not opened"),
        _of(Kind.CONTAINER, state__in=("received", "extra")),
        "received",
    ),
    Task(UserRole.EXAMINER, Kind.REMAINS, _("Remains without a sample"), _without_sample),
    Task(UserRole.LABORATORY, Kind.SAMPLE, _("Samples on their way to you"), _to_receive),
    Task(UserRole.LABORATORY, Kind.SAMPLE, _("Samples to type"), _to_type),
    Task(UserRole.GENETICIST, Kind.REMAINS, _("Remains with a profile, not compared"), _not_compared),
    Task(UserRole.GENETICIST, Kind.FINDING, _("Findings out of date"), _out_of_date),
    Task(UserRole.GENETICIST, Kind.REMAINS, _("Remains without a profile"), _without_profile),
    Task(
        UserRole.LIAISON,
        Kind.DECISION,
        _("Decisions the family was not told of"),
        _of(Kind.DECISION, state="standing", told=[]),
    ),
    Task(UserRole.LIAISON, Kind.RELATIVE, _("Relatives without a sample"), _without_reference),
    Task(UserRole.REGISTRAR, Kind.FAMILY, _("Families without a relative"), _without_relatives),
    Task(UserRole.BURIAL_OFFICER, Kind.RELEASE, _("Released, no grave recorded"), _not_buried),
    Task(UserRole.ADMINISTRATOR, Kind.USER, _("Users who never logged in"), _never_here),
    Task(UserRole.FAMILY_CONTACT, Kind.FAMILY, _("Your family"), _of(Kind.FAMILY)),
)


def today(request: Any) -> HttpResponse:
    """The first page after log-in."""
    actor: Actor = request.actor
    names = Names(actor)
    tables = [found for place, task in enumerate(TASKS) if (found := _table(task, actor, names, place))]
    return render(request, "today.html.j2", {
        "title": _now("Today"), "said": said(request), "notices": _notices(actor, names),
        "tables": tables, "ledger": _ledger(actor), "verbs": _first_steps(actor),
    })  # fmt: skip


def _notices(actor: Actor, names: Names) -> list[tuple[str, Cell, Any]]:
    """Sentence, record and the notice itself, of the latest that wait."""
    found = doors.notices.visible(actor).filter(state="waiting").order_by("-pk")[:SHOWN]
    return [(notice_words(notice.code), names.link(notice.about), notice) for notice in found]


def _table(task: Task, actor: Actor, names: Names, place: int) -> Table | None:
    """The first rows that wait; None for somebody without the office, and where nothing waits."""
    if task.role not in actor.roles:
        return None
    found = list(task.rows(actor).order_by("-pk")[: SHOWN + 1])
    if task.kind is Kind.PROPOSAL:
        found = [p for p in found if actor.user not in (p.proposed_by_id, *p.signed_by)]
    if not found:
        return None
    more = None
    if len(found) > SHOWN:
        address = reverse("list", args=[task.kind.value]) + (f"?state={task.more}" if task.more else "")
        more = (_now("The whole list"), address)
    rows = [cells_of(row, names) for row in found[:SHOWN]]
    return Table(f"task-{place}", str(task.heading), heads_of(task.kind), rows, next=more)


def _ledger(actor: Actor) -> list[Cell]:
    """What the keepers of the ledger should see to."""
    if not may_read_ledger(actor) or not actor.roles & {
        UserRole.ADMINISTRATOR,
        UserRole.AUDITOR,
        UserRole.INTERMEDIARY,
    }:
        return []
    size, signed = ledger_size(), signed_states(actor, 1)
    if not signed:
        return [text(_now("The ledger has %(size)s entries and no signed state yet.") % {"size": number(size)})]
    since = size - signed[0].size
    said_of = [text(_now("Entries since the last signed state: %(count)s.") % {"count": number(since)})]
    if not signed[0].witnesses:
        said_of.append(text(_now("No witness has signed the last state of the ledger.")))
    return said_of


def _first_steps(actor: Actor) -> list[Cell]:
    """What this person may begin."""
    return [link for kind in Kind for link in verbs_without_record(actor, kind)]
