"""Heat map, bars by locus, posteriors: every figure can be read without colour."""

from __future__ import annotations

import itertools
import math

from antigone.render.heatmap_svg import Cell, Head, heatmap_svg
from antigone.render.locus_bars_svg import locus_bars_svg
from antigone.render.posterior_svg import Part, posterior_svg
from tests.render import svg_reader

HEADS = [Head("Alder", "Anton"), Head("Birch", "Boris"), Head("Birch", "Bruno")]


def _bars(picture: str) -> list[dict[str, str]]:
    return [n.attrib for n in svg_reader.read(picture).iter(f"{svg_reader.SVG}rect") if "stroke" in n.attrib]


def test_heatmap__a_number_in_every_cell_and_families_once() -> None:
    cells = {(0, 0): Cell(9.37), (0, 1): Cell(-12.39, excluded=True), (1, 2): Cell(-0.5)}
    picture = heatmap_svg(["R1", "R2"], HEADS, cells, "t", "d")
    said = svg_reader.texts(picture)
    assert svg_reader.is_named(picture)
    assert {"9.3", "−12.3", "−0.5", "R1", "R2", "Anton"} <= set(said)
    assert said.count("–") == 3
    assert (said.count("Alder"), said.count("Birch")) == (1, 1)


def test_heatmap__an_exclusion_is_crossed_and_a_conclusion_framed() -> None:
    plain = heatmap_svg(["R1"], HEADS[:1], {(0, 0): Cell(-9.0)}, "t", "d")
    crossed = heatmap_svg(["R1"], HEADS[:1], {(0, 0): Cell(-9.0, excluded=True)}, "t", "d")
    assert crossed.count("<line") == plain.count("<line") + 2
    strong = heatmap_svg(["R1"], HEADS[:1], {(0, 0): Cell(9.0, marked="strong")}, "t", "d")
    weak = heatmap_svg(["R1"], HEADS[:1], {(0, 0): Cell(9.0, marked="weak")}, "t", "d")
    assert weak.count("stroke-dasharray") == strong.count("stroke-dasharray") + 1


def test_heatmap__fills_grow_darker_with_the_lr() -> None:
    def luminance(value: float) -> float:
        picture = heatmap_svg(["R1"], HEADS[:1], {(0, 0): Cell(value)}, "t", "d")
        fill = _bars(picture)[0]["fill"]
        red, green, blue = (int(fill[i : i + 2], 16) for i in (1, 3, 5))
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    shades = [luminance(value) for value in (0.5, 1.5, 3.0, 5.0, 7.0, 9.0)]
    assert shades == sorted(shades, reverse=True)
    assert all(a - b > 12 for a, b in itertools.pairwise(shades))


def test_heatmap__forty_by_forty() -> None:
    heads = [Head(f"Family {n // 2}", f"Person {n}") for n in range(40)]
    cells = {(i, j): Cell(float(i - j)) for i in range(40) for j in range(40)}
    picture = heatmap_svg([f"R{n}" for n in range(40)], heads, cells, "t", "d")
    numbers = [text for text in svg_reader.texts(picture) if text.removeprefix("−").replace(".", "").isdigit()]
    assert len(numbers) == 1600


def test_locus_bars__sign_by_side_and_fill_and_the_sum_below() -> None:
    picture = locus_bars_svg({"TH01": 1.5, "FGA": -0.75}, "t", "d", "u", {"FGA"}, {"sex": 0.02})
    said = svg_reader.texts(picture)
    assert svg_reader.is_named(picture)
    assert {"1.50", "−0.75", "× FGA", "sex", "sum", "0.77"} <= set(said)
    positive, negative, _sex = _bars(picture)
    assert negative["fill"] == "url(#u-against)"
    assert float(negative["x"]) < float(positive["x"])
    widths = [float(bar["width"]) for bar in (positive, negative)]
    assert math.isclose(widths[0], 2 * widths[1], rel_tol=0.01)


def test_locus_bars__an_impossible_locus_is_shown_as_minus_infinity() -> None:
    said = svg_reader.texts(locus_bars_svg({"TH01": 1.5, "FGA": float("-inf")}, "t", "d"))
    assert said.count("−∞") == 2


def test_posterior__parts_are_lettered_and_add_up() -> None:
    parts = [Part("Anton", 0.7), Part("Boris", 0.2), Part("nobody listed", 0.1, nobody=True)]
    picture = posterior_svg([("R1", parts)], "t", "d")
    said = svg_reader.texts(picture)
    assert {"R1", "A", "B", "N", "Anton: 0.70", "Boris: 0.20", "nobody listed: 0.10"} <= set(said)
    bars = _bars(picture)
    assert math.isclose(sum(float(bar["width"]) for bar in bars), 300.0)
    assert len({bar["fill"] for bar in bars}) == 3


def test_posterior__many_small_parts_are_put_together() -> None:
    parts = [Part(f"P{n}", 0.1) for n in range(9)] + [Part("nobody listed", 0.1, nobody=True)]
    said = svg_reader.texts(posterior_svg([("R1", parts)], "t", "d"))
    assert "6 others together: 0.60" in said
