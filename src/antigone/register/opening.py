"""Sealed parts of records: encrypted under the record's own key, which is wrapped under the register's."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, cast

from django.conf import settings

from antigone.ledger import canonical_json
from antigone.register.keyring import Keyring
from antigone.register.models import Record
from antigone.register.sealing import Sealed, new_data_key, seal, unseal


@lru_cache(maxsize=4)
def _keyring(folder: Path) -> Keyring:
    return Keyring.load(folder)


def keyring() -> Keyring:
    """The keys of the open register. It notices by itself that they were rotated."""
    return _keyring(settings.FOLDER.keys)


def seal_into(record: Record, personal: Mapping[str, Any], keys: Keyring) -> Sealed:
    """Encrypt these values as the sealed part of this version of the record, and set its columns."""
    identifier = str(record.pk)
    if record.wrapped_key is None:
        data_key = new_data_key()
        record.key_generation, record.wrapped_key = keys.wrap(data_key, identifier)
    else:
        data_key = keys.unwrap(record.key_generation, bytes(record.wrapped_key), identifier)
    content = canonical_json(dict(personal))
    sealed = seal(data_key, content, kind=record.KIND.value, record=identifier, version=record.version)
    record.sealed = sealed.blob
    return sealed


def opened(record: Record, keys: Keyring | None = None) -> dict[str, Any]:
    """The sealed values of a record; {} where it has none, or its key was destroyed."""
    if record.sealed is None or record.wrapped_key is None:
        return {}
    return opened_version(record, record.version, bytes(record.sealed), keys)[1]


def opened_version(
    record: Record, version: int, blob: bytes, keys: Keyring | None = None
) -> tuple[bytes, dict[str, Any]]:
    """Salt and values of one sealed version of a record whose key is still there."""
    keys = keys or keyring()
    data_key = keys.unwrap(record.key_generation, bytes(record.wrapped_key), str(record.pk))
    found = unseal(data_key, blob, kind=record.KIND.value, record=str(record.pk), version=version)
    return found.salt, cast(dict[str, Any], json.loads(found.content))
