"""Keys in the form of signed notes."""

from __future__ import annotations

import pytest

from antigone.domain import InputRefused, Place
from antigone.ledger import KeyKind, SignerKey, VerifierKey, generate_key, parse_signer_key, parse_verifier_key
from tests.ledger.published import ARCHE, BAD_KEYS, EXAMPLE, NEUMANN, NEUMANN_PRIVATE, NOTES

PUBLISHED = [key for note in NOTES for key in (*note.signers, *note.witnesses)]


@pytest.mark.parametrize("written", PUBLISHED)
def test_published_keys_are_read_and_written_as_they_are(written: str) -> None:
    assert parse_verifier_key(written).encoded() == written


def test_a_key_of_a_witness_is_of_its_kind() -> None:
    assert {parse_verifier_key(key).kind for key in ARCHE.witnesses} == {KeyKind.COSIGNATURE}
    assert {parse_verifier_key(key).kind for key in ARCHE.signers} == {KeyKind.NOTE}


def test_the_published_private_key() -> None:
    key = parse_signer_key(NEUMANN_PRIVATE)
    assert key.encoded() == NEUMANN_PRIVATE
    assert key.verifier.encoded() == NEUMANN.signers[0]


@pytest.mark.parametrize("kind", KeyKind)
def test_a_new_key_comes_back_from_its_form(kind: KeyKind) -> None:
    key = generate_key("antigone.example/side-a", kind)
    assert parse_signer_key(key.encoded()) == key
    assert parse_verifier_key(key.verifier.encoded()) == key.verifier
    assert key != generate_key("antigone.example/side-a", kind)


def test_one_key_of_two_kinds_has_two_identifiers() -> None:
    note, witness = (VerifierKey("w", bytes(32), kind) for kind in KeyKind)
    assert note.id != witness.id


def test_every_part_of_a_public_key_is_refused_and_so_is_every_change() -> None:
    written = EXAMPLE.signers[0]
    cut = [written[begin:end] for begin in range(len(written)) for end in range(begin, len(written) + 1)]
    changed = [written[:at] + chr(ord(letter) + 1) + written[at + 1 :] for at, letter in enumerate(written)]
    for wrong in [*cut, *changed, *BAD_KEYS.values(), written + "\n", written.upper()]:
        if wrong != written:
            with pytest.raises(InputRefused):
                parse_verifier_key(wrong)


def test_what_is_said_of_a_wrong_public_key() -> None:
    with pytest.raises(InputRefused) as refused:
        parse_verifier_key("side a+0123abcd+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k", Place("keys.txt", 2))
    (problem,) = refused.value.problems
    assert (problem.code, problem.place) == ("ledger-key", Place("keys.txt", 2))
    assert problem.found == "'side a' cannot name a key: it must have no space, no + and no control character"
    assert problem.needed == "a public key such as name+0123abcd+base64"
    with pytest.raises(InputRefused, match="identifier 0123abcd, where the key has 530d903a"):
        parse_verifier_key("example.com/foo+0123abcd+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k")


@pytest.mark.parametrize(
    "wrong",
    [
        NEUMANN_PRIVATE[:-1],
        NEUMANN_PRIVATE.replace("c74f20a3", "c74f20a4"),
        NEUMANN_PRIVATE.removeprefix("PRIVATE+KEY+"),
        NEUMANN_PRIVATE.replace("AYEK", "AZEK"),
    ],
)
def test_a_wrong_private_key_is_not_repeated(wrong: str) -> None:
    with pytest.raises(InputRefused) as refused:
        parse_signer_key(wrong, Place("side-a.key"))
    (problem,) = refused.value.problems
    assert (problem.code, problem.place) == ("ledger-key", Place("side-a.key"))
    assert (problem.found, problem.needed) == (
        "another text",
        "a private key such as PRIVATE+KEY+name+0123abcd+base64",
    )
    assert refused.value.__suppress_context__


def test_the_secret_is_not_printed() -> None:
    assert "seed" not in repr(parse_signer_key(NEUMANN_PRIVATE))


@pytest.mark.parametrize("name", ["", "a b", "a+b", "a\nb", "a\u00a0b", "a\x00b", "a\u2003b"])
def test_a_name_that_a_note_cannot_carry(name: str) -> None:
    with pytest.raises(ValueError, match="cannot name a key: it must have no space, no \\+ and no control character"):
        generate_key(name)


def test_a_key_has_32_bytes() -> None:
    with pytest.raises(ValueError, match="a private key has 32 bytes, not 31"):
        SignerKey("a", bytes(31))
    with pytest.raises(ValueError, match="a public key has 32 bytes, not 33"):
        VerifierKey("a", bytes(33))
