"""Links to the pages of the verbs that somebody may do."""

from __future__ import annotations

from functools import cache
from typing import Any

from django.urls import reverse
from django.utils.http import urlencode

from antigone.actions import FieldOf, Shape, fields_of, verb
from antigone.domain import VERBS, Kind
from antigone.register import doors
from antigone.register.actor import Actor
from antigone.web.tables import Cell
from antigone.web.words import VERBS_IN_WORDS

_NOT_HERE = {"acknowledge_notice", "read_in_bulk", "add_document"}
"""Verbs that have their own place on the pages."""
_STATES: dict[str, tuple[str, ...]] = {
    "sign": ("open",),
    "dissent": ("open", "disputed"),
    "reverse": ("standing",),
    "inform_family": ("standing",),
    "release": ("standing", "identified"),
    "receive_handover": ("announced",),
    "open_container": ("received", "extra"),
    "propose": ("computed", "examined", "buried_unnamed"),
    "enter_profile": ("received",),
    "withdraw_consent": ("given",),
    "acknowledge_notice": ("waiting",),
}
"""Verb -> states of a record in which its link is shown. The action itself decides; this only keeps pages short."""
_ALSO = {"register_missing_person", "release", "bury", "take_reference_sample", "compare", "export"}
"""Verbs that name other records as well, and are begun from the page of any of them."""
_MEANT = {"merge_duplicates": "second"}
"""Where a verb names two records of one kind: the field of the one whose page it is opened from."""
_OF_A_RECORD = {"take_reference_sample", "release", "bury"}
"""Verbs that ask for one of two records, so that neither field is required."""
_OWN = {"change_password", "enrol_second_factor"}


@cache
def reference_of(name: str, kind: Kind) -> FieldOf | None:
    """The field of a verb that the page of a record of this kind fills in; None where the verb asks for no such."""
    meant = _MEANT.get(name)
    for field in fields_of(verb(name).command):
        if field.shape in (Shape.REF, Shape.REFS) and kind in field.mark.kinds and meant in (None, field.name):
            return field
    return None


def version_seen(actor: Actor, name: str, record: Any) -> int | None:
    """The version of what the verb is about to change, when its page is opened for this record."""
    if name in ("release", "bury") and record.KIND in (Kind.DECISION, Kind.RELEASE):
        record = doors.remains.visible(actor).filter(pk=record.remains_id).first()
    elif name == "check_family":
        checks = doors.genetic_families.visible(actor).filter(family=record.pk).exclude(state="erased")
        record = checks.order_by("-pk").first()
    return None if record is None else int(record.version)


def verbs_for(actor: Actor, record: Any) -> list[Cell]:
    """Links to what this actor may do to this record."""
    links = []
    for name in VERBS:
        if name in _NOT_HERE | _OWN or not actor.may(name) or VERBS[name].founding:
            continue
        if record.state not in _STATES.get(name, (record.state,)) or (
            name == "renew_access" and record.pk == actor.user
        ):
            continue
        field = reference_of(name, record.KIND)
        if field is not None and (field.required or name in _ALSO or VERBS[name].kind is record.KIND):
            links.append(_link(name, {"record": record.pk}))
    return links


def verbs_without_record(actor: Actor, kind: Kind) -> list[Cell]:
    """Links to what this actor may do that makes a record of this kind and needs none before."""
    links = []
    for name, entry in VERBS.items():
        if entry.kind is not kind or entry.founding or not actor.may(name) or name in _NOT_HERE | _OWN | _OF_A_RECORD:
            continue
        needs = [f for f in fields_of(verb(name).command) if f.required and f.shape in (Shape.REF, Shape.REFS)]
        if all(set(f.mark.kinds) <= {Kind.PARTY, Kind.INSTITUTION} for f in needs):
            links.append(_link(name, {}))
    return links


def _link(name: str, query: dict[str, str]) -> Cell:
    address = reverse("do", args=[name])
    return Cell(str(VERBS_IN_WORDS[name].todo), f"{address}?{urlencode(query)}" if query else address)
