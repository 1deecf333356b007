"""Somebody who writes into the database by hand, and holds no key. Before a checkpoint the log signs what it finds."""

from __future__ import annotations

import json
import secrets
from datetime import timedelta
from typing import Any

from antigone import ledger
from evidence.tampering.hands import (
    changes_of,
    cut_out,
    entries_by,
    entry_of,
    fit_entry,
    fit_log,
    lay_row,
    remove,
    say_otherwise,
    set_columns,
)
from evidence.tampering.ways import Found, Position, Scene, Ways

IN_DATABASE = Ways(Position.DATABASE)
REGISTER, ALONE, EARLIER, OTHER = Found.REGISTER, Found.ALONE, Found.EARLIER, Found.OTHER
WITNESS, ASKED = Found.WITNESS, Found.ASKED
PAST = {EARLIER, OTHER, WITNESS, ASKED}
"""Whoever looked at the log before, where it agrees with itself now and is another."""
NOBODY_LOOKED = (
    "It was done after the last checkpoint that anybody outside has. Checkpoints that are cosigned every hour leave "
    "an hour."
)


@IN_DATABASE("edit a plain column of a row", {REGISTER, ALONE})
def _row(scene: Scene) -> None:
    from antigone.register.models import MissingPerson

    set_columns(MissingPerson, scene.past.story.person, state="missing")


@IN_DATABASE("edit a row and its change together", {REGISTER, ALONE})
def _row_and_change(scene: Scene) -> None:
    say_otherwise(scene.past.story.containers[0], tag="T-9")


@IN_DATABASE("edit a row, its change and its entry", {ALONE, EARLIER, OTHER, ASKED})
def _up_to_the_entry(scene: Scene) -> None:
    record = scene.past.story.containers[0]
    say_otherwise(record, tag="T-9")
    for change in changes_of(record):
        fit_entry(entry_of(change).index)


@IN_DATABASE("edit row, change and entry, and delete the checkpoints: the register signs anew", PAST,
             "The log's key does not help against whoever writes into its database: the register signs what stands "
             "there. Those who looked before find it.")  # fmt: skip
def _signed_anew(scene: Scene) -> None:
    say_otherwise(scene.past.story.containers[0], tag="T-9")
    fit_log()


@IN_DATABASE("edit a sealed part in its row", {REGISTER, ALONE})
def _sealed_row(scene: Scene) -> None:
    from antigone.register.models import Profile

    profile = scene.past.story.profiles[2]
    set_columns(Profile, profile, sealed=_spoilt(changes_of(profile)[-1].sealed))


@IN_DATABASE("edit a sealed part in its row and in its change", {ALONE})
def _sealed(scene: Scene) -> None:
    change = changes_of(scene.past.story.profiles[2])[-1]
    set_columns(type(change), change.pk, sealed=_spoilt(change.sealed))
    lay_row(change.record)


@IN_DATABASE("swap the sealed parts of two profiles", {ALONE})
def _swapped_sealed(scene: Scene) -> None:
    one, two = (changes_of(profile)[-1] for profile in scene.past.story.profiles[2:4])
    set_columns(type(one), one.pk, sealed=bytes(two.sealed))
    set_columns(type(two), two.pk, sealed=bytes(one.sealed))
    for change in (one, two):
        lay_row(change.record)


@IN_DATABASE("swap two profiles whole: sealed parts, their keys, their digests", PAST | {ALONE})
def _swapped_profiles(scene: Scene) -> None:
    _swap_keys(*scene.past.story.profiles[2:4])
    one, two = (changes_of(profile)[-1] for profile in scene.past.story.profiles[2:4])
    for change, from_other in ((one, two), (two, one)):
        set_columns(type(one), change.pk, sealed=bytes(from_other.sealed), sealed_digest=from_other.sealed_digest)
        lay_row(change.record)
    fit_log()


@IN_DATABASE("swap the wrapped keys of two profiles", {ALONE})
def _swapped_keys(scene: Scene) -> None:
    _swap_keys(*scene.past.story.profiles[2:4])


@IN_DATABASE("swap two profiles by letting each name the other's sample", PAST | {ALONE})
def _swapped_samples(scene: Scene) -> None:
    one, two = scene.past.story.profiles[2:4]
    first, second = (json.loads(changes_of(profile)[-1].plain)["sample"] for profile in (one, two))
    say_otherwise(one, sample=second)
    say_otherwise(two, sample=first)
    fit_log()


@IN_DATABASE("destroy a record's key without an erasure", {ALONE})
def _destroyed_key(scene: Scene) -> None:
    from antigone.register.models import Profile

    set_columns(Profile, scene.past.story.profiles[2], wrapped_key=None, key_generation="")


@IN_DATABASE("delete the last entry, and leave what it did", {REGISTER, ALONE})
def _last_entry(scene: Scene) -> None:
    from antigone.register.models import LedgerEntry, LedgerHead

    last = LedgerEntry.objects.order_by("index").last()
    assert last is not None
    remove(LedgerEntry.objects.filter(pk=last.pk))
    set_columns(LedgerHead, 1, size=last.index)


@IN_DATABASE("delete the last entry with all it did", (), NOBODY_LOOKED)
def _last_action(scene: Scene) -> None:
    from antigone.register.models import LedgerHead

    last = entry_of(changes_of(scene.past.last)[0])
    cut_out(last)
    set_columns(LedgerHead, 1, size=last.index)


@IN_DATABASE("delete an entry in the middle with all it did", {REGISTER, ALONE, EARLIER, OTHER, ASKED})
def _middle(scene: Scene) -> None:
    cut_out(entry_of(changes_of(scene.past.lonely)[0]))


@IN_DATABASE("delete an entry in the middle with all it did, and close the gap", PAST)
def _middle_closed(scene: Scene) -> None:
    cut_out(entry_of(changes_of(scene.past.lonely)[0]))
    fit_log()


@IN_DATABASE("swap two entries", {ALONE, EARLIER, OTHER, ASKED})
def _swapped_entries(scene: Scene) -> None:
    (one, *_), (two, *_) = entries_by("register_family"), entries_by("propose")
    free = 1_000_000
    for now, then in ((one.index, free), (two.index, one.index), (free, two.index)):
        set_columns(type(one), now, index=then)


@IN_DATABASE("put an entry in, with a new container and no key to seal its words", {ALONE})
def _put_in(scene: Scene) -> None:
    from antigone.register.models import Container

    old = Container.objects.get(pk=scene.past.story.containers[0])
    (received, *_) = entries_by("receive_handover")
    new = Container(
        id=_unused("container"), version=1, handover_id=old.handover_id, tag="T-77", seal="177", seal_found="intact",
        state="received", party_id=old.party_id, institution_id=old.institution_id, entered_at=old.entered_at,
        changed_at=old.changed_at,
    )  # fmt: skip
    new.save(force_insert=True)
    _write_entry("register_container", received.actor, new)


@IN_DATABASE("put an entry in that seals nothing: the laboratory's man becomes a signatory", (),
             "A well-made entry in another's name is no other than a true one. The administrator in whose name it "
             "stands finds it on the page of the ledger.")  # fmt: skip
def _put_in_open(scene: Scene) -> None:
    from antigone.register.models import User

    user = User.objects.get(username="a.laboratory")
    set_columns(User, user.pk, version=user.version + 1, roles=["laboratory", "signatory"])
    (added, *_) = entries_by("add_user")
    _write_entry("change_roles", added.actor, User.objects.get(pk=user.pk))


@IN_DATABASE("change the actor of an entry", {REGISTER, ALONE, EARLIER, OTHER})
def _actor(scene: Scene) -> None:
    one, two = entries_by("sign")[:2]
    set_columns(type(one), two.pk, actor=one.actor)


@IN_DATABASE("change the time of an entry", {REGISTER, ALONE, EARLIER, OTHER})
def _time(scene: Scene) -> None:
    (entry, *_) = entries_by("withdraw_consent")
    set_columns(type(entry), entry.pk, at=entry.at + timedelta(days=3))


@IN_DATABASE("change the verb of an entry", {REGISTER, ALONE, EARLIER, OTHER})
def _verb(scene: Scene) -> None:
    (entry, *_) = entries_by("withdraw_consent")
    set_columns(type(entry), entry.pk, verb="record_consent")


@IN_DATABASE("move a change to another entry", {REGISTER, ALONE})
def _moved(scene: Scene) -> None:
    change = changes_of(scene.past.story.proposal)[0]
    (other, *_) = entries_by("register_family")
    set_columns(type(change), change.pk, action=other.action, position=other.changes_count)


@IN_DATABASE("swap two changes of one entry", {REGISTER, ALONE})
def _swapped_changes(scene: Scene) -> None:
    from antigone.register.models import Change

    (entry, *_) = entries_by("compare")
    one, two = Change.objects.filter(action=entry.action).order_by("position")[:2]
    for change, position in ((one, 1_000_000), (two, one.position), (one, two.position)):
        set_columns(Change, change.pk, position=position)


@IN_DATABASE("delete a change", {REGISTER, ALONE})
def _deleted_change(scene: Scene) -> None:
    change = changes_of(scene.past.story.proposal)[1]
    remove(type(change).objects.filter(pk=change.pk))


@IN_DATABASE("write a change twice", {REGISTER, ALONE})
def _doubled(scene: Scene) -> None:
    change = changes_of(scene.past.story.proposal)[-1]
    entry = entry_of(change)
    change.pk = None
    change.version += 1
    change.position = entry.changes_count
    change.save(force_insert=True)


@IN_DATABASE("delete a row", {REGISTER, ALONE})
def _deleted_row(scene: Scene) -> None:
    from antigone.register.models import Container

    remove(Container.objects.filter(pk=scene.past.story.containers[2]))


@IN_DATABASE("put a row in", {REGISTER, ALONE})
def _row_more(scene: Scene) -> None:
    from antigone.register.models import Container

    row = Container.objects.get(pk=scene.past.story.containers[2])
    row.pk = _unused("container")
    row.tag = "T-78"
    row.save(force_insert=True)


@IN_DATABASE("say again that a withdrawn consent is given, in its row", {REGISTER, ALONE})
def _given_again(scene: Scene) -> None:
    from antigone.register.models import Consent

    set_columns(Consent, scene.past.withdrawn, state="given")


@IN_DATABASE("sign a kept checkpoint with another key", {ALONE})
def _other_signature(scene: Scene) -> None:
    from antigone.register.models import Checkpoint

    last = Checkpoint.objects.order_by("size").last()
    assert last is not None
    text = ledger.parse_note(last.note.encode()).text
    forged = ledger.sign_note(ledger.Note(text), ledger.generate_key(text.split("\n")[0]))
    set_columns(Checkpoint, last.pk, note=forged.to_bytes().decode())


@IN_DATABASE("delete the cosignatures", {WITNESS})
def _cosignatures(scene: Scene) -> None:
    from antigone.register.models import Cosignature

    remove(Cosignature.objects.all())


@IN_DATABASE("put a cosignature of another key of the witness's name in the place of the true one", {WITNESS})
def _other_witness(scene: Scene) -> None:
    from datetime import UTC, datetime

    from antigone.register.models import Cosignature

    false = ledger.generate_key(scene.past.witness.name, ledger.KeyKind.COSIGNATURE)
    for row in Cosignature.objects.all():
        note = ledger.parse_note(row.checkpoint.note.encode())
        cosigned = ledger.cosign(note, false, datetime.now(UTC))
        set_columns(Cosignature, row.pk, line=cosigned.signatures[-1].line())


@IN_DATABASE("cut the log back to what the reader saw last, with all it did since", {OTHER, ASKED},
             "The reader's own file is older than what was cut; the cosignature of then is still true.")  # fmt: skip
def _cut_back(scene: Scene) -> None:
    scene.registers.take("looked")


@IN_DATABASE("take a name out of the index by which persons are found", (),
             "The index is no record: it is derived from the names and stands in no entry. Whoever does not find a "
             "person by name finds them in the list; a correction of the record writes its index anew.")  # fmt: skip
def _unindexed(scene: Scene) -> None:
    from antigone.register.models import NameToken

    remove(NameToken.objects.filter(record=scene.past.lonely))


@IN_DATABASE("put in a password of one's own for a signatory, act in their name, and put the old one back", (),
             "The entry is as true as its actor, and the secret of the second factor lies in the same database. The "
    "person in whose name the entry stands finds it on the page of the ledger.",
)  # fmt: skip
def _impersonated(scene: Scene) -> None:
    from antigone.register.models import User
    from tests.cast import cast_of, do

    signatory = User.objects.get(username="a.signatory")
    before = signatory.password
    signatory.set_password("a password of somebody else")
    set_columns(User, signatory.pk, password=signatory.password)
    assert User.objects.get(pk=signatory.pk).check_password("a password of somebody else")
    do(cast_of()["signatory"], "add_document", about=scene.past.story.decision, title="A paper nobody wrote")
    set_columns(User, signatory.pk, password=before)


@IN_DATABASE("alter a frequency table in the register's folder", {ALONE})
def _table(scene: Scene) -> None:
    tables = scene.registers.folder.policy_folder / "used" / "tables"
    path = min(tables.glob("*.json"))
    table = json.loads(path.read_text("utf-8"))
    table["loci"].pop("TH01")
    path.write_text(json.dumps(table), encoding="utf-8")


def _spoilt(blob: Any) -> bytes:
    """With one bit changed."""
    return bytes([*bytes(blob)[:-1], bytes(blob)[-1] ^ 1])


def _swap_keys(one: str, two: str) -> None:
    from antigone.register.models import Profile

    first, second = Profile.objects.get(pk=one), Profile.objects.get(pk=two)
    for row, from_other in ((first, second), (second, first)):
        set_columns(
            Profile, row.pk, wrapped_key=bytes(from_other.wrapped_key), key_generation=from_other.key_generation
        )


def _unused(kind: str) -> str:
    """An identifier that no record has."""
    from antigone.domain import Kind, make_identifier

    return make_identifier(Kind(kind), 900_001)


def _write_entry(verb: str, actor: str, record: Any) -> None:
    """A change that says what this row says, without any sealed part of its own, and an entry for it, at the end."""
    from django.db import transaction

    from antigone.register.entries import append_entry, new_action, value_of_change
    from antigone.register.models import Change

    change = Change(
        action=new_action(), position=0, kind=record.KIND.value, record=record.pk, version=record.version,
        plain=ledger.canonical_json(record.plain()).decode(), sealed=None, sealed_digest="",
        salt=secrets.token_hex(ledger.SALT_SIZE),
    )  # fmt: skip
    change.save(force_insert=True)
    with transaction.atomic():
        append_entry(change.action, verb, actor, "", [ledger.change_leaf(value_of_change(change))])
