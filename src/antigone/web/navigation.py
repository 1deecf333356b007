"""The way to the pages that somebody may read."""

from __future__ import annotations

from typing import NamedTuple

from django.urls import reverse
from django.utils.translation import gettext as _

from antigone.domain import Kind
from antigone.register.actor import Actor
from antigone.register.history import may_read_ledger
from antigone.web.words import KINDS

_LISTED = (
    Kind.MISSING_PERSON,
    Kind.FAMILY,
    Kind.HANDOVER,
    Kind.CONTAINER,
    Kind.REMAINS,
    Kind.SAMPLE,
    Kind.PROFILE,
    Kind.FINDING,
    Kind.PROPOSAL,
    Kind.DECISION,
    Kind.RELEASE,
    Kind.GRAVE,
    Kind.DOCUMENT,
)
_KEPT_BY_ADMINISTRATORS = (Kind.USER, Kind.INSTITUTION, Kind.PARTY)


class Way(NamedTuple):
    """A link of the navigation; `here`: it leads to the page that is shown."""

    words: str
    address: str
    here: bool


def navigation(actor: Actor, path: str) -> list[Way]:
    """Links in the order of the work."""
    kinds = [kind for kind in _LISTED if actor.reaches(kind)]
    if actor.may("add_user"):
        kinds += _KEPT_BY_ADMINISTRATORS
    ways = [(_("Today"), reverse("today"))]
    ways += [(str(KINDS[kind].many), reverse("list", args=[kind.value])) for kind in kinds]
    if actor.reaches(Kind.HANDOVER):
        ways.append((_("Account"), reverse("account")))
    if may_read_ledger(actor):
        ways.append((_("Ledger"), reverse("ledger")))
    return [Way(words, address, address == path) for words, address in ways]
