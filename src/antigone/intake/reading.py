"""The doors of this room: a path in, a case as values or as columns, or a question out."""

from __future__ import annotations

from pathlib import Path
from typing import NoReturn

from antigone.domain import Case, KinshipQuestion
from antigone.intake.case_columns import CaseColumns, case_of
from antigone.intake.collector import Collector
from antigone.intake.fam import read_fam_case, read_fam_question
from antigone.intake.folder import read_folder


def read_case(path: str | Path) -> Case:
    """The case of a case folder or of a Familias file with a [DVI] section.

    InputRefused lists everything found wrong; nothing is half-read.

    >>> case = read_case("examples/eight-remains")
    >>> len(case.remains), len(case.families)
    (8, 8)
    """
    where = Path(path)
    if where.is_dir():
        return case_of(read_folder(where))
    if where.suffix.lower() == ".fam":
        return read_fam_case(where)
    _refuse(where, "a case folder or a .fam file")


def read_case_columns(path: str | Path) -> CaseColumns:
    """The case of a case folder as columns, for cases of any size.

    InputRefused lists everything found wrong, as `read_case` does.

    >>> case = read_case_columns("examples/eight-remains")
    >>> case.persons.filter(role="missing").select("family", "person", "father_row").row(0)
    ('F1', 'son', 0)
    >>> case.profiles.select("person_row", "locus", "allele1", "allele2").row(0)
    (0, 'CSF1PO', '10', '12')
    """
    where = Path(path)
    if where.is_dir():
        return read_folder(where)
    _refuse(where, "a case folder")


def read_question(path: str | Path) -> KinshipQuestion:
    """The kinship question of a Familias file: its persons under each of its pedigrees.

    InputRefused lists everything found wrong.

    >>> question = read_question("examples/paternity.fam")
    >>> list(question.hypotheses), list(question.profiles)
    (['H1', 'H2'], ['AF', 'CH'])
    """
    where = Path(path)
    if where.suffix.lower() == ".fam" and not where.is_dir():
        return read_fam_question(where)
    _refuse(where, "a .fam file")


def _refuse(path: Path, needed: str) -> NoReturn:
    code = "missing-file" if not path.exists() else "unknown-input"
    found = "nothing of this name" if not path.exists() else path.suffix or "a folder"
    Collector(path.name).refuse(code, found=found, needed=needed)
