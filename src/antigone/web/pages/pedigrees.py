"""Drawn pedigrees: as the family declared it; what profiles say of it, on a page of its own for geneticists."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from antigone.domain import Family, InputRefused, Kind, Pedigree, Person, Profile, Sex, kind_of
from antigone.register import doors
from antigone.register.opening import keyring, opened
from antigone.render import pedigree_svg
from antigone.web.names import Names
from antigone.web.tables import Part, Picture


def pictures_of(record: Any, names: Names) -> list[Part]:
    """The pedigree on a family's page, and the one to compute with on that of its check; nothing elsewhere."""
    if record.KIND is Kind.FAMILY:
        words = _("As the family declared it. Parents that nobody registered stand as letters.")
        return _picture(record, record.pk, words, names)
    if record.KIND is Kind.GENETIC_FAMILY:
        return _picture(
            record, record.family_id, _("The pedigree that is computed with. For geneticists alone."), names
        )
    return []


def _picture(record: Any, family: str, words: str, names: Names) -> list[Part]:
    rows = opened(record, keyring()).get("pedigree") or []
    if not rows:
        return []
    persons = tuple(Person(r["person"], r.get("father"), r.get("mother"), Sex(r.get("sex", "unknown"))) for r in rows)
    missing = _missing(persons, family, names)
    drawn = Family(
        name=family,
        pedigree=Pedigree(persons),
        missing=tuple(person.id for person in persons if person.id in missing),
        profiles=dict.fromkeys(_typed(family, names), _NONE),
        labels={person.id: _label(person.id, names) for person in persons},
    )
    return [Picture("pedigree", _("Pedigree"), pedigree_svg(drawn), words)]


_NONE = Profile(sample="", calls={})
"""A profile of which the picture only shows that it is there."""


def _label(person: str, names: Names) -> str:
    try:
        kind_of(person)
    except InputRefused:
        return person
    return names.person(person) or person


def _missing(persons: Iterable[Person], family: str, names: Names) -> set[str]:
    """Who of the family is missing; the identifiers alone say it where this person may not read the names."""
    listed = {person.id for person in persons if person.id.startswith(Kind.MISSING_PERSON.prefix + "-")}
    known = doors.missing_persons.visible(names.actor).filter(family=family, state="alive")
    return listed - set(known.values_list("pk", flat=True))


def _typed(family: str, names: Names) -> set[str]:
    """Relatives of whom a sample was typed, as far as this person may read samples."""
    samples = doors.samples.visible(names.actor).filter(relative__family=family, state="profiled")
    return set(samples.values_list("relative", flat=True))
