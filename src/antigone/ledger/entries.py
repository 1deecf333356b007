"""What the log is made of: one entry for each action, one change for each record the action touched.

An entry is a leaf of the log. It carries the number of its changes and the root of a Merkle tree of its own
over them, so that a bulk import of a million records is one entry too. Personal data are in neither: a change
carries a digest of them at most, salted with random bytes that lie sealed beside the data and are destroyed with them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from json.encoder import encode_basestring as quoted

from antigone.ledger.canonical import LARGEST_INTEGER, canonical_json, canonical_text
from antigone.ledger.merkle import EMPTY_ROOT, HASH_SIZE, leaf_hash, root_of

ENTRY_FORMAT = "antigone-entry/1"
CHANGE_FORMAT = "antigone-change/1"
SALT_SIZE = 16

_ACTION = re.compile(r"[0-9a-f]{32}")


@dataclass(frozen=True, slots=True)
class Entry:
    """One action.

    action: 32 hexadecimal digits. verb: what was done. actor: identifier of the account that did it, no name.
    at: with its time zone. reason: as the actor gave it; it stands in the log as it is. changes_root: RFC 9162
    root over the leaves of the changes in their order, 32 bytes.

    Raises ValueError where a part cannot be written.
    """

    action: str
    verb: str
    actor: str
    at: datetime
    reason: str
    changes_count: int
    changes_root: bytes

    def __post_init__(self) -> None:
        if not _ACTION.fullmatch(self.action):
            raise ValueError(f"an action is 32 hexadecimal digits in lower case, not {self.action!r}")
        if not self.verb or not self.actor:
            raise ValueError("an entry needs a verb and an actor")
        if self.at.utcoffset() is None:
            raise ValueError(f"{self.at} has no time zone")
        _check_count("changes", self.changes_count)
        _check_size("root of the changes", self.changes_root, HASH_SIZE)
        if (self.changes_count == 0) != (self.changes_root == EMPTY_ROOT):
            raise ValueError("no changes and the root of the tree without leaves go together")


@dataclass(frozen=True, slots=True)
class Change:
    """One record as an action left it.

    kind: which table. record: its identifier. version: counted per record. plain: what is not personal, as canonical
    JSON can hold it. sealed_digest: `sealed_digest` of what is personal, 32 bytes; None where there is nothing
    personal. salt: 16 random bytes, so that nobody guesses the change from its leaf hash. It stands in the change and
    must not be the salt of the sealed digest, with which a guess at the personal data could be tested.

    Raises ValueError where a part cannot be written.
    """

    kind: str
    record: str
    version: int
    plain: Mapping[str, object]
    sealed_digest: bytes | None
    salt: bytes

    def __post_init__(self) -> None:
        if not self.kind or not self.record:
            raise ValueError("a change needs a kind and a record")
        _check_count("version", self.version)
        _check_size("salt", self.salt, SALT_SIZE)
        if self.sealed_digest is not None:
            _check_size("sealed digest", self.sealed_digest, HASH_SIZE)


def sealed_digest(salt: bytes, content: bytes) -> bytes:
    """SHA-256 of a salt of its own (16 bytes; ValueError otherwise) followed by the personal data."""
    _check_size("salt", salt, SALT_SIZE)
    return sha256(salt + content).digest()


def entry_body(entry: Entry) -> bytes:
    """The entry as canonical JSON: the bytes of its leaf."""
    return canonical_json(
        {
            "format": ENTRY_FORMAT,
            "action": entry.action,
            "verb": entry.verb,
            "actor": entry.actor,
            "at": written_time(entry.at),
            "reason": entry.reason,
            "changes": {"count": entry.changes_count, "root": entry.changes_root.hex()},
        }
    )


def entry_leaf(entry: Entry) -> bytes:
    """The leaf hash of an entry in the log."""
    return leaf_hash(entry_body(entry))


def change_body(change: Change) -> bytes:
    """The change as canonical JSON: the bytes of its leaf.

    The keys are written in their order here, twice as fast as by way of a dictionary: there may be a million.
    """
    plain = change.plain if isinstance(change.plain, dict) else dict(change.plain)
    sealed = "null" if change.sealed_digest is None else f'"{change.sealed_digest.hex()}"'
    return (
        f'{{"format":"{CHANGE_FORMAT}","kind":{quoted(change.kind)},"plain":{canonical_text(plain)},'
        f'"record":{quoted(change.record)},"salt":"{change.salt.hex()}","sealed":{sealed},"version":{change.version}}}'
    ).encode()


def change_leaf(change: Change) -> bytes:
    """The leaf hash of a change in the tree of its entry."""
    return leaf_hash(change_body(change))


def changes_root(changes: Iterable[Change]) -> bytes:
    """RFC 9162 root over the changes in their order, in one pass."""
    return root_of(map(change_leaf, changes))


def written_time(moment: datetime) -> str:
    """UTC with microseconds, as every format of the log writes it.

    >>> written_time(datetime(2026, 11, 3, 12, 0, 0, 5, UTC))
    '2026-11-03T12:00:00.000005Z'
    """
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"


def _check_size(what: str, value: bytes, size: int) -> None:
    if len(value) != size:
        raise ValueError(f"the {what} has {len(value)} bytes, not {size}")


def _check_count(what: str, value: int) -> None:
    if type(value) is not int or not 0 <= value <= LARGEST_INTEGER:
        raise ValueError(f"{what}: {value!r} is no count")
