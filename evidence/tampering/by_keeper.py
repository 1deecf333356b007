"""The keeper of the register: database, keys of the records, key of the log. They can compute everything again."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

from antigone import ledger
from evidence.tampering.hands import (
    changes_of,
    cut_out,
    entries_by,
    entry_of,
    fit_log,
    lay_row,
    move_entry,
    remove,
    reseal,
    say_otherwise,
    set_columns,
)
from evidence.tampering.in_database import NOBODY_LOOKED, PAST
from evidence.tampering.story import reader_of_everything, tell_otherwise, whole_export
from evidence.tampering.ways import Found, Position, Scene, Ways
from tests.cast import cast_of, do

BY_KEEPER = Ways(Position.KEEPER)
ALONE, EARLIER, OTHER, WITNESS, ASKED = Found.ALONE, Found.EARLIER, Found.OTHER, Found.WITNESS, Found.ASKED
SINCE = {OTHER, ASKED}
"""Whoever looked after the reader did."""
CHANGED_SINCE = (
    "The reader's own file is older than what was changed, and the cosignature of then is still true. Witnesses that "
    "were asked since, and readers who compare their files, find it."
)


@BY_KEEPER("rewrite the sealed words of a record, and compute and sign everything after it again", PAST)
def _rewritten(scene: Scene) -> None:
    def other_sex(content: dict[str, Any]) -> None:
        content["sex"] = "female"

    reseal(scene.past.lonely, 1, other_sex)
    fit_log()


@BY_KEEPER(
    "rewrite a record and everything after it, and keep the old cosignature in the export",
    {ALONE, EARLIER, OTHER, ASKED},
)
def _rewritten_with_cosignature(scene: Scene) -> None:
    from antigone.register.models import Checkpoint, Cosignature, LedgerEntry

    say_otherwise(scene.past.lonely, missing_since="2026-02-02")
    fit_log(forget=False)
    first, last = Checkpoint.objects.filter(cosignatures__isnull=False).order_by("size")
    Cosignature.objects.filter(checkpoint=last.pk)._raw_delete(Cosignature.objects.db)
    Checkpoint.objects.exclude(pk=first.pk)._raw_delete(Checkpoint.objects.db)
    frontier = ledger.Frontier()
    frontier.extend(bytes(entry.leaf) for entry in LedgerEntry.objects.filter(index__lt=first.size).order_by("index"))
    set_columns(Checkpoint, first.pk, frontier=frontier.to_bytes())


@BY_KEEPER("rewrite what was done after the reader looked, and before others did", SINCE, CHANGED_SINCE)
def _rewritten_since(scene: Scene) -> None:
    say_otherwise(scene.past.second_containers[0], seal_found="broken")
    fit_log()


@BY_KEEPER("rewrite what was done since anybody looked", (), NOBODY_LOOKED)
def _rewritten_today(scene: Scene) -> None:
    say_otherwise(scene.past.last, missing_since="2026-02-02")
    fit_log()


@BY_KEEPER("go back to an older backup, and go on from there", PAST)
def _rolled_back(scene: Scene) -> None:
    scene.registers.take("backup")
    _busy(30)


@BY_KEEPER("fork: one continuation for this reader, another for the others", SINCE, CHANGED_SINCE)
def _forked(scene: Scene) -> None:
    scene.registers.take("looked")
    _busy(20)


@BY_KEEPER("a second register from its birth, under the same keys, for a reader who never saw the first",
           {OTHER, WITNESS, ASKED},
           "The first file that somebody gets is taken as it is. Whoever asks for a witness, or compares the root with "
           "another reader's, is not taken in.", fresh=True)  # fmt: skip
def _born(scene: Scene) -> None:
    scene.registers.take("born")
    tell_otherwise()


@BY_KEEPER("replace a signatory of a decision by a third one, in the records and in the entry", PAST)
def _other_signatory(scene: Scene) -> None:
    _sign_as(scene, scene.past.third_signatory)
    fit_log()


@BY_KEEPER("replace a signatory of a decision by a third one in the records alone", PAST | {ALONE})
def _other_signatory_in_records(scene: Scene) -> None:
    _sign_as(scene, scene.past.third_signatory, entry=False)
    fit_log()


@BY_KEEPER("replace a signatory of a decision by one of the other side", PAST | {ALONE})
def _signatory_of_other_side(scene: Scene) -> None:
    _sign_as(scene, _user("b.signatory"))
    fit_log()


@BY_KEEPER("make a decision of one signature", PAST | {ALONE})
def _one_signature(scene: Scene) -> None:
    story = scene.past.story
    one, _ = json.loads(changes_of(story.proposal)[-1].plain)["signed_by"]
    say_otherwise(story.proposal, since=3, signed_by=[one])
    say_otherwise(story.decision, signed_by=[one])
    fit_log()


@BY_KEEPER("let somebody sign who is no signatory", PAST | {ALONE})
def _no_signatory(scene: Scene) -> None:
    _sign_as(scene, _user("a.laboratory"))
    fit_log()


@BY_KEEPER("let somebody sign who is no signatory, and give them the office after the fact", PAST)
def _office_after_the_fact(scene: Scene) -> None:
    user = _user("a.laboratory")
    say_otherwise(user, roles=["laboratory", "signatory"])
    _sign_as(scene, user)
    fit_log()


@BY_KEEPER("let the other side's registrar have entered a missing person of this side", PAST | {ALONE})
def _other_side(scene: Scene) -> None:
    entry = entry_of(changes_of(scene.past.story.person)[0])
    set_columns(type(entry), entry.pk, actor=_user("b.registrar"))
    fit_log()


@BY_KEEPER("alter a finding's figure", PAST | {ALONE})
def _figure(scene: Scene) -> None:
    say_otherwise(scene.past.story.findings[1], log10_lr="9.000000")
    fit_log()


@BY_KEEPER("alter a profile behind a finding", PAST | {ALONE})
def _profile(scene: Scene) -> None:
    _like_the_son(scene)
    fit_log()


@BY_KEEPER("alter a profile and compute the finding behind it again, so that a stranger is the son", PAST,
           "A profile is what the laboratory says it is. A second run of the sample, or a second sample, finds it, and "
           "so does a laboratory that keeps its own files.")  # fmt: skip
def _profile_and_finding(scene: Scene) -> None:
    finding = scene.past.story.findings[1]
    _like_the_son(scene)
    fit_log()
    say_otherwise(finding, log10_lr=_computed_again(scene, finding))
    fit_log()


@BY_KEEPER("mark a withdrawn consent as standing: take the withdrawal out of the past", PAST)
def _withdrawal_gone(scene: Scene) -> None:
    cut_out(entries_by("withdraw_consent")[0])
    fit_log()


@BY_KEEPER("say in a new entry that the withdrawn consent stands", {ALONE})
def _consent_stands(scene: Scene) -> None:
    last = changes_of(scene.past.withdrawn)[-1]
    given = entries_by("add_relative")[0]
    _next_version(last, "record_consent", given.actor, state="given")


@BY_KEEPER("fabricate an erasure in the registrar's name, to be rid of a profile behind a decision", (),
           "An erasure that nobody asked for looks like one that was. `verify` names the entry and the finding that "
           "can no longer be computed again; the board was told; the relative can be asked.")  # fmt: skip
def _erased(scene: Scene) -> None:
    do(cast_of()["registrar"], "erase_relative", relative=scene.past.story.father, ground="asked_by_the_person")


@BY_KEEPER("fabricate an erasure past the register, in which the key of the record is kept", PAST | {ALONE})
def _half_erased(scene: Scene) -> None:
    change = changes_of(scene.past.lonely)[-1]
    say_otherwise(change.record, state="erased")
    fit_log()


@BY_KEEPER("change the time of a decision", PAST)
def _time(scene: Scene) -> None:
    entry = entries_by("sign")[1]
    before = type(entry).objects.get(index=entry.index - 1)
    set_columns(type(entry), entry.pk, at=before.at + timedelta(microseconds=1))
    fit_log()


@BY_KEEPER("swap two entries and their times", PAST)
def _swapped(scene: Scene) -> None:
    one = entry_of(changes_of(scene.past.lonely)[0])
    two = type(one).objects.get(index=one.index + 1)
    for now, then, at in ((one.index, 1_000_000, two.at), (two.index, one.index, one.at)):
        set_columns(type(one), now, index=then, at=at)
    set_columns(type(one), 1_000_000, index=two.index)
    fit_log()


@BY_KEEPER("put an entry into the past: a container that never came", PAST)
def _put_into_the_past(scene: Scene) -> None:
    record = do(
        cast_of()["coordinator"], "register_container", handover=scene.past.story.handover, tag="T-77", seal="177",
        seal_found="intact",
    ).record  # fmt: skip
    (received, *_) = entries_by("receive_handover")
    move_entry(entry_of(changes_of(record)[0]), behind=received.index)
    fit_log()


@BY_KEEPER("hide a change in an entry of another verb, by somebody who may use that verb", PAST,
           "`verify` asks whether an office may use a verb, not which records each verb writes.")  # fmt: skip
def _in_other_verb(scene: Scene) -> None:
    change = changes_of(scene.past.lonely)[-1]
    behind = entry_of(change).index
    _next_version(change, "add_document", _user("b.registrar"), missing_since="2026-02-02")
    move_entry(entry_of(changes_of(scene.past.lonely)[-1]), behind)
    fit_log()


@BY_KEEPER("take a container out of the past", PAST | {ALONE})
def _container_gone(scene: Scene) -> None:
    _take_out(scene, scene.past.story.containers[2])
    fit_log()


@BY_KEEPER("take a container out of the past, and every notice that names it", PAST)
def _container_and_notices_gone(scene: Scene) -> None:
    from antigone.register.models import Notice

    gone = scene.past.story.containers[2]
    for notice in Notice.objects.filter(about=gone).values_list("pk", flat=True):
        _take_out(scene, notice)
    _take_out(scene, gone)
    fit_log()


@BY_KEEPER("swap two profiles: each one's sample was taken from the other's remains", PAST | {ALONE})
def _swapped_remains(scene: Scene) -> None:
    from antigone.register.models import Sample

    one, two = scene.past.story.remains[1:]
    of_one, of_two = (str(Sample.objects.get(remains=remains).pk) for remains in (one, two))
    say_otherwise(of_one, remains=two)
    say_otherwise(of_two, remains=one)
    fit_log()


@BY_KEEPER("let a finding be about other remains", PAST | {ALONE})
def _other_remains(scene: Scene) -> None:
    say_otherwise(scene.past.story.findings[0], remains=scene.past.story.remains[1])
    fit_log()


@BY_KEEPER("let a decision rest on a finding about other remains", PAST | {ALONE})
def _other_finding(scene: Scene) -> None:
    for record in (scene.past.story.proposal, scene.past.story.decision):
        say_otherwise(record, findings=[scene.past.story.findings[1]])
    fit_log()


@BY_KEEPER("give remains a name without a decision", PAST | {ALONE})
def _named_without_decision(scene: Scene) -> None:
    say_otherwise(scene.past.story.remains[1], state="buried")
    fit_log()


@BY_KEEPER("use a finding again that rested on a withdrawn consent", PAST | {ALONE})
def _used_again(scene: Scene) -> None:
    say_otherwise(scene.past.blocked, since=2, state="computed")
    fit_log()


@BY_KEEPER("use its finding, profile and sample again, and leave the consent withdrawn", PAST | {ALONE})
def _all_used_again(scene: Scene) -> None:
    _unblock(scene)
    fit_log()


def _busy(entries: int) -> None:
    """Go on, in other ways than the others did."""
    registrar = cast_of()["registrar"]
    for number in range(entries):
        do(registrar, "register_missing_person", surname=f"Surname-{number + 100}")


def _take_out(scene: Scene, record: str) -> None:
    """A record was never entered."""
    from antigone.register.models import Change

    remove(Change.objects.filter(record=record))
    lay_row(record)


def _unblock(scene: Scene) -> None:
    """What a withdrawal changed, but for the consent, is as it was."""
    from antigone.register.models import Change

    withdrawn = entries_by("withdraw_consent")[0]
    before = {"finding": "computed", "profile": "current", "sample": "profiled"}
    for change in Change.objects.filter(action=withdrawn.action, kind__in=before):
        say_otherwise(change.record, since=change.version, state=before[change.kind])


def _user(username: str) -> str:
    from antigone.register.models import User

    return str(User.objects.get(username=username).pk)


def _sign_as(scene: Scene, user: str, *, entry: bool = True) -> None:
    """In the place of the second signatory."""
    story = scene.past.story
    first, _ = json.loads(changes_of(story.proposal)[-1].plain)["signed_by"]
    say_otherwise(story.proposal, since=3, signed_by=[first, user])
    say_otherwise(story.decision, signed_by=[first, user])
    if entry:
        signed = entries_by("sign")[1]
        set_columns(type(signed), signed.pk, actor=user)


def _like_the_son(scene: Scene) -> None:
    """The second remains show the markers of the first."""
    from antigone.register.models import Profile
    from antigone.register.opening import opened

    son, stranger = scene.past.story.profiles[2:4]
    markers = opened(Profile.objects.get(pk=son))["autosomal"]
    reseal(stranger, 1, lambda content: content.update(autosomal=markers))


def _computed_again(scene: Scene, finding: str) -> str:
    """The figure of this finding from the profiles as they are now: what `verify` says it should be."""
    from antigone.verify import verify_export

    path = scene.folder / "trial.zip"
    report = verify_export(whole_export(reader_of_everything(), path), findings=None)
    (fault,) = (f for f in report.faults if f.code == "finding-differs" and f.facts["finding"] == finding)
    return fault.facts["found"]


def _next_version(last: Any, verb: str, actor: str, **plain: object) -> None:
    """One more version of a record, with the same sealed words, made as the register makes it."""
    import secrets

    from django.db import transaction

    from antigone.register.entries import append_entry, new_action, value_of_change
    from antigone.register.models import RECORDS, Change
    from antigone.register.opening import keyring, opened_version
    from antigone.register.sealing import seal

    model = RECORDS[last.kind]
    row = model._base_manager.get(pk=last.record)
    _, content = opened_version(row, last.version, bytes(last.sealed))
    data_key = keyring().unwrap(row.key_generation, bytes(row.wrapped_key), last.record)
    version = last.version + 1
    sealed = seal(data_key, ledger.canonical_json(content), kind=last.kind, record=last.record, version=version)
    change = Change(
        action=new_action(), position=0, kind=last.kind, record=last.record, version=version,
        plain=ledger.canonical_json({**json.loads(last.plain), **plain}).decode(), sealed=sealed.blob,
        sealed_digest=sealed.digest.hex(), salt=secrets.token_hex(ledger.SALT_SIZE),
    )  # fmt: skip
    change.save(force_insert=True)
    say_otherwise(last.record, since=version)
    with transaction.atomic():
        append_entry(change.action, verb, actor, "", [ledger.change_leaf(value_of_change(change))])
