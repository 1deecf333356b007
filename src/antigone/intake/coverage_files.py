"""Files beside the coverage record: the members of a block, and screening.json."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import polars as pl

from antigone.domain import Block, InputRefused, Members, Place, Problem

SCREENING_FORMAT = "antigone-screening/1"
_TARGET, _QUERY, _BOTH = "target", "query", "both"


def members_frame(block: Block) -> pl.DataFrame:
    """side, id, digest of every member of a block; side both in a set with itself.

    >>> one, two = Members(("F1",), ("00",)), Members(("R1",), ("01",))
    >>> members_frame(Block("kinship", "", one, two)).rows()
    [('target', 'F1', '00'), ('query', 'R1', '01')]
    """
    sides = [(_BOTH, block.targets)] if block.queries is None else [(_TARGET, block.targets), (_QUERY, block.queries)]
    columns = {
        "side": [side for side, members in sides for _ in members.ids],
        "id": [name for _, members in sides for name in members.ids],
        "digest": [digest for _, members in sides for digest in members.digests],
    }
    return pl.DataFrame(columns, schema=dict.fromkeys(columns, pl.String))


def read_members(path: Path) -> list[Members]:
    """The sides that such a file holds."""
    frame = pl.read_parquet(path)
    parts = (frame.filter(pl.col("side") == side) for side in (_TARGET, _QUERY, _BOTH))
    return [Members(tuple(part["id"].to_list()), tuple(part["digest"].to_list())) for part in parts if len(part)]


def read_about(content: bytes, lines: Sequence[str], file: str, record: str) -> dict[str, Any]:
    """What screening.json says. lines: sha256 of every line of the record. file, record: names for a refusal.

    Raises
    ------
    InputRefused
        It is of another format, or vouches for a line that the record does not have.
    """
    try:
        plain = json.loads(content)
        found, number, digest = plain["format"], int(plain["coverage"]["lines"]), plain["coverage"]["sha256"]
        sound = number > 0 and all(isinstance(sha256, str) for sha256 in plain["tables"].values())
    except (ValueError, KeyError, TypeError, AttributeError):
        found, number, digest, sound = "another file", 0, "", False
    if found != SCREENING_FORMAT or not sound:
        raise InputRefused([Problem("format", Place(file, 1), str(found), SCREENING_FORMAT)])
    if list(lines[number - 1 : number]) != [digest]:
        held = f"{len(lines)} lines" if number > len(lines) else f"sha256 {lines[number - 1]}"
        needed = f"line {number} with sha256 {digest}, as {file} says"
        raise InputRefused([Problem("record-changed", Place(record, number), held, needed)])
    return dict(plain)
