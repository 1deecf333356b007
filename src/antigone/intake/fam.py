"""Familias files in: a case from the [DVI] section, a kinship question from the first part."""

from __future__ import annotations

from pathlib import Path

from antigone.domain import Case, KinshipQuestion
from antigone.intake.collector import Collector
from antigone.intake.fam_case import case_of
from antigone.intake.fam_parts import FamFile
from antigone.intake.fam_question import question_of
from antigone.intake.fam_read import parse_fam
from antigone.intake.textfile import read_text


def read_fam_case(path: Path) -> Case:
    """The case of a file with a [DVI] section; InputRefused with everything found wrong."""
    fam, digests, collector = _parsed(path)
    if fam.dvi is None:
        collector.refuse("fam-not-dvi", found="no [DVI] section", needed=f"antigone kinship {path.name}")
    case = case_of(fam, path.stem, digests, collector)
    collector.finish()
    return case


def read_fam_question(path: Path) -> KinshipQuestion:
    """The question of a file without [DVI] section; InputRefused with everything found wrong."""
    fam, digests, collector = _parsed(path)
    if fam.dvi is not None:
        collector.refuse("fam-is-dvi", found="a [DVI] section", needed=f"antigone solve {path.name}")
    question = question_of(fam, path.stem, digests, collector)
    collector.finish()
    return question


def _parsed(path: Path) -> tuple[FamFile, dict[str, str], Collector]:
    collector = Collector(path.name)
    text, digest = read_text(path, collector)
    fam = parse_fam(text, collector)
    if any(problem.code == "count-differs" for problem in collector.problems):
        collector.finish()  # parts are lost: what they would say is not a further problem
    return fam, {path.name: digest}, collector
