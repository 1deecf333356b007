"""The door to documents: one may be read where the record it is about may be read too."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet

from antigone.register.actor import Actor
from antigone.register.doors.decisions import decisions, findings, graves, proposals, releases
from antigone.register.doors.door import Door
from antigone.register.doors.families import consents, families, genetic_families, missing_persons, relatives
from antigone.register.doors.parties import institutions, parties, users
from antigone.register.doors.remains import containers, handovers, remains
from antigone.register.doors.samples import profiles, samples
from antigone.register.models import Document

_OTHERS: tuple[Door[Any], ...] = (
    parties,
    institutions,
    users,
    missing_persons,
    families,
    relatives,
    consents,
    genetic_families,
    handovers,
    containers,
    remains,
    samples,
    profiles,
    findings,
    proposals,
    decisions,
    releases,
    graves,
)


class _Documents(Door[Document]):
    def visible(self, actor: Actor) -> QuerySet[Document]:
        """Documents within the actor's reach that are about a record the actor may see."""
        about = Q(pk__in=())
        for door in _OTHERS:
            kind = door.model.KIND
            if actor.reaches(kind):
                about |= Q(about__startswith=f"{kind.prefix}-", about__in=door.visible(actor).values("pk"))
        return super().visible(actor).filter(about)


documents = _Documents(Document)
