"""The page of a finding, read as text: what it says, in which order, and that nothing slips in."""

from __future__ import annotations

from dataclasses import replace

import pytest

from antigone.domain import Case, CaseFinding, Pedigree, Person, Remains
from antigone.render import case_html
from antigone.render.words import UnknownCode
from tests.render.case_fixture import ALDER, case, finding
from tests.render.page_checks import Outline, assert_has_landmarks, assert_in_order, assert_no_markup_from_files


@pytest.fixture(scope="module")
def written() -> str:
    return case_html(case(), finding())


def test_the_page_is_in_order_and_asks_for_nothing_else(written: str) -> None:
    assert_in_order(written)
    assert_has_landmarks(written)


def test_each_picture_has_a_table_twin(written: str) -> None:
    outline = Outline(written)
    assert outline.tags["svg"] == outline.tags["figure"] == outline.tags["details"]
    assert outline.tags["svg"] > 12


def test_conclusions_come_first_and_the_method_last(written: str) -> None:
    parts = ("conclusions", "reading", "remains", "missing", "comparisons", "answers", "warnings", "method")
    places = [written.index(f'<h2 id="{part}"') for part in parts]
    assert places == sorted(places)
    assert written.index("Only people identify") < places[0]


def test_both_hypotheses_are_named_for_each_conclusion(written: str) -> None:
    plain = written.replace("\N{NO-BREAK SPACE}", " ")
    assert (
        "The DNA results are 2.5 × 10⁹ times as probable if R1 is Anton Alder (family Alder) as if R1 is "
        "somebody unrelated to that family." in plain
    )


def test_m_and_q_stand_beside_the_posterior_with_the_harsher_ones(written: str) -> None:
    plain = written.replace("\N{NO-BREAK SPACE}", " ")
    sentence = (
        "Posterior that R4 is Conrad Cedar (family Cedar): 0.999961 at M = 700, q = 0.1; "
        "0.99961 at M = 7,000, q = 0.1; 0.999914 at M = 700, q = 0.2."
    )
    assert sentence in plain


def test_example_tables_are_called_so(written: str) -> None:
    assert written.count("<td>example, not for casework</td>") == 2


@pytest.mark.parametrize("digest", ["5d" * 32, "ab" * 32, "cd" * 32, "11" * 32, "1" * 64])
def test_digests_are_printed_in_full(written: str, digest: str) -> None:
    assert digest in written


def test_the_page_is_the_same_each_time(written: str) -> None:
    assert case_html(case(), finding()) == written


def test_genotypes_are_not_printed(written: str) -> None:
    assert ">12<" not in written
    assert "12,14" not in written.replace(" ", "")


def _hostile() -> tuple[Case, CaseFinding]:
    bad = '"><script>alert(1)</script>'
    family = replace(ALDER, labels={**ALDER.labels, "son": bad})
    written, found = case(), finding()
    remains = (Remains("R1", written.remains[0].profile), *written.remains[1:])
    warned = (("left-out", {"locus": bad}),)
    hostile = replace(written, name=bad, families=(family, *written.families[1:]), remains=remains)
    return hostile, replace(found, case=bad, warnings=warned, prior_reason=bad)


def test_what_a_file_says_is_never_markup() -> None:
    assert_no_markup_from_files(case_html(*_hostile()), 6)


def test_an_unknown_warning_stops_the_page() -> None:
    with pytest.raises(UnknownCode):
        case_html(case(), replace(finding(), warnings=(("never-heard-of", {}),)))


def test_too_many_comparisons_are_not_drawn() -> None:
    missing = tuple(f"m{n}" for n in range(3))
    persons = (Person("fa"), Person("mo"), *(Person(m, "fa", "mo") for m in missing))
    family = replace(ALDER, pedigree=Pedigree(persons), missing=missing)
    many = tuple(Remains(f"X{n}", case().remains[0].profile) for n in range(2200))
    empty = replace(
        finding(),
        conclusions=(),
        pairs=(),
        remains_conclusions={},
        joint=replace(finding().joint, answers=(), not_among_these={}),
    )
    page = case_html(replace(case(), families=(family,), remains=many), empty)
    assert "too many comparisons to draw" in page
    assert Outline(page).tags["svg"] == 1
