"""Doors to missing persons, families, relatives, consents, and what geneticists alone see of a family."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from antigone.domain import Reach
from antigone.register.actor import Actor
from antigone.register.doors.door import Door
from antigone.register.models import Consent, Family, GeneticFamily, MissingPerson, NameToken, Relative
from antigone.register.names import search_tokens

missing_persons = Door(
    MissingPerson, {Reach.OWN_FAMILY: lambda actor: Q(party=actor.party, family=actor.family, family__isnull=False)}
)
families = Door(Family, {Reach.OWN_FAMILY: lambda actor: Q(party=actor.party, pk=actor.family)})
relatives = Door(Relative, {Reach.OWN_SELF: lambda actor: Q(party=actor.party, pk=actor.relative)})
consents = Door(Consent, {Reach.OWN_SELF: lambda actor: Q(party=actor.party, relative=actor.relative)})
genetic_families = Door(GeneticFamily)


def missing_persons_named(actor: Actor, name: str, index_key: bytes) -> QuerySet[MissingPerson]:
    """Missing persons that carry every word of this name, in any spelling, among those the actor may see."""
    found = missing_persons.visible(actor)
    words = search_tokens(index_key, name)
    if not words:
        return found.none()
    for tokens in words:
        found = found.filter(pk__in=NameToken.objects.filter(token__in=tokens).values("record"))
    return found
