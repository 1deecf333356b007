"""Proofs as single files, to be checked without the log: that an entry is in it, and that it only grew.

An inclusion proof has the form c2sp.org/tlog-proof@v1. A consistency proof has the form antigone-consistency/1:

    antigone-consistency/1
    old <size> <root in base64>
    <hash in base64>, a line for each hash of the proof
    <empty line>
    <the log's checkpoint, a signed note>
"""

from __future__ import annotations

from base64 import b64encode
from dataclasses import dataclass

from antigone.domain import InputRefused, Place, Problem
from antigone.ledger.checkpoints import Checkpoint, open_checkpoint
from antigone.ledger.keys import VerifierKey
from antigone.ledger.notes import Note
from antigone.ledger.proof_lines import ProofLines, written_proof
from antigone.ledger.proofs import verify_consistency, verify_inclusion
from antigone.ledger.strict_text import NOWHERE, decimal, unbase64, unbase64_hash

INCLUSION_FORMAT = "c2sp.org/tlog-proof@v1"
CONSISTENCY_FORMAT = "antigone-consistency/1"


@dataclass(frozen=True, slots=True)
class InclusionFile:
    """One leaf of a log.

    index: of the leaf, from 0. proof: hashes from below. checkpoint: the log's note. extra: what the leaf is computed
    from, the body of the entry; no signature covers it, only the proof does.
    """

    index: int
    proof: tuple[bytes, ...]
    checkpoint: Note
    extra: bytes = b""

    def to_bytes(self) -> bytes:
        """The file; its name should end in .tlog-proof."""
        extra = [f"extra {b64encode(self.extra).decode()}"] if self.extra else []
        return written_proof([INCLUSION_FORMAT, *extra, f"index {self.index}"], self.proof, self.checkpoint)


@dataclass(frozen=True, slots=True)
class ConsistencyFile:
    """Two states of a log. old_root: 32 bytes. proof: hashes as in RFC 9162. checkpoint: the note of the later one."""

    old_size: int
    old_root: bytes
    proof: tuple[bytes, ...]
    checkpoint: Note

    def to_bytes(self) -> bytes:
        """The file."""
        old = f"old {self.old_size} {b64encode(self.old_root).decode()}"
        return written_proof([CONSISTENCY_FORMAT, old], self.proof, self.checkpoint)


def parse_inclusion(content: bytes, place: Place = NOWHERE) -> InclusionFile:
    """The proof in this file; nothing but its form is checked.

    Raises
    ------
    InputRefused
        It has not the form c2sp.org/tlog-proof@v1; the line at fault is named.
    """
    lines = ProofLines(content, INCLUSION_FORMAT, place)
    extra = lines.take("extra ", unbase64) if lines.comes("extra ") else b""
    return InclusionFile(lines.take("index ", decimal), lines.hashes(), lines.checkpoint, extra)


def parse_consistency(content: bytes, place: Place = NOWHERE) -> ConsistencyFile:
    """The proof in this file; nothing but its form is checked.

    Raises
    ------
    InputRefused
        It has not the form antigone-consistency/1; the line at fault is named.
    """
    lines = ProofLines(content, CONSISTENCY_FORMAT, place)
    size, root = lines.take("old ", _state)
    return ConsistencyFile(size, root, lines.hashes(), lines.checkpoint)


def _state(written: str) -> tuple[int, bytes]:
    size, _, root = written.partition(" ")
    return decimal(size), unbase64_hash(root)


def check_inclusion(file: InclusionFile, leaf: bytes, key: VerifierKey, place: Place = NOWHERE) -> Checkpoint:
    """The log's state that holds this leaf hash at the index of the file.

    Raises
    ------
    InputRefused
        The checkpoint is not signed by the log's key, or the proof does not lead from the leaf to its root.
    """
    checkpoint = open_checkpoint(file.checkpoint, key, place)
    if not verify_inclusion(leaf, file.index, checkpoint.size, file.proof, checkpoint.root):
        found = f"leaf {leaf.hex()} at {file.index} of {checkpoint.size}"
        raise InputRefused([Problem("ledger-proof-fails", place, found, f"a proof up to {checkpoint.root.hex()}")])
    return checkpoint


def check_consistency(file: ConsistencyFile, key: VerifierKey, place: Place = NOWHERE) -> Checkpoint:
    """The log's later state, which begins with all leaves of the earlier one.

    Raises
    ------
    InputRefused
        The checkpoint is not signed by the log's key, or the proof does not lead from the earlier root to its root.
    """
    checkpoint = open_checkpoint(file.checkpoint, key, place)
    if not verify_consistency(file.old_size, file.old_root, checkpoint.size, checkpoint.root, file.proof):
        found = f"from {file.old_size} with {file.old_root.hex()} to {checkpoint.size}"
        raise InputRefused([Problem("ledger-proof-fails", place, found, f"a proof up to {checkpoint.root.hex()}")])
    return checkpoint
