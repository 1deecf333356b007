"""A witness: what it cosigns, what it refuses, and that it never forgets."""

from __future__ import annotations

import json
import multiprocessing
import os
from dataclasses import replace
from datetime import UTC, datetime
from multiprocessing.queues import Queue
from multiprocessing.synchronize import Barrier
from pathlib import Path

import pytest

from antigone.domain import InputRefused, Place
from antigone.ledger import (
    CosigningRefused,
    KeyKind,
    Refusal,
    Witness,
    checkpoint_of,
    cosignatures,
    open_checkpoint,
    parse_consistency,
    parse_note,
    verify_note,
)
from tests.ledger.logs import Log, key_of

AT = datetime(2026, 11, 3, 12, 30, tzinfo=UTC)
LEAVES = [b"entry %d" % number for number in range(12)]
LOG = Log(LEAVES)
KEY = key_of("witness.example/third", KeyKind.COSIGNATURE)
HERE = Place("grown.txt")


@pytest.fixture
def witness(tmp_path: Path) -> Witness:
    return Witness(KEY, [LOG.key.verifier], tmp_path / "witness.json")


@pytest.fixture
def after_five(witness: Witness) -> Witness:
    """A witness that has cosigned the first five entries."""
    witness.cosign(LOG.grown(0, 5), AT)
    return witness


def remembered(witness: Witness) -> dict[str, int]:
    plain = json.loads(witness.memory.read_text(encoding="utf-8"))
    assert plain["format"] == "antigone-witness/1"
    return {origin: checkpoint_of(parse_note(note.encode())).size for origin, note in plain["logs"].items()}


def refusal(witness: Witness, file) -> CosigningRefused:
    """What it says to this file; its memory stays as it was."""
    before = witness.memory.read_bytes() if witness.memory.exists() else None
    with pytest.raises(CosigningRefused) as refused:
        witness.cosign(file, AT, HERE)
    assert (witness.memory.read_bytes() if witness.memory.exists() else None) == before
    (problem,) = refused.value.problems
    assert (problem.code, problem.place) == (refused.value.reason, HERE)
    return refused.value


def test_the_first_checkpoint_is_trusted_as_it_is_and_that_is_said(witness: Witness) -> None:
    cosigned = witness.cosign(LOG.grown(3, 5), AT)
    assert cosigned.before is None
    assert open_checkpoint(cosigned.note, LOG.key.verifier).size == 5
    assert [(given.key, given.at) for given in cosignatures(cosigned.note, [KEY.verifier])] == [(KEY.verifier, AT)]
    assert remembered(witness) == {LOG.key.name: 5}


def test_what_has_grown_is_cosigned(after_five: Witness) -> None:
    for old, new in ((5, 6), (6, 6), (6, 12)):
        file = parse_consistency(LOG.grown(old, new).to_bytes())
        cosigned = after_five.cosign(file, AT)
        assert cosigned.before == checkpoint_of(LOG.checkpoint(old))
        assert cosignatures(cosigned.note, [KEY.verifier])
        assert remembered(after_five) == {LOG.key.name: new}


def test_a_witness_starts_again_with_what_it_knew(after_five: Witness) -> None:
    again = Witness(KEY, after_five.logs, after_five.memory)
    assert refusal(again, LOG.grown(2, 4)).reason is Refusal.ROLLED_BACK


def test_fewer_entries_than_before(after_five: Witness) -> None:
    refused = refusal(after_five, LOG.grown(0, 4))
    assert refused.reason is Refusal.ROLLED_BACK
    assert (refused.problems[0].found, refused.problems[0].needed) == ("size 4", "size 5 or more")


def test_two_roots_of_one_size_are_proof_against_the_log(after_five: Witness) -> None:
    forked = Log([b"changed", *LEAVES[1:]], LOG.key)
    refused = refusal(after_five, forked.grown(5, 5))
    assert refused.reason is Refusal.FORKED
    assert refused.problems[0].found == f"root {forked.grown(5, 5).old_root.hex()} at size 5"
    assert refused.problems[0].needed == f"root {LOG.grown(5, 5).old_root.hex()}"
    assert refused.remembered is not None
    for note in (refused.remembered, forked.checkpoint(5)):
        assert verify_note(note, [LOG.key.verifier])


def test_a_rewritten_log_that_has_grown_is_forked_or_has_no_proof(after_five: Witness) -> None:
    forked = Log([b"changed", *LEAVES[1:]], LOG.key)
    assert refusal(after_five, forked.grown(5, 9)).reason is Refusal.FORKED
    passed_off = replace(forked.grown(5, 9), old_root=LOG.grown(5, 9).old_root)
    refused = refusal(after_five, passed_off)
    assert refused.reason is Refusal.BAD_PROOF
    assert refused.problems[0].found == "from 5 to 9"


@pytest.mark.parametrize("old", [0, 4, 6])
def test_a_proof_that_begins_elsewhere(after_five: Witness, old: int) -> None:
    refused = refusal(after_five, LOG.grown(old, 9))
    assert refused.reason is Refusal.OTHER_SIZE
    assert (refused.problems[0].found, refused.problems[0].needed) == (f"a proof from size {old}", "from size 5")


def test_an_altered_proof(after_five: Witness) -> None:
    file = LOG.grown(5, 9)
    assert refusal(after_five, replace(file, proof=file.proof[:-1])).reason is Refusal.BAD_PROOF


def test_a_log_that_is_not_watched(witness: Witness) -> None:
    other = Log(LEAVES, key_of("antigone.example/side-b"))
    refused = refusal(witness, other.grown(0, 5))
    assert refused.reason is Refusal.UNKNOWN_LOG
    assert refused.problems[0].found == "antigone.example/side-b"
    assert refused.problems[0].needed == "one of antigone.example/side-a"


def test_a_signature_of_another_key_under_the_name_of_the_log(witness: Witness) -> None:
    stranger = Log(LEAVES, key_of(LOG.key.name, other="stranger"))
    assert refusal(witness, stranger.grown(0, 5)).reason is Refusal.BAD_SIGNATURE


def test_a_signature_of_another_state(witness: Witness) -> None:
    file = LOG.grown(0, 5)
    moved = replace(file.checkpoint, text=LOG.checkpoint(6).text)
    refused = refusal(witness, replace(file, checkpoint=moved))
    assert refused.reason is Refusal.BAD_SIGNATURE
    assert refused.problems[0].found == "a signature of antigone.example/side-a that is wrong"


def test_two_logs_are_remembered_apart(witness: Witness) -> None:
    other = Log([b"another side", *LEAVES], key_of("antigone.example/side-b"))
    both = replace(witness, logs=[LOG.key.verifier, other.key.verifier])
    both.cosign(LOG.grown(0, 5), AT)
    both.cosign(other.grown(0, 7), AT)
    both.cosign(LOG.grown(5, 6), AT)
    assert remembered(both) == {LOG.key.name: 6, other.key.name: 7}


@pytest.mark.parametrize(
    "content",
    [
        "",
        "{}",
        "[]",
        '{"format": "antigone-witness/2", "logs": {}}',
        '{"format": "antigone-witness/1", "logs": []}',
        '{"format": "antigone-witness/1", "logs": {"antigone.example/side-a": 5}}',
        '{"format": "antigone-witness/1", "logs": {"antigone.example/side-a": "no note"}}',
    ],
)
def test_a_damaged_memory_is_no_empty_one(witness: Witness, content: str) -> None:
    witness.memory.write_text(content, encoding="utf-8")
    with pytest.raises(InputRefused) as refused:
        witness.cosign(LOG.grown(0, 5), AT)
    (problem,) = refused.value.problems
    assert (problem.code, problem.place) == ("ledger-memory", Place(str(witness.memory)))
    assert problem.needed == "a file in antigone-witness/1"
    assert witness.memory.read_text(encoding="utf-8") == content


def test_a_memory_under_the_name_of_another_log_is_refused(after_five: Witness) -> None:
    content = json.loads(after_five.memory.read_text(encoding="utf-8"))
    content["logs"] = {"antigone.example/side-b": content["logs"][LOG.key.name]}
    after_five.memory.write_text(json.dumps(content), encoding="utf-8")
    with pytest.raises(InputRefused, match="a checkpoint under the origin of another log"):
        after_five.cosign(LOG.grown(5, 6), AT)


def test_nothing_is_given_away_where_it_cannot_be_remembered(
    after_five: Witness, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    before = after_five.memory.read_bytes()
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space left on device"):
        after_five.cosign(LOG.grown(5, 6), AT)
    assert after_five.memory.read_bytes() == before


def _offer(witness: Witness, new: int, together: Barrier, answers: Queue) -> None:
    together.wait(60)
    try:
        witness.cosign(LOG.grown(5, new), AT)
        answers.put((new, "cosigned"))
    except CosigningRefused as refused:
        answers.put((new, refused.reason.value))


def test_of_several_at_once_one_is_cosigned_and_the_others_are_told(after_five: Witness) -> None:
    """Without the lock two processes could both find size 5, and cosign two futures of it."""
    context = multiprocessing.get_context("spawn")
    sizes = (6, 7, 8, 9)
    together, answers = context.Barrier(len(sizes)), context.Queue()
    offers = [context.Process(target=_offer, args=(after_five, new, together, answers)) for new in sizes]
    for offer in offers:
        offer.start()
    told = dict(answers.get(timeout=60) for _ in offers)
    for offer in offers:
        offer.join()
    (won,) = [new for new, answer in told.items() if answer == "cosigned"]
    assert remembered(after_five) == {LOG.key.name: won}
    assert set(told.values()) - {"cosigned"} <= {Refusal.ROLLED_BACK, Refusal.OTHER_SIZE}
