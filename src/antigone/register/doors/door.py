"""One way in to each kind of record: a query that holds only what this person may see."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

from django.db.models import Q, QuerySet

from antigone.domain import InputRefused, Reach, read_identifier
from antigone.register.actor import Actor
from antigone.register.models import Record
from antigone.register.refusals import NotHere

R = TypeVar("R", bound=Record)
Within = Callable[[Actor], Q]
"""The records within one reach, for this actor."""


def _own_party(actor: Actor) -> Q:
    return Q(party=actor.party)


def _own_institution(actor: Actor) -> Q:
    return Q(party=actor.party, institution=actor.institution)


def _any(_actor: Actor) -> Q:
    return Q()


class Door(Generic[R]):
    """All reading of one kind of record. `within`: what a reach means where it differs from the usual.

    A reach without a meaning for this kind lets nobody in.
    """

    def __init__(self, model: type[R], within: dict[Reach, Within] | None = None) -> None:
        self.model = model
        self._within: dict[Reach, Within] = {
            Reach.ANY: _any,
            Reach.OWN_PARTY: _own_party,
            Reach.OWN_INSTITUTION: _own_institution,
            **(within or {}),
        }

    def visible(self, actor: Actor) -> QuerySet[R]:
        """Every record of this kind that the actor may see; in the order of identifiers."""
        allowed = [self._within[reach](actor) for reach in actor.reaches(self.model.KIND) if reach in self._within]
        if not allowed:
            return self.model._default_manager.none()
        query = allowed[0]
        for other in allowed[1:]:
            query |= other
        return self.model._default_manager.filter(query)

    def get(self, actor: Actor, identifier: str) -> R:
        """The record; NotHere where there is none, or none that the actor may see."""
        try:
            canonical = read_identifier(identifier, self.model.KIND)
        except InputRefused:
            raise NotHere(self.model.KIND.value, identifier) from None
        found = self.visible(actor).filter(pk=canonical).first()
        if found is None:
            raise NotHere(self.model.KIND.value, canonical)
        return found
