"""A case folder as columns: the same as its rows one by one, and the same refusals."""

from __future__ import annotations

import random
from collections import Counter
from pathlib import Path

import polars as pl
import pytest

from antigone.domain import PERSONS, PROFILES, InputRefused, Scope, Sex
from antigone.intake import (
    CaseColumns,
    columns_write,
    folder_persons,
    read_case,
    read_case_columns,
    read_table,
    read_value,
    write_case_columns,
)
from antigone.simulate import Scenario, scenario_findings, shipped_scenarios
from tests.intake.folders import change, own_table, small_folder
from tests.intake.malformed import MALFORMED, Malformed
from tests.intake.rich_folder import rich_rows, spoiled, write
from tests.intake.row_by_row import ALLELES, Reading, read_rows
from tests.refusals import problems_of
from tests.simulate.wars import war

SEEDS = range(80)


def found_in(folder: Path) -> Counter[tuple[str, str, int | None, str]]:
    try:
        read_case_columns(folder)
    except InputRefused as refused:
        return Counter((p.place.file, p.code, p.place.row, p.place.column) for p in refused.problems)
    return Counter()


def assert_same_rows(columns: CaseColumns, reading: Reading) -> None:
    """Every cell and every link of the columns is that of the row."""
    links = ("family_id", "father_row", "mother_row")
    texts = [c.name for c in PERSONS if c.name != "inbreeding"]
    for row, expected in zip(columns.persons.iter_rows(named=True), reading.persons, strict=True):
        assert {k: row[k] or "" for k in texts} == {k: expected[k] for k in texts}
        assert [row[k] for k in links] == [expected[k] for k in links]
        assert row["inbreeding"] == float(str(expected["inbreeding"] or 0))
    texts = ["sample", "locus", *ALLELES, "kit", "scope"]
    for row, said in zip(columns.profiles.iter_rows(named=True), reading.calls, strict=True):
        assert {k: row[k] or "" for k in texts} == {k: said[k] for k in texts}
        assert row["person_row"] == said["person_row"]
        assert row["homozygous"] == (said["homozygous"] == "yes")
        assert row["dropout"] == (float(str(said["dropout"])) if said["dropout"] else None)
        assert row["dropin"] == float(str(said["dropin"] or 0))


def test_the_rich_case_has_everything(tmp_path: Path) -> None:
    columns = read_case_columns(write(tmp_path, *rich_rows()))
    assert_same_rows(columns, read_rows(tmp_path, read_table(tmp_path / "own.csv")))
    assert set(columns.persons["role"]) == {"missing", "relative", "remains", "staff"}
    assert set(columns.profiles["scope"]) == {"kinship", "direct", "none"}
    assert columns.persons["family_id"].max() == 2


@pytest.mark.parametrize("seed", SEEDS)
def test_spoiled_cases_are_told_as_row_by_row(seed: int, tmp_path: Path) -> None:
    folder = write(tmp_path, *spoiled(random.Random(seed)))
    reading = read_rows(folder, read_table(folder / "own.csv"))
    assert found_in(folder) == reading.found
    if not reading.found:
        assert_same_rows(read_case_columns(folder), reading)


@pytest.mark.parametrize(
    ("file", "old", "new", "code"),
    [
        ("persons.csv", "F2,GM,,,female", "F2,GM,,,male", "parent-sex"),
        ("persons.csv", "F2,GF,,,male", "F2,GF,,,female", "parent-sex"),
        ("persons.csv", "F2,FA,GF,GM", "F2,FA,GF,", "one-parent"),
        ("persons.csv", "F2,FA,GF,GM", "F2,FA,,GM", "one-parent"),
        ("persons.csv", "F2,FA,GF,GM", "F2,FA,XX,GM", "unknown-parent"),
        ("persons.csv", "F2,FA,GF,GM", "F2,FA,GF,XX", "unknown-parent"),
        ("persons.csv", "F3,C,H,W", "F3,C,C,W", "own-ancestor"),
        ("persons.csv", "F2,GF,,,male", "F2,GF,M1,MO,male", "own-ancestor"),
        ("persons.csv", "F3,C,H,W,", "F3,C,X,X,", "same-parents"),
        ("persons.csv", "F2,M1,FA,MO,male,missing", "F2,M1,FA,MO,male,relative", "family-without-missing"),
        (
            "persons.csv",
            "F2,MO,,,female,relative,,,",
            "F2,MO,,,female,relative,,,\nF2,MO,,,,relative,,,",
            "person-twice",
        ),
        ("persons.csv", "F2,M1,FA,MO,male,missing,", "F2,M1,FA,MO,male,missing,t", "lone-twin"),
        ("persons.csv", "unknown,relative,,,", "unknown,relative,,,0.1", "inbred-child"),
        ("profiles.csv", "THO1,06,9.30,,", "THO1,,,6,", "allele-gap"),
        ("profiles.csv", "THO1,06,9.30,,", "THO1,6,,,7", "allele-gap"),
        ("profiles.csv", "THO1,06,9.30,,", "THO1,6,7,,8", "allele-gap"),
        ("profiles.csv", "THO1,06,9.30,,", "THO1,6,7,8,", "too-many-alleles"),
        ("profiles.csv", "15,15,,,yes", "15,16,,,yes", "homozygous"),
        ("profiles.csv", "15,15,,,yes", ",,,,yes", "homozygous"),
    ],
)
def test_each_rule_alone(file: str, old: str, new: str, code: str, tmp_path: Path) -> None:
    folder = change(write(tmp_path, *rich_rows()), file, old, new)
    reading = read_rows(folder, read_table(folder / "own.csv"))
    assert found_in(folder) == reading.found
    assert code in {found for _, found, *_ in reading.found}


def test_the_seeds_spoil_in_many_ways(tmp_path: Path) -> None:
    codes: Counter[str] = Counter()
    for seed in SEEDS:
        folder = write(tmp_path / str(seed), *spoiled(random.Random(seed)))
        codes.update({code for _, code, *_ in read_rows(folder, read_table(folder / "own.csv")).found} or {"sound"})
    assert len(codes) >= 25
    assert codes["sound"] >= 10


@pytest.mark.parametrize("malformed", MALFORMED, ids=lambda m: m.name)
def test_malformed_input_is_refused_as_by_read_case(malformed: Malformed, tmp_path: Path) -> None:
    path = malformed.build(tmp_path)
    told = []
    for read in (read_case, read_case_columns):
        told.append(problems_of(read, path))
    assert told[0] == told[1] or (not path.is_dir() and told[1][0].code in ("missing-file", "unknown-input"))


def test_only_a_folder_has_columns(tmp_path: Path) -> None:
    refused = problems_of(read_case_columns, tmp_path / "nowhere")
    assert [(p.code, p.needed) for p in refused] == [("missing-file", "a case folder")]


def assert_same_case(folder: Path) -> None:
    """What `read_case` says stands in the columns, person by person and call by call."""
    case, columns = read_case(folder), read_case_columns(folder)
    assert (case.name, case.tables, case.policy) == (columns.name, columns.tables, columns.policy)
    assert case.digests == columns.digests
    at = {(row[0] or "", row[1]): i for i, row in enumerate(columns.persons.select("family", "person").iter_rows())}
    profiles = {(f.name, p): profile for f in case.families for p, profile in f.profiles.items()}
    profiles |= {("", r.id): r.profile for r in case.remains if r.profile.calls}
    profiles |= {("", name): profile for name, profile in case.staff.items() if profile.calls}
    calls = {
        (at[key], locus): (*call.alleles, call.homozygous)
        for key, profile in profiles.items() for locus, call in profile.calls.items()
    }  # fmt: skip
    shown = columns.profiles.select("person_row", "locus", *ALLELES, "homozygous").iter_rows()
    assert calls == {(row, locus): (*(a for a in cells if a is not None),) for row, locus, *cells in shown}
    for number, family in enumerate(case.families):
        rows = columns.persons.filter(pl.col("family_id") == number)
        assert rows["person"].to_list() == [p.id for p in family.pedigree.persons]
        assert [columns.persons["person"][i] if i >= 0 else None for i in rows["father_row"]] == [
            p.father for p in family.pedigree.persons
        ]  # fmt: skip


def test_columns_and_values_of_the_example_agree(root: Path) -> None:
    assert_same_case(root / "examples" / "eight-remains")


@pytest.mark.parametrize("bulk", [0, 10**6], ids=["Parquet", "CSV"])
def test_columns_and_values_of_a_war_agree(bulk: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(columns_write, "BULK_ROWS", bulk)
    demo = war(read_value(Scenario, shipped_scenarios()["demo"], scenario_findings))
    write_case_columns(demo.case, demo.policy, ("Norway", "Africa"), "demo", tmp_path / "case")
    assert (tmp_path / "case" / "profiles.parquet").exists() == (bulk == 0)
    assert_same_case(tmp_path / "case")
    columns = read_case_columns(tmp_path / "case")
    assert columns.persons["family"].equals(demo.case["persons"]["family"])
    assert columns.profiles["allele2"].cast(pl.String).equals(demo.case["profiles"]["allele2"].cast(pl.String))


def test_categories_that_no_row_has_are_not_refused(tmp_path: Path) -> None:
    folder = small_folder(tmp_path)
    expected = read_case_columns(folder)
    frame = pl.read_csv(folder / "profiles.csv", infer_schema=False)
    people = pl.Enum(["nobody", " SIS ", "SIS", "MO", "R1", "R2"])
    alleles = pl.Enum(["OL", "6", "7", "16", "17", "15", "X"])
    frame = frame.with_columns(pl.col("person").cast(people), pl.col("allele1").cast(alleles),
                               pl.col("locus").cast(pl.Categorical))  # fmt: skip
    frame.write_parquet(folder / "profiles.parquet")
    (folder / "profiles.csv").unlink()
    shown = [c.name for c in PROFILES if c.name not in ("family", "person")]
    read = read_case_columns(folder).profiles
    assert read.select(shown).rows() == expected.profiles.select(shown).rows()


def test_numbers_in_parquet_are_texts(tmp_path: Path) -> None:
    folder = own_table(small_folder(tmp_path))
    (folder / "profiles.csv").unlink()
    pl.DataFrame({"family": [None, None], "person": ["R1", "R2"], "locus": ["TH01"] * 2, "allele1": [9.3, 6.0],
                  "dropout": [0.25, None]}).write_parquet(folder / "profiles.parquet")  # fmt: skip
    columns = read_case_columns(folder)
    assert columns.profiles["allele1"].to_list() == ["9.3", "6"]
    assert columns.profiles["dropout"].to_list() == [0.25, None]


def test_scope_and_staff_as_values(tmp_path: Path) -> None:
    case = read_case(write(tmp_path, *rich_rows()))
    scopes = {person: profile.scope for person, profile in case.families[0].profiles.items()}
    assert scopes == {"FA": Scope.DIRECT, "MO": Scope.KINSHIP, "SIS": Scope.NONE}
    assert list(case.staff) == ["T1"]
    assert (case.staff["T1"].sample, case.staff["T1"].recorded_sex) == ("S9", Sex.FEMALE)
    assert [remains.id for remains in case.remains] == ["R0", "R1", "R2"]


def test_staff_that_was_not_typed(tmp_path: Path) -> None:
    change(small_folder(tmp_path), "persons.csv", ",R2,,,,remains", ",R2,,,,remains\n,T1,,,female,staff")
    staff = read_case(tmp_path).staff
    assert (staff["T1"].calls, staff["T1"].recorded_sex) == ({}, Sex.FEMALE)


def test_sound_families_are_not_looked_at_one_by_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    looked_at: list[str] = []
    monkeypatch.setattr(folder_persons, "check_family", lambda family, _: looked_at.append(family.name))
    read_case_columns(write(tmp_path, *rich_rows()))
    assert looked_at == ["F1"]  # it has twins


def test_families_without_an_end_are_looked_at(tmp_path: Path) -> None:
    """A line of 50 generations is sound; closed to a ring it is not."""
    rows = ["F1,W,,,female,relative", "F1,P0,,,male,missing"]
    rows += [f"F1,P{i},P{i - 1},W,male,relative" for i in range(1, 50)]
    small_folder(tmp_path)
    (tmp_path / "profiles.csv").write_text("family,person,locus,allele1,allele2\nF1,W,TH01,6,7\n")
    (tmp_path / "persons.csv").write_text("\n".join(["family,person,father,mother,sex,role", *rows]))
    assert len(read_case_columns(tmp_path).persons) == 51
    change(tmp_path, "persons.csv", "F1,P0,,,", "F1,P0,P49,W,")
    assert {code for _, code, *_ in found_in(tmp_path)} == {"own-ancestor"}
