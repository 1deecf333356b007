"""The words by which a Familias file knows who is missing, and who is left without a name."""

from __future__ import annotations

from antigone.domain import Family
from antigone.intake.fam_case import is_missing


def fam_names(family: Family) -> dict[str, str]:
    """Names in the file by person id; parents that nobody named are left out, as they came."""
    unnamed = {
        p.id
        for p in family.pedigree.persons
        if p.id.startswith((":father-of:", ":mother-of:")) and p.id not in family.profiles
    }
    names = {p.id: p.id for p in family.pedigree.persons if p.id not in unnamed}
    if family.missing and "Missing person" not in names:
        names[family.missing[0]] = "Missing person"
    for person in family.missing:
        if not is_missing(names[person]):
            names[person] = f"Missing {person}"
    return names
