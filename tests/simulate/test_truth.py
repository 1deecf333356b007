"""The truth refers to what is there, and the case gives none of it away."""

from __future__ import annotations

import polars as pl
import pytest

from antigone.domain import CONTAINERS, CONTENTS, HANDOVERS, KITS, PERSONS, PROFILES
from antigone.simulate import TRUTH_TABLES, War
from tests.simulate.wars import WAR, war


@pytest.fixture(scope="module")
def full() -> War:
    return war(WAR)


def values(table: pl.DataFrame, column: str) -> set[str]:
    return set(table[column].drop_nulls().cast(pl.String))


def test_columns_are_those_declared(full: War) -> None:
    assert {name: table.columns for name, table in full.truth.items()} == {
        name: [column.name for column in columns] for name, columns in TRUTH_TABLES.items()
    }
    exact = {"handovers": HANDOVERS, "containers": CONTAINERS, "contents": CONTENTS}
    for name, columns in exact.items():
        assert full.case[name].columns == [column.name for column in columns]
    for name, columns in {"persons": PERSONS, "profiles": PROFILES}.items():
        assert set(full.case[name].columns) <= {column.name for column in columns}


def test_no_cell_is_empty_where_none_may_be(full: War) -> None:
    for name, columns in TRUTH_TABLES.items():
        for column in columns:
            assert column.empty or full.truth[name][column.name].null_count() == 0, (name, column.name)


def test_persons_of_the_truth_exist(full: War) -> None:
    persons = values(full.truth["persons"], "person")
    assert len(persons) == len(full.truth["persons"])
    assert values(full.truth["remains"], "person") | values(full.truth["missing"], "person") == persons


def test_the_truth_speaks_of_what_is_in_the_case(full: War) -> None:
    case, truth = full.case, full.truth
    people = set(case["persons"].select("family", "person").iter_rows())
    for table, column in (("missing", "missing"), ("relatives", "relative"), ("paternity", "child"),
                          ("paternity", "declared"), ("mutations", "child"), ("mutations", "parent")):  # fmt: skip
        rows = truth[table].select("family", pl.col(column).cast(pl.String))
        assert set(rows.iter_rows()) <= people, (table, column)
    samples = values(case["profiles"], "sample")
    assert values(truth["remains"], "sample") | values(truth["relatives"], "sample") == samples
    for table in ("remains", "relatives"):
        assert values(truth[table], "typed_as") <= values(truth[table], "sample")
    assert values(truth["typing_errors"], "sample") <= samples
    assert values(truth["containers"], "container") == values(case["containers"], "container")
    assert values(case["contents"], "container") <= values(case["containers"], "container")
    remains = values(case["persons"].filter(role="remains"), "person")
    assert values(case["contents"], "remains") == values(truth["remains"], "remains") == remains


def test_the_living_are_not_among_the_remains(full: War) -> None:
    fates = full.truth["remains"].join(full.truth["persons"], on="person")["fate"]
    assert fates.unique().to_list() == ["remains"]


def test_claims_name_registered_persons_or_say_that_they_are_not(full: War) -> None:
    claims = full.case["containers"]["claimed_name"].drop_nulls()
    missing = {f"{family}/{who}" for family, who, _ in full.truth["missing"].iter_rows()}
    strangers = [claim for claim in claims if claim not in missing]
    assert strangers
    assert all(claim.startswith("not registered ") for claim in strangers)


def test_right_papers_lie_with_their_person(full: War) -> None:
    who = {f"{family}/{name}": person for family, name, person in full.truth["missing"].iter_rows()}
    bags = full.case["contents"].join(full.truth["remains"], on="remains").group_by("container").agg("person")
    people = dict(bags.iter_rows())
    rows = full.case["containers"].join(full.truth["containers"], on="container")
    for container, claim, papers in rows.select("container", "claimed_name", "papers").drop_nulls().iter_rows():
        if claim in who:
            assert (who[claim] in people[container]) == (papers == "right"), container


def test_a_profile_has_the_loci_of_its_kit(full: War) -> None:
    loci = full.case["profiles"].group_by("sample").agg("locus", pl.col("kit").first())
    for found, kit in loci.select("locus", "kit").iter_rows():
        assert sorted(found) == sorted([*KITS[kit], "AMEL"])


def test_one_person_comes_in_several_handovers(full: War) -> None:
    rows = full.truth["remains"].join(full.case["contents"], on="remains").join(full.case["containers"], on="container")
    per_person = rows.group_by("person").agg(pl.col("handover").n_unique(), pl.col("container").n_unique())
    assert per_person["handover"].max() == 2
    several = rows.group_by("container").agg(pl.col("person").n_unique())["person"]
    assert several.max() >= 2


def test_handovers_count_their_bags(full: War) -> None:
    counted = dict(full.case["containers"]["handover"].value_counts().iter_rows())
    assert dict(full.case["handovers"].select("handover", "containers").iter_rows()) == counted
    assert counted["H2"] == 5
