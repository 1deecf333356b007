"""What a drawn pedigree says to those who see it and to those who do not."""

from __future__ import annotations

import pytest

from antigone.domain import Family, Pedigree, Person, Profile, Sex
from antigone.render import pedigree_svg
from antigone.render.pedigree_svg import members_of
from antigone.render.pedigree_symbols import PersonState
from tests.render import svg_reader
from tests.render.case_fixture import ALDER, ELM, FAMILIES, HAZEL
from tests.render.pedigrees import SHAPES


@pytest.mark.parametrize("family", FAMILIES, ids=lambda family: family.name)
def test_each_picture_is_well_formed_and_named(family: Family) -> None:
    picture = pedigree_svg(family, uid="x-1")
    assert svg_reader.is_named(picture)
    assert all(one.startswith("x-1-") for one in svg_reader.ids(picture))


@pytest.mark.parametrize("name", SHAPES)
def test_every_shape_can_be_drawn(name: str) -> None:
    pedigree = SHAPES[name]
    family = Family(name, pedigree, (pedigree.ids[-1],), {})
    assert svg_reader.is_named(pedigree_svg(family))


def test_states_are_told_apart_by_words() -> None:
    said = svg_reader.texts(pedigree_svg(ALDER, {"son": "R1"}))
    assert {"Anton Alder", "missing, match R1", "typed", "not typed"} <= set(said)
    assert "missing person with a DNA match report" in said
    assert {"missing", "?"} <= set(svg_reader.texts(pedigree_svg(ALDER)))


def test_states_are_told_apart_by_fill() -> None:
    picture = svg_reader.read(pedigree_svg(ALDER, {"son": "R1"}, uid="u"))
    shapes = [n for n in picture.iter() if n.tag in (f"{svg_reader.SVG}circle", f"{svg_reader.SVG}rect")]
    assert {"url(#u-typed)", "#16304a", "#ffffff"} <= {n.attrib["fill"] for n in shapes if "stroke" in n.attrib}


def test_members_of__a_match_is_shown_over_missing_and_typed() -> None:
    states = {person: member.state for person, member in members_of(ALDER, {"son": "R1"}).items()}
    assert states == {
        "fa": PersonState.UNTYPED,
        "mo": PersonState.TYPED,
        "son": PersonState.MATCHED,
        "sis": PersonState.TYPED,
    }


def test_unnamed_founders_have_a_symbol_and_no_label() -> None:
    picture = pedigree_svg(ELM)
    assert not any(text.startswith(":") for text in svg_reader.texts(picture))
    titles = [n.text for n in svg_reader.read(picture).iter(f"{svg_reader.SVG}title")]
    assert titles.count("unnamed; only connects the family") == 2


def test_shapes_follow_the_sex() -> None:
    persons = (Person("a", sex=Sex.MALE), Person("b", sex=Sex.FEMALE), Person("c"))
    picture = svg_reader.read(pedigree_svg(Family("F", Pedigree(persons), ("c",), {})))
    drawn = [n.tag.removeprefix(svg_reader.SVG) for g in picture.iter(f"{svg_reader.SVG}g") for n in g]
    assert {"rect", "circle", "polygon"} <= set(drawn)
    assert "sex unknown" in svg_reader.texts(str(pedigree_svg(Family("F", Pedigree(persons), ("c",), {}))))


def test_the_legend_explains_only_what_occurs() -> None:
    assert "identical twins" in svg_reader.texts(pedigree_svg(HAZEL))
    assert "identical twins" not in svg_reader.texts(pedigree_svg(ALDER))
    cousins = Family("F", SHAPES["cousins"], ("child",), {"sister": Profile("s", {})})
    assert "related couple" in svg_reader.texts(pedigree_svg(cousins))


def test_names_are_escaped_and_long_ones_wrapped() -> None:
    name = "<script>alert(1)</script> & Maximiliana Konstantinopolskaya-Vozdvizhenskaya the Younger"
    family = Family("A & B", Pedigree((Person("p"),)), ("p",), {}, {"p": name})
    picture = pedigree_svg(family)
    assert "<script" not in picture
    root = svg_reader.read(picture)
    assert root.find(f"{svg_reader.SVG}title").text == "Pedigree of family A & B"  # type: ignore[union-attr]
    assert any(text.endswith("…") for text in svg_reader.texts(picture))
    hovers = [n.text for n in root.iter(f"{svg_reader.SVG}title")]
    assert f"{name}: missing" in hovers
