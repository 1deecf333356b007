"""What stands for an identifier on a page: a name where this person may read it, and a link where there is a page."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.urls import reverse

from antigone.domain import InputRefused, Kind, kind_of
from antigone.register import doors
from antigone.register.actor import Actor
from antigone.register.opening import keyring, opened
from antigone.web.tables import Cell, joined

_NAME_PARTS = ("surname", "first_names", "patronymic")


class Names:
    """Names for one actor and one page; each record is read once."""

    def __init__(self, actor: Actor) -> None:
        self.actor = actor
        self._people: dict[str, str] = {}

    def link(self, identifier: str | None) -> Cell:
        """The identifier, its name where there is one, and the way to its page."""
        if not identifier:
            return Cell("–")
        try:
            kind = kind_of(identifier)
        except InputRefused:
            return Cell(identifier)
        if kind is Kind.USER:
            return Cell(self.user(identifier), self._address(kind, identifier))
        if kind in (Kind.PARTY, Kind.INSTITUTION):
            return Cell(self._offices.get(identifier, identifier), self._address(kind, identifier))
        name = self.person(identifier) if kind in (Kind.MISSING_PERSON, Kind.RELATIVE) else ""
        return Cell(name, self._address(kind, identifier), lead=identifier)

    def links(self, identifiers: Any) -> Cell:
        """Several identifiers in one place."""
        return joined([self.link(identifier) for identifier in identifiers] or [Cell("–")])

    def user(self, identifier: str) -> str:
        """The name of a user that the actor may see; the identifier of any other."""
        return self._users.get(identifier, identifier)

    def office(self, identifier: str | None) -> str:
        """The name of a party or an institution."""
        return self._offices.get(identifier or "", identifier or "–")

    def person(self, identifier: str) -> str:
        """The name of a missing person or relative that the actor may see, else nothing."""
        if identifier not in self._people:
            door = doors.door_of(identifier)
            found = door.visible(self.actor).filter(pk=identifier).first()
            self._people[identifier] = full_name(found) if found else ""
        return self._people[identifier]

    def _address(self, kind: Kind, identifier: str) -> str:
        return reverse("record", args=[identifier]) if self.actor.reaches(kind) else ""

    @cached_property
    def _users(self) -> dict[str, str]:
        return dict(doors.users.visible(self.actor).values_list("pk", "name"))

    @cached_property
    def _offices(self) -> dict[str, str]:
        parties = dict(doors.parties.visible(self.actor).values_list("pk", "name"))
        return {**parties, **dict(doors.institutions.visible(self.actor).values_list("pk", "name"))}


def full_name(record: Any) -> str:
    """Surname, first names and patronymic of a missing person or relative; empty once they are erased."""
    values = opened(record, keyring())
    return " ".join(str(values[part]) for part in _NAME_PARTS if values.get(part))
