"""Handovers as those may write them who entered them: the other party may see a handover, and changes nothing."""

from __future__ import annotations

from antigone.actions.locking import locked
from antigone.register import doors
from antigone.register.actor import Actor
from antigone.register.models import Container, Handover
from antigone.register.refusals import NotNow


def own_handover(actor: Actor, identifier: str) -> Handover:
    """The handover, held until the action ends; NotNow where the actor's party did not enter it."""
    handover = doors.handovers.get(actor, identifier)
    if handover.party_id != actor.party:
        raise NotNow("handover-of-other-party", handover=handover.pk)
    return locked(handover)


def check_tag_free(handover: Handover, tag: str) -> None:
    """NotNow where a container of this handover has this tag: no container is counted twice."""
    other = Container.objects.filter(handover=handover.pk, tag=tag).first()
    if other is not None:
        raise NotNow("tag-taken", tag=tag, handover=handover.pk, container=other.pk)
