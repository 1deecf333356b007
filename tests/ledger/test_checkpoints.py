"""Checkpoints and their cosignatures: published ones, ours, and what is refused."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest

from antigone.domain import InputRefused, Place
from antigone.ledger import (
    EMPTY_ROOT,
    Checkpoint,
    KeyKind,
    Note,
    Signature,
    checkpoint_of,
    cosign,
    cosignatures,
    open_checkpoint,
    parse_note,
    parse_verifier_key,
    sign_checkpoint,
    sign_note,
)
from tests.ledger.altered_proofs import flipped
from tests.ledger.logs import key_of
from tests.ledger.published import ARCHE, ARCHE_SECONDS, BEHIND_THE_SOFA, GO_SUMS, ROOTS, VECTOR

LOG = key_of("antigone.example/side-a")
OTHER = key_of("antigone.example/side-b")
WITNESS = key_of("witness.example/third", KeyKind.COSIGNATURE)
STATE = Checkpoint(LOG.name, 8, ROOTS[8])
AT = datetime(2026, 11, 3, 12, 30, 0, 999_999, UTC)


def test_a_published_checkpoint_opens() -> None:
    checkpoint = open_checkpoint(ARCHE.content, parse_verifier_key(ARCHE.signers[0]))
    assert (checkpoint.origin, checkpoint.size) == ("arche2025h1.staging.ct.transparency.dev", 1432088532)
    assert Note(checkpoint.text()).text == parse_note(ARCHE.content).text


@pytest.mark.parametrize("published", [GO_SUMS, BEHIND_THE_SOFA, VECTOR])
def test_published_checkpoints_are_read_and_written_as_they_are(published) -> None:
    note = parse_note(published.content)
    assert checkpoint_of(note).text() == note.text


def test_the_example_of_the_specification_is_a_state_of_the_go_checksum_database_under_another_name() -> None:
    """Its signature carries that log's identifier, and verifies once the origin is put back."""
    note = parse_note(BEHIND_THE_SOFA.content)
    key = parse_verifier_key(GO_SUMS.signers[0])
    original = note.text.replace("example.com/behind-the-sofa", "go.sum database tree")
    assert note.signatures[0].key_id == key.id
    assert key.verifies(original.encode(), note.signatures[0].value)


def test_the_three_lines_of_a_checkpoint() -> None:
    text = sign_checkpoint(STATE, LOG).text
    assert text == "antigone.example/side-a\n8\nXcnaeacGWamtVZy3Ad7ZoqudgjqtL0lgz+Nw7/RgQyg=\n"


@pytest.mark.parametrize("state", [STATE, Checkpoint(LOG.name, 0, EMPTY_ROOT), replace(STATE, extensions=("more",))])
def test_a_checkpoint_comes_back_from_its_file(state: Checkpoint) -> None:
    assert open_checkpoint(sign_checkpoint(state, LOG).to_bytes(), LOG.verifier) == state


def test_a_log_signs_for_itself_alone() -> None:
    with pytest.raises(ValueError, match=r"the log 'antigone\.example/side-a' cannot sign with a key named"):
        sign_checkpoint(STATE, OTHER)


def test_a_checkpoint_signed_by_another_is_refused() -> None:
    note = sign_note(Note(STATE.text()), OTHER)
    with pytest.raises(InputRefused, match=r"origin antigone\.example/side-a") as refused:
        open_checkpoint(note, OTHER.verifier, Place("checkpoint.txt"))
    (problem,) = refused.value.problems
    assert (problem.code, problem.place, problem.needed) == (
        "ledger-checkpoint",
        Place("checkpoint.txt"),
        "origin antigone.example/side-b",
    )
    with pytest.raises(InputRefused, match="ledger-signature"):
        open_checkpoint(note, LOG.verifier)


ROOT_LINE = STATE.text().split("\n")[2]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("\n", "1 lines"),
        ("a\n8\n", "2 lines"),
        (f"\n8\n{ROOT_LINE}\n", "origin and extensions are lines with something in them"),
        (f"a\n8\n{ROOT_LINE}\n\n", "origin and extensions are lines with something in them"),
        (f"a\n08\n{ROOT_LINE}\n", "'08' is not a whole number without leading zeros"),
        (f"a\n+8\n{ROOT_LINE}\n", "'+8' is not a whole number"),
        (f"a\n-8\n{ROOT_LINE}\n", "'-8' is not a whole number"),
        (f"a\n٨\n{ROOT_LINE}\n", "'٨' is not a whole number"),
        (f"a\n{2**63}\n{ROOT_LINE}\n", f"'{2**63}' is not a whole number"),
        (f"a\n0\n{ROOT_LINE}\n", "size 0 with another root than that of the tree without leaves"),
        (f"a\n8\n{ROOT_LINE[:-1]}\n", "is not base64"),
        (f"a\n8\n{ROOT_LINE} \n", "is not base64"),
        ("a\n8\nAAAA\n", "'AAAA' has 3 bytes, not 32"),
    ],
)
def test_what_is_no_checkpoint(text: str, found: str) -> None:
    with pytest.raises(InputRefused) as refused:
        checkpoint_of(Note(text), Place("checkpoint.txt"))
    (problem,) = refused.value.problems
    assert (problem.code, problem.place) == ("ledger-checkpoint", Place("checkpoint.txt"))
    assert found in problem.found
    assert problem.needed == "three lines: origin, size, and root in base64"


@pytest.mark.parametrize(
    "change", [{"origin": ""}, {"origin": "a\nb"}, {"size": -1}, {"root": b"short"}, {"extensions": ("",)}]
)
def test_a_state_that_cannot_be_written(change: dict) -> None:
    with pytest.raises(ValueError, match=r"origin and extensions|size -?\d+ and a root"):
        replace(STATE, **change)


@pytest.mark.parametrize("published", [ARCHE, VECTOR])
def test_published_cosignatures_hold(published) -> None:
    keys = [parse_verifier_key(key) for key in published.witnesses]
    given = cosignatures(parse_note(published.content), [WITNESS.verifier, *keys])
    assert [cosignature.key for cosignature in given] == keys


def test_published_cosignatures_say_when() -> None:
    given = cosignatures(parse_note(ARCHE.content), [parse_verifier_key(key) for key in ARCHE.witnesses])
    assert {cosignature.at for cosignature in given} == {datetime.fromtimestamp(ARCHE_SECONDS, UTC)}
    (cosigned,) = [s for s in parse_note(BEHIND_THE_SOFA.content).signatures if s.name == "witness.example.com/w1"]
    assert int.from_bytes(cosigned.value[:8], "big") == 1_679_315_147  # the specification writes this time out
    assert len(cosigned.value) == 8 + 64


@pytest.mark.parametrize("published", [ARCHE, VECTOR])
def test_a_published_cosignature_of_another_state_is_refused(published) -> None:
    note = parse_note(published.content)
    size = str(checkpoint_of(note).size)
    other = replace(note, text=note.text.replace(size, f"{size}0"))
    for key in published.witnesses:
        with pytest.raises(InputRefused, match=r"a cosignature of .* that is wrong"):
            cosignatures(other, [parse_verifier_key(key)])


@pytest.mark.parametrize("bit", range(0, 576, 5))
def test_one_bit_of_a_cosignature_is_enough(bit: int) -> None:
    note = parse_note(VECTOR.content)
    wrong = replace(note.signatures[0], value=flipped(note.signatures[0].value, bit))
    with pytest.raises(InputRefused, match=r"a cosignature of vec\.example/cosigv10 that is wrong") as refused:
        cosignatures(Note(note.text, (wrong,)), [parse_verifier_key(VECTOR.witnesses[0])], Place("c.txt"))
    assert [(p.code, p.place) for p in refused.value.problems] == [("ledger-signature", Place("c.txt"))]


def test_a_cosignature_stands_beside_the_signature_of_the_log() -> None:
    note = cosign(sign_checkpoint(STATE, LOG), WITNESS, AT)
    read = parse_note(note.to_bytes())
    assert open_checkpoint(read, LOG.verifier) == STATE
    (given,) = cosignatures(read, [WITNESS.verifier])
    assert (given.key, given.at) == (WITNESS.verifier, AT.replace(microsecond=0))


def test_the_time_is_one_moment_in_every_zone() -> None:
    kyiv = AT.astimezone(timezone(timedelta(hours=2)))
    assert cosign(Note(STATE.text()), WITNESS, kyiv) == cosign(Note(STATE.text()), WITNESS, AT)


def test_who_cosigned_twice_counts_once_with_the_later_time() -> None:
    later = AT + timedelta(days=1)
    first = cosign(Note(STATE.text()), WITNESS, AT)
    second = cosign(Note(STATE.text()), WITNESS, later)
    twice = Note(STATE.text(), (*second.signatures, *first.signatures))
    (given,) = cosignatures(twice, [WITNESS.verifier])
    assert given.at == later.replace(microsecond=0)
    assert cosign(first, WITNESS, later) == second


def test_a_signature_of_the_same_key_is_no_cosignature() -> None:
    """Name and key are the same, the kind is not: what was signed as a note cannot be passed off as cosigned."""
    note = sign_checkpoint(STATE, LOG)
    with pytest.raises(ValueError, match="a witness has a key of the kind 0x04, not 0x01"):
        cosignatures(note, [LOG.verifier])
    as_witness = replace(LOG.verifier, kind=KeyKind.COSIGNATURE)
    assert cosignatures(note, [as_witness]) == ()
    passed_off = Note(note.text, (Signature(LOG.name, as_witness.id, bytes(8) + note.signatures[0].value),))
    with pytest.raises(InputRefused, match=r"a cosignature of antigone\.example/side-a that is wrong"):
        cosignatures(passed_off, [as_witness])


def test_what_cannot_be_cosigned() -> None:
    note = Note(STATE.text())
    with pytest.raises(InputRefused, match="ledger-checkpoint"):
        cosign(Note("anything\n"), WITNESS, AT)
    with pytest.raises(ValueError, match="a witness has a key of the kind 0x04, not 0x01"):
        cosign(note, LOG, AT)
    for at in (AT.replace(tzinfo=None), datetime(1969, 12, 31, tzinfo=UTC)):
        with pytest.raises(ValueError, match="is no time to cosign at"):
            cosign(note, WITNESS, at)


def test_a_time_beyond_the_calendar_is_refused() -> None:
    note = Note(STATE.text())
    seconds = 2**62
    signed = WITNESS.sign(f"cosignature/v1\ntime {seconds}\n{note.text}".encode())
    forged = note.with_signature(Signature(WITNESS.name, WITNESS.verifier.id, seconds.to_bytes(8, "big") + signed))
    with pytest.raises(InputRefused, match=f"at second {seconds}"):
        cosignatures(forged, [WITNESS.verifier])
