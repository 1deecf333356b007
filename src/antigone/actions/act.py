"""One action while it is carried out: what it writes, and the change each writing leaves in the ledger."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, TypeVar

from antigone import ledger
from antigone.actions.many_rows import insert_records, insert_rows, tell_planner
from antigone.domain import Kind, UserRole
from antigone.register.actor import Actor, actor_of
from antigone.register.doors import door_of
from antigone.register.entries import append_entry, new_action
from antigone.register.models import Change, LedgerEntry, NameToken, Notice, Record, User
from antigone.register.names import index_tokens
from antigone.register.numbering import new_identifiers
from antigone.register.opening import keyring, opened, seal_into
from antigone.register.refusals import Overtaken

R = TypeVar("R", bound=Record)
NAMED = {Kind.MISSING_PERSON, Kind.RELATIVE}
"""Kinds found by name."""
BATCH = 5_000
"""Rows written by one statement."""
_CHANGE = ("action", "position", "kind", "record", "version", "plain", "sealed", "sealed_digest", "salt")
_NAME_TOKEN = ("token", "record", "party_id")


class Act:
    """Everything one action writes. Made by `perform` inside the transaction; `close` writes the entry."""

    def __init__(self, actor: Actor, verb: str) -> None:
        self.actor = actor
        self.verb = verb
        self.action = new_action()
        self.now = datetime.now(UTC)
        self.reason = ""  # stands in the entry as it is: codes and counts alone, nothing that a person wrote
        self.keys = keyring()
        self._leaves: list[bytes] = []
        self._changes: list[tuple[Any, ...]] = []

    def create(self, model: type[R], personal: Mapping[str, Any] | None = None, **columns: Any) -> R:
        """A new record. A reference is given by identifier; party and institution are the actor's unless given."""
        return self.create_many(model, [(personal or {}, columns)])[0]

    def create_many(self, model: type[R], rows: Sequence[tuple[Mapping[str, Any], Mapping[str, Any]]]) -> list[R]:
        """New records from (sealed values, columns), in their order."""
        records = []
        usual = {"party": self.actor.party, "institution": self.actor.institution}
        identifiers = new_identifiers(model.KIND, len(rows))
        for identifier, (personal, columns) in zip(identifiers, rows, strict=True):
            record = model(
                id=identifier,
                version=1,
                entered_at=self.now,
                changed_at=self.now,
                **_attributes(model, {**usual, **columns}),
            )
            self._note(record, personal)
            records.append(record)
        insert_records(model, records)
        self._index_names([(r, p) for r, (p, _) in zip(records, rows, strict=True)])
        return records

    def change(
        self, record: R, personal: Mapping[str, Any] | None = None, seen: int | None = None, **columns: Any
    ) -> R:
        """The next version of a record. `personal` replaces only the sealed values it names.

        `seen`: the version the actor looked at (default: the one just read). Overtaken where the record has
        moved on since.
        """
        expected = record.version if seen is None else seen
        if expected != record.version:
            raise self._overtaken(record)
        values = {**opened(record, self.keys), **(personal or {})}
        record.version = expected + 1
        record.changed_at = self.now
        _assign(record, columns)
        self._note(record, values)
        names = ["version", "changed_at", "sealed", "wrapped_key", "key_generation", *columns]
        self._write(record, expected, names)
        if personal is not None and record.KIND in NAMED:
            NameToken.objects.filter(record=record.pk).delete()
            self._index_names([(record, values)])
        return record

    def erase(self, record: Record, seen: int | None = None) -> None:
        """Destroy the record's key and what was made from its sealed part; the state becomes "erased"."""
        expected = record.version if seen is None else seen
        if expected != record.version:
            raise self._overtaken(record)
        record.version = expected + 1
        record.changed_at = self.now
        record.state = "erased"
        record.sealed = record.wrapped_key = None
        record.key_generation = ""
        self._note(record, None)
        self._write(record, expected, ["version", "changed_at", "state", "sealed", "wrapped_key", "key_generation"])
        NameToken.objects.filter(record=record.pk).delete()

    def notify(self, users: Iterable[User], about: str, matter: str) -> None:
        """A notice to these users; they see it once the action is committed.

        Whoever reads records of this kind, but not this one, is left out: a liaison of another institution is not
        told of a family that is not theirs. An office that reads none of the kind knows it by number alone.
        """
        door = door_of(about)
        rows: list[tuple[dict[str, Any], dict[str, Any]]] = [
            ({}, {"addressee": user.pk, "about": about, "code": matter, "party": user.party_id, "state": "waiting"})
            for user in users
            if (actor := actor_of(user))
            and (not actor.reaches(door.model.KIND) or door.visible(actor).filter(pk=about).exists())
        ]
        if rows:
            self.create_many(Notice, rows)

    def notify_role(self, role: UserRole, about: str, matter: str, party: str | None = None) -> None:
        """A notice to every active user of one party who holds this role."""
        users = User.objects.filter(party=party or self.actor.party, state="active")
        self.notify([user for user in users if role.value in user.roles], about, matter)

    def go_on_as(self, user: User) -> None:
        """From here on in the name of this user: how the first administrator signs the founding."""
        actor = actor_of(user)
        if actor is None:
            raise ValueError(f"{user.pk} is suspended")
        self.actor = actor

    def close(self) -> LedgerEntry:
        """Write the changes and, last of all, the entry."""
        self._flush()
        if len(self._leaves) >= BATCH:
            tell_planner()
        return append_entry(self.action, self.verb, self.actor.user, self.reason, self._leaves)

    def _note(self, record: Record, personal: Mapping[str, Any] | None) -> None:
        """Seal what is personal, and note the change this version is."""
        digest = None
        if record.SEALED and personal is not None:
            unknown = set(personal) - set(record.SEALED)
            if unknown:
                raise TypeError(f"{type(record).__name__} has no sealed {', '.join(sorted(unknown))}")
            digest = seal_into(record, {name: personal.get(name) for name in record.SEALED}, self.keys).digest
        plain, salt = record.plain(), secrets.token_bytes(ledger.SALT_SIZE)
        which = record.KIND.value, record.pk, record.version
        written = ledger.canonical_json(plain).decode()
        row = (
            self.action,
            len(self._leaves),
            *which,
            written,
            record.sealed,
            digest.hex() if digest else "",
            salt.hex(),
        )
        self._changes.append(row)
        self._leaves.append(ledger.change_leaf(ledger.Change(*which, plain, digest, salt)))
        if len(self._changes) >= BATCH:
            self._flush()

    def _flush(self) -> None:
        insert_rows(Change, _CHANGE, self._changes)
        self._changes.clear()

    def _write(self, record: Record, expected: int, names: Iterable[str]) -> None:
        """The conditional update by which the database decides who was first."""
        attributes = [record._meta.get_field(name).attname for name in dict.fromkeys(names)]
        rows = type(record)._default_manager.filter(pk=record.pk, version=expected)
        if rows.update(**{name: getattr(record, name) for name in attributes}) != 1:
            raise self._overtaken(record)

    def _overtaken(self, record: Record) -> Overtaken:
        last = Change.objects.filter(record=record.pk).order_by("-version").first()
        entry = LedgerEntry.objects.filter(action=last.action).first() if last else None
        if entry is None:
            return Overtaken(str(record.pk))
        return Overtaken(str(record.pk), entry.actor, entry.at.isoformat(timespec="seconds"))

    def _index_names(self, named: Sequence[tuple[Record, Mapping[str, Any]]]) -> None:
        rows = [
            (token, record.pk, record.party_id)
            for record, values in named
            if record.KIND in NAMED
            for token in index_tokens(self.keys.index_key, _full_name(values))
        ]
        insert_rows(NameToken, _NAME_TOKEN, rows)


def _full_name(values: Mapping[str, Any]) -> str:
    return " ".join(str(values.get(name) or "") for name in ("surname", "first_names", "patronymic"))


def _assign(record: Record, columns: Mapping[str, Any]) -> None:
    for name, value in _attributes(type(record), columns).items():
        setattr(record, name, value)


def _attributes(model: type[Record], columns: Mapping[str, Any]) -> dict[str, Any]:
    """The columns by the names of their attributes: a reference is given, and kept, by identifier."""
    return {model._meta.get_field(name).attname: value for name, value in columns.items()}
