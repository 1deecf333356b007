"""What a handover's list says and what was found against it, line by line; all lines are checked first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from antigone.actions.lengths import too_long
from antigone.domain import InputRefused, Place, Problem
from antigone.register.models import Container

FOUND = ("received", "missing", "extra")
"""States of containers when their handover has been received."""
SEALS = ("intact", "broken", "other", "none")
OTHER_TAG = "other-tag="
"""Begins the state of a container that is on the list and came under the tag written after it."""

_STATE_NEEDED = f"received, missing, extra, or {OTHER_TAG} and the tag it came under"


@dataclass(frozen=True, slots=True)
class Found:
    """What was found of one container. `tag`: as on the list, or as it came where it is not on the list."""

    row: int
    tag: str
    state: str
    seal: str
    found_tag: str = ""


def read_announced(rows: Sequence[Mapping[str, str]]) -> list[tuple[str, str]]:
    """(tag, seal) of each row of a list; InputRefused with every row that is wrong."""
    problems = _tags_twice([row["tag"] for row in rows])
    for number, row in enumerate(rows, 1):
        if not row["tag"]:
            problems.append(_problem("empty-cell", "tag", number, "", "the tag"))
        problems += [p for column in ("tag", "seal") for p in too_long(Container, column, row[column], number)]
    _refuse(problems)
    return [(row["tag"], row["seal"]) for row in rows]


def read_found(rows: Sequence[Mapping[str, str]], listed: set[str]) -> list[Found]:
    """What the rows of a receipt say, against the tags of the list; InputRefused with every row that is wrong.

    Every tag of the list must be there once, and no tag may be there twice: no container is counted twice.
    """
    found = [_found(number, row) for number, row in enumerate(rows, 1)]
    problems = [problem for one in found for problem in _problems(one, listed)]
    problems += _tags_twice([one.found_tag or one.tag for one in found])
    problems += _listed_twice(found)
    unsaid = listed - {one.tag for one in found}
    if unsaid:
        needed = "a row for each tag of the list"
        problems.append(Problem("container-not-said", Place(column="containers"), ", ".join(sorted(unsaid)), needed))
    _refuse(problems)
    return found


def _found(number: int, row: Mapping[str, str]) -> Found:
    state = row["state"]
    if state.startswith(OTHER_TAG):
        return Found(number, row["tag"], "received", row["seal"], state.removeprefix(OTHER_TAG).strip())
    return Found(number, row["tag"], state, row["seal"])


def _problems(one: Found, listed: set[str]) -> list[Problem]:
    problems = too_long(Container, "tag", one.found_tag or one.tag, one.row)
    if one.state not in FOUND:
        problems.append(_problem("unknown-word", "state", one.row, one.state, _STATE_NEEDED))
    elif one.state == "extra" and one.tag in listed:
        problems.append(_problem("tag-on-list", "tag", one.row, one.tag, "received, or a tag not on the list"))
    elif one.state != "extra" and one.tag not in listed:
        problems.append(_problem("tag-not-on-list", "tag", one.row, one.tag, "a tag of the list, or extra"))
    if one.found_tag in listed:
        problems.append(_problem("tag-on-list", "state", one.row, one.found_tag, "a tag that is not on the list"))
    if one.state == "missing" and one.seal not in ("", "-", "none"):
        problems.append(_problem("seal-of-missing", "seal", one.row, one.seal, "none: it did not come"))
    if one.state != "missing" and one.seal not in SEALS:
        problems.append(_problem("unknown-word", "seal", one.row, one.seal, "one of " + ", ".join(SEALS)))
    return problems


def _tags_twice(tags: Sequence[str]) -> list[Problem]:
    first: dict[str, int] = {}
    problems = []
    for number, tag in enumerate(tags, 1):
        if tag in first:
            needed = f"each tag once; it is also in row {first[tag]}"
            problems.append(_problem("tag-twice", "tag", number, tag, needed))
        first.setdefault(tag, number)
    return problems


def _listed_twice(found: Sequence[Found]) -> list[Problem]:
    """A tag of the list that two rows speak of although they came under different tags."""
    rows = Counter(one.tag for one in found)
    return [
        _problem("tag-twice", "tag", one.row, one.tag, "one row for each tag of the list")
        for one in found
        if one.found_tag and rows[one.tag] > 1
    ]


def _problem(code: str, column: str, row: int, found: str, needed: str) -> Problem:
    return Problem(code, Place(column=column, row=row), found, needed)


def _refuse(problems: list[Problem]) -> None:
    if problems:
        raise InputRefused(problems)
