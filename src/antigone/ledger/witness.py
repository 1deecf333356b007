"""A witness of logs: the other party, or a neutral third, cosigns only what has grown from what it saw before.

The rules are those of c2sp.org/tlog-witness, with files in the place of requests. The first checkpoint of a log is
trusted as it is: whoever starts to watch cannot know what was before.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from antigone.domain import InputRefused, Place, Problem
from antigone.ledger.checkpoints import Checkpoint, checkpoint_of
from antigone.ledger.cosignatures import cosign
from antigone.ledger.keys import SignerKey, VerifierKey
from antigone.ledger.notes import Note, verify_note
from antigone.ledger.proof_files import ConsistencyFile
from antigone.ledger.proofs import verify_consistency
from antigone.ledger.strict_text import NOWHERE
from antigone.ledger.witness_memory import memory_held, read_memory, write_memory


class Refusal(StrEnum):
    """Why a witness does not cosign."""

    UNKNOWN_LOG = "log-unknown"
    BAD_SIGNATURE = "log-bad-signature"
    ROLLED_BACK = "log-rolled-back"  # smaller than what was cosigned before
    FORKED = "log-forked"  # two roots of one size: signed by the log, each is proof against it
    OTHER_SIZE = "log-other-size"  # the proof does not begin at what was cosigned before
    BAD_PROOF = "log-bad-proof"


class CosigningRefused(InputRefused):
    """A witness does not cosign. remembered: the note it cosigned before, where there is one."""

    def __init__(self, problem: Problem, remembered: Note | None = None) -> None:
        super().__init__([problem])
        self.reason = Refusal(problem.code)
        self.remembered = remembered


@dataclass(frozen=True, slots=True)
class Cosigned:
    """What a witness gives back.

    note: the checkpoint with the witness's signature. before: what it had cosigned of this log before; None: nothing,
    the checkpoint was trusted at first sight.
    """

    note: Note
    before: Checkpoint | None


@dataclass(frozen=True, slots=True)
class Witness:
    """A witness with its key (of the kind COSIGNATURE), the keys of the logs it watches, and its memory.

    A log is known by its key, whose name is the log's origin.
    """

    key: SignerKey
    logs: Sequence[VerifierKey]
    memory: Path

    def cosign(self, file: ConsistencyFile, at: datetime, place: Place = NOWHERE) -> Cosigned:
        """Check, remember, and only then give the signature away.

        Raises
        ------
        CosigningRefused
            The log is unknown, its signature is not good, or it did not grow from what was cosigned before. Nothing is
            remembered then.
        InputRefused
            The file holds no checkpoint, or the memory is damaged.
        """
        checkpoint = checkpoint_of(file.checkpoint, place)
        self._check_signature(file.checkpoint, checkpoint, place)
        with memory_held(self.memory):
            notes = read_memory(self.memory)
            remembered = notes.get(checkpoint.origin)
            before = None if remembered is None else checkpoint_of(remembered)
            if before is not None:
                problem = _not_grown(before, checkpoint, file, place)
                if problem is not None:
                    raise CosigningRefused(problem, remembered)
            cosigned = cosign(file.checkpoint, self.key, at)
            write_memory(self.memory, {**notes, checkpoint.origin: cosigned})
        return Cosigned(cosigned, before)

    def _check_signature(self, note: Note, checkpoint: Checkpoint, place: Place) -> None:
        key = next((key for key in self.logs if key.name == checkpoint.origin), None)
        if key is None:
            known = ", ".join(key.name for key in self.logs)
            raise CosigningRefused(Problem("log-unknown", place, checkpoint.origin, f"one of {known}"))
        try:
            verify_note(note, (key,), place)
        except InputRefused as refused:
            (problem,) = refused.problems
            raise CosigningRefused(replace(problem, code="log-bad-signature")) from None


def _not_grown(before: Checkpoint, now: Checkpoint, file: ConsistencyFile, place: Place) -> Problem | None:
    """Why this checkpoint is not what was cosigned before, and more."""
    if now.size < before.size:
        return Problem("log-rolled-back", place, f"size {now.size}", f"size {before.size} or more")
    at_same_size = now.root if now.size == before.size else file.old_root if file.old_size == before.size else None
    if at_same_size is None:
        return Problem("log-other-size", place, f"a proof from size {file.old_size}", f"from size {before.size}")
    if at_same_size != before.root:
        found = f"root {at_same_size.hex()} at size {before.size}"
        return Problem("log-forked", place, found, f"root {before.root.hex()}")
    if now.size > before.size and not verify_consistency(before.size, before.root, now.size, now.root, file.proof):
        return Problem("log-bad-proof", place, f"from {before.size} to {now.size}", f"up to {now.root.hex()}")
    return None
