"""Pedigrees as families declare them, held against who is registered in the family."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import count
from typing import Any

from antigone.actions.act import Act
from antigone.actions.closed_records import CLOSED
from antigone.domain import (
    InputRefused,
    Pedigree,
    Person,
    Place,
    Problem,
    Sex,
    UserRole,
    pedigree_problems,
    read_identifier,
)
from antigone.register import doors
from antigone.register.models import Family, Finding, GeneticFamily, MissingPerson, Relative
from antigone.register.opening import opened
from antigone.register.refusals import NotNow

Members = Sequence[Mapping[str, Any]]
"""One {"person", "father", "mother", "sex"} each; a parent is None where unknown."""

_COLUMN = "members"
_WORD = re.compile(r"[^\W\d_]\w{0,11}")
_LIKE_IDENTIFIER = re.compile(r"(?i)(MP|МР|RE)\w{7}")


def persons_of(act: Act, family: Family) -> dict[str, str]:
    """Identifier -> sex of every missing person and relative of the family who goes on.

    NotNow (`family-of-several-institutions`) where the actor may not see all of them.
    """
    rows: list[MissingPerson | Relative] = []
    for door in (doors.missing_persons, doors.relatives):
        seen = door.visible(act.actor).filter(family=family.pk).exclude(state__in=CLOSED)
        rows += seen
        if seen.count() != door.model.objects.filter(family=family.pk).exclude(state__in=CLOSED).count():
            raise NotNow("family-of-several-institutions", family=str(family.pk))
    return {row.pk: sex_of(act, row) for row in rows}


def sex_of(act: Act, person: MissingPerson | Relative) -> str:
    """The sex in the person's record, "unknown" where none stands there."""
    return str(opened(person, act.keys).get("sex") or Sex.UNKNOWN.value)


def checked_members(members: Members, persons: Mapping[str, str]) -> list[dict[str, Any]]:
    """The members with every identifier in its canonical form.

    `persons`: who is registered in the family, with their sex. InputRefused names everything wrong at once.
    """
    problems: list[Problem] = []
    read = [{**row, **{name: _read(row[name], problems) for name in ("person", "father", "mother")}} for row in members]
    listed = {row["person"]: row["sex"] for row in read if row["person"]}
    for row in read:
        if row["person"] is None:
            problems.append(_problem("members-line", "-", "a person at the start of every line"))
    unread = {problem.place.item for problem in problems}
    for person in sorted(_named(read) - unread):
        if _is_identifier(person) and person not in persons:
            problems.append(_problem("not-of-family", person, "a missing person or relative of this family", person))
    for person, sex in persons.items():
        if person not in listed:
            problems.append(_problem("pedigree-lacks-person", person, "a line of their own", person))
        elif Sex.UNKNOWN.value not in (sex, listed[person]) and sex != listed[person]:
            problems.append(_problem("sex-differs", listed[person], f"{sex}, as in the record", person))
    if not problems:
        problems = pedigree_problems(_as_pedigree(read), Place(column=_COLUMN))
    if problems:
        raise InputRefused(problems)
    return read


def declare(act: Act, family: Family, pedigree: list[dict[str, Any]], seen: int | None = None, **more: str) -> None:
    """Make this the family's pedigree, and tell the geneticists where something was computed with the former one."""
    act.change(family, {"pedigree": pedigree, **more}, seen=seen)
    computed = (
        Finding.objects.filter(family=family.pk).exists() or GeneticFamily.objects.filter(family=family.pk).exists()
    )
    if computed:
        act.notify_role(UserRole.GENETICIST, str(family.pk), "pedigree-declared")


def leave(act: Act, family_id: str | None, person: str) -> None:
    """Take a person's identifier out of their family's pedigree; somebody without a name stays in their place."""
    if family_id is None:
        return
    family = Family.objects.get(pk=family_id)
    pedigree = opened(family, act.keys).get("pedigree") or []
    if person in _named(pedigree):
        declare(act, family, renamed(pedigree, person, _new_word(pedigree)))
    close_if_empty(act, family)


def close_if_empty(act: Act, family: Family) -> None:
    """A family in which nobody is left is closed."""
    left = [model.objects.filter(family=family.pk).exclude(state__in=CLOSED) for model in (MissingPerson, Relative)]
    if family.state != "closed" and not any(rows.exists() for rows in left):
        act.change(family, state="closed")


def join_in_pedigree(act: Act, family_id: str, goes_on: str, ends: str) -> None:
    """Make two persons of a family's pedigree one; NotNow (`pedigree-lines-differ`) where their parents differ.

    InputRefused where the pedigree that comes out is impossible.
    """
    family = Family.objects.get(pk=family_id)
    pedigree = opened(family, act.keys).get("pedigree") or []
    if ends not in _named(pedigree):
        return
    lines = {row["person"]: (row["father"], row["mother"]) for row in pedigree}
    if goes_on in lines and ends in lines:
        if lines[goes_on] != lines[ends]:
            raise NotNow("pedigree-lines-differ", first=goes_on, second=ends, family=family_id)
        pedigree = [row for row in pedigree if row["person"] != ends]
    joined = renamed(pedigree, ends, goes_on)
    if problems := pedigree_problems(_as_pedigree(joined), Place(column=_COLUMN)):
        raise InputRefused(problems)
    declare(act, family, joined)


def renamed(pedigree: Members, former: str, new: str) -> list[dict[str, Any]]:
    """The pedigree with another name for one person."""
    return [{key: new if value == former else value for key, value in row.items()} for row in pedigree]


def _read(word: str | None, problems: list[Problem]) -> str | None:
    """An identifier in its canonical form, or a plain word as it stands."""
    if word is None:
        return None
    if "-" not in word and not _LIKE_IDENTIFIER.fullmatch(word):
        if not _WORD.fullmatch(word):
            problems.append(
                _problem("pedigree-word", word, "an identifier, or a letter or short word for nobody registered")
            )
        return word
    try:
        return read_identifier(word, place=Place(column=_COLUMN, item=word))
    except InputRefused as refused:
        problems.extend(refused.problems)
        return word


def _named(pedigree: Members) -> set[str]:
    return {row[name] for row in pedigree for name in ("person", "father", "mother") if row[name]}


def _is_identifier(word: str) -> bool:
    return "-" in word


def _new_word(pedigree: Members) -> str:
    """N1, N2 ...: the first that nobody in the pedigree has."""
    taken = _named(pedigree)
    return next(word for number in count(1) if (word := f"N{number}") not in taken)


def _as_pedigree(members: Members) -> Pedigree:
    return Pedigree(tuple(Person(row["person"], row["father"], row["mother"], Sex(row["sex"])) for row in members))


def _problem(code: str, found: str, needed: str, person: str = "") -> Problem:
    return Problem(code, Place(column=_COLUMN, item=person), found, needed)
