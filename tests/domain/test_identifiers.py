"""Identifiers: what is read kindly, what is refused, and which errors of copying cannot pass."""

from __future__ import annotations

import random
import string
from collections.abc import Iterator
from itertools import combinations

import pytest

from antigone.domain import InputRefused, Place
from antigone.domain.identifiers import (
    DIGITS,
    LARGEST,
    Kind,
    kind_of,
    make_identifier,
    read_identifier,
)

EVERY_SIGN = string.digits + string.ascii_uppercase
EDGES = (0, 1, 31, 32, 33, 1023, 1024, 4706, 32**5 - 1, 32**5, LARGEST - 1, LARGEST)
SAME_SIGN = {**{sign: sign for sign in EVERY_SIGN}, "O": "0", "I": "1", "L": "1"}


def some_identifiers() -> list[str]:
    """Of every kind: the edges, and numbers at random (seed 2026)."""
    rng = random.Random(2026)
    numbers = [*EDGES, *(rng.randrange(LARGEST) for _ in range(8))]
    return [make_identifier(kind, number) for kind in Kind for number in numbers]


def accepted(text: str) -> str | None:
    """What it is read as, None where it is refused."""
    try:
        return read_identifier(text)
    except InputRefused:
        return None


def folded(text: str) -> str:
    return "".join(SAME_SIGN[sign] for sign in text if sign != "-")


def hyphenated(signs: str) -> str:
    return f"{signs[:2]}-{signs[2:-1]}-{signs[-1]}"


def one_wrong_sign(identifier: str) -> Iterator[str]:
    for place, right in enumerate(identifier):
        if right != "-":
            yield from (identifier[:place] + wrong + identifier[place + 1 :] for wrong in EVERY_SIGN if wrong != right)


def two_signs_changed(identifier: str) -> Iterator[str]:
    """Every two signs in each other's place, neighbours among them, over the hyphens too."""
    signs = list(identifier.replace("-", ""))
    for i, j in combinations(range(len(signs)), 2):
        if signs[i] != signs[j]:
            changed = signs.copy()
            changed[i], changed[j] = changed[j], changed[i]
            yield hyphenated("".join(changed))


def one_sign_lost(identifier: str) -> Iterator[str]:
    signs = identifier.replace("-", "")
    yield from (signs[:i] + signs[i + 1 :] for i in range(len(signs)))


def one_sign_more(identifier: str) -> Iterator[str]:
    signs = identifier.replace("-", "")
    yield from (signs[:i] + sign + signs[i:] for i in range(len(signs) + 1) for sign in EVERY_SIGN)


def refusal(text: str, kind: Kind | None = None) -> tuple[str, str, str]:
    with pytest.raises(InputRefused) as caught:
        read_identifier(text, kind)
    (problem,) = caught.value.problems
    return problem.code, problem.found, problem.needed


def test_every_single_wrong_sign_is_found() -> None:
    for identifier in some_identifiers():
        for wrong in one_wrong_sign(identifier):
            if folded(wrong) == folded(identifier):
                assert accepted(wrong) == identifier
            else:
                assert accepted(wrong) is None, f"{wrong} passes for {identifier}"


def test_every_two_signs_that_changed_places_are_found() -> None:
    for identifier in some_identifiers():
        for wrong in two_signs_changed(identifier):
            if folded(wrong) == folded(identifier):
                assert accepted(wrong) == identifier
            else:
                assert accepted(wrong) is None, f"{wrong} passes for {identifier}"


def test_a_lost_and_an_added_sign_are_found() -> None:
    for identifier in some_identifiers()[::7]:
        wrong = [*one_sign_lost(identifier), *one_sign_more(identifier)]
        assert not [text for text in wrong if accepted(text) is not None]


def test_two_wrong_signs_at_once_pass_about_once_in_32() -> None:
    rng = random.Random(32)
    identifier, passed, tried = make_identifier(Kind.SAMPLE, 123_456_789), 0, 20_000
    for _ in range(tried):
        signs = list(identifier)
        for place in rng.sample(range(3, 9), 2):
            signs[place] = rng.choice([sign for sign in DIGITS if sign != signs[place]])
        passed += accepted("".join(signs)) is not None
    assert passed / tried == pytest.approx(1 / 31, rel=0.15)


def test_each_record_has_one_identifier_and_it_reads_as_itself() -> None:
    written = some_identifiers()
    assert [read_identifier(identifier) for identifier in written] == written
    assert len({make_identifier(kind, number) for kind in Kind for number in range(2000)}) == 2000 * len(Kind)


def test_identifiers_of_a_kind_sort_as_their_numbers_do() -> None:
    rng = random.Random(5)
    numbers = sorted({*EDGES, *range(1500), *(rng.randrange(LARGEST) for _ in range(5000))})
    identifiers = [make_identifier(Kind.REMAINS, number) for number in numbers]
    assert sorted(identifiers) == identifiers


def test_numbers_beyond_the_places_have_none() -> None:
    assert LARGEST == 1_073_741_823
    assert make_identifier(Kind.REMAINS, LARGEST).startswith("RM-ZZZZZZ-")
    for number in (LARGEST + 1, -1):
        with pytest.raises(ValueError, match=f"{number} has no identifier: numbers of a kind run from 0 to 1073741823"):
            make_identifier(Kind.REMAINS, number)


def test_prefixes_are_distinct_also_where_letters_look_alike() -> None:
    assert len({folded(kind.prefix) for kind in Kind}) == len(Kind) == 20
    assert all(len(kind.prefix) == 2 and kind.prefix.isalpha() for kind in Kind)


@pytest.mark.parametrize("kind", Kind)
def test_the_kind_is_read_from_the_identifier(kind: Kind) -> None:
    identifier = make_identifier(kind, 77)
    assert kind_of(identifier) is kind
    assert read_identifier(identifier, kind) == identifier


@pytest.mark.parametrize(
    "typed",
    [
        "MP-0004K2-8",
        "mp-0004k2-8",
        "MP0004K28",
        "mp 0004k2 8",
        "  MP - 0004K2 - 8\n",
        "MP-OOO4K2-8",
        "mp-ooo4k2-8",
        "MP–0004K2–8",
        "MP‑0004K2‑8",
        "MP−0004K2−8",
        "MP\u00a00004K2\u00a08",
        "МР-0004К2-8",
        "мр-ооо4к2-8",
        "ＭＰ－０００４Ｋ２－８",
        "MP_0004K2_8",
    ],
)
def test_small_letters_other_hyphens_and_letters_of_one_shape_are_read(typed: str) -> None:
    assert read_identifier(typed) == "MP-0004K2-8"


def test_a_one_may_be_typed_as_a_letter() -> None:
    identifier = make_identifier(Kind.INSTITUTION, 33)
    assert identifier.startswith("IN-000011-")
    for typed in ("1N-0000II", "ln-0000ll", "IN-0000L1", "in-0000іі"):
        assert read_identifier(typed + identifier[-2:]) == identifier


def test_prefixes_that_hold_a_letter_like_a_digit_are_read_and_written_in_letters() -> None:
    for kind, typed in ((Kind.RELEASE, "R1"), (Kind.FINDING, "F1"), (Kind.NOTICE, "N0"), (Kind.CONSENT, "c0")):
        identifier = make_identifier(kind, 9)
        assert read_identifier(typed + identifier[2:]) == identifier


def test_a_copying_error_is_told_and_never_repaired() -> None:
    code, found, needed = refusal("MP-0004K3-8")
    assert (code, found) == ("identifier-check", "MP-0004K3-8")
    assert needed == "every sign as it stands on the paper or the label"


@pytest.mark.parametrize("typed", ["", "8", "MP-4K2-8", "MP-0004K2", "MP-00004K2-8", "MP-0004U2-8", "MP-0004Ж2-8", "?"])
def test_a_text_of_another_form_is_told_the_form(typed: str) -> None:
    code, found, needed = refusal(typed)
    assert (code, found) == ("identifier-form", typed)
    assert needed == "two letters, 6 digits or letters other than U, and a check sign, as in MP-0004K2-8"


def test_an_unknown_kind_is_told_the_known_ones() -> None:
    code, found, needed = refusal("XY-0004K2-8")
    assert (code, found) == ("identifier-kind", "XY-0004K2-8")
    assert needed.startswith("one of PA, IN, US, MP, ")


def test_another_kind_than_asked_for_is_told_both() -> None:
    sample = make_identifier(Kind.SAMPLE, 1)
    assert refusal(sample, Kind.REMAINS) == (
        "identifier-other-kind",
        f"{sample} (sample)",
        "RM-... (remains)",
    )


def test_a_refusal_carries_its_place() -> None:
    with pytest.raises(InputRefused) as caught:
        read_identifier("MP", place=Place("bags.csv", 7, "person"))
    assert caught.value.problems[0].place == Place("bags.csv", 7, "person")
