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
    Scope,
    Sex,
)
from antigone.intake import read_case, write_fam
from antigone.render import problem_sentence
from tests.intake import fams
from tests.intake.folders import small_folder
from tests.refusals import problems_of


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
    assert [problem.found for problem in problems_of(write_fam, spoiled, tmp_path / "no.fam")] == [
        "mutation model dawid",
        "dropout or drop-in of a sample",
        "kit GlobalFiler",
        "1 alleles at TH01",
        "AMEL, which has no frequencies",
    ]
    assert not (tmp_path / "no.fam").exists()


def test_scope_and_staff_are_refused(tmp_path: Path) -> None:
    case = read_case(fams.write(tmp_path, fams.dvi_text()))
    remains = case.remains[0]
    kept = replace(remains, profile=replace(remains.profile, scope=Scope.NONE))
    staff = {"driver": replace(remains.profile, sample="driver")}
    refused = problems_of(write_fam, replace(case, remains=(kept,), staff=staff), tmp_path / "again.fam")
    found = [(p.code, p.place.item, p.found) for p in refused]
    assert found == [
        ("fam-cannot-hold", remains.id, "scope none"),
        ("fam-cannot-hold", "driver", "a person of the staff"),
    ]


def test_missing_persons_without_a_relation_are_refused_as_the_reader_would(tmp_path: Path) -> None:
    case = read_case(fams.write(tmp_path, fams.dvi_text()))
    alone = (Person("husband", sex=Sex.MALE), Person("wife", sex=Sex.FEMALE))
    childless = replace(case.families[0], name="F7", pedigree=Pedigree(alone), missing=("husband",), profiles={})
    refused = problems_of(write_fam, replace(case, families=(*case.families, childless)), tmp_path / "no.fam")
    assert [problem_sentence(problem) for problem in refused] == [
        "no.fam (F7): a Familias file cannot hold this. Found: husband, missing and in no relation. Needed: a parent "
        "or a child of this person in the family. Write a case folder instead, or change the case."
    ]
    assert not (tmp_path / "no.fam").exists()


def test_what_the_reader_refuses_is_never_written(tmp_path: Path) -> None:
    case = read_case(fams.write(tmp_path, fams.dvi_text()))
    parents = (Person("Father"), Person("Mother"), Person("Missing person", "Father", "Mother", Sex.MALE))
    family = replace(case.families[0], pedigree=Pedigree(parents), missing=("Missing person",), profiles={})
    unlisted = replace(case.remains[0].profile, calls={"TH01": Call(("6", "11"))})
    spoiled = replace(case, families=(family,), remains=(replace(case.remains[0], profile=unlisted),))
    refused = problems_of(write_fam, spoiled, tmp_path / "no.fam")
    found = [(problem.code, problem.place.row) for problem in refused]
    assert set(found) == {("allele-not-in-table", None), ("parent-sex-unknown", None)}
    assert not (tmp_path / "no.fam").exists()


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    case = read_case(small_folder(tmp_path / "case"))
    (tmp_path / "there.fam").write_text("mine")
    with pytest.raises(InputRefused):
        write_fam(case, tmp_path / "there.fam")
    assert (tmp_path / "there.fam").read_text() == "mine"
