"""Facts files (`antigone-facts/1`, TOML) -> `Facts`: one file, or all of a folder."""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from antigone.domain import Document, Facts, InputRefused, Party, Place, Problem, Quantity, Speaker, Statement
from antigone.statements import records
from antigone.statements.checks import reference_problems
from antigone.statements.fields import Fields

FORMAT = "antigone-facts/1"

_Value = TypeVar("_Value")


class _Gathering:
    """What the files hold so far, and what is wrong with them."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self.title = ""
        self.parties: dict[str, Party] = {}
        self.speakers: dict[str, Speaker] = {}
        self.documents: dict[str, Document] = {}
        self.quantities: dict[str, Quantity] = {}
        self.statements: dict[str, Statement] = {}
        self.places: dict[tuple[str, str], Place] = {}  # of every record, by list and name
        self.digests: dict[str, str] = {}


def read_facts(path: Path) -> Facts:
    """Read a facts file, or every `*.toml` of a folder as one.

    Raises InputRefused with everything that is wrong, in all files at once.
    """
    files = sorted(path.glob("*.toml")) if path.is_dir() else [path]
    gathering = _Gathering()
    if not files or not all(file.is_file() for file in files):
        raise InputRefused([Problem("no-facts", Place(str(path)), "nothing", "a facts file or a folder")])
    for file in files:
        _read_file(file, gathering)
    facts = _facts(gathering)
    gathering.problems += reference_problems(facts, gathering.places)
    if not facts.statements and not gathering.problems:
        gathering.problems.append(Problem("no-statements", Place(str(path)), "none", "one or more"))
    if gathering.problems:
        raise InputRefused(gathering.problems)
    return facts


def _facts(gathering: _Gathering) -> Facts:
    documents = sorted(gathering.documents.values(), key=lambda d: (d.published.start, d.id))
    return Facts(
        gathering.title,
        dict(sorted(gathering.parties.items(), key=lambda entry: entry[1].name)),
        gathering.speakers,
        {document.id: document for document in documents},
        gathering.quantities,
        gathering.statements,
        gathering.digests,
    )


def _read_file(file: Path, gathering: _Gathering) -> None:
    content = file.read_bytes()
    gathering.digests[file.name] = hashlib.sha256(content).hexdigest()
    raw = _parse(content, file.name, gathering.problems)
    if raw is None:
        return
    top = Fields(raw, file.name, "", gathering.problems)
    found = top.value("format")
    if found != FORMAT:
        top.report("wrong-format", "format", repr(found), FORMAT)
        return
    gathering.title = top.text("title") or gathering.title
    places = gathering.places
    _collect(top, "parties", records.party, gathering.parties, places)
    _collect(top, "speakers", records.speaker, gathering.speakers, places)
    _collect(top, "quantities", records.quantity, gathering.quantities, places)
    _collect(top, "documents", records.document, gathering.documents, places)
    _collect(top, "statements", records.statement, gathering.statements, places)
    top.close()


def _parse(content: bytes, name: str, problems: list[Problem]) -> dict[str, Any] | None:
    try:
        return tomllib.loads(content.decode("utf-8"))
    except UnicodeDecodeError as error:
        problems.append(Problem("wrong-encoding", Place(name), f"byte {error.start}", "UTF-8"))
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"line (\d+)", str(error))
        place = Place(name, int(line[1]) if line else None)
        problems.append(Problem("not-toml", place, str(error), "TOML"))
    return None


def _collect(
    top: Fields,
    key: str,
    build: Callable[[Fields], _Value | None],
    into: dict[str, _Value],
    places: dict[tuple[str, str], Place],
) -> None:
    """Build every record of one list; a name given twice is reported, the first one stays."""
    name = "code" if key == "parties" else "id"
    for position, fields in enumerate(top.tables(key), start=1):
        given = fields.value(name)
        fields.item = given if isinstance(given, str) and given else f"{key} {position}"
        value = build(fields)
        fields.close()
        if fields.item in into:
            fields.report("name-twice", name, fields.item, f"each {name} once")
        elif value is not None:
            into[fields.item] = value
            places[key, fields.item] = Place(fields.file, None, "", fields.item)
