"""The tree of entries: leaf by leaf, its root, who signed and cosigned it, and what it grew from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from antigone.domain import InputRefused
from antigone.ledger import (
    Checkpoint,
    Frontier,
    Note,
    VerifierKey,
    checkpoint_of,
    cosignatures,
    parse_note,
    parse_verifier_key,
    verify_note,
)
from antigone.verify.archive import Archive
from antigone.verify.earlier import Earlier
from antigone.verify.remarks import Remarks


@dataclass(frozen=True, slots=True)
class Keys:
    """Whom the reader trusts. log: the log's key, None: only the one in the file. witnesses: who must have cosigned."""

    log: VerifierKey | None
    witnesses: tuple[VerifierKey, ...]


class Tree:
    """Grows with every leaf; at the end it is set against the checkpoint, the cosigned states and what was earlier."""

    def __init__(self, archive: Archive, keys: Keys, earlier: Sequence[Earlier], remarks: Remarks) -> None:
        self._remarks = remarks
        self._keys = keys
        self._earlier = earlier
        self._archive = archive
        self.frontier = Frontier()
        self.note, self.checkpoint = _note(archive, "checkpoint.txt")
        self._cosigned = [_note(archive, name) for name in archive.below("cosigned")]
        asked = {of_note.size for _, of_note in self._cosigned} | {each.checkpoint.size for each in earlier}
        self._sizes = asked
        self._roots: dict[int, bytes] = {0: self.frontier.root()}

    def add(self, leaf: bytes) -> None:
        """The next leaf hash."""
        for each in self._earlier:
            each.see(self.frontier.size, leaf)
        self.frontier.append(leaf)
        if self.frontier.size in self._sizes:
            self._roots[self.frontier.size] = self.frontier.root()

    def close(self) -> None:
        """Every leaf was added."""
        self._check_root()
        self._check_log_key()
        self._check_witnesses()
        for each in self._earlier:
            self._check_grown(each)
        if not self._earlier:
            self._remarks.leave("no-earlier")

    def _check_root(self) -> None:
        size, root = self.frontier.size, self.frontier.root()
        told = self.checkpoint
        if told.size != size:
            self._remarks.fault("entries-count", entries=size, signed=told.size)
        elif told.root != root:
            self._remarks.fault("root-differs", entries=size, found=root.hex(), signed=told.root.hex())
        else:
            self._remarks.hold("tree", entries=size, root=root.hex())

    def _check_log_key(self) -> None:
        """The signature of the log under its checkpoint and under each cosigned state."""
        own = self._own_key()
        key = self._keys.log or own
        if self._keys.log is not None and own != self._keys.log:
            self._remarks.fault("log-key-other", found=own.encoded(), needed=self._keys.log.encoded())
        if str(self._archive.header.get("origin")) != key.name:
            self._remarks.fault("origin-differs", found=self._archive.header.get("origin"), needed=key.name)
        sound = True
        for note, told in [(self.note, self.checkpoint), *self._cosigned]:
            try:
                verify_note(note, (key,))
            except InputRefused:
                sound = False
                self._remarks.fault("signature-wrong", size=told.size, key=key.name)
            if told.origin != key.name:
                self._remarks.fault("origin-differs", found=told.origin, needed=key.name)
        if self._keys.log is None:
            self._remarks.leave("key-own", key=own.encoded())
        elif sound:
            self._remarks.hold("signature", key=key.name, size=self.checkpoint.size)

    def _check_witnesses(self) -> None:
        states = [(self.note, self.checkpoint), *self._cosigned]
        for _, told in self._cosigned:
            root = self._roots.get(told.size)
            if root is None:
                self._remarks.fault("cosigned-larger", size=told.size, entries=self.frontier.size)
            elif root != told.root:
                self._remarks.fault("cosigned-differs", size=told.size, found=root.hex(), signed=told.root.hex())
        for witness in self._keys.witnesses:
            self._check_witness(witness, states)
        if not self._keys.witnesses:
            self._remarks.leave("no-witness")

    def _check_witness(self, witness: VerifierKey, states: Sequence[tuple[Note, Checkpoint]]) -> None:
        best: tuple[int, str] | None = None
        for note, told in states:
            try:
                given = cosignatures(note, (witness,))
            except InputRefused:
                self._remarks.fault("cosignature-wrong", witness=witness.name, size=told.size)
                continue
            if given and (best is None or told.size > best[0]):
                best = told.size, given[0].at.isoformat(timespec="seconds")
        if best is None:
            self._remarks.fault("witness-absent", witness=witness.name)
            return
        rest = self.frontier.size - best[0]
        self._remarks.hold("cosigned", witness=witness.name, size=best[0], at=best[1], rest=rest)

    def _check_grown(self, earlier: Earlier) -> None:
        told = earlier.checkpoint
        if told.origin != self.checkpoint.origin:
            self._remarks.fault("earlier-other-log", found=told.origin, needed=self.checkpoint.origin)
        elif not earlier.signed_by(self._keys.log or self._own_key()):
            self._remarks.fault("earlier-unsigned", file=earlier.name)
        elif told.size > self.frontier.size:
            self._remarks.fault("rolled-back", earlier=told.size, entries=self.frontier.size, file=earlier.name)
        elif self._roots.get(told.size) != told.root:
            first = "" if earlier.differs_at is None else earlier.differs_at
            self._remarks.fault("forked", size=told.size, first=first, file=earlier.name)
        else:
            self._remarks.hold("grew", earlier=told.size, entries=self.frontier.size, file=earlier.name)

    def _own_key(self) -> VerifierKey:
        return parse_verifier_key(self._archive.text("log.pub").strip(), self._archive.place("log.pub"))


def _note(archive: Archive, part: str) -> tuple[Note, Checkpoint]:
    place = archive.place(part)
    note = parse_note(archive.text(part).encode(), place)
    return note, checkpoint_of(note, place)
