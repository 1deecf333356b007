"""The first part of a Familias file as a question of kinship."""

from __future__ import annotations

from pathlib import Path

import pytest

from antigone.domain import Call, KinshipQuestion, Person, Sex
from antigone.intake import read_question
from tests.intake import fams
from tests.refusals import problems_of


@pytest.fixture
def question(tmp_path: Path) -> KinshipQuestion:
    return read_question(fams.write(tmp_path, fams.question_text()))


def test_known_relations_hold_under_every_hypothesis(question: KinshipQuestion) -> None:
    assert {name: p.person("CH").mother for name, p in question.hypotheses.items()} == {"H1": "MO", "H2": "MO"}
    assert question.hypotheses["H1"].person("CH").father == "AF"


def test_persons_counted_and_not_named_are_added(question: KinshipQuestion) -> None:
    pedigree = question.hypotheses["H2"]
    assert pedigree.person("CH").father == ":male-1 of H2"
    assert pedigree.person(":male-1 of H2") == Person(":male-1 of H2", sex=Sex.MALE)


def test_genotypes_by_name(question: KinshipQuestion) -> None:
    assert question.profiles["AF"].calls == {"TH01": Call(("6", "9.3")), "vWA": Call(("16", "17"))}
    assert set(question.profiles) == {"AF", "CH"}


def test_dropout_where_the_person_is_marked_for_it(question: KinshipQuestion) -> None:
    assert question.profiles["AF"].dropout == 0.0
    assert question.profiles["CH"].dropout == 0.05


def test_dropout_that_differs_by_locus_is_refused(tmp_path: Path) -> None:
    text = fams.question_text().replace("#TRUE#\n2\n0\n2\n0", "#TRUE#\n2\n0\n2\n0", 1)
    text = text.replace('"AF"\n#FALSE#\n-1\n', '"AF"\n#FALSE#\n-1 (Consider dropouts)\n')
    text = text.replace("Dropout probability = 0.05", "Dropout probability = 0.01", 1)
    (problem,) = problems_of(read_question, fams.write(tmp_path, text))
    assert (problem.code, problem.found) == ("dropout-differs", "dropout of 0.01, 0.05 by locus")


def test_identical_persons_become_twins(tmp_path: Path) -> None:
    text = fams.question_text().replace('"H1"\n0\n0\n1\n0\n2\n', '"H1"\n0\n0\n1\n1 (Direct)\n2\n')
    text = text.replace("0\n0\n1\n1\n2\n2\n0\n", "0\n0\n0\n2\n0\n").replace('"H2"\n0\n1\n1\n3\n2', '"H2"\n0\n0\n0')
    pedigree = read_question(fams.write(tmp_path, text)).hypotheses["H1"]
    assert pedigree.twins == (frozenset({"MO", "CH"}),)
    assert pedigree.person("MO").father == pedigree.person("CH").father == ":father-of:MO"


def test_indices_that_point_nowhere(tmp_path: Path) -> None:
    text = fams.question_text().replace("2\n0\n2\n0\n0\n1\n1\n", "2\n0\n9\n0\n0\n1\n5\n", 1)
    text = text.replace('"H1"\n0\n0\n1\n0\n2\n', '"H1"\n0\n0\n1\n7\n2\n')
    codes = {problem.code for problem in problems_of(read_question, fams.write(tmp_path, text))}
    assert codes == {"fam-person-index", "fam-allele-index", "fam-locus-index"}


def test_results_of_an_earlier_calculation_are_refused(tmp_path: Path) -> None:
    path = fams.spoiled(tmp_path, fams.question_text(), "#FALSE# (#Databases", "#TRUE# (#Databases")
    assert [problem.code for problem in problems_of(read_question, path)] == ["fam-probabilities"]


def test_dvi_file_is_for_the_other_command(tmp_path: Path) -> None:
    refused = problems_of(read_question, fams.write(tmp_path, fams.dvi_text()))
    assert refused[0].needed == "antigone solve case.fam"


@pytest.mark.parametrize(
    ("name", "hypotheses", "typed"),
    [("paternity.fam", 2, 2), ("Ch4-table-4-4.fam", 7, 3), ("Ch4-example-4-8-4.fam", 1, 7)],
)
def test_files_as_people_exchange_them(reference_folder: Path, name: str, hypotheses: int, typed: int) -> None:
    question = read_question(reference_folder / "fam" / name)
    assert (len(question.hypotheses), len(question.profiles)) == (hypotheses, typed)
