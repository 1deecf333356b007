"""Inputs with something wrong in them, through the command line."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from evidence.framework import ROOT, Outcome
from tests.command_line import Answer, antigone
from tests.intake.folders import change, small_folder
from tests.intake.malformed import BUILDS, MALFORMED, Malformed

NAME = "malformed-inputs"
TITLE = "Malformed inputs, and what the clerk is told"
MUST_SHOW = (
    "Every malformed input is refused by `antigone solve` with exit code 2, nothing on standard output, no traceback, "
    "and one sentence for each thing to correct: place, what was found, what is needed; all of a file at once."
)

REFUSED = 2
SMALL = 20
OWN_PROCESS, OWN_PROCESS_SMALL = 6, 1
"""How many inputs are also given to a program started anew."""
SEVERAL = {
    "profiles.csv": (
        ("F1,SIS,TH01,6,7", "F1,SIS,TH01,6,OL"),
        ("F1,MO,vWA", "F1,MO,vWX"),
        ("F1,MO,TH01,6,9.3", 'F1,MO,TH01,6,"9,3"'),
        (",R2,TH01", ",R3,TH01"),
    ),
    "persons.csv": (
        ("F1,MO,,,female", "F1,MO,,,femal"),
        ("F1,SIS,FA,MO", "F1,SIS,FA,MA"),
        ("F1,M1,FA,MO,male", "F1,M1,FA,MO,mael"),
    ),
    "settings.toml": (("theta = 0.01", "theta = 1.0"), ("outside = 0.05", "outside = 5")),
}
"""Several things to correct in one file: (sound text, spoiled text)."""
_SENTENCE = re.compile(r"\d+\. (?P<place>.+?): .+ Found: (?P<found>.+?)\. Needed: (?P<needed>.+?)\. .+")


def check(small: bool, n: int | None) -> Outcome:
    """All inputs; `n` (a small run: 20) takes that many, spread over the list."""
    chosen = _spread(MALFORMED, n or (SMALL if small else len(MALFORMED)))
    rows, told = [], 0
    with tempfile.TemporaryDirectory() as folder:
        for i, malformed in enumerate(chosen):
            answer = antigone("solve", str(_built(malformed, Path(folder, str(i)))))
            told += malformed.problems
            rows.append(_row(malformed, answer, "in this process"))
        rows += [_several(file, Path(folder, f"several-{i}")) for i, file in enumerate(SEVERAL)]
        for i, malformed in enumerate(_spread(chosen, OWN_PROCESS_SMALL if small else OWN_PROCESS)):
            answer = _in_own_process(_built(malformed, Path(folder, f"own-{i}")))
            rows.append(_row(malformed, answer, "as a program of its own"))
    listed = {malformed.name for malformed in MALFORMED} == set(BUILDS)
    notes = [
        f"{len(chosen)} of {len(MALFORMED)} inputs, {told} problems planted in them; the sentences are those that "
        "`tests/intake/malformed.txt` keeps.",
        *([] if listed else ["an input of the tests has no sentence of its own"]),
    ]
    header = ("input", "run", "exit code", "problems planted", "problems told", "first sentence", "wrong")
    return Outcome(listed and all(not row[6] for row in rows), header, rows, notes)


def _spread(inputs: Sequence[Malformed], most: int) -> list[Malformed]:
    return list(inputs[:: max(1, len(inputs) // max(1, most))])[:most] if most < len(inputs) else list(inputs)


def _built(malformed: Malformed, folder: Path) -> Path:
    folder.mkdir()
    return malformed.build(folder)


def _row(malformed: Malformed, answer: Answer, how: str) -> tuple[str, str, int, int, int, str, str]:
    told = _told(answer)
    first = told[0].partition(". ")[2] if told else "(none)"
    wrong = _wrong(answer, told, malformed.problems)
    if told and told[0] != f"1. {malformed.sentence}":
        wrong.append("not the sentence kept")
    return malformed.name, how, answer.exit_code, malformed.problems, len(told), first, ", ".join(wrong)


def _several(file: str, folder: Path) -> tuple[str, str, int, int, int, str, str]:
    small_folder(folder)
    for sound, spoiled in SEVERAL[file]:
        change(folder, file, sound, spoiled)
    answer, planted = antigone("solve", str(folder)), len(SEVERAL[file])
    told = _told(answer)
    first = told[0].partition(". ")[2] if told else "(none)"
    wrong = ", ".join(_wrong(answer, told, planted))
    return f"several at once in {file}", "in this process", answer.exit_code, planted, len(told), first, wrong


def _told(answer: Answer) -> list[str]:
    """The numbered sentences, each on one line."""
    parts = re.split(r"\n(?=\d+\. )", answer.errors)
    return [" ".join(part.split()) for part in parts if re.match(r"\d+\. ", part)]


def _wrong(answer: Answer, told: list[str], planted: int) -> list[str]:
    faults = {
        f"exit code {answer.exit_code}": answer.exit_code != REFUSED,
        "a traceback": "Traceback" in answer.errors,
        "something was printed as if it were an answer": bool(answer.output),
        "not as many sentences as problems": len(told) != planted,
        "a sentence without place, found or needed": not all(map(_SENTENCE.fullmatch, told)),
    }
    return [fault for fault, holds in faults.items() if holds]


def _in_own_process(path: Path) -> Answer:
    done = subprocess.run(
        [sys.executable, "-m", "antigone", "solve", str(path)],
        env=os.environ | {"PYTHONPATH": str(ROOT / "src")},
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
    )
    return Answer(done.returncode, done.stdout, done.stderr)
