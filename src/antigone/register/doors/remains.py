"""Doors to handovers, containers and remains. A handover concerns both parties it names."""

from __future__ import annotations

from django.db.models import Q

from antigone.domain import Reach
from antigone.register.actor import Actor
from antigone.register.doors.door import Door
from antigone.register.models import Container, Handover, Remains


def _handover_of_party(actor: Actor) -> Q:
    return Q(party=actor.party) | Q(from_party=actor.party) | Q(to_party=actor.party)


handovers = Door(Handover, {Reach.OWN_PARTY: _handover_of_party})
containers = Door(Container)
remains = Door(Remains)
