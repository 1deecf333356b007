"""Proof files for outsiders, and the cosignatures they send back."""

from __future__ import annotations

from datetime import UTC, datetime

from antigone import ledger
from antigone.domain import InputRefused, Place, Problem
from antigone.register.entries import value_of_entry
from antigone.register.models import Checkpoint, Cosignature, LedgerEntry


def latest_checkpoint() -> Checkpoint:
    """The newest checkpoint; InputRefused where none was taken yet."""
    found = Checkpoint.objects.order_by("-size").first()
    if found is None:
        needed = "one: antigone ledger checkpoint"
        raise InputRefused([Problem("no-checkpoint", Place(item="ledger"), "none", needed)])
    return found


def inclusion_file(index: int) -> ledger.InclusionFile:
    """The proof that the entry of this index is in the log of the latest checkpoint; its body is in the file."""
    checkpoint = latest_checkpoint()
    entry = LedgerEntry.objects.filter(index=index, index__lt=checkpoint.size).first()
    if entry is None:
        found = f"entry {index}"
        needed = f"an entry from 0 to {checkpoint.size - 1}, covered by the latest checkpoint"
        raise InputRefused([Problem("no-entry", Place(item="ledger"), found, needed)])
    proof = ledger.inclusion_proof(_leaves(checkpoint.size), index)
    note = ledger.parse_note(checkpoint.note.encode())
    return ledger.InclusionFile(index, tuple(proof), note, ledger.entry_body(value_of_entry(entry)))


def consistency_file(old_size: int) -> ledger.ConsistencyFile:
    """The proof that the latest checkpoint begins with the first `old_size` entries; for a witness."""
    checkpoint = latest_checkpoint()
    if not 0 <= old_size <= checkpoint.size:
        needed = f"a size from 0 to {checkpoint.size}"
        raise InputRefused([Problem("no-such-size", Place(item="ledger"), str(old_size), needed)])
    leaves = _leaves(checkpoint.size)
    proof = ledger.consistency_proof(leaves, old_size)
    note = ledger.parse_note(checkpoint.note.encode())
    return ledger.ConsistencyFile(old_size, ledger.root_of(leaves[:old_size]), tuple(proof), note)


def take_in(content: bytes, witness: ledger.VerifierKey, place: Place) -> Checkpoint:
    """Keep a witness's signature under the checkpoint of ours that it cosigned.

    InputRefused where the note is none of ours, or bears no good signature of this witness.
    """
    note = ledger.parse_note(content, place)
    told = ledger.checkpoint_of(note, place)
    ours = Checkpoint.objects.filter(size=told.size, root=told.root.hex()).first()
    if ours is None or ledger.parse_note(ours.note.encode()).text != note.text:
        found = f"{told.origin}, size {told.size}"
        raise InputRefused([Problem("checkpoint-not-ours", place, found, "a checkpoint of this register")])
    if not ledger.cosignatures(note, (witness,), place):
        raise InputRefused([Problem("no-cosignature", place, "none", f"a signature of {witness.name}")])
    line = next(signature.line() for signature in note.signatures if signature.is_of(witness))
    Cosignature.objects.get_or_create(
        checkpoint=ours, witness=witness.name, defaults={"line": line, "taken_in_at": datetime.now(UTC)}
    )
    return ours


def _leaves(size: int) -> list[bytes]:
    rows = LedgerEntry.objects.filter(index__lt=size).order_by("index")
    return [bytes(leaf) for leaf in rows.values_list("leaf", flat=True).iterator(chunk_size=10_000)]
