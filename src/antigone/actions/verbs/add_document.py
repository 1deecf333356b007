"""Add a document: a paper or file that a record refers to."""

import datetime
import re
from dataclasses import dataclass
from typing import Annotated, Any

from antigone.actions.act import Act
from antigone.actions.fields import Lines, Ref
from antigone.domain import InputRefused, Kind, Place, Problem
from antigone.register import doors
from antigone.register.models import Document


@dataclass(frozen=True, kw_only=True)
class Command:
    """What it is and what it is about. The file itself stays where it is; its SHA-256 says which one is meant."""

    about: Annotated[str, Ref(*(kind for kind in Kind if kind is not Kind.NOTICE))]
    title: str
    note: Annotated[str, Lines()] = ""
    dated: datetime.date | None = None
    sha256: str = ""  # 64 hexadecimal digits


def carry_out(act: Act, command: Command, _prepared: Any) -> str:
    """The document's identifier."""
    about = doors.door_of(command.about).get(act.actor, command.about)
    digest = command.sha256.lower()
    if digest and not re.fullmatch(r"[0-9a-f]{64}", digest):
        raise InputRefused([Problem("digest-form", Place(column="sha256"), command.sha256, "64 hexadecimal digits")])
    document = act.create(
        Document,
        {"title": command.title, "note": command.note},
        state="kept",
        about=str(about.pk),
        sha256=digest,
        dated=command.dated,
    )
    return str(document.pk)
