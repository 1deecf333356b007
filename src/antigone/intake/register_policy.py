"""The policy of a register: its settings.toml, and a copy of every policy and table that a finding was made with."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from antigone.domain import FrequencyTable, InputRefused, Place, Policy, Problem
from antigone.intake.codec import from_json, to_json
from antigone.intake.settings import SETTINGS, read_settings

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class RegisterPolicy:
    """What a register computes with."""

    policy: Policy
    tables: tuple[FrequencyTable, ...] = field(repr=False)


def read_register_policy(folder: Path) -> RegisterPolicy:
    """What settings.toml of this folder says; InputRefused with everything wrong in it, or where it is not there."""
    if not (folder / SETTINGS).is_file():
        needed = "settings.toml of the register, as `antigone register create` writes it"
        raise InputRefused([Problem("no-policy", Place(file=str(folder)), "no settings.toml", needed)])
    settings = read_settings(folder)
    return RegisterPolicy(settings.policy, settings.tables)


def write_used(folder: Path, digests: Mapping[str, Policy | FrequencyTable]) -> None:
    """Keep these values, each under its digest, below `used`; what is there already stays."""
    for digest, value in digests.items():
        kind = "policy" if isinstance(value, Policy) else "tables"
        path = folder / "used" / kind / f"{digest}.json"
        if path.exists():
            continue
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        part = path.with_name(f"{path.name}.{os.getpid()}.part")
        with part.open("w", encoding="utf-8") as file:
            file.write(to_json(value) + "\n")
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)


def read_used(kind: type[T], text: str) -> T:
    """The value that `write_used` wrote; InputRefused where it is none."""
    return from_json(kind, text)
