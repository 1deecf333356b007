"""How a record of each kind stands in a list: heads and cells."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from antigone.domain import Kind
from antigone.register.opening import keyring, opened
from antigone.web.localised import day, number
from antigone.web.names import Names, full_name
from antigone.web.tables import Cell, text
from antigone.web.words import choice_words, notice_words, role_words, state_words

Heads = tuple[str | Promise, ...]


class Listing(NamedTuple):
    """Heads of a list, without the first two (identifier, state), and the cells of one record."""

    heads: Heads
    cells: Callable[[Any, Names], tuple[Cell, ...]]


def heads_of(kind: Kind) -> tuple[str, ...]:
    """All heads of a list of this kind."""
    return (str(_("Identifier")), *(str(head) for head in LISTINGS[kind].heads), str(_("State")))


def cells_of(record: Any, names: Names) -> tuple[Cell, ...]:
    """All cells of one record."""
    identifier = Cell(record.pk, reverse("record", args=[record.pk]), "mono")
    cells = LISTINGS[record.KIND].cells(record, names)
    return (identifier, *cells, text(state_words(record.KIND, record.state)))


def log10_cell(record: Any) -> Cell:
    """The figure of a finding, as it was kept."""
    return Cell(str(record.log10_lr).replace("-", "\N{MINUS SIGN}"), kind="number")


def _missing_person(record: Any, _names: Names) -> tuple[Cell, ...]:
    values = opened(record, keyring())
    return (
        text(full_name(record)),
        text(day(values.get("born"))),
        text(values.get("unit")),
        _date(record.missing_since),
    )


def _relative(record: Any, names: Names) -> tuple[Cell, ...]:
    values = opened(record, keyring())
    return (text(full_name(record)), text(values.get("relation")), names.link(record.family_id))


def _family(record: Any, names: Names) -> tuple[Cell, ...]:
    return (text(names.office(record.institution_id)), _date(record.entered_at.date()))


def _consent(record: Any, names: Names) -> tuple[Cell, ...]:
    return (names.link(record.relative_id), text(choice_words("scope", record.scope)), _date(record.given_on))


def _handover(record: Any, names: Names) -> tuple[Cell, ...]:
    announced = record.announced_containers
    return (
        text(names.office(record.from_party_id)),
        text(names.office(record.to_party_id)),
        _date(record.took_place_on),
        Cell("–" if announced is None else number(announced), kind="number"),
    )


def _container(record: Any, names: Names) -> tuple[Cell, ...]:
    seal = choice_words("seal_found", record.seal_found) if record.seal_found else "–"
    return (Cell(record.tag, kind="mono"), names.link(record.handover_id), text(seal))


def _remains(record: Any, names: Names) -> tuple[Cell, ...]:
    alone = record.group == record.pk
    group = Cell(str(_("alone"))) if alone else names.link(record.group)
    return (names.link(record.container_id), group, text(record.held_at or "–"))


def _sample(record: Any, names: Names) -> tuple[Cell, ...]:
    source = record.remains_id or record.relative_id or record.missing_person_id
    material = choice_words("material", record.material)
    return (names.link(source), text(material), text(names.office(record.laboratory_id)), _date(record.taken_on))


def _profile(record: Any, names: Names) -> tuple[Cell, ...]:
    quality = choice_words("quality", record.quality)
    return (names.link(record.sample_id), Cell(str(record.run), kind="number"), text(record.kit or "–"), text(quality))


def _finding(record: Any, names: Names) -> tuple[Cell, ...]:
    return (names.link(record.remains_id), names.link(record.missing_person_id), log10_cell(record))


def _proposal(record: Any, names: Names) -> tuple[Cell, ...]:
    return (
        names.link(record.remains_id),
        names.link(record.missing_person_id),
        text(names.user(record.proposed_by_id)),
        Cell(number(len(record.signed_by)), kind="number"),
    )


def _decision(record: Any, names: Names) -> tuple[Cell, ...]:
    signed = ", ".join(names.user(user) for user in record.signed_by)
    return (
        names.link(record.remains_id),
        names.link(record.missing_person_id),
        text(signed),
        _date(record.entered_at.date()),
    )


def _release(record: Any, names: Names) -> tuple[Cell, ...]:
    to = names.office(record.to_party_id) if record.to_party_id else str(_("the family"))
    return (names.link(record.remains_id), text(to), _date(record.released_on))


def _grave(record: Any, names: Names) -> tuple[Cell, ...]:
    return (names.link(record.remains_id), text(opened(record, keyring()).get("cemetery")), _date(record.buried_on))


def _document(record: Any, names: Names) -> tuple[Cell, ...]:
    return (text(opened(record, keyring()).get("title") or "–"), names.link(record.about), _date(record.dated))


def _user(record: Any, names: Names) -> tuple[Cell, ...]:
    roles = ", ".join(role_words(role) for role in record.roles)
    return (text(record.name), text(record.username), text(roles), text(names.office(record.institution_id)))


def _notice(record: Any, names: Names) -> tuple[Cell, ...]:
    return (text(notice_words(record.code)), names.link(record.about), _date(record.entered_at.date()))


def _date(value: Any) -> Cell:
    return Cell(day(value) or "–")


LISTINGS: dict[Kind, Listing] = {
    Kind.PARTY: Listing(
        (_("Name"), _("Code"), _("Side")),
        lambda r, _names: (text(r.name), text(r.code), text(choice_words("side", r.side))),
    ),
    Kind.INSTITUTION: Listing((_("Name"), _("Party")), lambda r, names: (text(r.name), text(names.office(r.party_id)))),
    Kind.USER: Listing((_("Name"), _("User name"), _("Offices"), _("Institution")), _user),
    Kind.MISSING_PERSON: Listing((_("Name"), _("Born"), _("Unit"), _("Last seen")), _missing_person),
    Kind.FAMILY: Listing((_("Institution"), _("Registered on")), _family),
    Kind.RELATIVE: Listing((_("Name"), _("Relation"), _("Family")), _relative),
    Kind.CONSENT: Listing((_("Relative"), _("Scope"), _("Given on")), _consent),
    Kind.GENETIC_FAMILY: Listing((_("Family"),), lambda r, names: (names.link(r.family_id),)),
    Kind.HANDOVER: Listing((_("From"), _("To"), _("Took place on"), _("Containers announced")), _handover),
    Kind.CONTAINER: Listing((_("Tag"), _("Handover"), _("Seal as found")), _container),
    Kind.REMAINS: Listing((_("Container"), _("One person with"), _("Held at")), _remains),
    Kind.SAMPLE: Listing((_("Taken from"), _("Material"), _("Laboratory"), _("Taken on")), _sample),
    Kind.PROFILE: Listing((_("Sample"), _("Run"), _("Kit"), _("Quality")), _profile),
    Kind.FINDING: Listing((_("Remains"), _("Missing person"), _("log10 LR")), _finding),
    Kind.PROPOSAL: Listing((_("Remains"), _("Missing person"), _("Proposed by"), _("Signatures")), _proposal),
    Kind.DECISION: Listing((_("Remains"), _("Missing person"), _("Signed by"), _("Decided on")), _decision),
    Kind.RELEASE: Listing((_("Remains"), _("Released to"), _("Released on")), _release),
    Kind.GRAVE: Listing((_("Remains"), _("Cemetery"), _("Buried on")), _grave),
    Kind.DOCUMENT: Listing((_("Title"), _("About"), _("Dated")), _document),
    Kind.NOTICE: Listing((_("What"), _("About"), _("Since")), _notice),
}
"""Every kind of record."""
