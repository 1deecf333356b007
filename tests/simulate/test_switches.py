"""Each fault can be switched off: then it leaves no trace, and everything else stays as it was."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, replace

import polars as pl
import pytest

from antigone.simulate import Mutation, Rates, Scenario, War
from tests.simulate.wars import NO_FAULT, WAR, war, with_rates

Trace = Callable[[War], int]


def _typed_as(name: str) -> Trace:
    return lambda war: int(war.truth[name]["typed_as"].is_not_null().sum())


def _wrong_tags(war: War) -> int:
    both = war.case["containers"].join(war.truth["containers"], on="container", suffix="_true")
    return both.filter(pl.col("tag") != pl.col("tag_true")).height


TRACES: dict[str, Trace] = {
    "brothers": lambda war: int((war.case["persons"]["person"] == "missing-brother").sum()),
    "direct_reference": lambda war: int((war.truth["relatives"]["relative"].cast(str) == "missing").sum()),
    "second_registration": lambda war: int(war.truth["families"]["second_of"].is_not_null().sum()),
    "prisoners": lambda war: int((war.truth["persons"]["fate"] == "prisoner").sum()),
    "second_population": lambda war: war.truth["persons"].filter(population="Africa", party="A").height,
    "nobody_registered": lambda war: (
        war.truth["remains"]
        .join(war.truth["persons"].filter(party="A"), on="person")
        .join(war.truth["missing"], on="person", how="anti")
        .height
    ),
    "other_side": lambda war: int((war.truth["persons"]["party"] == "B").sum()),
    "further_part": lambda war: int(war.truth["remains"]["person"].is_duplicated().sum()),
    "shared_bag": lambda war: int(war.case["contents"]["container"].is_duplicated().sum()),
    "named": lambda war: int(war.case["containers"]["claimed_name"].is_not_null().sum()),
    "wrong_papers": lambda war: int((war.truth["containers"]["papers"] == "wrong").sum()),
    "wrong_tag": _wrong_tags,
    "false_paternity": lambda war: len(war.truth["paternity"]),
    "given_as_another": lambda war: int((war.truth["relatives"]["truly"].cast(str) != "as given").sum()),
    "typing_error": lambda war: len(war.truth["typing_errors"]),
    "swapped_remains": _typed_as("remains"),
    "swapped_relatives": _typed_as("relatives"),
}


def test_every_rate_has_its_trace() -> None:
    assert set(TRACES) == {f.name for f in fields(Rates)}


@pytest.fixture(scope="module")
def full() -> War:
    return war(WAR)


@pytest.fixture(scope="module")
def clean() -> War:
    return war(NO_FAULT)


@pytest.mark.parametrize("rate", TRACES)
def test_on_it_leaves_a_trace_and_off_none(full: War, clean: War, rate: str) -> None:
    assert TRACES[rate](full) > 0
    assert TRACES[rate](war(with_rates(WAR, **{rate: 0.0}))) == 0
    assert TRACES[rate](clean) == 0


def test_mutation_off_leaves_no_mutation(full: War) -> None:
    assert len(full.truth["mutations"]) > 0
    for off in (Mutation(kind="none"), Mutation(rate_female=0.0, rate_male=0.0)):
        assert war(replace(WAR, mutation=off)).truth["mutations"].is_empty()


@pytest.mark.parametrize("rate", sorted(set(TRACES) - {"further_part", "brothers", "second_registration", "prisoners"}))
def test_off_leaves_families_and_other_truths_as_they_were(full: War, rate: str) -> None:
    """Rates that say nothing about who lies where, one by one."""
    off = war(with_rates(WAR, **{rate: 0.0}))
    touched = {
        "direct_reference": {"relatives", "remains", "typing_errors"},  # samples are numbered anew
        "second_population": {"persons", "mutations", "typing_errors"},
        "nobody_registered": {"persons", "remains", "missing", "containers", "typing_errors"},
        "other_side": {"persons", "remains", "containers", "missing", "typing_errors"},
        "shared_bag": {"containers"}, "named": {"containers"}, "wrong_papers": {"containers"},
        "wrong_tag": set(), "false_paternity": {"paternity", "mutations", "typing_errors"},
        "given_as_another": {"relatives", "typing_errors"}, "typing_error": {"typing_errors"},
        "swapped_remains": {"remains", "typing_errors"}, "swapped_relatives": {"relatives", "typing_errors"},
    }  # fmt: skip
    for name, table in full.truth.items():
        if name not in touched[rate]:
            assert table.equals(off.truth[name]), name
    if rate != "direct_reference":
        assert full.case["persons"].equals(off.case["persons"])


def changed(first: War, second: War) -> pl.DataFrame:
    """Rows of profiles that differ between two wars with the same samples."""
    columns = ["allele1", "allele2"]
    rows = first.case["profiles"].join(second.case["profiles"], on=["sample", "locus"], suffix="_off")
    assert len(rows) == len(first.case["profiles"]) == len(second.case["profiles"])
    return rows.filter(pl.any_horizontal(pl.col(c).ne_missing(pl.col(f"{c}_off")) for c in columns))


def test_typing_errors_touch_their_calls_alone(full: War) -> None:
    rows = changed(full, war(with_rates(WAR, typing_error=0.0)))
    listed = full.truth["typing_errors"].select("sample", "locus")
    assert rows.join(listed, on=["sample", "locus"], how="anti").is_empty()
    assert len(rows) == len(listed)


@pytest.mark.parametrize(("rate", "table"), [("swapped_remains", "remains"), ("swapped_relatives", "relatives")])
def test_swaps_touch_their_samples_alone(rate: str, table: str) -> None:
    quiet = with_rates(WAR, typing_error=0.0)
    swapped = war(quiet)
    rows = changed(swapped, war(with_rates(quiet, **{rate: 0.0})))
    listed = swapped.truth[table].filter(pl.col("typed_as").is_not_null())["sample"]
    assert set(rows["sample"]) <= set(listed)


@pytest.mark.parametrize("off", [Mutation(kind="none"), Mutation(stepwise_share=0.0)], ids=["none", "no stepwise"])
def test_mutation_changes_no_record_of_who_is_who(full: War, off: Mutation) -> None:
    other = war(replace(WAR, mutation=off))
    for name in ("persons", "missing", "remains", "relatives", "paternity", "containers"):
        assert full.truth[name].equals(other.truth[name]), name


def without_faults(scenario: Scenario) -> Scenario:
    return with_rates(scenario, typing_error=0.0, swapped_remains=0.0, swapped_relatives=0.0)


def test_false_paternity_touches_the_families_it_is_in() -> None:
    quiet = without_faults(NO_FAULT)
    found = war(with_rates(quiet, false_paternity=0.05))
    rows = changed(found, war(quiet))
    families = set(found.truth["paternity"]["family"])
    assert len(families) > 50
    again = found.truth["families"].filter(pl.col("second_of").is_in(sorted(families)))["family"]
    assert set(rows["family"].drop_nulls()) <= families | set(again)
