"""The [DVI] section of a Familias file as a case."""

from __future__ import annotations

from pathlib import Path

import pytest

from antigone.domain import Call, Case, Mode, MutationKind, Person, Problem, Sex
from antigone.intake import read_case
from tests.intake import fams
from tests.refusals import problems_of

SINGLE_PARENT = "Parent= Wife\nChild= Son\n[Prior]"
REFERENCE = "Name= Reference pedigree\nnRelations= 0"


@pytest.fixture
def case(tmp_path: Path) -> Case:
    return read_case(fams.write(tmp_path, fams.dvi_text()))


def _codes(refused: list[Problem]) -> list[str]:
    return [problem.code for problem in refused]


def test_missing_person_is_who_stands_in_a_relation(case: Case) -> None:
    (family,) = case.families
    assert family.missing == ("Missing person",)
    assert "Missing female 1" not in family.pedigree.ids  # listed, without DNA and without relation


def test_sex_of_the_missing_person_follows_from_the_other_parent(case: Case) -> None:
    assert case.families[0].pedigree.person("Missing person").sex is Sex.MALE
    assert case.families[0].pedigree.person("Son") == Person("Son", "Missing person", "Wife", Sex.MALE)


def test_profiles_have_canonical_loci(case: Case) -> None:
    (remains,) = case.remains
    assert remains.profile.calls == {"TH01": Call(("6", "9.3")), "vWA": Call(("16", "16"))}
    assert remains.profile.recorded_sex is Sex.MALE
    assert set(case.families[0].profiles) == {"Wife", "Son"}


def test_alleles_lose_needless_zeros(tmp_path: Path, case: Case) -> None:
    text = fams.dvi_text().replace("Allele1= 6\n", "Allele1= 06.0\n").replace('"9.3"\n', '"9.30"\n')
    spelt = read_case(fams.write(tmp_path, text))
    assert (spelt.families, spelt.remains, spelt.tables) == (case.families, case.remains, case.tables)


def test_database_is_kept_as_it_stands(case: Case) -> None:
    (table,) = case.tables
    vwa = table.loci["vWA"]
    assert (table.name, vwa.alleles, vwa.silent) == ("Example database", {"16": 0.4, "17": 0.59}, 0.01)
    assert (vwa.database_size, vwa.minimum) == (500, None)


def test_policy_is_what_the_file_says_and_no_prior_is_guessed(case: Case) -> None:
    assert (case.policy.mode, case.policy.theta, case.policy.prior) == (Mode.CONCORDANCE, 0.02, None)
    model = case.policy.mutation_by_locus["TH01"]
    assert (model.kind, model.rate_female, model.rate_male) == (MutationKind.STEPWISE, 0.001, 0.002)
    assert (model.range_male, model.fractional_rate_male) == (0.1, 1e-6)
    assert case.policy.mutation.kind is MutationKind.NONE
    assert "vWA" not in case.policy.mutation_by_locus


def test_direct_identity_settings_are_no_dropout_of_kinship(case: Case) -> None:
    assert case.remains[0].profile.dropout is None
    assert case.policy.dropout.poor == 0.0


def test_minor_allele_frequency_is_the_minimum_of_its_locus(tmp_path: Path) -> None:
    text = fams.dvi_text().replace("Minor allele frequency = 0 )", "Minor allele frequency = 0.002 )")
    case = read_case(fams.write(tmp_path, text.replace("Allele2= 9.3", "Allele2= 8")))
    assert case.tables[0].loci["TH01"].minimum == 0.002
    assert case.policy.frequency.minimum is None  # so that the table's own minimum counts


def test_single_parent_gets_an_unnamed_partner(tmp_path: Path) -> None:
    text = fams.dvi_text().replace("nRelations= 2", "nRelations= 3").replace(
        SINGLE_PARENT, "Parent= Wife\nChild= Son\nParent= Missing person\nChild= Daughter\n[Prior]"
    )  # fmt: skip
    pedigree = read_case(fams.write(tmp_path, text)).families[0].pedigree
    assert pedigree.person("Daughter").mother == ":mother-of:Daughter"
    assert pedigree.person(":mother-of:Daughter") == Person(":mother-of:Daughter", sex=Sex.FEMALE)


def test_same_relations_in_both_pedigrees_count_once(tmp_path: Path) -> None:
    both = "nRelations= 2\nParent= Missing person\nChild= Son\nParent= Wife\nChild= Son"
    text = fams.dvi_text().replace(REFERENCE, f"Name= Reference pedigree\n{both}")
    assert read_case(fams.write(tmp_path, text)).families[0].missing == ("Missing person",)


def test_several_different_pedigrees_are_refused(tmp_path: Path) -> None:
    other = "Name= PED-0\nnRelations= 1\nParent= Wife\nChild= Missing person"
    path = fams.spoiled(tmp_path, fams.dvi_text(), REFERENCE, other)
    refused = problems_of(read_case, path)
    assert _codes(refused) == ["several-pedigrees"]
    assert refused[0].found == "PED-0, PED-1"


def test_all_problems_at_once(tmp_path: Path) -> None:
    text = fams.dvi_text().replace("Allele2= 9.3", "Allele2= OL").replace("\n0.001\n", "\n1.001\n")
    refused = problems_of(read_case, fams.write(tmp_path, text.replace("Kinship/Fst: 0.02", "Kinship/Fst: 1.5")))
    assert _codes(refused) == ["theta", "probability", "allele-not-in-table"]


def test_text_line_before_the_number_of_persons_may_be_absent(tmp_path: Path) -> None:
    text = fams.dvi_text().replace('(DVI)\n""\n', "(DVI)\n")
    assert read_case(fams.write(tmp_path, text)).remains[0].id == "V1"


def test_a_database_of_infinite_size_is_refused(tmp_path: Path) -> None:
    refused = problems_of(
        read_case, fams.spoiled(tmp_path, fams.dvi_text(), "DatabaseSize = 500", "DatabaseSize = inf")
    )
    assert _codes(refused) == ["not-a-number"]


def test_older_file_without_sizes_and_theta(tmp_path: Path) -> None:
    text = fams.dvi_text().replace(" (#Databases: 1 ;Theta/Kinship/Fst: 0.02 )", "")
    text = text.replace("3\t(DatabaseSize = 500 , Dropout probability = 0.05 , Minor allele frequency = 0 )", "3")
    case = read_case(fams.write(tmp_path, text))
    assert (case.policy.theta, case.tables[0].loci["TH01"].database_size) == (0.0, None)


def test_windows_line_ends_and_byte_order_mark(tmp_path: Path, case: Case) -> None:
    path = tmp_path / "windows.fam"
    path.write_bytes(b"\xef\xbb\xbf" + fams.dvi_text().replace("\n", "\r\n").encode())
    assert read_case(path).families == case.families


@pytest.mark.parametrize(
    ("name", "families", "missing", "remains"),
    [("dvi-example.fam", 1, 3, 3), ("exclusionExample.fam", 15, 15, 16)],
)
def test_files_as_people_exchange_them(
    reference_folder: Path, name: str, families: int, missing: int, remains: int
) -> None:
    case = read_case(reference_folder / "fam" / name)
    counted = (len(case.families), sum(len(f.missing) for f in case.families), len(case.remains))
    assert counted == (families, missing, remains)


def test_missing_are_those_whom_the_peer_calls_missing(reference_folder: Path) -> None:
    """dvir's data set example1 is the same family: M1, M2 = son of M1 and R1, M3 = son of M2."""
    (family,) = read_case(reference_folder / "fam" / "dvi-example.fam").families
    people = {p.id: (p.father, p.mother) for p in family.pedigree.persons}
    assert people["Missing male 2"] == ("Missing person", "R")
    assert people["Missing male 3"][0] == "Missing male 2"
    assert set(family.missing) == {"Missing person", "Missing male 2", "Missing male 3"}
