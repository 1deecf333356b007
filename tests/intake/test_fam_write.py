"""Case -> Familias file -> the same case."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from antigone.domain import (
    Call,
    Case,
    InputRefused,
    MutationKind,
    MutationModel,
    Pedigree,
    Person,
    Sex,
)
from antigone.intake import read_case, write_fam
from tests.intake import fams
from tests.intake.folders import small_folder


def _said(case: Case) -> Case:
    """The case without what depends on the file's name."""
    tables = tuple(replace(table, source="") for table in case.tables)
    return replace(case, name="", tables=tables, digests={})


def test_round_trip(tmp_path: Path) -> None:
    case = read_case(fams.write(tmp_path, fams.dvi_text()))
    write_fam(case, tmp_path / "again.fam")
    assert _said(read_case(tmp_path / "again.fam")) == _said(case)


def test_round_trip_with_single_parents_and_several_missing(tmp_path: Path, reference_folder: Path) -> None:
    for name in ("dvi-example.fam", "exclusionExample.fam"):
        case = read_case(reference_folder / "fam" / name)
        write_fam(case, tmp_path / name)
        assert _said(read_case(tmp_path / name)) == _said(case)


def test_missing_get_the_words_the_format_knows_them_by(tmp_path: Path) -> None:
    case = read_case(fams.write(tmp_path, fams.dvi_text()))
    people = (
        Person("Wife", sex=Sex.FEMALE),
        Person("Ivan", sex=Sex.MALE),
        Person("Son", "Ivan", "Wife", Sex.MALE),
        Person("Petro", "Ivan", "Wife", Sex.MALE),
    )
    family = replace(case.families[0], pedigree=Pedigree(people), missing=("Ivan", "Petro"))
    write_fam(replace(case, families=(family,)), tmp_path / "two.fam")
    missing = read_case(tmp_path / "two.fam").families[0].missing
    assert set(missing) == {"Missing person", "Missing Petro"}


def test_sex_of_a_childless_missing_person_is_kept(tmp_path: Path) -> None:
    case = read_case(fams.write(tmp_path, fams.dvi_text()))
    child = Person("Missing person", "Father", "Mother", Sex.FEMALE)
    pedigree = Pedigree((Person("Father", sex=Sex.MALE), Person("Mother", sex=Sex.FEMALE), child))
    family = replace(case.families[0], pedigree=pedigree, profiles={})
    write_fam(replace(case, families=(family,)), tmp_path / "girl.fam")
    assert read_case(tmp_path / "girl.fam").families[0].pedigree.person("Missing person") == child


def test_what_the_format_cannot_hold_is_refused(tmp_path: Path) -> None:
    case = read_case(fams.write(tmp_path, fams.dvi_text()))
    profile = replace(
        case.remains[0].profile, dropout=0.2, kit="GlobalFiler",
        calls={"TH01": Call(("6",)), "AMEL": Call(("X", "Y"))},
    )  # fmt: skip
    policy = replace(case.policy, mutation_by_locus={"TH01": MutationModel(MutationKind.DAWID, 0.01, 0.01)})
    spoiled = replace(case, remains=(replace(case.remains[0], profile=profile),), policy=policy)
    with pytest.raises(InputRefused) as refused:
        write_fam(spoiled, tmp_path / "no.fam")
    assert [problem.found for problem in refused.value.problems] == [
        "mutation model dawid",
        "dropout or drop-in of a sample",
        "kit GlobalFiler",
        "1 alleles at TH01",
        "AMEL, which has no frequencies",
    ]
    assert not (tmp_path / "no.fam").exists()


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    case = read_case(small_folder(tmp_path / "case"))
    (tmp_path / "there.fam").write_text("mine")
    with pytest.raises(InputRefused):
        write_fam(case, tmp_path / "there.fam")
    assert (tmp_path / "there.fam").read_text() == "mine"
