"""A Familias file as it stands, line by line and section by section."""

from __future__ import annotations

import pytest

from antigone.domain import InputRefused, Sex
from antigone.intake.collector import Collector
from antigone.intake.fam_parts import FamFile
from antigone.intake.fam_read import parse_fam
from tests.intake import fams


def _parsed(text: str) -> FamFile:
    return parse_fam(text, Collector("case.fam"))


def test_first_part() -> None:
    fam = _parsed(fams.question_text())
    assert (fam.version, fam.theta, fam.database, fam.dvi) == ("3.3.1", 0.02, "Example database", None)
    assert [(p.name, p.sex, p.consider_dropout) for p in fam.persons] == [
        ("AF", Sex.MALE, False), ("MO", Sex.FEMALE, False), ("CH", Sex.FEMALE, True),
    ]  # fmt: skip
    assert fam.relations == ((1, 2, 37),)
    assert [(p.name, p.females, p.males, p.relations) for p in fam.pedigrees] == [
        ("H1", 0, 0, ((0, 2, 45),)), ("H2", 0, 1, ((3, 2, 52),)),
    ]  # fmt: skip


def test_locus_with_everything() -> None:
    th01, vwa = _parsed(fams.question_text()).loci
    assert (th01.rate_female, th01.rate_male, th01.model_female, th01.model_male) == (0.001, 0.002, 4, 4)
    assert (th01.range_female, th01.rate2_male, th01.dropout, th01.database_size) == (0.1, 1e-6, 0.05, 500)
    assert (vwa.silent, vwa.alleles) == (0.01, (("16", 0.4), ("17", 0.59)))


def test_sections_after_the_families() -> None:
    fam = _parsed(fams.dvi_text())
    assert fam.settings["Prior"] == {"UseList": "Yes", "Size": "3"}
    assert fam.settings["Direct/Identity"] == {"Dropin": "0.01", "Dropout": "0.05", "Error": "0"}


def test_both_pedigrees_of_a_family_are_kept() -> None:
    dvi = _parsed(fams.dvi_text()).dvi
    assert dvi is not None
    assert [p.name for p in dvi.families[0].pedigrees] == ["Reference pedigree", "PED-1"]
    assert [p.name for p in dvi.families[0].persons] == ["Wife", "Son", "Missing female 1"]


@pytest.mark.parametrize("part", [fams.question_text(), fams.dvi_text()])
def test_a_file_cut_anywhere_is_refused_or_complete(part: str) -> None:
    """No cut raises anything but InputRefused; a positional part that is cut is never accepted."""
    lines = part.split("\n")
    accepted = []
    for count in range(len(lines)):
        collector = Collector("case.fam")
        try:
            parse_fam("\n".join(lines[:count]), collector)
            collector.finish()
        except InputRefused:
            continue
        accepted.append(count)
    first_complete = next(i for i, line in enumerate(lines, 1) if line == "0.59")
    assert min(accepted) == first_complete
