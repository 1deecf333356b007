"""The keys of a register: one small file, kept apart from its database and from the copies of it.

`keys.json` names its format, `antigone-keys/1`, and holds

- the key-encryption keys, oldest first: each record has a data key of its own (see `sealing`), kept in
  the database wrapped with one of these; new data keys are wrapped with the last one,
- the index key, for finding names (see `names`),
- the web secret, for signing sessions.

Whoever has this file and the database can read every record; without it nobody can. Where a record was
erased by destroying its wrapped data key, an old copy of the database still holds that key: it is
out of reach once the key-encryption key is rotated, the records that stay are wrapped anew, and the old
key is forgotten.
"""

from __future__ import annotations

import base64
import json
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from antigone.domain import InputRefused, Place, Problem

FORMAT = "antigone-keys/1"
FILE = "keys.json"

_PART = FILE + ".part"
_KEY_BYTES = 32
_NONCE_BYTES = 12
_OTHERS = 0o077  # group and world


class WrapFault(StrEnum):
    """Why a wrapped data key cannot be opened."""

    UNKNOWN_KEY = "unknown-key"  # the keyring has no key of this name
    NOT_AUTHENTIC = "not-authentic"  # changed, of another record, or wrapped with another key of this name


class WrapBroken(Exception):
    """A wrapped data key that cannot be opened; `fault` says why."""

    def __init__(self, fault: WrapFault, kek_id: str, record_id: str) -> None:
        self.fault = fault
        why = {
            WrapFault.UNKNOWN_KEY: "the key is not in the keyring",
            WrapFault.NOT_AUTHENTIC: "it was changed, belongs to another record, or the key is another one",
        }[fault]
        super().__init__(f"the data key of {record_id}, wrapped with {kek_id}, cannot be opened: {why}")


@dataclass(frozen=True, slots=True, repr=False)
class _Keys:
    """What the file holds; no `repr`, so that no key comes into a log."""

    keks: dict[str, bytes]  # oldest first
    index_key: bytes
    web_secret: str

    @property
    def current(self) -> str:
        return next(reversed(self.keks))


class Keyring:
    """The keys of one register, as `create` or `load` gives them.

    A key that another process added is seen at the next use: the file is read again when it was replaced.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as register:
    ...     keyring = Keyring.create(Path(register, "keys"))
    ...     kek_id, wrapped = keyring.wrap(bytes(32), "MP-000001-K")
    ...     added = keyring.rotate()
    ...     keyring.unwrap(kek_id, wrapped, "MP-000001-K") == bytes(32), keyring.generations == (kek_id, added)
    (True, True)
    """

    def __init__(self, folder: Path) -> None:
        """Read the keys in this folder; see `load`."""
        self.folder = folder
        self._read()

    @classmethod
    def create(cls, folder: str | Path) -> Keyring:
        """Make the folder, with mode 0700, and new keys in it, in a file of mode 0600.

        Raises
        ------
        InputRefused
            There are keys in it (`keys-exist`), or others may open it (`keys-open`).
        """
        folder = Path(folder)
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        _check_closed(folder)
        with _locked(folder):
            if (folder / FILE).exists():
                raise _refused("keys-exist", folder, FILE, "a folder without keys")
            first = {_new_id(1): secrets.token_bytes(_KEY_BYTES)}
            _write(folder, _Keys(first, secrets.token_bytes(_KEY_BYTES), secrets.token_urlsafe(48)))
        return cls(folder)

    @classmethod
    def load(cls, folder: str | Path) -> Keyring:
        """The keys in this folder.

        Raises
        ------
        InputRefused
            There are none (`keys-missing`), they cannot be opened (`keys-unreadable`), users other than the
            owner may open them (`keys-open`), or the file is no file of keys (`keys-format`).
        """
        return cls(Path(folder))

    @property
    def generations(self) -> tuple[str, ...]:
        """The names of the key-encryption keys, oldest first; the last one is in use."""
        self._refresh()
        return tuple(self._keys.keks)

    @property
    def current(self) -> str:
        """The name of the key-encryption key in use."""
        self._refresh()
        return self._keys.current

    @property
    def index_key(self) -> bytes:
        """The key of the index of names, 32 bytes; the same for the life of the register."""
        return self._keys.index_key

    @property
    def web_secret(self) -> str:
        """The secret for signing sessions, 64 characters."""
        return self._keys.web_secret

    def wrap(self, data_key: bytes, record_id: str) -> tuple[str, bytes]:
        """The name of the key in use, and with it the data key: 12 bytes of nonce, then AES-256-GCM.

        The name of the key and the record are bound in: the wrapped key opens for no other record. Nonces
        are random, so one key should wrap no more than 2^32 data keys (NIST SP 800-38D, 8.3).
        """
        self._refresh()
        kek_id = self._keys.current
        nonce = os.urandom(_NONCE_BYTES)
        return kek_id, nonce + self._ciphers[kek_id].encrypt(nonce, data_key, _bound(kek_id, record_id))

    def unwrap(self, kek_id: str, wrapped: bytes, record_id: str) -> bytes:
        """The data key of this record.

        Raises
        ------
        WrapBroken
            It cannot be opened.
        """
        self._refresh()
        if kek_id not in self._ciphers:
            raise WrapBroken(WrapFault.UNKNOWN_KEY, kek_id, record_id)
        nonce, sealed = wrapped[:_NONCE_BYTES], wrapped[_NONCE_BYTES:]
        try:
            return self._ciphers[kek_id].decrypt(nonce, sealed, _bound(kek_id, record_id))
        except (InvalidTag, ValueError) as reason:  # ValueError: the nonce was cut short
            raise WrapBroken(WrapFault.NOT_AUTHENTIC, kek_id, record_id) from reason

    def rotate(self) -> str:
        """Add a key-encryption key, from now on in use, and return its name; the older ones still open."""
        with _locked(self.folder):
            self._read()
            keks = self._keys.keks
            added = _new_id(1 + max(int(name.split("-")[0]) for name in keks))
            new = {**keks, added: secrets.token_bytes(_KEY_BYTES)}
            _write(self.folder, _Keys(new, self._keys.index_key, self._keys.web_secret))
        self._read()
        return added

    def forget(self, kek_id: str) -> None:
        """Remove a key that is no longer in use, for good: what is wrapped with it can never be opened again.

        Only when no record is wrapped with it any more, and no process writes that began before `rotate`.
        Copies of the file made earlier still hold the key and are to be destroyed too.

        Raises
        ------
        ValueError
            It is the key in use, or there is none of this name.
        """
        with _locked(self.folder):
            self._read()
            if kek_id not in self._keys.keks or kek_id == self._keys.current:
                raise ValueError(f"{kek_id} is the key in use or not in the keyring")
            rest = {name: key for name, key in self._keys.keks.items() if name != kek_id}
            _write(self.folder, _Keys(rest, self._keys.index_key, self._keys.web_secret))
        self._read()

    def _refresh(self) -> None:
        if _state(self.folder) != self._state:
            self._read()

    def _read(self) -> None:
        _check_closed(self.folder)
        self._state = _state(self.folder)
        self._keys = _parsed(self.folder)
        self._ciphers = {name: AESGCM(key) for name, key in self._keys.keks.items()}


def _bound(kek_id: str, record_id: str) -> bytes:
    return f"antigone-wrap/1|{kek_id}|{record_id}".encode()


def _new_id(generation: int) -> str:
    """A name that is not given twice, also where a rotation was undone by restoring an older file."""
    return f"{generation}-{secrets.token_hex(4)}"


def _state(folder: Path) -> tuple[int, int, int] | None:
    """Which file is there, None where there is none: it is only ever replaced whole."""
    try:
        found = os.stat(folder / FILE)
    except OSError:
        return None
    return found.st_ino, found.st_mtime_ns, found.st_size


def _check_closed(folder: Path) -> None:
    """Refuse a folder, or a file of keys in it, that users other than its owner may open."""
    for path, needed in ((folder, 0o700), (folder / FILE, 0o600)):
        if path.exists() and (mode := path.stat().st_mode) & _OTHERS:
            raise _refused("keys-open", path, f"mode {mode & 0o777:04o}", f"mode {needed:04o}")


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """One process at a time: a key that was lost to another one's writing could never be had again."""
    import fcntl  # not on every system, and reading the keys does not need it

    opened = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(opened, fcntl.LOCK_EX)
        yield
    finally:
        os.close(opened)


def _write(folder: Path, keys: _Keys) -> None:
    """Replace the file whole: another name, on the disk, then renamed."""
    text = json.dumps(_plain(keys), indent=1)
    part = folder / _PART
    part.unlink(missing_ok=True)
    with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as file:
        file.write(text + "\n")
        file.flush()
        os.fsync(file.fileno())
    part.replace(folder / FILE)
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def _plain(keys: _Keys) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "key_encryption_keys": [{"id": name, "key": _text(key)} for name, key in keys.keks.items()],
        "index_key": _text(keys.index_key),
        "web_secret": keys.web_secret,
    }


def _parsed(folder: Path) -> _Keys:
    path = folder / FILE
    try:
        content = path.read_bytes()
    except FileNotFoundError as reason:
        raise _refused("keys-missing", path, "no file", "the keys this register was made with") from reason
    except OSError as reason:
        raise _refused("keys-unreadable", path, str(reason.strerror), "a file its owner may read") from reason
    try:
        plain = json.loads(content)
        if plain["format"] != FORMAT:
            raise ValueError(f"format {plain['format']}")
        keks = {str(each["id"]): _key(each["key"]) for each in plain["key_encryption_keys"]}
        if not keks or len(keks) != len(plain["key_encryption_keys"]):
            raise ValueError("no key, or two of one name")
        return _Keys(keks, _key(plain["index_key"]), str(plain["web_secret"]))
    except (ValueError, KeyError, TypeError) as reason:
        # The text of the reason may hold a part of the file, so it is neither shown nor chained.
        found = f"{type(reason).__name__} while reading it"
        raise _refused("keys-format", path, found, f"a file of the format {FORMAT}") from None


def _text(key: bytes) -> str:
    return base64.b64encode(key).decode("ascii")


def _key(text: str) -> bytes:
    key = base64.b64decode(text, validate=True)
    if len(key) != _KEY_BYTES:
        raise ValueError(f"a key of {len(key)} bytes")
    return key


def _refused(code: str, path: Path, found: str, needed: str) -> InputRefused:
    return InputRefused([Problem(code, Place(str(path)), found, needed)])
