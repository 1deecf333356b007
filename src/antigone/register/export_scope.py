"""What an export shows of a register, and to whom: never more than its maker may read."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.db.models import Q, QuerySet

from antigone.domain import Kind, UserRole
from antigone.register.actor import Actor
from antigone.register.doors import DOORS
from antigone.register.models import RECORDS, Finding, Handover, Party, Profile, Record
from antigone.register.standing_consent import withdrawn

EVERYTHING = frozenset({UserRole.ADMINISTRATOR, UserRole.AUDITOR})
"""Offices whose whole export shows every plain part: the keeper of the ledger and its examiner. No plain part
holds personal data. All others see in their export what they may read."""
BOTH_SIDES = frozenset({UserRole.ADMINISTRATOR, UserRole.AUDITOR, UserRole.INTERMEDIARY})
"""Offices that may read the handovers of both sides."""


class ExportScope(StrEnum):
    """How much an export shows."""

    MINIMAL = "minimal"  # handovers and containers that concern the recipient
    WHOLE = "whole"  # what the maker may read


@dataclass(frozen=True, slots=True)
class Shown:
    """What one export shows. `document`: the record of this export, which it always shows."""

    actor: Actor
    scope: ExportScope
    recipient: Party
    opens: bool
    document: str

    @property
    def everything(self) -> bool:
        """Whether every plain part is shown."""
        return self.scope is ExportScope.WHOLE and bool(EVERYTHING & self.actor.roles)

    @property
    def balance_of_remains(self) -> bool:
        """Whether the figures of handovers go on to the remains: for a neutral, and in a whole export."""
        return self.recipient.side == "neutral" or self.everything

    def rows(self, kind: Kind) -> QuerySet[Any]:
        """The records of this kind whose plain part is shown, in the order of identifiers."""
        model = RECORDS[kind.value]
        if self.everything:
            found = model._default_manager.all()
        elif self.scope is ExportScope.WHOLE:
            found = DOORS[kind].visible(self.actor)
            if kind is Kind.DOCUMENT:
                found = found | model._default_manager.filter(pk=self.document)
        else:
            found = self._minimal(kind, model)
        return found.order_by("pk")

    def plain(self, kind: Kind, records: Collection[str]) -> set[str]:
        """Those of these records whose plain part is shown."""
        if self.everything:
            return set(records)
        return set(self.rows(kind).filter(pk__in=records).values_list("pk", flat=True))

    def sealed(self, kind: Kind, records: Collection[str]) -> set[str]:
        """Those of these records whose sealed part is opened: what the maker may read, and nobody took back."""
        if not self.opens:
            return set()
        found = DOORS[kind].visible(self.actor).filter(pk__in=records, wrapped_key__isnull=False)
        kept = set(found.values_list("pk", flat=True))
        if kind is Kind.PROFILE:
            return kept - _taken_back(kept)
        if kind is Kind.FINDING:
            gone = Finding.objects.filter(pk__in=kept, state__in=("consent_withdrawn", "erased_inputs"))
            return kept - set(gone.values_list("pk", flat=True))
        return kept

    def _minimal(self, kind: Kind, model: type[Record]) -> QuerySet[Any]:
        rows = model._default_manager
        if kind is Kind.PARTY:
            return rows.all()
        if kind is Kind.DOCUMENT:
            return rows.filter(pk=self.document)
        if kind is Kind.HANDOVER:
            return rows.filter(self._concerned())
        if kind is Kind.CONTAINER:
            return rows.filter(handover__in=Handover.objects.filter(self._concerned()))
        return rows.none()

    def _concerned(self) -> Q:
        """Handovers that name the recipient (a neutral: all), and that the maker may read."""
        found = Q() if self.recipient.side == "neutral" else _names(self.recipient.pk)
        return found if BOTH_SIDES & self.actor.roles else found & _names(self.actor.party)


def _names(party: str) -> Q:
    return Q(party=party) | Q(from_party=party) | Q(to_party=party)


def _taken_back(profiles: Collection[str]) -> set[str]:
    """Profiles that were blocked, or whose donor withdrew consent."""
    columns = Profile.objects.filter(pk__in=profiles).values_list("pk", "state", "sample__state", "sample__relative")
    rows = list(columns)
    gone = withdrawn({relative for *_, relative in rows if relative})
    return {pk for pk, state, sample, relative in rows if "blocked" in (state, sample) or relative in gone}
