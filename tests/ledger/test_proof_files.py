"""Single proof files: their lines, their way back, and what is refused."""

from __future__ import annotations

from dataclasses import replace

import pytest

from antigone.domain import InputRefused, Place
from antigone.ledger import (
    ConsistencyFile,
    InclusionFile,
    check_consistency,
    check_inclusion,
    leaf_hash,
    parse_consistency,
    parse_inclusion,
    parse_note,
    parse_verifier_key,
)
from tests.ledger.altered_proofs import flipped
from tests.ledger.logs import Log, key_of
from tests.ledger.published import ARCHE, LEAVES

LOG = Log([leaf or b"-" for leaf in LEAVES])
KEY = LOG.key.verifier
HERE = Place("entry.tlog-proof")

PUBLISHED = f"""\
c2sp.org/tlog-proof@v1
extra YWdlLXYxLjIuMS1kYXJ3aW4tYXJtNjQudGFyLmd6kYXJ3aW4tYXJ
index 73894
gSKyXoYZUgZ6jduWYrkDOARinOMGJveXjgMkBTcdPlQ=
B95lDa8R83lS8n0eG+o0buTxRKQTYFi//1U8anccXmA=
EKNzoDWG8LGC0Yp9o+sv3qllpMP9uHQ9B20KNL+Q1zs=
RoopEkOdqkYqMB4MJXrbt/hMjOxsVn0IrWjpz1ZMMes=
AHCioX9nLjsrse6YhjRRmk1WUEirVOLLRoOQ6vfO5vk=

{ARCHE.note}"""
"""The lines of the example of c2sp.org/tlog-proof before its checkpoint, whose signatures it leaves out."""


def test_the_published_lines_are_read_and_written_as_they_are() -> None:
    file = parse_inclusion(PUBLISHED.encode())
    assert (file.index, len(file.proof), file.extra[:13]) == (73894, 5, b"age-v1.2.1-da")
    assert file.proof[0].hex()[:8] == "8122b25e"
    assert file.checkpoint == parse_note(ARCHE.content)
    assert file.to_bytes() == PUBLISHED.encode()


def test_the_published_lines_prove_nothing_of_another_log() -> None:
    file = parse_inclusion(PUBLISHED.encode())
    with pytest.raises(InputRefused, match="ledger-proof-fails"):
        check_inclusion(file, leaf_hash(file.extra), parse_verifier_key(ARCHE.signers[0]))


@pytest.mark.parametrize("size", range(1, 9))
def test_an_entry_is_proven_by_its_file_alone(size: int) -> None:
    for index in range(size):
        file = parse_inclusion(LOG.holds(index, size).to_bytes())
        assert file == LOG.holds(index, size)
        assert check_inclusion(file, leaf_hash(file.extra), KEY).size == size


@pytest.mark.parametrize("old", range(9))
def test_growth_is_proven_by_its_file_alone(old: int) -> None:
    for new in range(old, 9):
        file = parse_consistency(LOG.grown(old, new).to_bytes())
        assert file == LOG.grown(old, new)
        assert check_consistency(file, KEY).size == new


def test_the_lines_of_a_consistency_file() -> None:
    lines = LOG.grown(6, 8).to_bytes().decode().split("\n")
    assert lines[0] == "antigone-consistency/1"
    assert lines[1].startswith("old 6 ")
    assert (len(lines[2:5]), lines[5], lines[6:8]) == (3, "", ["antigone.example/side-a", "8"])


def test_without_extra_there_is_no_such_line() -> None:
    file = replace(LOG.holds(3, 8), extra=b"")
    assert file.to_bytes().startswith(b"c2sp.org/tlog-proof@v1\nindex 3\n")
    assert parse_inclusion(file.to_bytes()) == file


def test_a_proof_of_another_entry_is_refused() -> None:
    file = LOG.holds(3, 8)
    wrong: list[InclusionFile] = [
        replace(file, index=2),
        replace(file, proof=(flipped(file.proof[0], 3), *file.proof[1:])),
        replace(file, proof=file.proof[:-1]),
        replace(file, checkpoint=LOG.checkpoint(7)),
    ]
    for altered in wrong:
        with pytest.raises(InputRefused) as refused:
            check_inclusion(altered, LOG.hashes[3], KEY, HERE)
        (problem,) = refused.value.problems
        assert (problem.code, problem.place) == ("ledger-proof-fails", HERE)
        assert problem.found.startswith(f"leaf {LOG.hashes[3].hex()} at {altered.index} of ")
        assert problem.needed.startswith("a proof up to ")
    with pytest.raises(InputRefused, match="ledger-proof-fails"):
        check_inclusion(file, LOG.hashes[4], KEY)


def test_a_proof_of_another_growth_is_refused() -> None:
    file = LOG.grown(5, 8)
    wrong: list[ConsistencyFile] = [
        replace(file, old_size=6),
        replace(file, old_root=LOG.grown(6, 8).old_root),
        replace(file, proof=file.proof[1:]),
        replace(file, checkpoint=LOG.checkpoint(4)),
    ]
    for altered in wrong:
        with pytest.raises(InputRefused) as refused:
            check_consistency(altered, KEY, HERE)
        (problem,) = refused.value.problems
        assert (problem.code, problem.place) == ("ledger-proof-fails", HERE)
        assert problem.found.startswith(f"from {altered.old_size} with {altered.old_root.hex()} to ")


def test_a_proof_with_a_checkpoint_of_another_is_refused() -> None:
    stranger = key_of(LOG.key.name, other="stranger").verifier
    with pytest.raises(InputRefused, match="ledger-signature"):
        check_inclusion(LOG.holds(3, 8), LOG.hashes[3], stranger)
    with pytest.raises(InputRefused, match="ledger-signature"):
        check_consistency(LOG.grown(3, 8), stranger)


def inclusion(*lines: str) -> bytes:
    return "\n".join([*lines, "", ""]).encode() + LOG.checkpoint(8).to_bytes()


HASH = "gSKyXoYZUgZ6jduWYrkDOARinOMGJveXjgMkBTcdPlQ="
FORM = "c2sp.org/tlog-proof@v1"


@pytest.mark.parametrize(
    ("content", "found", "row"),
    [
        (b"", "''", 1),
        (b"\xff\xfe", "'��'", 1),
        (inclusion("wrong-header", "index 0"), "'wrong-header'", 1),
        (inclusion(FORM + " ", "index 0"), f"'{FORM} '", 1),
        (f"{FORM}\nindex 0\n".encode(), "no empty line before a checkpoint", 1),
        (inclusion(FORM), "'an empty line', not index ...", 2),
        (inclusion(FORM, HASH), f"'{HASH}', not index ...", 2),
        (inclusion(FORM, "extra !!notbase64!!", "index 0"), "'!!notbase64!!' is not base64", 2),
        (inclusion(FORM, "extra ", "index 0"), "'' is not base64", 2),
        (inclusion(FORM, "extra AAAA", "extra AAAA", "index 0"), "'extra AAAA', not index ...", 3),
        (inclusion(FORM, "index notanumber"), "'notanumber' is not a whole number without leading zeros", 2),
        (inclusion(FORM, "index -5"), "'-5' is not a whole number", 2),
        (inclusion(FORM, "index 05"), "'05' is not a whole number", 2),
        (inclusion(FORM, "index 0", "!!notbase64!!"), "'!!notbase64!!' is not base64", 3),
        (inclusion(FORM, "index 0", HASH, "AAAA"), "'AAAA' has 3 bytes, not 32", 4),
        (inclusion(FORM, "index 0", HASH, HASH[:-1]), "is not base64", 4),
        (inclusion(FORM, "index 0", *[HASH] * 127), "127 hashes, where no proof has more than 126", 2),
    ],
)
def test_what_is_no_proof_of_inclusion(content: bytes, found: str, row: int) -> None:
    with pytest.raises(InputRefused) as refused:
        parse_inclusion(content, HERE)
    (problem,) = refused.value.problems
    assert (problem.code, problem.place) == ("ledger-proof", replace(HERE, row=row))
    assert found in problem.found
    assert problem.needed == f"a proof in {FORM}"


@pytest.mark.parametrize(
    ("lines", "found", "row"),
    [
        (("c2sp.org/tlog-proof@v1", "index 0"), "'c2sp.org/tlog-proof@v1'", 1),
        (("antigone-consistency/1", "new 3"), "'new 3', not old ...", 2),
        (("antigone-consistency/1", "old 3"), "'' is not base64", 2),
        (("antigone-consistency/1", f"old three {HASH}"), "'three' is not a whole number", 2),
        (("antigone-consistency/1", f"old 3  {HASH}"), f"' {HASH}' is not base64", 2),
        (("antigone-consistency/1", f"old 3 {HASH}", "x"), "'x' is not base64", 3),
    ],
)
def test_what_is_no_proof_of_growth(lines: tuple[str, ...], found: str, row: int) -> None:
    with pytest.raises(InputRefused) as refused:
        parse_consistency(inclusion(*lines), HERE)
    (problem,) = refused.value.problems
    assert (problem.code, problem.place) == ("ledger-proof", replace(HERE, row=row))
    assert found in problem.found
    assert problem.needed == "a proof in antigone-consistency/1"


def test_a_wrong_line_of_the_checkpoint_is_named_by_its_number_in_the_file() -> None:
    content = LOG.holds(3, 8).to_bytes()
    with pytest.raises(InputRefused) as refused:
        parse_inclusion(content + b"Unexpected line.\n", HERE)
    (problem,) = refused.value.problems
    assert problem.code == "ledger-note"
    assert problem.place.row == content.count(b"\n") + 1


def test_a_long_line_is_told_by_its_beginning() -> None:
    with pytest.raises(InputRefused) as refused:
        parse_inclusion(b"a" * 1_000_000)
    assert len(refused.value.problems[0].found) < 100
