"""Files of the Familias program: read, answered on the command line, and read again from our own folder."""

from __future__ import annotations

import json
import math
import os
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from antigone.domain import Case, CaseFinding, Family, KinshipFinding, Profile, Status
from antigone.identify import kinship, solve
from antigone.intake import from_json, read_case, read_question, to_json, write_fam, write_folder
from evidence.framework import ROOT, Outcome
from tests.command_line import Answer, antigone
from tests.intake import fams

NAME = "familias-files"
TITLE = "Files of the Familias program"
MUST_SHOW = (
    "Every Familias file loads; `antigone solve` (`antigone kinship` for files without a [DVI] section) answers it "
    "without contradicting itself; written as our own case folder and read again it gives the same result."
)

TOLERANCE = 1e-12
"""Relative, of every number of a result after the round trip."""
MADE = ("software", "policy_digest", "table_digests", "input_digests", "profile_digests", "provenance", "case")
"""Parts of a finding that say how it was made, or what the file is called."""

_Row = tuple[object, ...]
HEADER = ("file", "command", "loci", "persons", "families or pedigrees", "remains", "result", "round trip", "wrong")


def check(small: bool, n: int | None) -> Outcome:
    """All files there are; they are few and small, so `small` changes nothing and `n` is not used."""
    named = os.environ.get("ANTIGONE_REFERENCE")
    further = sorted(Path(named, "fam").glob("*.fam")) if named else []
    with tempfile.TemporaryDirectory() as folder:
        own = _own_files(Path(folder))
        rows = [_answered(path, Path(folder, str(i))) for i, path in enumerate([*further, *own])]
    where = "the folder ANTIGONE_REFERENCE names" if named else "elsewhere (ANTIGONE_REFERENCE names no folder)"
    notes = [
        f"{len(further)} files from {where}; {len(own)} of the project's own.",
        "A file names no prior, so it is solved by the peers' rules, under their flat prior.",
        "A question of kinship has no case folder: there the file is read and answered a second time.",
    ]
    return Outcome(not any(row[-1] for row in rows), HEADER, rows, notes)


def _own_files(folder: Path) -> list[Path]:
    """Four small texts of the tests, and the example's remains and families written as a Familias file."""
    texts = {
        "own-dvi-stepwise.fam": fams.dvi_text(),
        "own-dvi-equal.fam": fams.dvi_text(model=0),
        "own-question-stepwise.fam": fams.question_text(),
        "own-question-proportional.fam": fams.question_text(model=1),
    }
    for name, text in texts.items():
        (folder / name).write_text(text, "utf-8")
    write_fam(_as_familias_holds_it(read_case(ROOT / "examples" / "eight-remains")), folder / "eight-remains.fam")
    return sorted(folder.glob("*.fam"))


def _as_familias_holds_it(case: Case) -> Case:
    """One table, genotypes of two alleles at its loci, families whose missing are in a relation."""
    table = case.tables[0]

    def plain(profile: Profile) -> Profile:
        calls = {locus: c for locus, c in profile.calls.items() if locus in table.loci and len(c.alleles) == 2}
        return Profile(profile.sample, calls, recorded_sex=profile.recorded_sex)

    related = [f for f in case.families if all(_in_a_relation(f, missing) for missing in f.missing)]
    families = tuple(replace(f, profiles={p: plain(s) for p, s in f.profiles.items()}) for f in related)
    remains = tuple(replace(r, profile=plain(r.profile)) for r in case.remains)
    return replace(case, families=families, remains=remains, tables=(table,))


def _in_a_relation(family: Family, person: str) -> bool:
    return family.pedigree.person(person).father is not None or bool(family.pedigree.children_of(person))


def _answered(path: Path, folder: Path) -> _Row:
    is_case = "\n[DVI]" in path.read_text("utf-8", errors="replace")
    command = "solve" if is_case else "kinship"
    folder.mkdir()
    answer = antigone(command, str(path), "--json", str(folder / "finding.json"))
    if answer.exit_code:
        told = " ".join(answer.errors.split())
        return (path.name, command, 0, 0, 0, 0, f"exit code {answer.exit_code}", "not tried", told)
    written = (folder / "finding.json").read_text("utf-8")
    sizes, result, again, wrong = (_of_case if is_case else _of_question)(path, written, folder)
    differs = list(_differences(json.loads(written), json.loads(again)))
    wrong += [f"after the round trip: {difference}" for difference in differs[:3]] + _unfit(answer)
    return (path.name, command, *sizes, result, "differs" if differs else "the same", "; ".join(wrong))


def _of_case(path: Path, written: str, folder: Path) -> tuple[tuple[int, ...], str, str, list[str]]:
    case, finding = read_case(path), from_json(CaseFinding, written)
    write_folder(case, folder / "case")
    again = to_json(solve(read_case(folder / "case")))
    persons = sum(len(family.pedigree.persons) for family in case.families)
    sizes = (len(case.tables[0].loci), persons, len(case.families), len(case.remains))
    return sizes, _conclusions(finding), again, list(_contradictions(finding))


def _of_question(path: Path, written: str, folder: Path) -> tuple[tuple[int, ...], str, str, list[str]]:
    question, finding = read_question(path), from_json(KinshipFinding, written)
    again = to_json(kinship(read_question(path)))
    persons = len({person for pedigree in question.hypotheses.values() for person in pedigree.ids})
    sizes = (len(question.tables[0].loci), persons, len(question.hypotheses), 0)
    others = [name for name in finding.log10_lr if name != finding.reference]
    return sizes, _ratios(finding, others), again, list(_undefined(finding, others))


def _ratios(finding: KinshipFinding, others: list[str]) -> str:
    if not others:
        by_locus = finding.log10_likelihood_by_locus[finding.reference]
        return f"{finding.reference} alone: log10 likelihood {math.fsum(by_locus.values()):.4f}"
    said = [
        f"{name} undefined, both are impossible" if math.isnan(lr) else f"{name} {lr:.4g}"
        for name, lr in finding.log10_lr.items()
        if name in others
    ]
    return f"log10 LR against {finding.reference}: {', '.join(said)}"


def _conclusions(finding: CaseFinding) -> str:
    counts = {status: sum(c.status is status for c in finding.conclusions) for status in Status}
    counted = ", ".join(f"{number} {status.value}" for status, number in counts.items() if number)
    best = max(
        (c for c in finding.conclusions if c.log10_lr is not None), key=lambda c: c.log10_lr or 0.0, default=None
    )
    if best is None or best.log10_lr is None or best.posterior is None:
        return counted
    of = f"{best.remains} is {best.missing} of {best.family}"
    return f"{counted}; best: {of}, {best.status.value}, log10 LR {best.log10_lr:.4g}, posterior {best.posterior:.6g}"


def _contradictions(finding: CaseFinding) -> Iterator[str]:
    """What a geneticist would send back: one remains for two persons, probabilities that do not add up."""
    settled = {c.remains: c for c in finding.conclusions if c.status is Status.MATCH}
    for c in finding.conclusions:
        match = settled.get(c.remains)
        if match and match is not c:
            named = f"{c.missing} of {c.family}"
            yield f"{c.remains} is a match for {match.missing} of {match.family}, and {c.status.value} for {named}"
    for remains, nobody in finding.joint.nobody_listed.items():
        total = nobody + math.fsum(p.probability for p in finding.joint.pairs if p.remains == remains)
        if not math.isclose(total, 1.0, rel_tol=1e-9):
            yield f"posteriors of {remains} sum to {total:.12g}"


def _undefined(finding: KinshipFinding, others: list[str]) -> Iterator[str]:
    """An LR is undefined where both hypotheses are impossible; a finite number would be wrong."""
    for name in others:
        own, against = finding.log10_likelihood_by_locus[name], finding.log10_reference_by_locus[name]
        both = [locus for locus, value in own.items() if value == against[locus] == -math.inf]
        if both and math.isfinite(finding.log10_lr[name]):
            yield f"{name} and {finding.reference} are both impossible at {', '.join(both)}, yet an LR is given"


def _unfit(answer: Answer) -> list[str]:
    """Words that no answer may hold."""
    words = ("nan", "None", "Traceback")
    return [f"the text says {word}" for word in words if word in answer.output.split() or word in answer.errors]


def _differences(one: object, other: object, where: str = "") -> Iterator[str]:
    """Where two findings differ in more than rounding; how they were made plays no part."""
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        for key in one.keys() | other.keys():
            if key not in MADE:
                yield from _differences(one.get(key), other.get(key), f"{where} {key}".strip())
    elif isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        for i, (a, b) in enumerate(zip(one, other, strict=True)):
            yield from _differences(a, b, f"{where} {i}")
    elif isinstance(one, float) and isinstance(other, float):
        if not math.isclose(one, other, rel_tol=TOLERANCE):
            yield f"{where} is {other!r}, was {one!r}"
    elif one != other:
        yield f"{where} is {other!r}, was {one!r}"
