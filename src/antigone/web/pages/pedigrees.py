"""The drawn pedigree of a family, as the family declared it. What profiles say of it is never shown here."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from antigone.domain import Family, InputRefused, Kind, Pedigree, Person, Profile, Sex, kind_of
from antigone.register import doors
from antigone.register.opening import keyring, opened
from antigone.render import pedigree_svg
from antigone.web.names import Names
from antigone.web.tables import Part, Picture


def pedigree_picture(family: Any, names: Names) -> list[Part]:
    """The picture; nothing while no pedigree was declared."""
    rows = opened(family, keyring()).get("pedigree") or []
    if not rows:
        return []
    persons = tuple(Person(r["person"], r.get("father"), r.get("mother"), Sex(r.get("sex", "unknown"))) for r in rows)
    missing = _missing(family, names)
    drawn = Family(
        name=family.pk,
        pedigree=Pedigree(persons),
        missing=tuple(person.id for person in persons if person.id in missing),
        profiles=dict.fromkeys(_typed(family, names), _NONE),
        labels={person.id: _label(person.id, names) for person in persons},
    )
    words = _("As the family declared it. Parents that nobody registered stand as letters.")
    return [Picture("pedigree", _("Pedigree"), pedigree_svg(drawn), words)]


_NONE = Profile(sample="", calls={})
"""A profile of which the picture only shows that it is there."""


def _label(person: str, names: Names) -> str:
    try:
        kind_of(person)
    except InputRefused:
        return person
    return names.person(person) or person


def _missing(family: Any, names: Names) -> set[str]:
    """Who of the family is missing; the identifiers alone say it where this person may not read the names."""
    known = opened(family, keyring()).get("pedigree") or []
    listed = {row["person"] for row in known if str(row["person"]).startswith(Kind.MISSING_PERSON.prefix + "-")}
    alive = (
        doors.missing_persons.visible(names.actor).filter(family=family.pk, state="alive").values_list("pk", flat=True)
    )
    return listed - set(alive)


def _typed(family: Any, names: Names) -> set[str]:
    """Relatives of whom a sample was typed, as far as this person may read samples."""
    samples = doors.samples.visible(names.actor).filter(relative__family=family.pk, state="profiled")
    return set(samples.values_list("relative", flat=True))
