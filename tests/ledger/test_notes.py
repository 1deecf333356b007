"""Signed notes: published ones verify, altered ones do not, malformed ones are refused with their line."""

from __future__ import annotations

from dataclasses import replace

import pytest

from antigone.domain import InputRefused, Place
from antigone.ledger import (
    Note,
    Signature,
    parse_note,
    parse_signer_key,
    parse_verifier_key,
    sign_note,
    verify_note,
)
from tests.ledger.altered_proofs import flipped
from tests.ledger.logs import key_of
from tests.ledger.published import ARCHE, EXAMPLE, NEUMANN, NEUMANN_PRIVATE, NOTES, QUASIMODO, VECTOR, Published

SIGNED = [note for note in NOTES if note.signers]
OTHER = key_of("other.example/log")


def keys_of(published: Published) -> list:
    return [parse_verifier_key(key) for key in published.signers]


def source(published: Published) -> str:
    return published.source


@pytest.mark.parametrize("published", [*NOTES, QUASIMODO], ids=source)
def test_published_notes_are_read_and_written_as_they_are(published: Published) -> None:
    assert parse_note(published.content).to_bytes() == published.content


@pytest.mark.parametrize("published", SIGNED, ids=source)
def test_published_notes_verify(published: Published) -> None:
    keys = keys_of(published)
    assert verify_note(parse_note(published.content), [OTHER.verifier, *keys]) == tuple(keys)


@pytest.mark.parametrize("published", SIGNED, ids=source)
def test_one_letter_of_the_text_is_enough(published: Published) -> None:
    note = parse_note(published.content)
    for at in range(len(note.text) - 1):
        changed = replace(note, text=f"{note.text[:at]}~{note.text[at + 1 :]}")
        with pytest.raises(InputRefused, match=r"a signature of .* that is wrong"):
            verify_note(changed, keys_of(published))


@pytest.mark.parametrize("bit", range(0, 512, 7))
def test_one_bit_of_the_signature_is_enough(bit: int) -> None:
    note = parse_note(EXAMPLE.content)
    wrong = replace(note.signatures[0], value=flipped(note.signatures[0].value, bit))
    with pytest.raises(InputRefused, match=r"a signature of example\.com/foo that is wrong"):
        verify_note(replace(note, signatures=(wrong,)), keys_of(EXAMPLE))


def test_signing_makes_the_published_bytes() -> None:
    text = parse_note(NEUMANN.content).text
    assert sign_note(Note(text), parse_signer_key(NEUMANN_PRIVATE)).to_bytes() == NEUMANN.content


def test_the_text_of_the_first_example_has_an_empty_line() -> None:
    note = parse_note(QUASIMODO.content)
    assert note.text.split("\n")[2:] == ["", "ed è subito sera.", ""]
    assert note.signatures[0].key_id.hex() == "367ba04b"


def test_signatures_of_unknown_keys_are_kept_and_say_nothing() -> None:
    note = parse_note(ARCHE.content)
    assert len(note.signatures) == 6
    with pytest.raises(InputRefused) as refused:
        verify_note(note, [OTHER.verifier], Place("checkpoint.txt"))
    (problem,) = refused.value.problems
    assert (problem.code, problem.place) == ("ledger-signature", Place("checkpoint.txt"))
    assert problem.found.startswith("signed by arche2025h1.staging.ct.transparency.dev, ")
    assert problem.needed == f"a signature by {OTHER.verifier.encoded()}"


def test_the_same_name_with_another_key_is_unknown() -> None:
    twin = key_of("example.com/foo")
    note = sign_note(parse_note(EXAMPLE.content), twin)
    assert verify_note(note, keys_of(EXAMPLE)) == tuple(keys_of(EXAMPLE))
    with pytest.raises(InputRefused, match=r"signed by example\.com/foo"):
        verify_note(parse_note(EXAMPLE.content), [twin.verifier])


def test_a_wrong_signature_of_a_known_key_spoils_the_note() -> None:
    good = sign_note(parse_note(EXAMPLE.content), OTHER)
    wrong = Signature(OTHER.name, OTHER.verifier.id, bytes(64))
    note = replace(good, signatures=(*good.signatures, wrong))
    with pytest.raises(InputRefused, match="that is wrong"):
        verify_note(note, [*keys_of(EXAMPLE), OTHER.verifier])
    assert verify_note(note, keys_of(EXAMPLE))


def test_signing_again_replaces_the_older_signature() -> None:
    once = sign_note(Note("text\n"), OTHER)
    assert sign_note(once, OTHER) == once


def test_a_witness_key_signs_no_note() -> None:
    witness = parse_verifier_key(VECTOR.witnesses[0])
    with pytest.raises(ValueError, match="a note is signed with a key of the kind 0x01, not 0x04"):
        verify_note(parse_note(VECTOR.content), [witness])
    with pytest.raises(ValueError, match="a note is signed with a key of the kind 0x01, not 0x04"):
        sign_note(Note("text\n"), key_of("w", witness.kind))


TEXT, _, LINE = EXAMPLE.note.rpartition("\n\n")


@pytest.mark.parametrize(
    ("content", "found", "row"),
    [
        (b"", "no empty line", None),
        (f"{TEXT}\n".encode(), "no empty line", None),
        (f"{TEXT}\n\n".encode(), "0 signatures, not 1 to 100", None),
        (EXAMPLE.content[:-1], "a last line without its newline", None),
        (b"\x01" + EXAMPLE.content, "a control character", None),
        (EXAMPLE.content.replace(b"\n", b"\r\n"), "a control character", None),
        (b"\xff" + EXAMPLE.content, "can't decode", None),
        (EXAMPLE.content + b"Unexpected line.\n", "'Unexpected line.' is no line of a signature", 4),
        (f"{TEXT}\n\n{LINE.replace('— ', '- ')}".encode(), "is no line of a signature", 3),
        (f"{TEXT}\n\n{LINE.replace('/foo', ' foo')}".encode(), "is not base64", 3),
        (f"{TEXT}\n\n{LINE.replace('/foo', '+foo')}".encode(), "cannot name a key", 3),
        (f"{TEXT}\n\n{LINE.replace('IneyaQM=', 'IneyaQN=')}".encode(), "is not base64", 3),
        (f"{TEXT}\n\n— example.com/foo AAAAAA==\n".encode(), "a signature of 4 bytes", 3),
        (f"{TEXT}\n\n— example.com/foo\n".encode(), "'' is not base64", 3),
        (f"{TEXT}\n\n{LINE * 101}".encode(), "101 signatures, not 1 to 100", None),
    ],
)
def test_a_malformed_note_is_refused(content: bytes, found: str, row: int | None) -> None:
    with pytest.raises(InputRefused) as refused:
        parse_note(content, Place("note.txt"))
    (problem,) = refused.value.problems
    assert (problem.code, problem.place) == ("ledger-note", Place("note.txt", row))
    assert found in problem.found
    assert problem.needed == "a text, an empty line, and lines of signatures"


def test_every_wrong_line_is_named() -> None:
    with pytest.raises(InputRefused) as refused:
        parse_note(f"{TEXT}\n\none\n{LINE}two\n".encode())
    assert [problem.place.row for problem in refused.value.problems] == [3, 5]


def test_a_note_may_have_a_hundred_signatures() -> None:
    assert len(parse_note(f"{TEXT}\n\n{LINE * 100}".encode()).signatures) == 100


@pytest.mark.parametrize("text", ["", "no newline", "tab\there\n", "carriage\r\n"])
def test_a_text_that_cannot_be_a_note(text: str) -> None:
    with pytest.raises(ValueError, match="newline"):
        Note(text)
