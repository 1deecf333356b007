"""The door to documents: one may be read where the record it is about may be read too."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from antigone.register.actor import Actor
from antigone.register.doors import decisions, families, parties, remains, samples
from antigone.register.doors.door import Door
from antigone.register.models import Document, Record

_OTHERS: tuple[Door[Record], ...] = (
    parties.parties,
    parties.institutions,
    parties.users,
    families.missing_persons,
    families.families,
    families.relatives,
    families.consents,
    families.genetic_families,
    remains.handovers,
    remains.containers,
    remains.remains,
    samples.samples,
    samples.profiles,
    decisions.findings,
    decisions.proposals,
    decisions.decisions,
    decisions.releases,
    decisions.graves,
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
