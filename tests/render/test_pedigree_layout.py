"""Where symbols and lines of a pedigree come to lie."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from antigone.domain import Pedigree, Person, Sex
from antigone.render.pedigree_layout import Layout, lay_out
from antigone.render.pedigree_rows import connected_groups, generations, unions_of
from tests.render import geometry, pedigrees
from tests.render.pedigrees import SHAPES

LABEL = 44.0


def _layout(pedigree: Pedigree) -> Layout:
    return lay_out(pedigree, dict.fromkeys(pedigree.ids, LABEL))


@pytest.mark.parametrize("name", SHAPES)
class TestEveryShape:
    def test_no_line_runs_through_a_symbol_of_somebody_else(self, name: str) -> None:
        assert geometry.symbols_crossed(_layout(SHAPES[name])) == []

    def test_no_line_runs_through_a_label(self, name: str) -> None:
        pedigree = SHAPES[name]
        assert geometry.labels_crossed(_layout(pedigree), dict.fromkeys(pedigree.ids, LABEL)) == []

    def test_lines_of_different_couples_never_lie_on_one_another(self, name: str) -> None:
        assert geometry.lines_on_one_another(_layout(SHAPES[name])) == []

    def test_no_two_symbols_overlap_and_all_lie_inside(self, name: str) -> None:
        layout = _layout(SHAPES[name])
        assert geometry.symbols_overlapping(layout) == []
        points = [*layout.centres.values(), *(p for s in layout.strokes for p in s.points)]
        assert all(0 <= x <= layout.width and 0 <= y <= layout.height for x, y in points)

    def test_children_stand_below_their_parents(self, name: str) -> None:
        centres = _layout(SHAPES[name]).centres
        for person in SHAPES[name].persons:
            for parent in (person.father, person.mother):
                assert parent is None or centres[parent][1] < centres[person.id][1]

    def test_every_child_hangs_on_its_parents_line(self, name: str) -> None:
        layout = _layout(SHAPES[name])
        for union in unions_of(SHAPES[name]):
            ends = {p for s in layout.strokes if s.union.parents == union.parents for p in s.points}
            for child in union.children:
                x, y = layout.centres[child]
                assert any(abs(px - x) < 0.01 and abs(py - (y - 17)) < 0.01 for px, py in ends)


def test_two_marriages__the_father_stands_between_his_wives() -> None:
    centres = _layout(pedigrees.TWO_MARRIAGES).centres
    first, father, second = (centres[p][0] for p in ("first", "father", "second"))
    assert min(first, second) < father < max(first, second)


def test_uncle__the_line_of_the_second_marriage_stays_clear_of_him() -> None:
    layout = _layout(pedigrees.UNCLE)
    box = geometry.symbol_box(layout.centres["uncle"])
    second = [s for s in layout.strokes if s.union.parents == ("father", "second")]
    assert second
    assert not any(geometry.enters(part, box) for s in second for part in geometry.segments(s))


def test_the_geometry_check_sees_a_line_through_a_symbol() -> None:
    layout = _layout(pedigrees.TWO_MARRIAGES)
    union = next(s.union for s in layout.strokes if s.union.parents == ("father", "first"))
    moved = {**layout.centres, "second": tuple(sum(c) / 2 for c in zip(*(layout.centres[p] for p in union.parents)))}  # noqa: B905
    spoiled = Layout(moved, layout.strokes, layout.width, layout.height)
    assert "second" in {person for person, _stroke in geometry.symbols_crossed(spoiled)}


@pytest.mark.parametrize(
    ("pedigree", "related"),
    [
        (pedigrees.COUSINS, {("x", "y")}),
        (pedigrees.UNCLE_AND_NIECE, {("uncle", "niece")}),
        (pedigrees.FATHER_AND_DAUGHTER, {("father", "daughter")}),
        (pedigrees.EXCHANGE, set()),
    ],
)
def test_related_couples_have_a_double_line(pedigree: Pedigree, related: set[tuple[str, str]]) -> None:
    assert {s.union.parents for s in _layout(pedigree).strokes if s.double} == related


def test_identical_twins_share_an_apex_and_a_mark() -> None:
    layout = _layout(pedigrees.TWINS)
    (mark,) = [s for s in layout.strokes if s.kind == "twin"]
    a, b = (layout.centres[t][0] for t in ("a", "b"))
    assert min(a, b) < mark.points[0][0] < mark.points[1][0] < max(a, b)
    forks = [s.points for s in layout.strokes if len(s.points) == 2 and s.points[0][0] != s.points[1][0]]
    slanted = [points for points in forks if points[0][1] != points[1][1]]
    assert len(slanted) == 2
    assert slanted[0][0] == slanted[1][0]


def test_couples_share_a_row_except_with_a_descendant() -> None:
    niece = pedigrees.UNCLE_AND_NIECE
    rows = generations(niece.ids, unions_of(niece))
    assert rows["uncle"] == rows["niece"] == rows["sister"] + 1
    incest = pedigrees.FATHER_AND_DAUGHTER
    rows = generations(incest.ids, unions_of(incest))
    assert (rows["father"], rows["daughter"], rows["child"]) == (0, 1, 2)


def test_parents_of_one_who_married_in_stand_just_above() -> None:
    centres = _layout(pedigrees.LARGE).centres
    assert centres["p"][1] == centres["a1"][1]
    assert centres["hf"][1] == centres["gf"][1]


def test_unconnected_persons_stand_side_by_side() -> None:
    assert connected_groups(pedigrees.UNCONNECTED.ids, unions_of(pedigrees.UNCONNECTED)) == [
        ("alone",),
        ("father", "mother", "son"),
        ("other",),
    ]
    centres = _layout(pedigrees.UNCONNECTED).centres
    assert centres["alone"][0] < centres["father"][0] < centres["other"][0]


def test_many_families__the_drawing_breaks_into_lines() -> None:
    many = Pedigree(tuple(Person(f"p{n}") for n in range(20)))
    layout = _layout(many)
    assert len({y for _x, y in layout.centres.values()}) > 1
    assert layout.width < 1200


def test_one_who_is_their_own_ancestor_is_refused() -> None:
    circle = Pedigree((Person("a", "b", "c"), Person("b", "a", "c"), Person("c")))
    with pytest.raises(ValueError, match="own ancestor"):
        generations(circle.ids, unions_of(circle))


@st.composite
def random_pedigrees(draw: st.DrawFn) -> Pedigree:
    """Up to 12 persons mating in any way that time allows: half sibs, loops, many partners."""
    persons: list[Person] = []
    for number in range(draw(st.integers(2, 12))):
        men = [p.id for p in persons if p.sex is Sex.MALE]
        women = [p.id for p in persons if p.sex is Sex.FEMALE]
        sex = draw(st.sampled_from((Sex.MALE, Sex.FEMALE)))
        parents: tuple[str | None, str | None] = (None, None)
        if men and women and draw(st.booleans()):
            parents = (draw(st.sampled_from(men)), draw(st.sampled_from(women)))
        persons.append(Person(f"p{number}", *parents, sex))
    return Pedigree(tuple(persons))


@settings(max_examples=60)
@given(random_pedigrees())
def test_any_pedigree__no_line_through_a_symbol_or_a_label(pedigree: Pedigree) -> None:
    layout = _layout(pedigree)
    assert set(layout.centres) == set(pedigree.ids)
    assert geometry.symbols_crossed(layout) == []
    assert geometry.labels_crossed(layout, dict.fromkeys(pedigree.ids, LABEL)) == []
    assert geometry.symbols_overlapping(layout) == []
