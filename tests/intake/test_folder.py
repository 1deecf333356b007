"""A case folder as a case, and back."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest

from antigone.domain import FREQUENCIES as FREQUENCY_COLUMNS
from antigone.domain import (
    PERSONS,
    PROFILES,
    Call,
    Case,
    Family,
    FrequencyTable,
    LocusFrequencies,
    MutationKind,
    MutationModel,
    Pedigree,
    Person,
    Policy,
    Prior,
    Profile,
    Remains,
    Scope,
    Sex,
)
from antigone.intake import from_json, read_case, read_table, write_folder
from antigone.intake.folder_cells import NEEDED
from tests.intake import fams
from tests.intake.folders import FREQUENCIES, change, own_table, small_folder
from tests.refusals import problems_of


def everything() -> Case:
    """One case with every part a folder can hold."""
    people = (
        Person("FA", sex=Sex.MALE),
        Person("MO", sex=Sex.FEMALE),
        Person("M1", "FA", "MO", Sex.MALE),
        Person("M2", "FA", "MO", Sex.MALE),
        Person("who", None, None),
    )
    pedigree = Pedigree(people, (frozenset({"M1", "M2"}),), {"FA": 0.0625})
    mother = Profile("S-7", {"TH01": Call(("6", "9.3")), "vWA": Call(("17",), True)}, 0.05, 0.01, "Fusion 6C")
    own_sample = Profile("M1", {"TH01": Call(("6", "7"))}, scope=Scope.DIRECT)
    family = Family("F, 1", pedigree, ("M1", "M2"), {"MO": mother, "M1": own_sample}, {"MO": 'Ms "A"'})
    found = Profile("R1", {"TH01": Call(()), "vWA": Call(("16", "17", "18")), "AMEL": Call(("X",))}, None, 0.02)
    remains = (Remains("R1", replace(found, recorded_sex=Sex.MALE)), Remains("R2", Profile("R2", {})))
    table = FrequencyTable("Own", "own laboratory", {
        "TH01": LocusFrequencies({"6": 0.1 + 0.2, "7": 0.3, "9.3": 0.3}, 0.01, 350, 0.002),
        "vWA": LocusFrequencies({"16": 1 / 3, "17": 1 / 3, "Rest allele": 1 / 3}),
    }, "of 2019")  # fmt: skip
    custom = MutationModel(
        MutationKind.CUSTOM, alleles=("6", "7"), matrix_female=((0.9, 0.1), (0.0, 1.0)),
        matrix_male=((1.0, 0.0), (0.25, 0.75)),
    )  # fmt: skip
    stepwise = MutationModel(MutationKind.STEPWISE, 0.001, 0.002, 0.2, 0.1, 1e-6, 2e-6)
    policy = Policy(
        theta=0.03, mutation=stepwise, mutation_by_locus={"TH01": custom, "Penta D": MutationModel()},
        prior=Prior(500, 0.0, 'a closed list: "vessel", 12 on board'), loci_left_out=("D12S391",),
    )  # fmt: skip
    analyst = Profile("S-9", {"TH01": Call(("6", "8"))}, recorded_sex=Sex.FEMALE, scope=Scope.NONE)
    staff = {"analyst 1": analyst, "driver": Profile("driver", {})}
    return Case("Everything № 1", (family,), remains, (table, read_table("Norway")), policy, staff=staff)


def _said(case: Case) -> Case:
    return replace(case, digests={})


def test_small_case(tmp_path: Path) -> None:
    case = read_case(small_folder(tmp_path))
    (family,) = case.families
    assert (case.name, family.name, family.missing) == ("Small", "F1", ("M1",))
    assert family.pedigree.person("SIS") == Person("SIS", "FA", "MO", Sex.FEMALE)
    assert family.profiles["SIS"].calls == {"TH01": Call(("6", "7")), "D3S1358": Call(("15", "16"))}
    first, second = case.remains
    assert (first.id, first.profile.recorded_sex) == ("R1", Sex.MALE)
    assert second.profile.calls == {"TH01": Call(("7",))}
    assert case.policy.prior == Prior(120, 0.05)
    assert set(case.digests) == {"persons.csv", "profiles.csv", "settings.toml", "table Norway"}


def test_round_trip_of_everything(tmp_path: Path) -> None:
    write_folder(everything(), tmp_path / "case")
    assert _said(read_case(tmp_path / "case")) == everything()


def test_round_trip_from_familias(tmp_path: Path) -> None:
    case = read_case(fams.write(tmp_path, fams.dvi_text(model=3)))
    assert case.policy.mutation_by_locus["TH01"].kind is MutationKind.CUSTOM
    write_folder(case, tmp_path / "case")
    assert _said(read_case(tmp_path / "case")) == _said(case)


@pytest.mark.parametrize("name", ["dvi-example.fam", "exclusionExample.fam"])
def test_round_trip_of_files_as_people_exchange_them(reference_folder: Path, tmp_path: Path, name: str) -> None:
    case = read_case(reference_folder / "fam" / name)
    write_folder(case, tmp_path / "case")
    assert _said(read_case(tmp_path / "case")) == _said(case)


@pytest.mark.parametrize("name", ["case-1", "case-1-scope-staff"])
def test_golden_folder_of_format_1_reads_as_it_did(root: Path, name: str) -> None:
    golden = root / "tests" / "golden"
    expected = from_json(Case, (golden / f"{name}.json").read_text("utf-8"))
    assert _said(read_case(golden / name)) == expected


def test_shipped_table_is_named_and_not_copied(tmp_path: Path) -> None:
    write_folder(everything(), tmp_path / "case")
    assert sorted(path.name for path in (tmp_path / "case").iterdir()) == [
        "frequencies-1.csv", "persons.csv", "profiles.csv", "settings.toml",
    ]  # fmt: skip


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    small_folder(tmp_path)
    refused = problems_of(write_folder, everything(), tmp_path)
    assert [problem.code for problem in refused] == ["folder-not-empty"]


def test_parquet_in_place_of_csv(tmp_path: Path) -> None:
    case = read_case(own_table(small_folder(tmp_path)))
    for stem in ("persons", "profiles"):
        pl.read_csv(tmp_path / f"{stem}.csv").write_parquet(tmp_path / f"{stem}.parquet")
        (tmp_path / f"{stem}.csv").unlink()
    assert _said(read_case(tmp_path)) == _said(case)


def test_byte_order_mark_windows_line_ends_and_empty_rows(tmp_path: Path) -> None:
    case = read_case(small_folder(tmp_path))
    for name in ("persons.csv", "profiles.csv", "settings.toml"):
        text = (tmp_path / name).read_text("utf-8")
        (tmp_path / name).write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode() + b"\r\n")
    with_gap = (tmp_path / "persons.csv").read_bytes().replace(b"F1,M1", b",,,,,\r\nF1,M1")
    (tmp_path / "persons.csv").write_bytes(with_gap)
    assert _said(read_case(tmp_path)) == _said(case)


def test_problems_of_all_files_at_once(tmp_path: Path) -> None:
    change(small_folder(tmp_path), "settings.toml", "outside = 0.05", "outside = 5")
    change(tmp_path, "persons.csv", "F1,MO,,,female", "F1,MO,,,femal")
    change(tmp_path, "profiles.csv", "6,9.3", '6,"9,3"')
    assert [(p.place.file, p.code) for p in problems_of(read_case, tmp_path)] == [
        ("settings.toml", "probability"),
        ("persons.csv", "sex"),
        ("profiles.csv", "decimal-comma"),
    ]


def test_the_same_mistake_in_many_rows_is_counted(tmp_path: Path) -> None:
    rows = "".join(f",R1,D{n}S1,1;2,\n" for n in range(80))
    small_folder(tmp_path)
    (tmp_path / "profiles.csv").write_text(f"family,person,locus,allele1,allele2\n{rows}")
    refused = problems_of(read_case, tmp_path)
    alleles = [p for p in refused if p.code == "allele"]
    assert (len(alleles), alleles[0].place.row, alleles[-1].place.row) == (50, 2, 51)
    assert [p.found for p in refused if p.code == "and-more"] == ["30 more", "30 more"]


def test_values_of_a_sample_must_agree(tmp_path: Path) -> None:
    header = "family,person,sample,locus,allele1,allele2,kit,dropout\n"
    rows = "F1,MO,A,TH01,6,7,GlobalFiler,0.1\nF1,MO,B,vWA,16,17,Globalfiller,0.2\n"
    small_folder(tmp_path)
    (tmp_path / "profiles.csv").write_text(header + rows)
    found = [(p.code, p.place.row, p.place.column) for p in problems_of(read_case, tmp_path)]
    assert found == [("two-samples", 3, "sample"), ("value-differs", 3, "kit"), ("value-differs", 3, "dropout")]


def test_alleles_lose_the_zeros_a_spreadsheet_adds(tmp_path: Path) -> None:
    small_folder(tmp_path)
    (tmp_path / "profiles.csv").write_text(
        "family,person,locus,allele1,allele2\n,R1,FGA,022,12.0\n,R1,TH01, 09.30 ,6\n"
    )
    calls = read_case(tmp_path).remains[0].profile.calls
    assert calls == {"FGA": Call(("22", "12")), "TH01": Call(("9.3", "6"))}


def test_an_allele_with_a_comma_is_refused_blanks_or_not(tmp_path: Path) -> None:
    change(small_folder(tmp_path), "profiles.csv", "F1,MO,TH01,6,9.3", 'F1,MO,TH01,6," 9,3"')
    assert [(p.code, p.found) for p in problems_of(read_case, tmp_path)] == [("decimal-comma", "9,3")]


def test_an_allele_of_a_table_is_one_allele_in_either_spelling(tmp_path: Path) -> None:
    text = FREQUENCIES.replace("TH01,7,0.3", "TH01,06.0,0.3")
    refused = problems_of(read_case, own_table(small_folder(tmp_path), text))
    assert [(p.code, p.found) for p in refused] == [("allele-twice", "allele 6")]


def test_a_sample_in_the_name_of_its_person_may_repeat_that_name(tmp_path: Path) -> None:
    small_folder(tmp_path)
    header = "family,person,sample,locus,allele1,allele2\n"
    (tmp_path / "profiles.csv").write_text(header + "F1,MO,,TH01,6,7\nF1,SIS,SIS,TH01,6,7\n,R1,S-1,TH01,6,7\n")
    case = read_case(tmp_path)
    assert [p.sample for p in case.families[0].profiles.values()] == ["MO", "SIS"]


def test_every_required_column_says_what_an_empty_cell_needs() -> None:
    required = {
        column.name for column in (*PERSONS, *PROFILES, *FREQUENCY_COLUMNS) if column.required and not column.empty
    }
    assert required == set(NEEDED)
    assert all(len(words) <= 40 for words in NEEDED.values())


def test_kit_in_any_spelling(tmp_path: Path) -> None:
    small_folder(tmp_path)
    (tmp_path / "profiles.csv").write_text(
        "family,person,locus,allele1,allele2,kit\nF1,MO,TH01,6,7,powerplex16\n,R1,TH01,6,7,Fusion-6c\n"
    )
    case = read_case(tmp_path)
    assert case.families[0].profiles["MO"].kit == "PowerPlex 16"
    assert case.remains[0].profile.kit == "Fusion 6C"


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (",R2,FA,MO,,remains", "remains-with-kin"),
        ("F1,GM,FA,FA,female,relative", "same-parents"),
        ("F2,ONE,,,female,relative", "family-without-missing"),
    ],
)
def test_rows_that_contradict_themselves(tmp_path: Path, row: str, code: str) -> None:
    change(small_folder(tmp_path), "persons.csv", ",R2,,,,remains", f"{row}\n,R2,,,,remains")
    assert code in [problem.code for problem in problems_of(read_case, tmp_path)]


def test_twins_and_inbreeding_that_make_no_sense(tmp_path: Path) -> None:
    small_folder(tmp_path)
    (tmp_path / "persons.csv").write_text(
        "family,person,father,mother,sex,role,twin,inbreeding\nF1,FA,,,male,relative,,\n"
        "F1,MO,,,female,relative,,\nF1,M1,FA,MO,male,missing,a,0.1\nF1,SIS,FA,MO,female,relative,,\n"
        ",R1,,,,remains,,\n,R2,,,,remains,,\n"
    )
    refused = problems_of(read_case, tmp_path)
    assert [(p.code, p.place.row) for p in refused] == [("lone-twin", 4), ("inbred-child", 4)]


def test_homozygous_marks_one_allele(tmp_path: Path) -> None:
    small_folder(tmp_path)
    header = "family,person,locus,allele1,allele2,homozygous\n"
    (tmp_path / "profiles.csv").write_text(header + ",R1,TH01,6,,yes\n,R2,TH01,6,7,yes\n")
    assert [(p.code, p.place.row) for p in problems_of(read_case, tmp_path)] == [("homozygous", 3)]
    (tmp_path / "profiles.csv").write_text(header + ",R1,TH01,6,,yes\n")
    assert read_case(tmp_path).remains[0].profile.calls["TH01"] == Call(("6",), True)
