"""Signed states of the ledger: a checkpoint goes on from the last one, over what is committed."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime

from django.conf import settings

from antigone import ledger
from antigone.domain import Place
from antigone.register.models import Checkpoint, LedgerEntry, LedgerHead
from antigone.register.refusals import NotNow

BATCH = 10_000
"""Leaves read by one statement."""


@dataclass(frozen=True, slots=True)
class SignedState:
    """The first `size` entries as the log's key signed them. `frontier`: to go on from here."""

    size: int
    root: bytes
    note: ledger.Note
    frontier: ledger.Frontier = field(repr=False)


def log_key() -> ledger.SignerKey:
    """The key that signs for this register."""
    path = settings.FOLDER.log_key_file
    return ledger.parse_signer_key(path.read_text("utf-8").strip(), Place(file=str(path)))


def signed_state() -> SignedState:
    """The state of the ledger now, signed; nothing is written. Outside a transaction it sees committed rows only.

    What one size of the log was signed with once is given again: the log never signs two roots for one size.

    Raises
    ------
    NotNow
        There are fewer entries than the log has signed (`ledger-shrunk`).
    """
    size = LedgerHead.objects.get(pk=1).size
    last = Checkpoint.objects.order_by("-size").first()
    if last is not None and last.size > size:
        raise NotNow("ledger-shrunk", entries=str(size), signed=str(last.size))
    frontier = ledger.Frontier() if last is None else ledger.Frontier.from_bytes(bytes(last.frontier))
    if last is not None and last.size == size:
        note = ledger.parse_note(last.note.encode())
        return SignedState(size, frontier.root(), note, frontier)
    _extend(frontier, size)
    key = log_key()
    note = ledger.sign_checkpoint(ledger.Checkpoint(key.name, size, frontier.root()), key)
    return SignedState(size, frontier.root(), note, frontier)


def keep_checkpoint(state: SignedState) -> Checkpoint:
    """The row of this state, written if it is not there."""
    row, _ = Checkpoint.objects.get_or_create(
        size=state.size,
        defaults={
            "root": state.root.hex(),
            "frontier": state.frontier.to_bytes(),
            "note": state.note.to_bytes().decode(),
            "made_at": datetime.now(UTC),
        },
    )
    return row


def take_checkpoint() -> Checkpoint:
    """Sign the state of the ledger now and keep it; the row that is there where nothing was added since."""
    return keep_checkpoint(signed_state())


def _extend(frontier: ledger.Frontier, size: int) -> None:
    """Go on with the leaves of the entries up to `size`."""
    while frontier.size < size:
        end = min(frontier.size + BATCH, size)
        entries = LedgerEntry.objects.filter(index__gte=frontier.size, index__lt=end).order_by("index")
        leaves = [(index, bytes(leaf)) for index, leaf in entries.values_list("index", "leaf")]
        if [index for index, _ in leaves] != list(range(frontier.size, end)):
            raise NotNow("ledger-gap", entries=str(end), found=str(frontier.size + len(leaves)))
        frontier.extend(leaf for _, leaf in leaves)
