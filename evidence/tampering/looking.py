"""Carrying out one way on a copy of the register, and everything that may find it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from antigone import ledger
from antigone.domain import InputRefused
from antigone.verify import verify_export
from evidence.tampering.hands import take_off_guards
from evidence.tampering.registers import Registers
from evidence.tampering.story import (
    Past,
    log_verifier,
    minimal_export,
    reader_of_everything,
    whole_export,
    witness_of,
)
from evidence.tampering.ways import Found, Position, Scene, Way
from tests.verify.forging import Copy


@dataclass
class Seen:
    """What each of them said, as codes; `left`: codes of what `verify` could not check, beside the usual."""

    said: dict[Found, set[str]] = field(default_factory=dict)
    left: set[str] = field(default_factory=set)

    @property
    def found(self) -> frozenset[Found]:
        """Who found it."""
        return frozenset(by for by, codes in self.said.items() if codes)


def look(way: Way, past: Past, registers: Registers) -> Seen:
    """Do it, and let everybody look who can."""
    registers.take("now")
    with TemporaryDirectory(prefix="antigone-tampering-") as name, _policy_kept(registers):
        scene = Scene(past, registers, Path(name))
        seen = Seen()
        if way.position is Position.TRANSIT:
            scene.copy = Copy(_exported(scene, way.minimal))
            way.alter(scene)
            _verify(scene.file.write(scene.folder / "altered.zip"), way, past, seen)
            return seen
        if way.position is not Position.USER:
            take_off_guards()
        way.alter(scene)
        _from_within(scene, way, seen)
        return seen


def _from_within(scene: Scene, way: Way, seen: Seen) -> None:
    """The register's own check, then the export and its readers, then the witness."""
    from antigone.register.agreement import disagreements
    from antigone.register.refusals import NotNow

    codes = {problem.code for problem in disagreements()}
    try:
        exported = _exported(scene, way.minimal)
    except NotNow as refused:
        seen.said[Found.REGISTER] = codes | {refused.code}
        return
    seen.said[Found.REGISTER] = codes
    _verify(exported, way, scene.past, seen)
    seen.said[Found.ASKED] = _asked(scene)


def _exported(scene: Scene, minimal: bool) -> Path:
    path = scene.folder / "export.zip"
    return minimal_export(path) if minimal else whole_export(reader_of_everything(), path)


def _verify(export: Path, way: Way, past: Past, seen: Seen) -> None:
    """`verify` alone, then with each option; of these what it did not say alone."""
    alone, seen.left = _codes(export, {"findings": None})
    options: dict[Found, dict[str, Any]] = {
        Found.KEY: {"log": log_verifier()},
        Found.OTHER: {"earlier": [past.other]},
        Found.WITNESS: {"witnesses": [past.witness.verifier]},
    }
    if not way.fresh:
        options[Found.EARLIER] = {"earlier": [past.earlier]}
    seen.said[Found.ALONE] = alone
    for option, given in options.items():
        seen.said[option] = _codes(export, {**given, "findings": 0})[0] - alone


def _codes(export: Path, given: Mapping[str, Any]) -> tuple[set[str], set[str]]:
    """Codes of what does not hold, and of what could not be checked."""
    try:
        report = verify_export(export, **given)
    except InputRefused as refused:
        return {problem.code for problem in refused.problems}, set()
    return set(report.times), {remark.code for remark in report.unchecked}


def _asked(scene: Scene) -> set[str]:
    """The witness gets the best proof that the register can give of having grown from what was cosigned."""
    from antigone.register.proving import consistency_file, latest_checkpoint

    memory = scene.folder / "memory.json"
    shutil.copyfile(scene.past.remembered, memory)
    size = min(scene.past.remembered_size, latest_checkpoint().size)
    try:
        witness_of(scene.past, memory).cosign(consistency_file(size), datetime.now(UTC))
    except ledger.CosigningRefused as refused:
        return {refused.reason.value}
    return set()


@contextmanager
def _policy_kept(registers: Registers) -> Iterator[None]:
    """The register's policies and tables are not in the database: they are put back afterwards."""
    folder = registers.folder.policy_folder
    kept = folder.with_name("policy-kept")
    shutil.copytree(folder, kept)
    try:
        yield
    finally:
        shutil.rmtree(folder)
        kept.rename(folder)
