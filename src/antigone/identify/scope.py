"""What each sample of a case may be used for."""

from __future__ import annotations

from dataclasses import replace

from antigone.domain import Case, Family, Profile, Remains, Scope


def within_scope(case: Case) -> Case:
    """The case without what its samples may not be used for: kinship is weighed with samples for kinship alone.

    Remains whose sample is kept back stay, as remains that gave nothing.
    """
    families = tuple(_within(family) for family in case.families)
    remains = tuple(
        r if r.profile.scope is Scope.KINSHIP else Remains(r.id, Profile(r.profile.sample, {})) for r in case.remains
    )
    return replace(case, families=families, remains=remains)


def _within(family: Family) -> Family:
    kept = {person: p for person, p in family.profiles.items() if p.scope is Scope.KINSHIP}
    return replace(family, profiles=kept)


def out_of_scope(case: Case) -> list[tuple[str, dict[str, str]]]:
    """A warning for each sample that `within_scope` leaves out."""
    samples = [(f"{f.name} / {person}", p) for f in case.families for person, p in f.profiles.items()]
    samples += [(r.id, r.profile) for r in case.remains]
    return [
        ("out-of-scope", {"sample": name, "scope": profile.scope.value})
        for name, profile in samples
        if profile.scope is not Scope.KINSHIP
    ]
