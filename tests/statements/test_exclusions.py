"""Which figures exclude each other, and which do not."""

from dataclasses import replace
from datetime import date
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from antigone.domain import Count, Facts, Period, Qualifier, Quantity
from antigone.statements import exclusions, side_by_side
from tests.statements.facts_files import dead, facts_of, remains, tie


def found(facts: Facts) -> list[tuple[str, str, str, int]]:
    return [(e.rule, e.first, e.second, e.gap) for e in exclusions(facts)]


def test_two_counts_of_the_same_days_without_a_common_value(tmp_path: Path) -> None:
    facts = facts_of(tmp_path, dead("s1", 498, 498, "2020-03-01"), dead("s2", 9861, 9861, "2020-03-01"))
    assert found(facts) == [("apart", "s1", "s2", 9363)]


def test_ranges_that_share_a_value_do_not_exclude_each_other(tmp_path: Path) -> None:
    facts = facts_of(tmp_path, dead("s1", 10, 30, "2020-03-01", "range"), dead("s2", 30, 50, "2020-03-01", "range"))
    assert found(facts) == []


def test_about_is_a_tenth_either_way(tmp_path: Path) -> None:
    near = facts_of(
        tmp_path, dead("s1", 3000, 3000, "2020-03-01", "approximately"), dead("s2", 3300, 3300, "2020-03-01")
    )
    far = facts_of(
        tmp_path, dead("s1", 3000, 3000, "2020-03-01", "approximately"), dead("s2", 3301, 3301, "2020-03-01")
    )
    assert found(near) == []
    assert found(far) == [("apart", "s1", "s2", 1)]


def test_a_larger_total_later_is_no_contradiction_and_a_smaller_one_is(tmp_path: Path) -> None:
    grows = facts_of(tmp_path, dead("s1", 498, 498, "2020-03-01"), dead("s2", 9861, 9861, "2020-04-01"))
    falls = facts_of(tmp_path, dead("s1", 498, 498, "2020-04-01"), dead("s2", 9861, 9861, "2020-03-01"))
    assert found(grows) == []
    assert found(falls) == [("falls", "s2", "s1", 9363)]


def test_a_larger_figure_does_not_replace_a_smaller_one(tmp_path: Path) -> None:
    facts = facts_of(
        tmp_path,
        remains("s1", "handover", 6000, "2020-06-01..2020-06-30", quantity='"june"'),
        remains("s2", "handover", 6057, "2020-06-01..2020-06-30", quantity='"june"'),
    )
    assert found(facts) == [("apart", "s1", "s2", 57)]
    (side,) = side_by_side(facts)
    assert [figure.statement for figure in side.figures] == ["s1", "s2"]


def test_a_tie_across_quantities_counts_only_where_the_figures_do_not_fit(tmp_path: Path) -> None:
    bodies = remains("s1", "holding_claim", 3000, "2020-03-01", quantity='"june"')
    few = dead("s2", 10, 30, "2020-03-01", "range") + f"relations = {tie('contradicts', 's1')}\n"
    many = dead("s2", 10, 5000, "2020-03-01", "range") + f"relations = {tie('contradicts', 's1')}\n"
    assert found(facts_of(tmp_path, bodies, few)) == [("contradicts", "s2", "s1", 2970)]
    assert found(facts_of(tmp_path, bodies, many)) == []


def test_the_two_offers_of_three_thousand_stay_two(facts: Facts) -> None:
    sides = {side.quantity.id: [f.statement for f in side.figures] for side in side_by_side(facts)}
    assert sides["offer-27-june-2025"] == ["W-01", "W-02"]
    assert sides["offer-23-july-2025"] == ["S-01", "S-08"]
    june, july = {"W-01", "W-02", "W-03"}, {"S-01", "S-08"}
    for name in june:
        assert not {tie.target for tie in facts.statements[name].relations} & july
    for name in july:
        assert not {tie.target for tie in facts.statements[name].relations} & june


def test_what_excludes_what_in_the_documents(facts: Facts) -> None:
    assert {(rule, *sorted(pair)) for rule, *pair, _gap in found(facts)} == {
        ("apart", "I-07", "I-10"),
        ("falls", "I-07", "I-18"),
        ("apart", "I-17", "I-18"),
        ("contradicts", "I-10", "I-11"),
    }


def test_how_a_figure_is_known(facts: Facts) -> None:
    figures = {f.statement: f for side in side_by_side(facts) for f in side.figures}
    assert (figures["W-04"].known, figures["W-04"].chain) == ("outlet", ())
    assert (figures["I-18"].known, figures["I-18"].chain) == ("speaker", ("ru-presidency",))
    assert figures["I-10"].known == "hearsay"
    assert (figures["I-17"].known, figures["I-17"].state) == ("hearsay", "retracted")


@given(ends=st.tuples(*[st.integers(0, 50)] * 4))
def test_exclusion_is_the_empty_intersection(facts: Facts, ends: tuple[int, int, int, int]) -> None:
    """Against the definition: two ranges exclude each other when no whole number lies in both."""
    first, second = sorted(ends[:2]), sorted(ends[2:])
    two = _two_ranges(facts, first, second)
    common = set(range(first[0], first[1] + 1)) & set(range(second[0], second[1] + 1))
    assert bool(exclusions(two)) == (not common)


def _two_ranges(base: Facts, first: list[int], second: list[int]) -> Facts:
    day = Period(date(2025, 7, 1), date(2025, 7, 1))
    model = base.statements["S-09"]
    statements = {
        name: replace(model, id=name, count=Count(*ends, Qualifier.RANGE), quantity="q", when=day)
        for name, ends in (("a", first), ("b", second))
    }
    return replace(base, statements=statements, quantities={"q": Quantity("q", "q", "civilians")})
