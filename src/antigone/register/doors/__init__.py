"""The only place that reads records: one door for each kind, and every read takes an actor."""

from typing import Any

from antigone.domain import Kind, kind_of
from antigone.register.doors.decisions import decisions, findings, graves, notices, proposals, releases
from antigone.register.doors.documents import documents
from antigone.register.doors.door import Door
from antigone.register.doors.families import (
    consents,
    families,
    genetic_families,
    missing_persons,
    missing_persons_named,
    relatives,
)
from antigone.register.doors.parties import institutions, parties, users
from antigone.register.doors.remains import containers, handovers, remains
from antigone.register.doors.samples import profiles, samples

DOORS: dict[Kind, Door[Any]] = {
    door.model.KIND: door
    for door in (
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
        documents,
        notices,
    )
}


def door_of(identifier: str) -> Door[Any]:
    """The door that this identifier's kind goes through."""
    return DOORS[kind_of(identifier)]


__all__ = [
    "DOORS",
    "Door",
    "consents",
    "containers",
    "decisions",
    "documents",
    "door_of",
    "families",
    "findings",
    "genetic_families",
    "graves",
    "handovers",
    "institutions",
    "missing_persons",
    "missing_persons_named",
    "notices",
    "parties",
    "profiles",
    "proposals",
    "relatives",
    "releases",
    "remains",
    "samples",
    "users",
]
