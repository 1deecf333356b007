"""From what somebody typed to a command: every field checked, all problems at once."""

from __future__ import annotations

import dataclasses
import datetime
import re
import typing
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from types import NoneType, UnionType
from typing import Any

from antigone.actions.fields import Calls, Choice, File, Lines, Members, Ref, Rows, Secret, Seen
from antigone.domain import InputRefused, Place, Problem, read_identifier


class Shape(StrEnum):
    """How a field is asked for."""

    TEXT = "text"
    LINES = "lines"
    SECRET = "secret"
    DATE = "date"
    NUMBER = "number"
    FLAG = "flag"
    CHOICE = "choice"
    REF = "ref"
    REFS = "refs"
    CALLS = "calls"
    MEMBERS = "members"
    ROWS = "rows"
    SEEN = "seen"
    FILE = "file"


@dataclass(frozen=True, slots=True)
class FieldOf:
    """One field of a command. `mark`: the note that tells more than its type, where there is one."""

    name: str
    shape: Shape
    required: bool
    default: Any
    mark: Any = None


_BY_MARK: dict[type, Shape] = {
    Lines: Shape.LINES,
    Secret: Shape.SECRET,
    Choice: Shape.CHOICE,
    Calls: Shape.CALLS,
    Members: Shape.MEMBERS,
    Rows: Shape.ROWS,
    Seen: Shape.SEEN,
    File: Shape.FILE,
}
_BY_TYPE: dict[Any, Shape] = {str: Shape.TEXT, datetime.date: Shape.DATE, int: Shape.NUMBER, bool: Shape.FLAG}


@cache
def fields_of(command: type) -> tuple[FieldOf, ...]:
    """The fields of a command, in the order in which they are asked for."""
    hints = typing.get_type_hints(command, include_extras=True)
    found = []
    for field in dataclasses.fields(command):
        kind, mark = _kind_and_mark(hints[field.name])
        if isinstance(mark, Ref):
            shape = Shape.REFS if typing.get_origin(kind) is tuple else Shape.REF
        else:
            shape = _BY_MARK[type(mark)] if mark is not None else _BY_TYPE[kind]
        required = field.default is dataclasses.MISSING
        found.append(FieldOf(field.name, shape, required, None if required else field.default, mark))
    return tuple(found)


def read_command(command: type, typed: Mapping[str, str], files: Mapping[str, Path] | None = None) -> Any:
    """The command that these texts say; InputRefused with everything that is wrong with them.

    `files`: where the files lie that it asks for. No typed text names one, so nobody reads by way of a page what
    the server may read.
    """
    problems: list[Problem] = []
    values: dict[str, Any] = {}
    fields = fields_of(command)
    sent = files or {}
    for name in typed.keys() - {field.name for field in fields if field.shape is not Shape.FILE}:
        problems.append(Problem("unknown-field", Place(column=name), name, ", ".join(f.name for f in fields)))
    for field in fields:
        if field.shape is Shape.FILE and field.name in sent:
            values[field.name] = sent[field.name]
            continue
        text = "" if field.shape is Shape.FILE else typed.get(field.name, "").strip()
        if not text:
            if field.required:
                problems.append(Problem("missing-field", Place(column=field.name), "", "a value"))
            continue
        try:
            values[field.name] = _READERS[field.shape](text, field)
        except InputRefused as refused:
            problems.extend(refused.problems)
    if problems:
        raise InputRefused(problems)
    return command(**values)


def _kind_and_mark(hint: Any) -> tuple[Any, Any]:
    mark = None
    if typing.get_origin(hint) is typing.Annotated:
        hint, mark = typing.get_args(hint)[:2]
    if isinstance(hint, UnionType):
        hint = next(part for part in typing.get_args(hint) if part is not NoneType)
    return hint, mark


def _refuse(code: str, field: FieldOf, found: str, needed: str, row: int | None = None) -> InputRefused:
    return InputRefused([Problem(code, Place(column=field.name, row=row), found, needed)])


def _text(text: str, _field: FieldOf) -> str:
    return text


def _date(text: str, field: FieldOf) -> datetime.date:
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        raise _refuse("bad-date", field, text, "a date as 2025-06-11") from None


def _number(text: str, field: FieldOf) -> int:
    if not re.fullmatch(r"\d{1,9}", text):
        raise _refuse("not-a-count", field, text, "a whole number of at most nine digits")
    return int(text)


def _flag(text: str, field: FieldOf) -> bool:
    if text not in ("yes", "no"):
        raise _refuse("unknown-word", field, text, "yes or no")
    return text == "yes"


def _choice(text: str, field: FieldOf) -> str:
    if text not in field.mark.words:
        raise _refuse("unknown-word", field, text, "one of " + ", ".join(field.mark.words))
    return text


def _ref(text: str, field: FieldOf) -> str:
    place = Place(column=field.name)
    canonical = read_identifier(text, place=place)
    if canonical[:2] not in {kind.prefix for kind in field.mark.kinds}:
        needed = " or ".join(f"{kind.prefix}-... ({kind})" for kind in field.mark.kinds)
        raise _refuse("identifier-other-kind", field, canonical, needed)
    return canonical


def _refs(text: str, field: FieldOf) -> tuple[str, ...]:
    found: list[str] = []
    problems: list[Problem] = []
    for part in re.split(r"[,;\n]+|(?<=\w)\s+(?=\w{2}-)", text):
        if part.strip():
            try:
                found.append(_ref(part.strip(), field))
            except InputRefused as refused:
                problems.extend(refused.problems)
    if problems:
        raise InputRefused(problems)
    return tuple(dict.fromkeys(found))


def _calls(text: str, field: FieldOf) -> dict[str, str]:
    found: dict[str, str] = {}
    problems = []
    for row, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        locus, _, alleles = line.strip().rpartition(" ")
        place = Place(column=field.name, row=row)
        if not locus.strip():
            problems.append(Problem("calls-line", place, line.strip(), "a locus and its alleles, as in TH01 6/9.3"))
        elif locus.strip() in found:
            problems.append(Problem("locus-typed-twice", place, locus.strip(), "each locus once"))
        else:
            found[locus.strip()] = alleles
    if problems:
        raise InputRefused(problems)
    return found


def _members(text: str, field: FieldOf) -> list[dict[str, Any]]:
    found, problems = [], []
    for row, line in enumerate(text.splitlines(), 1):
        cells = line.split()
        if not cells:
            continue
        if len(cells) != 4 or cells[3] not in ("male", "female", "unknown"):
            needed = "person, father, mother (or -), and male, female or unknown"
            problems.append(Problem("members-line", Place(column=field.name, row=row), line.strip(), needed))
            continue
        person, father, mother = (None if cell == "-" else cell for cell in cells[:3])
        found.append({"person": person, "father": father, "mother": mother, "sex": cells[3]})
    if problems:
        raise InputRefused(problems)
    return found


def _rows(text: str, field: FieldOf) -> list[dict[str, str]]:
    columns = field.mark.columns
    found, problems = [], []
    for row, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        cells = [cell.strip() for cell in line.split(";")]
        if len(cells) != len(columns):
            needed = "; ".join(columns)
            problems.append(Problem("rows-line", Place(column=field.name, row=row), line.strip(), needed))
            continue
        found.append(dict(zip(columns, cells, strict=True)))
    if problems:
        raise InputRefused(problems)
    return found


_READERS: dict[Shape, Callable[[str, FieldOf], Any]] = {
    Shape.TEXT: _text,
    Shape.LINES: _text,
    Shape.SECRET: _text,
    Shape.DATE: _date,
    Shape.NUMBER: _number,
    Shape.FLAG: _flag,
    Shape.CHOICE: _choice,
    Shape.REF: _ref,
    Shape.REFS: _refs,
    Shape.CALLS: _calls,
    Shape.MEMBERS: _members,
    Shape.ROWS: _rows,
    Shape.SEEN: _number,
}
